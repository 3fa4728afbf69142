"""Numbers, times and messages as each language writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from ect.i18n import Speaker, half_up

FR, EN = Speaker("fr"), Speaker("en")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (FR.number(Fraction(4, 3)), "1,33"),
        (EN.number(Fraction(4, 3)), "1.33"),
        (FR.number(None), "–"),
        (FR.short(None), "–"),
        (FR.short(Fraction(3, 2)), "1,5"),
        (FR.short(2), "2"),
        (FR.percent(Fraction(16, 34)), "47\N{NO-BREAK SPACE}%"),
        (EN.percent(Fraction(16, 34)), "47%"),
        (FR.number(12345, 0), "12\N{NARROW NO-BREAK SPACE}345"),
        (FR.t("Rate"), "Noter"),
        (EN.t("Rate"), "Rate"),
        (FR.pair("Total", "25,3"), "Total\N{NO-BREAK SPACE}: 25,3"),
        (EN.pair("Total", 2), "Total: 2"),
        (FR.n("{count} terrain", "{count} terrains", 0), "0 terrain"),
        (EN.n("{count} terrain", "{count} terrains", 0), "0 terrains"),
        (FR.n("{count} terrain", "{count} terrains", 2), "2 terrains"),
    ],
)
def test_a_language_writes_its_own_way(said: str, expected: str) -> None:
    assert said == expected


def test_halves_round_up_exactly() -> None:
    assert half_up(Fraction("1.005"), 2) == 1.01
    assert half_up(Fraction("2.5"), 0) == 3


def test_moments_are_shown_in_the_readers_zone() -> None:
    noon = datetime(2026, 7, 1, 12, 32, tzinfo=UTC)
    assert FR.time(noon) == "14:32"
    assert Speaker("fr", "UTC").time(noon) == "12:32"
    assert FR.moment(noon) == "1 juillet 2026, 14:32"


def test_braces_in_a_value_are_words() -> None:
    assert FR.t("Open {name}", name="{x}") == "Ouvrir {x}"
