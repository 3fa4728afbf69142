"""For the laboratory: what the store holds as tidy pandas frames, read and never written.

    import ect

    store = ect.open("data/ect.db")
    store.ratings()
    store.codebook()

Names and columns here are stable: one may be added, none changes its meaning or goes.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ect.exchange.frames import FRAMES, Frame, Kind, codebook
from ect.settings import read_settings
from ect.storage.database import Database

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["CODEBOOK", "Store", "open"]  # noqa: F822 - made when it is asked for

_TYPES = {
    Kind.CODE: "category",
    Kind.TEXT: "string",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "Float64",
    Kind.BOOLEAN: "boolean",
    Kind.TIME: "datetime64[us, UTC]",
}
_BY_NAME = {frame.name: frame for frame in FRAMES}


class Store:
    """A store that is read. Every frame is read anew when it is asked for, in one transaction.

    Nowhere is there a person's name, nor a rating of a round that is not revealed. Rows of
    demonstrations are marked ``demo`` (or have ``"demo"`` as the origin of their terrain): leave them
    out of a study. Close the store at the end, or use it in a ``with`` statement.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def ratings(self) -> DataFrame:
        """Return one row an answer: who (a pseudonym), on what, what, resting on what, and when."""
        return self.frame("ratings")

    def scores(self) -> DataFrame:
        """Return one row a computed value: each criterion, pillar and sum of each terrain, by source.

        ``value`` is missing while something is unknown; it then lies between ``low`` and ``high``.
        """
        return self.frame("scores")

    def assessments(self) -> DataFrame:
        """Return one row a value of a dated, frozen score, with its phase and its year."""
        return self.frame("assessments")

    def frameworks(self) -> DataFrame:
        """Return one row a framework of a terrain."""
        return self.frame("frameworks")

    def terrains(self) -> DataFrame:
        """Return one row a terrain, with the texts of its record."""
        return self.frame("terrains")

    def grid(self) -> DataFrame:
        """Return one row a criterion of a version of the grid, with its descriptors."""
        return self.frame("grid")

    def frame(self, name: str) -> DataFrame:
        """Return a frame by name: those above, and all others of the codebook.

        Raises
        ------
        KeyError
            If there is no frame of that name.

        """
        from pandas import DataFrame

        wanted = _BY_NAME[name]
        with self._db.read() as session:
            rows = list(wanted.rows(self._db, session))
        frame = DataFrame.from_records(rows, columns=[column.name for column in wanted.columns])
        return frame.astype(_types_of(wanted))

    def codebook(self) -> DataFrame:
        """Return one row a column of each frame: meaning in both languages, type, unit, allowed values."""
        return _codebook()


def open(path: str | Path | None = None) -> Store:  # noqa: A001 - read as ect.open
    """Open a store for reading; nothing that is done with it can change it.

    Parameters
    ----------
    path
        The SQLite file; the one the application uses if absent.

    Raises
    ------
    DomainError
        ``"database_missing"`` if there is no such file, ``"database_not_ours"`` if it is none of ours,
        ``"database_older_schema"`` if a newer version of ECT has not opened it yet,
        ``"database_newer_schema"`` if this version of ECT is too old for it.

    """
    if path is None:
        path = read_settings().database.removeprefix("sqlite:///")
    return Store(Database.open_read_only(Path(path)))


def _types_of(frame: Frame) -> dict[str, Any]:
    return {column.name: _TYPES[column.kind] for column in frame.columns}


def _codebook() -> DataFrame:
    from pandas import DataFrame

    english = {line[:2]: line[3] for line in codebook("en")}
    rows = [
        (table, column, meaning, english[table, column], kind, unit, allowed)
        for table, column, kind, meaning, unit, allowed in codebook("fr")
        if table in _BY_NAME
    ]
    headers = ["frame", "column", "meaning_fr", "meaning_en", "type", "unit", "allowed"]
    return DataFrame.from_records(rows, columns=headers).astype("string")


def __getattr__(name: str) -> DataFrame:
    if name == "CODEBOOK":
        return _codebook()
    raise AttributeError(name)
