"""Commands that copy the store, put a copy back, and look whether it is sound."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ect.cli.frame import UNSOUND, app, progress
from ect.domain.errors import DomainError

if TYPE_CHECKING:
    from ect.services.backups import Restored
    from ect.settings import Settings


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Fichier à écrire.")],
    force: Annotated[bool, typer.Option("--force", help="Remplacer le fichier s'il existe.")] = False,
) -> None:
    """Copier la base dans un fichier, même pendant qu'on note ; la copie est contrôlée."""
    from ect.exchange.backups import examined_text
    from ect.services import backups
    from ect.services.opening import open_database
    from ect.settings import read_settings

    settings = read_settings()
    db = open_database(settings)
    try:
        found = backups.backup(db, file, progress("Copie"), force=force)
    finally:
        db.close()
    print(examined_text(found, settings.language))
    raise typer.Exit(UNSOUND if found.problems else 0)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Copie à remettre.")],
    yes: Annotated[bool, typer.Option("--yes", help="Ne pas demander.")] = False,
) -> None:
    """Remettre une copie à la place de la base ; ce qui y était est gardé."""
    from ect.exchange.backups import examined_text, restored_text
    from ect.services import backups
    from ect.settings import read_settings

    settings = read_settings()
    found = backups.examine(file, progress("Contrôle"))
    if found.problems:
        raise DomainError("backup_unsound", file=file.name, problem=found.problems[0])
    if not yes:
        _ask(examined_text(found, settings.language))
    done = _put_back(settings, file)
    print(restored_text(done, settings.language))


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="Copie à contrôler ; la base sans elle.")] = None,
) -> None:
    """Contrôler la base, ou une copie : pages, références, audit, documents."""
    from ect.exchange.backups import examined_text
    from ect.services import backups
    from ect.settings import read_settings

    settings = read_settings()
    if file is None:
        found = backups.verify(backups.store_path(settings.database), progress("Contrôle"))
    else:
        found = backups.examine(file, progress("Contrôle"))
    print(examined_text(found, settings.language))
    raise typer.Exit(UNSOUND if found.problems else 0)


def _ask(said: str) -> None:
    """Ask before something is replaced; without a terminal nobody can answer."""
    if not sys.stdin.isatty():
        raise DomainError("backup_unconfirmed")
    print(said)
    typer.confirm("Remettre cette copie à la place de la base ?", abort=True)


def _put_back(settings: Settings, file: Path, *, again: bool = False) -> Restored:
    """Put a copy back; a store too damaged to be kept as a copy is moved aside, and a new one made."""
    from ect.services import backups
    from ect.services.opening import open_database

    path = backups.store_path(settings.database)
    try:
        db = open_database(settings)
        try:
            return backups.restore(db, file, progress("Remise en place"))
        finally:
            db.close()
    except DomainError:
        if again or not backups.is_damaged(path):
            raise
    aside = backups.set_aside(path)
    print(f"La base était abîmée : elle est mise de côté sous {aside}", file=sys.stderr)
    return _put_back(settings, file, again=True)
