"""Charts of slides: native, so that their figures can be read and changed in the presentation."""

from __future__ import annotations

from typing import Any

from ect.charts.theme import PART_COLOURS, SERIES_COLOURS
from ect.reports.content import Bars, Radar

# How the lines of a radar are drawn and marked, in the order of ``SERIES_COLOURS``.
DASHES = ("SOLID", "DASH", "ROUND_DOT", "DASH_DOT", "LONG_DASH", "SQUARE_DOT")
MARKS = ("CIRCLE", "SQUARE", "TRIANGLE", "DIAMOND", "X", "PLUS")


def add_chart(slide: Any, block: Radar | Bars, place: tuple[float, float, float, float]) -> Any:
    """Put a chart on a slide at left, top, width, height (inches); return its frame."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    data: Any = CategoryChartData(number_format="0.00")
    if isinstance(block, Radar):
        kind = XL_CHART_TYPE.RADAR_MARKERS
        data.categories = block.axes
        for line in block.lines:
            data.add_series(line.label, line.values)
    else:
        kind = XL_CHART_TYPE.BAR_STACKED
        data.categories = [line.label for line in block.lines]
        for number, part in enumerate(block.parts):
            data.add_series(part, [line.values[number] for line in block.lines])
    frame = slide.shapes.add_chart(kind, *(Inches(one) for one in place), data)
    chart = frame.chart
    chart.font.size = Pt(12)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    _axis(chart, 2.0 if isinstance(block, Radar) else block.maximum)
    if isinstance(block, Radar):
        _lines(chart)
    else:
        _parts(chart, block.unit)
    return frame


def _axis(chart: Any, maximum: float) -> None:
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = 0, maximum
    if maximum <= 2:
        axis.major_unit = 1
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False


def _lines(chart: Any) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    for number, series in enumerate(chart.plots[0].series):
        colour = RGBColor.from_string(SERIES_COLOURS[number % len(SERIES_COLOURS)].removeprefix("#"))
        series.smooth = False
        series.format.line.color.rgb = colour
        series.format.line.width = Pt(2.25)
        series.format.line.dash_style = getattr(MSO_LINE, DASHES[number % len(DASHES)])
        series.marker.style = getattr(XL_MARKER_STYLE, MARKS[number % len(MARKS)])
        series.marker.size = 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour


def _parts(chart: Any, unit: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 50, 100
    # The first bar on top, and the scale still at the bottom.
    chart.category_axis.reverse_order = True
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if unit:
        chart.value_axis.has_title = True
        title = chart.value_axis.axis_title.text_frame
        title.text = unit
        for run in (run for paragraph in title.paragraphs for run in paragraph.runs):
            run.font.size = Pt(12)
    for number, series in enumerate(plot.series):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(
            PART_COLOURS[number % len(PART_COLOURS)].removeprefix("#")
        )
