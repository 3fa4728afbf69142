"""Office files are zips: written anew so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

# The first moment a zip can tell; no clock comes in.
EPOCH = (1980, 1, 1, 0, 0, 0)
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
# The preview of the empty template a library begins with: it shows another document.
PREVIEW, PREVIEW_LINK = "docProps/thumbnail.jpeg", re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")


def settled(package: bytes, date: datetime) -> bytes:
    """Return a zip of Office with nothing in it of when it was written, inside its workbooks too."""
    moment = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()

    def settle(name: str, content: bytes) -> bytes:
        if name.endswith(".xlsx"):
            return settled(content, date)
        if name.endswith("docProps/core.xml"):
            return MOMENT.sub(rb"\g<1>" + moment + rb"\g<2>", content)
        return PREVIEW_LINK.sub(b"", content) if name == "_rels/.rels" else content

    return _rewritten(package, settle)


def _rewritten(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            if name == PREVIEW:
                continue
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            after.writestr(entry, change(name, before.read(name)))
    return written.getvalue()
