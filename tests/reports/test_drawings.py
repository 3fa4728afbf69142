"""Charts as SVG: well formed, everything known on them, nothing that is not."""

from __future__ import annotations

from xml.etree import ElementTree

from ect.reports.content import Bars, Line, Radar
from ect.reports.drawings import drawing

AXES = ("Portage", "Ancrage", "Ressources", "Modèle & <reste>")
SVG = "{http://www.w3.org/2000/svg}"


def tags(svg: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(SVG + name))  # noqa: S314


def test_a_radar_has_a_closed_line_and_a_dot_for_each_known_value() -> None:
    svg = drawing(Radar("t", AXES, (Line("a", (2.0, 1.0, 0.5, 1.5)),), "alt")).svg
    (line,) = tags(svg, "polyline")
    corners = line.attrib["points"].split()
    assert len(corners) == 5
    assert corners[0] == corners[-1]
    assert len(tags(svg, "circle")) == 4
    assert {text.text for text in tags(svg, "text")} >= {"Portage", "Modèle & <reste>", "1", "2"}


def test_what_is_unknown_is_left_open() -> None:
    svg = drawing(Radar("t", AXES, (Line("a", (2.0, None, 0.5, 1.5)),), "alt")).svg
    assert len(tags(svg, "circle")) == 3
    assert [len(line.attrib["points"].split()) for line in tags(svg, "polyline")] == [3]


def test_lines_are_told_apart_by_dash_and_mark_as_well_as_by_colour() -> None:
    lines = tuple(Line(f"terrain {i}", (1.0, 1.0, 1.0, 1.0)) for i in range(6))
    svg = drawing(Radar("t", AXES, lines, "alt")).svg
    looks = {(x.get("stroke"), x.get("stroke-dasharray")) for x in tags(svg, "polyline")}
    assert len({dash for _colour, dash in looks}) == len({colour for colour, _dash in looks}) == 6
    assert {f"terrain {i}" for i in range(6)} <= {text.text for text in tags(svg, "text")}


def test_bars_are_as_long_as_their_values() -> None:
    bars = Bars("t", ("x", "y"), (Line("a", (10.0, 5.0)), Line("b", (0.0, 20.0))), 34, "points", "alt")
    widths = [float(one.attrib["width"]) for one in tags(drawing(bars).svg, "rect")][:4]
    assert widths[0] == 2 * widths[1] > 0
    assert widths[2] == 0
    assert widths[3] == 2 * widths[0]
