"""The command line: what is typed after ``python3 -m ect``."""

from __future__ import annotations

import gc
import io
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ect.domain.errors import DomainError
from ect.domain.scoring import Unit
from ect.sentences import sentence

INPUT_WRONG = 2
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
        export_to(db, file, what, settings, _tell_export if sys.stderr.isatty() else None)
    finally:
        gc.unfreeze()
        db.close()


def _tell_export(done: int, wanted: int) -> None:
    print(f"\r{100 * done // max(wanted, 1):3} %", end="\n" if done == wanted else "", file=sys.stderr)


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
