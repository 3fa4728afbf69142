"""A file from the command line: read, checked, brought in or only told about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ect.domain.errors import DomainError
from ect.exchange.guard import MAX_FILE, MEGABYTE
from ect.exchange.imports.reading import only_table, read_table
from ect.exchange.imports.wording import KINDS, plan_sentences, problem_sentence
from ect.exchange.reading import read_tables
from ect.i18n import Speaker
from ect.services.importing import apply, plan
from ect.services.reference import current_grid
from ect.storage.database import Database

# More mistakes than anybody mends before trying again.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of a file: what was, or would be, done; or the mistakes that keep it out."""

    sentences: tuple[str, ...]
    mistakes: tuple[str, ...] = ()


def import_file(
    db: Database, path: Path, say: Speaker, *, dry: bool, sheet: str | None = None, year: int | None = None
) -> Outcome:
    """Bring a file in, or, ``dry``, say what that would do.

    Raises
    ------
    DomainError
        If the file cannot be read, or no table of ours is in it; nothing is written.

    """
    grid = current_grid(db)
    table = only_table(path.name, read_tables(path.name, _content(path)), grid, sheet)
    read = read_table(table, grid)
    found = plan(db, read.incoming) if not read.problems else None
    problems = read.problems or (found.problems if found else ())
    if problems or found is None:
        mistakes = [problem_sentence(problem, path.name, grid, say) for problem in problems[:SHOWN]]
        count = len(problems)
        mistakes.append(
            say.n("{count} mistake: nothing was written.", "{count} mistakes: nothing was written.", count)
        )
        return Outcome((), tuple(mistakes))
    said = [
        say.t("{file}: {kind}.", file=path.name, kind=say.t(KINDS[table.kind])),
        *plan_sentences(found, say),
    ]
    if dry:
        said.append(say.t("A trial: nothing was written."))
    elif not found.empty:
        apply(db, read.incoming, path.name, year)
        said.append(say.t("Done. The page Data undoes it."))
    return Outcome(tuple(said))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise DomainError("file_too_large", file=path.name, limit=MAX_FILE // MEGABYTE)
        return path.read_bytes()
    except OSError as error:
        raise DomainError("data_unreadable", file=str(path), problem=error.strerror or "?") from None
