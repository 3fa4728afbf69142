"""Charts: constant specs, data by name, nothing drawn that is not known."""

from __future__ import annotations

from dataclasses import replace
from math import hypot, isclose

import pytest

from ect.charts.bars import BarsLook, Piece, bars
from ect.charts.dots import DotsLook, dots
from ect.charts.heat import Heat, HeatLook, heat
from ect.charts.lines import LinesLook, Meeting, Walked, lines
from ect.charts.radar import RadarLook, Series, place, radar, runs
from ect.charts.ready import ReadyChart
from ect.charts.spans import Span, SpansLook, spans
from tests.charts.conftest import data_sources, rows

RADAR = RadarLook(("P1", "P2", "P3", "P4"), ("Épicerie", "Maison"), "Deux terrains")
DOTS = DotsLook(("P1", "P2", "P3", "P4"), ("Épicerie", "Maison"), "Deux terrains")
BARS = BarsLook(("Épicerie",), ("ECT", "Sélection"), ("#000", "#fff"), 34, "Points", "Un terrain")
SPANS = SpansLook(1, ("Un niveau de moins", "Un niveau de plus"), "Écart", "Ce qui le change")
LINES = LinesLook(("Épicerie", "Maison"), ("Part", "Total"), 34, "Deux droites")
HEAT = HeatLook(("Épicerie",), ("1", "2"), "Rang", "Un terrain")


def ready_charts(pair: list[Series]) -> list[ReadyChart]:
    pieces = [Piece("Épicerie", "ECT", 12.0, "x"), Piece("Épicerie", "Sélection", 13.3, "y")]
    walked = [Walked("Épicerie", 12.0, 25.0), Walked("Maison", 20.0, 10.0)]
    return [
        radar(RADAR, pair),
        dots(DOTS, pair),
        bars(BARS, pieces),
        spans(SPANS, [Span("Besoin", 2.1, 1.7, 2.5, "moins", "plus")]),
        lines(LINES, walked, [Meeting(0.3, 16.0, "ex aequo")], 0.47),
        heat(HEAT, [Heat("Épicerie", "1", 0.72, "72 %", "x"), Heat("Épicerie", "2", 0.28, "28 %", "y")]),
    ]


def test_every_named_source_of_a_chart_is_sent_with_it_and_every_other_is_in_its_spec(
    pair: list[Series],
) -> None:
    for chart in ready_charts(pair):
        sources = list(data_sources(chart.spec))
        named = {source["name"] for source in sources if "name" in source}
        assert named == set(chart.datasets)
        assert all(source["values"] for source in sources if "name" not in source)
        assert "datasets" not in chart.spec


def test_other_values_on_the_same_axes_leave_the_spec_as_it_is(pair: list[Series]) -> None:
    before = radar(RADAR, pair)
    after = radar(RADAR, [replace(one, values=(0.0, 0.0, 0.0, 0.0)) for one in pair])
    assert after.spec is before.spec
    assert after.datasets != before.datasets


def test_every_chart_has_words_for_a_screen_reader(pair: list[Series]) -> None:
    assert all(chart.spec["description"] for chart in ready_charts(pair))


def test_a_radar_draws_its_rings_its_spokes_its_levels_and_a_label_an_axis(pair: list[Series]) -> None:
    drawn = [source["values"] for source in data_sources(radar(RADAR, pair).spec) if "values" in source]
    rings, spokes, levels, *labels = drawn
    assert {row["ring"] for row in rings} == {1.0, 2.0}
    assert len(spokes) == 4
    assert [row["text"] for row in levels] == ["1", "2"]
    assert [label[0]["lines"] for label in labels] == [["P1"], ["P2"], ["P3"], ["P4"]]


def test_an_unknown_value_is_no_point_and_opens_the_line(pair: list[Series]) -> None:
    chart = radar(RADAR, pair)
    assert sum(row["series"] == "Maison" for row in rows(chart, "points")) == 3
    maison = [row for row in rows(chart, "lines") if row["series"] == "Maison"]
    assert (maison[0]["x"], maison[0]["y"]) != (maison[-1]["x"], maison[-1]["y"])
    epicerie = [row for row in rows(chart, "lines") if row["series"] == "Épicerie"]
    assert (epicerie[0]["x"], epicerie[0]["y"]) == (epicerie[-1]["x"], epicerie[-1]["y"])


@pytest.mark.parametrize(
    ("values", "stretches"),
    [
        ([1.0, 1.0, 1.0], [[0, 1, 2, 0]]),
        ([None, 1.0, 1.0, None, 1.0], [[1, 2], [4]]),
        ([1.0, None, 1.0, 1.0], [[2, 3, 0]]),
        ([None, None], []),
    ],
)
def test_known_neighbours_are_joined_across_the_first_axis_too(
    values: list[float | None], stretches: list[list[int]]
) -> None:
    assert runs(values) == stretches


def test_the_first_axis_points_up_and_the_next_ones_go_clockwise() -> None:
    assert place(0, 4, 2.0) == (0.0, 2.0)
    assert place(1, 4, 2.0) == (2.0, 0.0)
    assert all(isclose(hypot(*place(axis, 20, 2.0)), 2.0, abs_tol=1e-3) for axis in range(20))


def test_a_dot_plot_joins_the_lowest_and_the_highest_only_where_two_are_known(pair: list[Series]) -> None:
    chart = dots(DOTS, pair)
    assert len(rows(chart, "points")) == 7
    assert [row["axis"] for row in rows(chart, "ranges")] == ["P1", "P3", "P4"]


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    empty = [Series("Épicerie", (None,) * 4, ("",) * 4), Series("Maison", (None,) * 4, ("",) * 4)]
    for chart in (radar(RADAR, empty), dots(DOTS, empty)):
        assert all(rows(chart, name) == [] for name in chart.datasets)


def test_bars_keep_the_order_of_the_parts() -> None:
    chart = bars(BARS, [Piece("Épicerie", "Sélection", 13.3, "y"), Piece("Épicerie", "ECT", 12.0, "x")])
    assert {row["part"]: row["order"] for row in rows(chart, "pieces")} == {"ECT": 0, "Sélection": 1}


def test_a_tornado_has_two_halves_a_bar_in_the_order_given() -> None:
    bars_ = [Span("Besoin", 2.1, 1.7, 2.5, "moins", "plus"), Span("Moyens", 2.1, 1.1, 2.1, "moins", "plus")]
    chart = spans(SPANS, bars_)
    assert [(row["order"], row["start"], row["end"]) for row in rows(chart, "pieces")] == [
        (0, 2.1, 1.7),
        (0, 2.1, 2.5),
        (1, 2.1, 1.1),
        (1, 2.1, 2.1),
    ]
    assert rows(chart, "marks") == [{"at": 0.0}]


def test_a_walked_weight_is_drawn_by_its_two_ends() -> None:
    chart = lines(LINES, [Walked("Maison", 20.0, 10.0)], [], 0.25)
    assert [(row["share"], row["value"]) for row in rows(chart, "points")] == [(0.0, 20.0), (1.0, 10.0)]
    assert rows(chart, "present") == [{"share": 0.25}]


def test_a_cell_of_a_heat_map_keeps_its_figure() -> None:
    (cell,) = rows(heat(HEAT, [Heat("Épicerie", "2", 0.28, "28 %", "y")]), "cells")
    assert (cell["column"], cell["share"], cell["figure"]) == ("2", 0.28, "28 %")
