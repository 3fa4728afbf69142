"""The command line: what is typed after ``python3 -m ect``."""

from __future__ import annotations

import io
import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from ect.domain.errors import DomainError
from ect.domain.ranking import Row
from ect.domain.scoring import Measure, Unit
from ect.i18n import Speaker, half_up
from ect.sentences import note_text, sentence
from ect.services.opening import open_database
from ect.services.scores import Scoreboard, scoreboard
from ect.settings import read_settings

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
) -> None:
    """Ouvrir l'application sur cette machine."""
    from ect.runner import run_app

    run_app(port, open_browser=browser and sys.stdout.isatty())


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


def ranking_document(board: Scoreboard, unit: Unit, language: str) -> dict[str, Any]:
    """Return the ranking as plain values, best first; figures are rounded to two decimals.

    Only totals are in ``unit``; pillars and criteria stay on 0..2.
    """
    factor = unit.factor(board.grid)
    mean = board.means
    selection = {criterion.code for criterion in board.grid.selection}
    return {
        "unit": unit.value if unit is Unit.PERCENT else int(unit.value),
        "rows": [_row_document(board, row, unit) for row in board.ranking.rows],
        "mean": mean
        and {
            "total": half_up(mean.total * factor, 2),
            "ect": half_up(mean.ect, 2),
            "selection": half_up(mean.selection_total, 2),
            "pillars": {k: half_up(v, 2) for k, v in mean.columns.items() if k not in selection},
            "criteria": {k: half_up(v, 2) for k, v in mean.columns.items() if k in selection},
        },
        "notes": _notes(board, language),
    }


def ranking_text(board: Scoreboard, unit: Unit, language: str) -> str:
    """Return the ranking as an aligned table, with its notes beneath."""
    say, factor = Speaker(language), unit.factor(board.grid)
    suffix = "%" if unit is Unit.PERCENT else f"/{unit.value}"
    rows = [("", "Terrain", "ECT /8", f"{say.t('Selection')} /18", f"{say.t('Total')} {suffix}")]
    for row in board.ranking.rows:
        total = row.score.total.scaled(factor)
        rows.append(
            (
                f"{row.rank}." if row.rank else "–",
                board.terrains[row.terrain].name,
                _figure(say, row.score.ect),
                _figure(say, row.score.selection_total),
                _figure(say, total),
            )
        )
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    lines = [
        "  ".join(
            text.ljust(width) if place < 2 else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", *(f"* {note['text']}" for note in _notes(board, language))])


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


def _row_document(board: Scoreboard, row: Row, unit: Unit) -> dict[str, Any]:
    total = row.score.total.scaled(unit.factor(board.grid))
    return {
        "terrain": board.terrains[row.terrain].name,
        "rank": row.rank,
        "total": _known(total),
        "low": half_up(total.low, 2),
        "high": half_up(total.high, 2),
        "ect": _known(row.score.ect),
        "selection": _known(row.score.selection_total),
        "pillars": {part.code: _known(part.measure) for part in row.score.pillars},
        "criteria": {part.code: _known(part.measure) for part in row.score.criteria},
    }


def _known(measure: Measure) -> float | None:
    """Return the rounded value of what is wholly known; the rest is an interval, not a number."""
    return half_up(measure.low, 2) if measure.complete else None


def _figure(say: Speaker, measure: Measure) -> str:
    if measure.complete:
        return say.short(measure.low)
    return say.t("{low} to {high}", low=say.short(measure.low), high=say.short(measure.high))


def _notes(board: Scoreboard, language: str) -> list[dict[str, str]]:
    notes = [{"code": n.code, "text": note_text(n, language)} for n in board.notes]
    for code, caveat in board.caveats.items():
        name = board.terrains[code].name
        notes.append({"code": "caveat", "text": f"{name} : {caveat.read(language)}"})
    return notes
