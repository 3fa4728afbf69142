"""Printed sums and means beside their parts: what does not agree is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ect.domain.figures import Figure, behind, read_figure
from ect.domain.printed import PrintedRow, disagreements
from ect.domain.publication import anomalies
from ect.domain.scoring import score
from tests.domain.builders import GRID, report_publication

SUMS = ("ect", "selection", "total")
HEADERS = report_publication().headers


def row(name: str, printed: Mapping[str, str], **changed: str) -> PrintedRow:
    figures = {code: read_figure(text) for code, text in {**printed, **changed}.items() if text}
    parts = {code: behind(figure) for code, figure in figures.items() if code not in SUMS}
    return PrintedRow(name, figures, score(GRID, parts))


def report(**changed: str) -> list[PrintedRow]:
    first, *others = report_publication().rows
    return [row(first.label, first.printed, **changed), *(row(x.label, x.printed) for x in others)]


def mean(**changed: str) -> dict[str, Figure]:
    printed = {**report_publication().printed_mean, **changed}
    return {code: read_figure(text) for code, text in printed.items()}


def test_the_reports_table_has_the_two_anomalies_of_its_publication() -> None:
    found = disagreements(GRID, report(), mean(), 85, HEADERS)
    assert found == anomalies(report_publication(), GRID)


def test_without_a_line_of_means_and_a_maximum_nothing_is_said_of_them() -> None:
    assert disagreements(GRID, report(), None, None, HEADERS) == ()
    assert disagreements(GRID, report(), None, 34, HEADERS) == ()


@pytest.mark.parametrize(
    ("column", "printed", "expected"),
    [("ect", "5,50", "5,60"), ("selection", "11,00", "12,00"), ("total", "23,1", "23,2")],
)
def test_a_sum_its_parts_do_not_make_is_told(column: str, printed: str, expected: str) -> None:
    (note,) = disagreements(GRID, report(**{column: printed}), None, None, HEADERS)
    assert note.code == "printed_sum"
    assert note.values == {
        "terrain": report_publication().rows[0].label,
        "column": HEADERS[column],
        "printed": printed,
        "expected": expected,
    }


def test_a_sum_in_floating_point_agrees_with_its_parts() -> None:
    assert disagreements(GRID, report(ect="5.6000000000000005"), None, None, HEADERS) == ()


def test_a_sum_of_unknown_parts_is_not_checked() -> None:
    assert disagreements(GRID, report(means="", total="99"), None, None, HEADERS) == ()


def test_totals_may_be_on_the_maximum_of_their_header() -> None:
    rows = [row(x.label, x.printed, total=t) for x, t in zip(report_publication().rows, TOTALS, strict=True)]
    assert disagreements(GRID, rows, None, 85, HEADERS) == ()
    wrong = [*rows[:2], row("SuT", report_publication().rows[2].printed, total="54,5")]
    (note,) = disagreements(GRID, wrong, None, 85, HEADERS)
    assert (note.values["printed"], note.values["expected"]) == ("54,5", "53,8")


TOTALS = ("58", "63,25", "53,75")


def test_a_pillar_printed_beside_its_criteria_is_checked() -> None:
    pillar = GRID.pillars[0]
    parts = {criterion.code: read_figure("1") for criterion in pillar.criteria}
    values = {code: figure.value for code, figure in parts.items()}
    one = PrintedRow("A", {**parts, pillar.code: read_figure("1,20")}, score(GRID, values))
    (note,) = disagreements(GRID, [one], None, None, {pillar.code: "Portage"})
    assert (note.values["printed"], note.values["expected"]) == ("1,20", "1,00")


def test_a_mean_over_a_column_with_gaps_is_not_checked() -> None:
    assert {n.values["code"] for n in disagreements(GRID, report(), mean(means="2,00"), None, HEADERS)} == {
        "means",
        "mirror",
    }
    found = disagreements(GRID, report(means=""), mean(means="2,00"), None, HEADERS)
    assert {n.values["code"] for n in found} == {"mirror"}
    assert disagreements(GRID, [], mean(), None, HEADERS) == ()


def test_a_ratio_is_said_with_two_decimals() -> None:
    (note,) = disagreements(GRID, report(ect="11/2"), None, None, HEADERS)
    assert (note.values["printed"], note.values["expected"]) == ("5,50", "5,60")
