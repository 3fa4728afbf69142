"""Every tidy table in one workbook, with a sheet that says what each column means."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any, BinaryIO

from ect.exchange.frames import Frame, Kind, all_frames, codebook
from ect.exchange.plain_workbook import Sheet, write_workbook
from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.services.observations import Reading
from ect.services.reference import grid_in_force
from ect.services.whole import Progress
from ect.storage.database import Database
from ect.wording import total_words

WIDTHS = {Kind.CODE: 20, Kind.TEXT: 44, Kind.INTEGER: 11, Kind.NUMBER: 11, Kind.BOOLEAN: 11, Kind.TIME: 20}
STEP, MEANING_WIDTH = 5_000, 96

HEADERS = (_("Table"), _("Column"), _("Type"), _("Meaning"), _("Unit"), _("Values"))


def write_tables(
    db: Database, stream: BinaryIO, language: str, zone: str, progress: Progress | None = None
) -> None:
    """Write the workbook: ``Lisez-moi``, then a sheet a table, empty ones too."""
    say = Speaker(language)
    with db.read() as session:
        write_workbook(stream, say.t("ECT: all tables"), _sheets(db, session, say, progress), zone)


def rows_told(
    frame: Frame, db: Database, session: Reading, progress: Progress | None
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a frame; ``progress`` is told how many frames of how many are done."""
    frames = [one.name for one in all_frames()]
    place = frames.index(frame.name)
    if progress:
        progress(place, len(frames))
    for number, row in enumerate(frame.rows(db, session), 1):
        if progress and number % STEP == 0:
            progress(place, len(frames))
        yield row


def codebook_headers(say: Speaker) -> list[str]:
    """Return the headers of the codebook."""
    return [say.t(word) for word in HEADERS]


def read_me(db: Database, session: Reading, say: Speaker) -> list[tuple[str, str]]:
    """Return what anybody who opens the tables must know, as pairs of a heading and a text."""
    _key, grid = grid_in_force(db, session)
    return [
        (say.t("What this is"), say.t("Every table of the store, one observation a row, as plain values.")),
        (say.t("Grid in force"), f"{grid.code}/{grid.version}, {grid.title.read(say.language)}"),
        (
            say.t("Formula"),
            total_words(say, grid),
        ),
        (
            say.t("Unknown"),
            say.t("Unknown is neither 0 nor 1: the value is empty, and stands between low and high."),
        ),
        (
            say.t("Left out"),
            say.t(
                "Participants' names (pseudonyms stand for them), answers of rounds that are not revealed,"
                " codes and devices by which people come in, keys."
            ),
        ),
        (
            say.t("Demonstration"),
            say.t(
                "Rows marked demo, and terrains whose origin is demo, were made up: leave them out of any"
                " study."
            ),
        ),
    ]


def _sheets(db: Database, session: Reading, say: Speaker, progress: Progress | None) -> Iterator[Sheet]:
    yield _first(db, session, say)
    for frame in all_frames():
        yield Sheet(
            frame.name[:31],
            tuple(column.name for column in frame.columns),
            tuple(max(WIDTHS[column.kind], len(column.name) + 3) for column in frame.columns),
            rows_told(frame, db, session, progress),
        )


def _first(db: Database, session: Reading, say: Speaker) -> Sheet:
    said = [*read_me(db, session, say), *((frame.name, say.t(frame.row)) for frame in all_frames()), ("", "")]
    # Rows of a stream have no height of their own: a long text takes several.
    rows = [
        (head if number == 0 else "", "", "", line, "", "")
        for head, text in said
        for number, line in enumerate(wrap(text, MEANING_WIDTH) or [""])
    ]
    rows += codebook(say.language)
    widths = (22, 20, 10, MEANING_WIDTH, 10, 44)
    return Sheet(say.t("Read me first"), tuple(codebook_headers(say)), widths, rows, wrapped=True)
