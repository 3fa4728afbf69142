"""Which file holds what: the exports by name, and writing one of them, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ect.domain.errors import DomainError
from ect.exchange.committee_workbook import write_committee
from ect.exchange.csv_archive import write_csv_archive
from ect.exchange.csv_tables import FRENCH, MACHINE, csv_bytes
from ect.exchange.ranking import ranking_rows
from ect.exchange.tables_workbook import write_tables
from ect.exchange.whole import write_document
from ect.services.scores import scoreboard
from ect.services.whole import Progress
from ect.settings import Settings
from ect.storage.database import Database

Write = Callable[[Database, BinaryIO, Settings, Progress | None], object]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Export:
    """A file there can be: how it is called, its media type, and what writes it."""

    name: str
    media_type: str
    write: Write


def _whole(db: Database, stream: BinaryIO, _settings: Settings, progress: Progress | None) -> None:
    write_document(db, stream, datetime.now(UTC), progress=progress)


def _whole_named(db: Database, stream: BinaryIO, _settings: Settings, progress: Progress | None) -> None:
    write_document(db, stream, datetime.now(UTC), names=True, progress=progress)


def _committee(db: Database, stream: BinaryIO, settings: Settings, _progress: Progress | None) -> None:
    write_committee(scoreboard(db), stream, settings.language)


def _tables(db: Database, stream: BinaryIO, settings: Settings, progress: Progress | None) -> None:
    write_tables(db, stream, settings.language, settings.timezone, progress)


def _french(db: Database, stream: BinaryIO, settings: Settings, progress: Progress | None) -> None:
    write_csv_archive(db, stream, FRENCH, settings.language, progress)


def _machine(db: Database, stream: BinaryIO, settings: Settings, progress: Progress | None) -> None:
    write_csv_archive(db, stream, MACHINE, settings.language, progress)


def _ranking(db: Database, stream: BinaryIO, settings: Settings, _progress: Progress | None) -> None:
    stream.write(csv_bytes(FRENCH, *ranking_rows(scoreboard(db), settings.language)))


def _ranking_machine(db: Database, stream: BinaryIO, settings: Settings, _progress: Progress | None) -> None:
    stream.write(csv_bytes(MACHINE, *ranking_rows(scoreboard(db), settings.language)))


EXPORTS = {
    "whole": Export("ect-tout.json", "application/json", _whole),
    "whole_named": Export("ect-tout-avec-noms.json", "application/json", _whole_named),
    "committee": Export("ect-comite.xlsx", XLSX, _committee),
    "tables": Export("ect-tables.xlsx", XLSX, _tables),
    "csv": Export("ect-tables-excel.zip", "application/zip", _french),
    "csv_machine": Export("ect-tables-programmes.zip", "application/zip", _machine),
    "ranking": Export("ect-classement.csv", "text/csv", _ranking),
    "ranking_machine": Export("ect-classement-programmes.csv", "text/csv", _ranking_machine),
}
# By extension: what it holds, and what it holds with its option.
BY_EXTENSION = {
    ".json": ("whole", "names", "whole_named"),
    ".xlsx": ("tables", "committee", "committee"),
    ".zip": ("csv", "machine", "csv_machine"),
    ".csv": ("ranking", "machine", "ranking_machine"),
}


def check_target(file: Path, **options: bool) -> Export:
    """Return what a file is to hold, by its extension and the options asked for.

    Raises
    ------
    DomainError
        ``"export_extension"``, or ``"export_option"`` for an option this kind of file has not.

    """
    extension = file.suffix.lower()
    if extension not in BY_EXTENSION:
        raise DomainError("export_extension", file=file.name, extensions=", ".join(BY_EXTENSION))
    plain, option, special = BY_EXTENSION[extension]
    for name, asked in options.items():
        if asked and name != option:
            raise DomainError("export_option", option=f"--{name}", extension=extension)
    return EXPORTS[special if options.get(option) else plain]


def export_bytes(db: Database, what: Export, settings: Settings, progress: Progress | None = None) -> bytes:
    """Return an export as the content of a file."""
    stream = BytesIO()
    what.write(db, stream, settings, progress)
    return stream.getvalue()


def export_to(
    db: Database, file: Path, what: Export, settings: Settings, progress: Progress | None = None
) -> None:
    """Write an export where it is wanted: a failure leaves what was there as it was.

    Raises
    ------
    DomainError
        ``"export_unwritable"`` naming the file and the reason.

    """
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise _unwritable(file, error) from None
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            what.write(db, stream, settings, progress)
        made.replace(file)
    except OSError as error:
        raise _unwritable(file, error) from None
    finally:
        made.unlink(missing_ok=True)


def _unwritable(file: Path, error: OSError) -> DomainError:
    return DomainError("export_unwritable", file=str(file), reason=error.strerror or str(error))
