"""Commands that read: the ranking, and how sure it is."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from ect.cli.frame import app
from ect.domain.scoring import Unit


class UnitChoice(StrEnum):
    """The units totals can be printed in."""

    POINTS = Unit.POINTS.value
    EIGHTY_FIVE = Unit.EIGHTY_FIVE.value
    PERCENT = Unit.PERCENT.value


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
