"""Every tidy table as CSV, in one archive."""

from __future__ import annotations

from codecs import getincrementalencoder
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter
from typing import IO, BinaryIO

from ect.exchange.archive import archive
from ect.exchange.csv_tables import FRENCH, Dialect, csv_bytes, csv_lines
from ect.exchange.frames import Frame, all_frames, codebook
from ect.exchange.tables_workbook import codebook_headers, read_me, rows_told
from ect.i18n import Speaker
from ect.services.whole import Progress
from ect.storage.database import Database

BATCH = 5_000


def write_csv_archive(
    db: Database, stream: BinaryIO, dialect: Dialect, language: str, progress: Progress | None = None
) -> None:
    """Write the archive: what it holds, the codebook, and a file a table, in one dialect."""
    say = Speaker(language)
    with db.read() as session, archive(stream) as made:
        lines = [f"{head}\n{text}\n" for head, text in read_me(db, session, say)]
        made.add(say.t("README.txt"), "\n".join([*lines, _dialect(say, dialect), ""]))
        made.add("codebook.csv", csv_bytes(dialect, codebook_headers(say), codebook(language)))
        for frame in all_frames():
            kept = kept_columns(frame, dialect)
            rows = rows_told(frame, db, session, progress)
            if len(kept) < len(frame.columns):
                rows = map(itemgetter(*kept), rows)
            names = [frame.columns[place].name for place in kept]
            with made.entry(f"{frame.name}.csv") as entry:
                write_lines(entry, csv_lines(dialect, names, rows), dialect.encoding)


def write_lines(stream: IO[bytes], lines: Iterable[str], encoding: str) -> None:
    """Write lines, many at a time."""
    encode = getincrementalencoder(encoding)().encode
    lines = iter(lines)
    while batch := list(islice(lines, BATCH)):
        stream.write(encode("".join(batch)))


def kept_columns(frame: Frame, dialect: Dialect) -> list[int]:
    """Return the columns a dialect takes: French Excel would read a fraction as a date."""
    names = [column.name for column in frame.columns]
    return [i for i, name in enumerate(names) if dialect is not FRENCH or name != "exact"]


def _dialect(say: Speaker, dialect: Dialect) -> str:
    how = (
        say.t("Written for French Excel: semicolons, decimal commas, dates and hours of Paris.")
        if dialect is FRENCH
        else say.t("Written for programs: commas, decimal points, exact fractions, times in UTC.")
    )
    return f"""{how} {
        say.t(
            "An apostrophe stands before a text that a spreadsheet could take for a formula; take one away to"
            " have the text as it was."
        )
    }"""
