"""Commands that bring data in and take them out."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from ect.cli.frame import INPUT_WRONG, app, progress


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Classeur .xlsx, texte .csv, ou export entier .json.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dire ce qui serait fait, sans rien écrire.")
    ] = False,
    sheet: Annotated[str | None, typer.Option(help="Feuille à lire, s'il y en a plusieurs.")] = None,
    year: Annotated[int | None, typer.Option(help="Année des scores importés.", min=1900, max=2100)] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=".json : remplacer ce que la base contient, si c'en est la suite."),
    ] = False,
) -> None:
    """Faire entrer des scores, des notes, des terrains, une grille ou un export entier : tout, ou rien."""
    if file.suffix.casefold() == ".json":
        _import_whole(file, dry_run=dry_run, replace=replace)
    else:
        _import_table(file, dry_run=dry_run, sheet=sheet, year=year)


def _import_table(file: Path, *, dry_run: bool, sheet: str | None, year: int | None) -> None:
    from ect.exchange.imports.files import import_file
    from ect.i18n import Speaker
    from ect.services.opening import open_database
    from ect.settings import read_settings

    settings = read_settings()
    db = open_database(settings)
    say = Speaker(settings.language, settings.timezone)
    try:
        outcome = import_file(db, file, say, dry=dry_run, sheet=sheet, year=year)
    finally:
        db.close()
    for line in outcome.sentences:
        print(line)
    for line in outcome.mistakes:
        print(line, file=sys.stderr)
    if outcome.mistakes:
        raise typer.Exit(INPUT_WRONG)


def _import_whole(file: Path, *, dry_run: bool, replace: bool) -> None:
    from ect.exchange.whole import loaded_text, read_document
    from ect.services.opening import open_database
    from ect.services.whole import load_everything
    from ect.settings import read_settings

    settings = read_settings()
    document = read_document(file)
    db = open_database(settings)
    try:
        loaded = load_everything(db, document, replace=replace, dry=dry_run)
    finally:
        db.close()
    print(loaded_text(loaded, settings.language, dry=dry_run))


@app.command()
def export(
    file: Annotated[
        Path,
        typer.Argument(
            help="Selon l'extension : .json, tout ce que contient la base, à remettre ailleurs ;"
            " .xlsx, toutes les tables ; .zip, les mêmes en CSV ; .csv, le classement."
        ),
    ],
    committee: Annotated[
        bool, typer.Option("--committee", help=".xlsx : le classeur du comité, avec ses graphiques.")
    ] = False,
    machine: Annotated[
        bool,
        typer.Option("--machine", help=".csv et .zip : pour les programmes plutôt qu'Excel en français."),
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help=".json : avec les noms des participants, non des pseudonymes.")
    ] = False,
) -> None:
    """Exporter les données dans un fichier, selon son extension."""
    from ect.exchange.files import check_target, export_to
    from ect.services.opening import open_database
    from ect.settings import read_settings

    settings = read_settings()
    what = check_target(file, committee=committee, machine=machine, names=names)
    db = open_database(settings)
    # What is loaded for good is not looked over again while half a million rows go by.
    gc.freeze()
    try:
        export_to(db, file, what, settings, progress("Export"))
    finally:
        gc.unfreeze()
        db.close()
