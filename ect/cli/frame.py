"""What every command shares: the application it belongs to, exit codes, how far a long work is."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

# A store that is not sound is our fault, or the disk's; an input that is wrong is the user's.
UNSOUND, INPUT_WRONG = 1, 2
app = typer.Typer(
    help="ECT : noter des projets locaux sur la grille ECT.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def progress(what: str) -> Callable[[int, int], None] | None:
    """Show how far a long work is on a terminal; Ctrl+C stops it, and nothing half-done stays."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, wanted: int) -> None:
        end = "\n" if done >= wanted else ""
        print(
            f"\r{what}\N{NO-BREAK SPACE}: {100 * done // wanted}\N{NO-BREAK SPACE}%",
            end=end,
            file=sys.stderr,
            flush=True,
        )

    return tell
