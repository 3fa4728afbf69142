"""``python3 -m ect COMMAND``: makes what the command needs, then runs it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for those who have an older one
    sys.exit(
        "ECT demande Python 3.11 ou plus récent ; celui-ci est Python %d.%d.\n"
        "ECT needs Python 3.11 or newer; this is Python %d.%d." % (sys.version_info[:2] * 2)
    )

from ect.bootstrap import ensure_environment

ensure_environment(with_tests=sys.argv[1:2] == ["test"])

from ect.cli import main  # noqa: E402 - its libraries may have been installed a moment ago

main()
