"""Figures read exactly, and the fraction a rounded one stands for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.domain.errors import DomainError
from ect.domain.figures import Figure, behind, read_figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,33", "1.33"),
        ("1.33", "1.33"),
        ("2", "2"),
        ("+0,5", "0.5"),
        ("-1", "-1"),
        ("4/3", "4/3"),
        ("1 234,5", "1234.5"),
        ("1\N{NARROW NO-BREAK SPACE}234", "1234"),
        (" 1,5\N{NO-BREAK SPACE}", "1.5"),
        ("1E-05", "0.00001"),
        ("1.5e+1", "15"),
    ],
)
def test_a_figure_is_read_exactly(text: str, value: str) -> None:
    assert read_figure(text).value == Fraction(value)


@pytest.mark.parametrize(
    "text",
    ["", "beaucoup", "1,2,3", "1,", ",5", "1/0", "1/2/3", "nan", "inf", "1e999", "٣", "0x1", "1" * 41, "1_0"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_figure(text)
    assert (refused.value.code, refused.value.values) == ("figure_unreadable", {"text": text})


@pytest.mark.parametrize(
    ("text", "doubt"), [("1", "1/2"), ("1,3", "1/20"), ("4/3", "0"), ("1.3333333333333333", "1/1000000000")]
)
def test_the_doubt_is_half_of_the_last_decimal(text: str, doubt: str) -> None:
    assert read_figure(text).doubt == Fraction(doubt)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,33", "4/3"),
        ("1,67", "5/3"),
        ("0,17", "1/6"),
        ("1,83", "11/6"),
        ("1,333", "4/3"),
        ("1,80", "9/5"),
        ("1,27", "127/100"),
        ("1,34", "67/50"),
        ("1,3", "13/10"),
        ("2", "2"),
        ("4/3", "4/3"),
        ("1.7999999999999998", "9/5"),
        ("1.2666666666666666", "19/15"),
        ("0.12345678912345", "12345678912345/100000000000000"),
    ],
)
def test_the_fraction_behind_a_figure(text: str, value: str) -> None:
    assert behind(read_figure(text)) == Fraction(value)


@given(st.integers(0, 1200), st.integers(1, 600))
def test_what_a_spreadsheet_computed_gives_its_fraction_back(points: int, count: int) -> None:
    exact = Fraction(points, count)
    assert behind(read_figure(repr(float(exact)))) == exact or Fraction(repr(float(exact))) == exact


@given(st.integers(0, 12), st.sampled_from([2, 3]))
def test_thirds_and_sixths_come_back_from_their_rounding(sixths: int, decimals: int) -> None:
    exact = Fraction(sixths, 6)
    assert behind(read_figure(f"{float(exact):.{decimals}f}")) == exact


def test_a_figure_has_its_decimals() -> None:
    assert read_figure("23,20") == Figure(Fraction("23.2"), 2)
