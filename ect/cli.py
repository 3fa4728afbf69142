"""The command line: what is typed after ``python3 -m ect``."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from ect.domain.errors import DomainError
from ect.domain.scoring import Unit
from ect.sentences import sentence

if TYPE_CHECKING:
    from ect.services.backups import Restored
    from ect.settings import Settings

UNSOUND, INPUT_WRONG = 1, 2
app = typer.Typer(
    help="ECT : noter des projets locaux sur la grille ECT.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class UnitChoice(StrEnum):
    """The units totals can be printed in."""

    POINTS = Unit.POINTS.value
    EIGHTY_FIVE = Unit.EIGHTY_FIVE.value
    PERCENT = Unit.PERCENT.value


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="Port ; le premier libre sinon.", min=1, max=65535)] = None,
    browser: Annotated[bool, typer.Option(help="Ouvrir le navigateur.")] = True,
    lan: Annotated[bool, typer.Option("--lan", help="Laisser entrer les téléphones du réseau.")] = False,
) -> None:
    """Ouvrir l'application sur cette machine."""
    from ect.runner import run_app

    run_app(port, open_browser=browser and sys.stdout.isatty(), lan=lan)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Passer tous les contrôles, ou seulement les tests nommés."""
    from ect.runner import run_tests

    raise typer.Exit(run_tests(context.args))


@app.command()
def rank(
    as_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,
    unit: Annotated[UnitChoice, typer.Option(help="Unité du total.")] = UnitChoice.POINTS,
) -> None:
    """Classer les candidats : le tableau du rapport, et ce qui a été noté depuis."""
    from ect.exchange.ranking import ranking_document, ranking_text
    from ect.services.opening import open_database
    from ect.services.scores import scoreboard
    from ect.settings import read_settings

    settings = read_settings()
    db = open_database(settings)
    board = scoreboard(db)
    db.close()
    chosen = Unit(unit.value)
    if as_json:
        document = ranking_document(board, chosen, settings.language)
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        print(ranking_text(board, chosen, settings.language))


@app.command()
def robustness(
    draws: Annotated[int, typer.Option(help="Nombre de classements tirés.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Graine : la même donne le même résultat.")] = 2023,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,
) -> None:
    """Dire si le classement est sûr : poids, participants, inconnues et niveau 1 tirés au sort."""
    from ect.domain.uncertainty import Settings
    from ect.exchange.robustness import robustness_document, robustness_text
    from ect.services.opening import open_database
    from ect.services.robustness import examine, ground
    from ect.settings import read_settings

    drawn, settings = Settings(draws=draws, seed=seed), read_settings()
    db = open_database(settings)
    on = ground(db)
    db.close()
    found = examine(on, drawn)
    if as_json:
        print(json.dumps(robustness_document(on, found), ensure_ascii=False, indent=2))
    else:
        print(robustness_text(on, found, settings.language))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Classeur .xlsx ou texte .csv.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dire ce qui serait fait, sans rien écrire.")
    ] = False,
    sheet: Annotated[str | None, typer.Option(help="Feuille à lire, s'il y en a plusieurs.")] = None,
    year: Annotated[int | None, typer.Option(help="Année des scores importés.", min=1900, max=2100)] = None,
) -> None:
    """Faire entrer un tableau de scores, des notes, des terrains ou une grille : tout, ou rien."""
    # What a file is dispatched by: tables here; another kind of file has its own branch.
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
    try:
        export_to(db, file, what, settings, _tell_export if sys.stderr.isatty() else None)
    finally:
        db.close()


def _tell_export(done: int, wanted: int) -> None:
    print(f"\r{100 * done // max(wanted, 1):3} %", end="\n" if done == wanted else "", file=sys.stderr)


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
        found = backups.backup(db, file, _progress("Copie"), force=force)
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
    found = backups.examine(file, _progress("Contrôle"))
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
        found = backups.verify(backups.store_path(settings.database), _progress("Contrôle"))
    else:
        found = backups.examine(file, _progress("Contrôle"))
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
            return backups.restore(db, file, _progress("Remise en place"))
        finally:
            db.close()
    except DomainError:
        if again or not backups.is_damaged(path):
            raise
    aside = backups.set_aside(path)
    print(f"La base était abîmée : elle est mise de côté sous {aside}", file=sys.stderr)
    return _put_back(settings, file, again=True)


def _progress(what: str) -> Callable[[int, int], None] | None:
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


def main() -> None:
    """Run a command; a wrong input is one sentence and exit code 2, never a trace."""
    _write_utf8()
    try:
        sys.exit(app(standalone_mode=False))
    except DomainError as error:
        refusal = sentence(error, "fr")
    except TyperException as error:
        said = error.format_message().rstrip(".")
        refusal = f"Commande refusée : {said} (aide : python3 -m ect --help)." if said else ""
    except typer.Abort:
        sys.exit(1)
    if refusal:  # Without a command the help has been shown, and there is nothing to say.
        print(refusal, file=sys.stderr)
    sys.exit(INPUT_WRONG)


def _write_utf8() -> None:
    """Write UTF-8 into pipes and files too: elsewhere a name or a « » may not be writable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
