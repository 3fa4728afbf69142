"""Charts as pictures: the same each time, words and all, with nothing fetched."""

from __future__ import annotations

import re
import struct
from fractions import Fraction

import pytest

from ect.charts.bars import BarsLook, Piece, bars
from ect.charts.dots import DotsLook, dots
from ect.charts.radar import RadarLook, Series, radar
from ect.charts.ready import ReadyChart
from ect.charts.theme import INK_ON_DARK, INK_ON_LIGHT, PART_COLOURS
from ect.reports.pictures import inline, png, svg

SERIES = [Series("Épicerie <b>&</b>", (1.2, 1.6, None, 1.4), ("", "", "", ""))]
AXES = ("Portage\ncollectif", "Ancrage", "Résilience", "Modèle")


def a_radar(ink: str = INK_ON_LIGHT) -> ReadyChart:
    return radar(RadarLook(AXES, ("Épicerie <b>&</b>",), "Radar « des » piliers & co", ink=ink), SERIES)


def some_bars() -> ReadyChart:
    look = BarsLook(("Épicerie",), ("Portage",), PART_COLOURS[:1], 3400.0, "Points", "Barres")
    return bars(look, [Piece("Épicerie", "Portage", 1200.5, "")])


def some_dots() -> ReadyChart:
    return dots(DotsLook(AXES, ("Épicerie <b>&</b>",), "Points des piliers"), SERIES)


@pytest.mark.parametrize("make", [a_radar, some_bars, some_dots])
def test_a_chart_gives_the_same_picture_each_time(make: object) -> None:
    assert callable(make)
    first = svg(make(), "fr", "Titre")
    svg(some_dots(), "fr")
    assert svg(make(), "fr", "Titre") == first
    assert png(make(), "fr") == png(make(), "fr")


def test_its_words_are_in_it_and_its_title_and_description() -> None:
    drawn = svg(a_radar(), "fr", "Radar <1>")
    assert "<title>Radar &lt;1&gt;</title><desc>Radar « des » piliers &amp; co</desc>" in drawn
    assert re.match(r'<svg role="img" lang="fr" ', drawn)
    for word in ("Portage", "collectif", "Ancrage"):
        assert word in drawn
    assert "<b>" not in drawn


def test_without_a_title_the_description_names_it() -> None:
    assert "<title>Barres</title>" in svg(some_bars(), "fr")


def test_nothing_in_it_comes_from_elsewhere() -> None:
    for chart in (a_radar(), some_bars(), some_dots()):
        drawn = svg(chart, "fr").replace("http://www.w3.org/", "")
        assert "http" not in drawn
        assert "<script" not in drawn


def test_figures_are_written_in_the_language() -> None:
    look = BarsLook(("Épicerie",), ("Portage",), PART_COLOURS[:1], 3400.0, "Points", "Barres")
    chart = bars(look, [Piece("Épicerie", "Portage", 1200.5, "")])
    spec = {**chart.spec, "encoding": {**chart.spec["encoding"], "x": {**chart.spec["encoding"]["x"]}}}
    spec["encoding"]["x"]["axis"] = {**spec["encoding"]["x"]["axis"], "format": ",.1f"}
    written = ReadyChart(spec, chart.datasets)
    assert "1\N{NARROW NO-BREAK SPACE}000,0" in svg(written, "fr")
    assert "1,000.0" in svg(written, "en")


def test_words_for_a_dark_page_are_dark_on_white() -> None:
    drawn = svg(a_radar(INK_ON_DARK), "fr")
    assert INK_ON_DARK not in drawn
    assert drawn == svg(a_radar(), "fr")


def test_a_png_is_twice_the_size_of_the_drawing() -> None:
    drawn = svg(a_radar(), "fr")
    width = int(re.search(r'width="(\d+)"', drawn)[1])  # type: ignore[index]
    content = png(a_radar(), "fr")
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">I", content[16:20])[0] == 2 * width


def test_data_travel_as_rows() -> None:
    rows = inline(dict(some_bars().datasets))["pieces"]
    assert rows == [
        {"bar": "Épicerie", "part": "Portage", "value": float(Fraction(2401, 2)), "text": "", "order": 0}
    ]
