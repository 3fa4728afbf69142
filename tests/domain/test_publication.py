"""The printed table: reproduced digit for digit, and what does not add up in it said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.errors import DomainError
from ect.domain.publication import Note, anomalies, parse_printed, round_like
from ect.domain.ranking import means, rank
from ect.domain.scoring import Score, score
from tests.domain.builders import (
    COLUMNS,
    GRID,
    MAISON,
    PRINTED,
    PRINTED_MEAN,
    SUT,
    printed_cells,
    publication_of,
    report_publication,
    report_scores,
)

FLAT = "1,00 1,00 1,00 1,00 4,00 1,00 1,00 1,00 1,00 1,00 1,00 1,00 1,00 {mirror} 9,00 17,0"
THIRDS = ("1,33", "1,33", "2,00")


@pytest.mark.parametrize("terrain", PRINTED)
def test_every_printed_cell_is_reproduced(terrain: str) -> None:
    (row,) = (row for row in report_publication().rows if row.terrain == terrain)
    values = _columns(score(GRID, row.profile))
    assert {c: round_like(values[c], row.printed[c]) for c in COLUMNS} == row.printed


def test_every_cell_of_the_mean_row_but_one_is_reproduced() -> None:
    row = means(rank(report_scores()))
    assert row is not None
    sums = {"ect": row.ect, "selection": row.selection_total, "total": row.total}
    values = {**row.columns, **sums}
    printed = printed_cells(PRINTED_MEAN)
    wrong = {c for c in COLUMNS if round_like(values[c], printed[c]) != printed[c]}
    assert wrong == {"mirror"}


def test_the_printed_table_has_two_anomalies() -> None:
    assert anomalies(report_publication(), GRID) == (
        Note(
            "printed_maximum",
            {"printed": 85, "formula": 34, "header": "SCORE TOTAL (sur 85)"},
        ),
        Note(
            "printed_mean",
            {"code": "mirror", "column": "mirror", "printed": "1,33", "expected": "2,00"},
        ),
    )


def test_a_table_that_adds_up_has_no_anomaly() -> None:
    mean = PRINTED_MEAN.replace("1,33 13,33", "2,00 13,33")
    assert anomalies(publication_of(PRINTED, mean, maximum=34), GRID) == ()


def test_a_mean_of_rounded_thirds_is_no_anomaly() -> None:
    lines = {code: FLAT.format(mirror=third) for code, third in zip("abc", THIRDS, strict=True)}
    for mirror in ("1,55", "1,56"):
        table = publication_of(lines, FLAT.format(mirror=mirror), maximum=34)
        assert anomalies(table, GRID) == ()


@pytest.mark.parametrize("mirror", ["1,54", "1,57"])
def test_a_mean_that_no_rounding_explains_is_an_anomaly(mirror: str) -> None:
    lines = {code: FLAT.format(mirror=third) for code, third in zip("abc", THIRDS, strict=True)}
    (note,) = anomalies(publication_of(lines, FLAT.format(mirror=mirror), maximum=34), GRID)
    assert note.values["expected"] == "1,55"


def test_spaces_around_a_printed_figure_are_no_anomaly() -> None:
    table = publication_of(PRINTED, PRINTED_MEAN.replace("1,33 13,33", "2,00 13,33"), maximum=34)
    spaced = {code: f" {cell} " for code, cell in table.printed_mean.items()}
    assert anomalies(replace(table, printed_mean=spaced), GRID) == ()


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(DomainError, match="publication_incomplete"):
        publication_of({}, PRINTED_MEAN)


@pytest.mark.parametrize("column", ["mirror", "total"])
def test_a_row_that_lacks_a_column_is_refused_by_name(column: str) -> None:
    table = report_publication()
    cells = {code: cell for code, cell in table.rows[0].printed.items() if code != column}
    row = replace(table.rows[0], printed=cells)
    with pytest.raises(DomainError) as refusal:
        replace(table, rows=(row, *table.rows[1:]))
    assert refusal.value.code == "publication_incomplete"
    assert refusal.value.values == {"entry": MAISON, "column": column}


def test_headers_that_lack_a_column_are_refused() -> None:
    table = report_publication()
    with pytest.raises(DomainError) as refusal:
        replace(table, headers={"total": "SCORE TOTAL"})
    assert refusal.value.values == {"entry": "table", "column": "collective"}


def test_the_total_needs_a_header_even_where_no_mean_is_printed() -> None:
    with pytest.raises(DomainError) as refusal:
        replace(report_publication(), headers={}, printed_mean={})
    assert refusal.value.values == {"entry": "table", "column": "total"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("23,2", Fraction(116, 5)),
        (" 1,33 ", Fraction(133, 100)),
        ("34", Fraction(34)),
        ("-0,5", Fraction(-1, 2)),
    ],
)
def test_a_printed_figure_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_printed(text) == value


@pytest.mark.parametrize("text", ["", "n. c.", "1/0", "1/3", "1.33", "1e3", "1_0", "1,", ",5", "nan"])
def test_what_is_no_printed_figure_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_printed(text)
    assert refusal.value.code == "figure_unreadable"
    assert refusal.value.values == {"text": text}


@pytest.mark.parametrize(
    ("value", "like", "printed"),
    [
        (Fraction(4, 3), "1,33", "1,33"),
        (Fraction(5, 3), "1,67", "1,67"),
        (Fraction(1, 8), "0,00", "0,13"),
        (Fraction(5, 2), "0", "3"),
        (Fraction(1, 100), "0,00", "0,01"),
        (Fraction(-5, 4), "0,0", "-1,2"),
        (Fraction(-1, 3), "0,00", "-0,33"),
        (Fraction(-1, 3), "0", "0"),
        (Fraction(34), " 0,0 ", "34,0"),
    ],
)
def test_rounding_goes_half_up_to_the_printed_decimals(value: Fraction, like: str, printed: str) -> None:
    assert round_like(value, like) == printed


@given(st.fractions(-100, 100), st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_unit_at_the_most(value: Fraction, decimals: int) -> None:
    like = "0," + "0" * decimals if decimals else "0"
    rounded = round_like(value, like)
    assert abs(parse_printed(rounded) - value) <= Fraction(1, 2 * 10**decimals)
    assert round_like(parse_printed(rounded), like) == rounded


def test_the_low_score_of_sut_is_one_on_every_pillar() -> None:
    (row,) = (row for row in report_publication().rows if row.terrain == SUT)
    assert {part.measure.value for part in score(GRID, row.profile).pillars} == {Fraction(1)}


def _columns(result: Score) -> dict[str, Fraction]:
    values = {part.code: part.measure.low for part in result.columns}
    sums = {
        "ect": result.ect.low,
        "selection": result.selection_total.low,
        "total": result.total.low,
    }
    return {**values, **sums}
