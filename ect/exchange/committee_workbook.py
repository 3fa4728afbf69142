"""The workbook a committee is sent: the ranking with its notes, native charts, the grid. No formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO

from ect.domain.grid import SUMS
from ect.domain.ranking import Row
from ect.exchange.safe_text import clean, starts_formula
from ect.i18n import Speaker
from ect.i18n import marked as _
from ect.sentences import caveat_text, note_text
from ect.services.scores import Scoreboard
from ect.wording import total_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

GREEN, PALE, INK = "#1F5C4A", "#E8EFEA", "#1F2421"
# Okabe-Ito: four pillars, then the selection criteria in greys that print apart.
PILLAR_COLOURS = ("#0072B2", "#009E73", "#D55E00", "#CC79A7")
GREYS = ("#595959", "#8C8C8C", "#BFBFBF")
MOST_BARS, MOST_RADARS, OVERLAID = 30, 24, 6
TOP, FIRST_COLUMN = 4, 2
LONGEST = 32_767

ORIGINS = {
    "published": _("published"),
    "decided": _("decided"),
    "imported": _("imported"),
    "rated": _("rated"),
}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook being made: what writes it, and the names of its formats."""

    workbook: Workbook
    formats: dict[tuple[tuple[str, Any], ...], Format]
    board: Scoreboard
    say: Speaker

    def style(self, **properties: Any) -> Format:
        """Return the format of these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter", "font_color": INK}
            self.formats[key] = self.workbook.add_format({**base, **properties})
        return self.formats[key]

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: Any) -> None:
        """Write a text that stays one, whatever it begins with."""
        cleaned = clean(text)[:LONGEST]
        if starts_formula(cleaned):
            properties["quote_prefix"] = True
        sheet.write_string(row, column, cleaned, self.style(**properties))

    def number(
        self, sheet: Worksheet, row: int, column: int, value: Fraction | int | None, **properties: Any
    ) -> None:
        """Write a figure; what is unknown is an empty cell, never a zero."""
        style = self.style(**{"num_format": "0.00", "align": "right", **properties})
        if value is None:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.write_number(row, column, float(value), style)

    def name(self, row: Row) -> str:
        """Return the name of a row's terrain, with its label if it was made up."""
        terrain = self.board.terrains[row.terrain]
        if terrain.origin == "demo":
            return self.say.t("{name} (demonstration)", name=terrain.name)
        return terrain.name


def write_committee(board: Scoreboard, stream: BinaryIO, language: str) -> None:
    """Write the workbook; its bytes depend on what is in it only."""
    from xlsxwriter import Workbook

    workbook = Workbook(stream, OPTIONS)
    say = Speaker(language)
    workbook.set_properties(
        {"title": say.t("ECT: ranking"), "author": "ECT", "created": datetime(2000, 1, 1, tzinfo=UTC)}
    )
    book = _Book(workbook, {}, board, say)
    ranking, radars, bars = (
        workbook.add_worksheet(name) for name in (say.t("Ranking"), say.t("Radars"), say.t("Contributions"))
    )
    _ranking_sheet(book, ranking)
    _radar_sheet(book, radars, ranking)
    _bars_sheet(book, bars)
    _grid_sheet(book, workbook.add_worksheet(say.t("Grid")))
    workbook.close()


def _columns(book: _Book) -> list[tuple[str, str]]:
    """Return the code and the header of each column of figures, in the report's order."""
    grid, french, say = book.board.grid, book.say.language == "fr", book.say
    pillars = [(p.code, p.table_label if french else p.label.read("en")) for p in grid.pillars]
    criteria = [(c.code, c.table_label if french else c.label.read("en")) for c in grid.selection]
    ect = ("ect", f"{say.t('ECT SCORE')} /{grid.ect_maximum}")
    selection = ("selection", f"{say.t('Total of selection criteria')} /{grid.selection_maximum}")
    return [*pillars, ect, *criteria, selection, ("total", f"{say.t('TOTAL SCORE')} /{grid.maximum}")]


def _ranking_sheet(book: _Book, sheet: Worksheet) -> None:
    say, board, columns = book.say, book.board, _columns(book)
    after = [say.t("Criteria known"), say.t("Total at least"), say.t("Total at most"), say.t("Scores")]
    headers = [say.t("Rank"), say.t("Terrain"), *(label for _code, label in columns), *after]
    _heading(book, sheet, say.t("Ranking of the terrains"))
    for place, header in enumerate(headers):
        turned = {} if place < FIRST_COLUMN else {"rotation": 90, "align": "center"}
        book.text(sheet, TOP - 1, place, header, bold=True, text_wrap=True, bg_color=PALE, bottom=2, **turned)
    for place, row in enumerate(board.ranking.rows, TOP):
        _ranking_row(book, sheet, place, row, columns)
    last = TOP + len(board.ranking.rows)
    if board.means:
        _mean_row(book, sheet, last, columns)
        last += 1
    _notes(book, sheet, last + 1, len(headers))
    sheet.set_row(TOP - 1, 120)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 32)
    sheet.set_column(2, len(headers) - 2, 7.5)
    sheet.set_column(len(headers) - 1, len(headers) - 1, 10)
    sheet.freeze_panes(TOP, FIRST_COLUMN)
    sheet.repeat_rows(TOP - 1)
    _page(sheet, say.t("Ranking"))


def _ranking_row(
    book: _Book, sheet: Worksheet, place: int, row: Row, columns: Sequence[tuple[str, str]]
) -> None:
    say, total = book.say, row.score.total
    if row.rank is None:
        book.text(sheet, place, 0, "–", align="center")
    else:
        book.number(sheet, place, 0, row.rank, num_format="0", align="center", bold=True)
    book.text(sheet, place, 1, book.name(row), bold=row.rank is not None)
    for step, (code, _label) in enumerate(columns, FIRST_COLUMN):
        measure = row.score.measure(code)
        strong = {"bold": True, "bg_color": PALE} if code in {"ect", "selection", "total"} else {}
        book.number(sheet, place, step, measure.low if measure.complete else None, **strong)
    end = FIRST_COLUMN + len(columns)
    book.text(sheet, place, end, f"{total.known}/{total.count}", align="center")
    book.number(sheet, place, end + 1, total.low)
    book.number(sheet, place, end + 2, total.high)
    origin = book.board.origins.get(row.terrain)
    book.text(sheet, place, end + 3, say.t(ORIGINS[origin]) if origin else "–", align="center")


def _mean_row(book: _Book, sheet: Worksheet, place: int, columns: Sequence[tuple[str, str]]) -> None:
    means = book.board.means
    if means is None:
        return
    sums = {"ect": means.ect, "selection": means.selection_total, "total": means.total}
    book.text(sheet, place, 0, "", top=1)
    book.text(sheet, place, 1, book.say.t("Mean"), italic=True, top=1)
    for step, (code, _label) in enumerate(columns, FIRST_COLUMN):
        value = sums[code] if code in sums else means.columns[code]
        book.number(sheet, place, step, value, italic=True, top=1)


def _notes(book: _Book, sheet: Worksheet, place: int, width: int) -> None:
    say, board, grid = book.say, book.board, book.board.grid
    lines = [
        total_words(say, grid),
        say.t("Unknown is neither 0 nor 1: the value is empty, and stands between low and high."),
        *(note_text(note, say.language) for note in board.notes),
        *(
            caveat_text(board.terrains[code].name, caveat, say.language)
            for code, caveat in board.caveats.items()
        ),
    ]
    for step, line in enumerate(lines):
        cleaned = clean(line)
        sheet.merge_range(place + step, 0, place + step, width - 1, "")
        book.text(sheet, place + step, 0, cleaned, text_wrap=True, valign="top")
        sheet.set_row(place + step, 15 * (1 + len(cleaned) // 175))


def _radar_sheet(book: _Book, sheet: Worksheet, ranking: Worksheet) -> None:
    rows, say = book.board.ranking.rows, book.say
    _heading(book, sheet, say.t("The four pillars, from 0 to 2"))
    shown = min(len(rows), MOST_RADARS)
    if len(rows) > shown:
        book.text(sheet, 2, 0, say.t("The first {shown} of {all}.", shown=shown, all=len(rows)), italic=True)
    drawn = [place for place in range(shown) if any(p.measure.complete for p in rows[place].score.pillars)]
    together = drawn[:OVERLAID]
    charts = [(say.t("Together"), together)] if len(together) > 1 else []
    charts += [(book.name(rows[place]), [place]) for place in drawn]
    for number, (title, places) in enumerate(charts):
        chart = _radar(book, ranking, title, places)
        sheet.insert_chart(TOP + 17 * (number // 3), 5 * (number % 3), chart, {"description": title})
    sheet.set_column(0, 14, 9)
    sheet.hide_gridlines(2)
    _page(sheet, say.t("Radars"))


def _radar(book: _Book, ranking: Worksheet, title: str, places: Sequence[int]) -> Any:
    chart = book.workbook.add_chart({"type": "radar", "subtype": "with_markers"})
    last = FIRST_COLUMN + len(book.board.grid.pillars) - 1
    for order, place in enumerate(places):
        colour = PILLAR_COLOURS[order % 4] if order < 4 else GREYS[order % 3]
        row = TOP + place
        chart.add_series(
            {
                "name": [ranking.name, row, 1],
                "categories": [ranking.name, TOP - 1, FIRST_COLUMN, TOP - 1, last],
                "values": [ranking.name, row, FIRST_COLUMN, row, last],
                "line": {"color": colour, "width": 2, "dash_type": ("solid", "dash", "round_dot")[order % 3]},
                "marker": {"type": ("circle", "square", "triangle")[order % 3], "fill": {"color": colour}},
            }
        )
    chart.set_title({"name": clean(title), "name_font": {"size": 11, "color": INK}, "overlay": False})
    chart.set_y_axis({"min": 0, "max": 2, "major_unit": 1, "major_gridlines": {"visible": True}})
    chart.set_x_axis({"num_font": {"size": 8}})
    chart.set_legend({"position": "bottom"} if len(places) > 1 else {"none": True})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 330, "height": 325})
    return chart


def _bars_sheet(book: _Book, sheet: Worksheet) -> None:
    say, board = book.say, book.board
    ranked, parts = board.ranking.ranked, [c for c in _columns(book) if c[0] not in SUMS]
    _heading(book, sheet, say.t("What each column brings to the total, in points"))
    headers = [say.t("Terrain"), *(label for _code, label in parts), say.t("TOTAL SCORE")]
    for place, header in enumerate(headers):
        turned = {"rotation": 90, "align": "center"} if place else {}
        book.text(sheet, TOP - 1, place, header, bold=True, text_wrap=True, bg_color=PALE, bottom=2, **turned)
    for place, row in enumerate(ranked, TOP):
        book.text(sheet, place, 0, book.name(row), bold=True)
        for step, (code, _label) in enumerate(parts, 1):
            book.number(sheet, place, step, row.score.part(code).contribution.low)
        book.number(sheet, place, len(parts) + 1, row.score.total.low, bold=True, bg_color=PALE)
    if ranked:
        shown = min(len(ranked), MOST_BARS)
        chart = _stacked(book, sheet, parts, shown)
        sheet.insert_chart(
            TOP + len(ranked) + 1 if len(ranked) <= MOST_BARS else TOP,
            0 if len(ranked) <= MOST_BARS else len(parts) + 3,
            chart,
            {"description": say.t("What each column brings to the total, in points")},
        )
    sheet.set_row(TOP - 1, 120)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(parts) + 1, 7.5)
    sheet.freeze_panes(TOP, 1)
    _page(sheet, say.t("Contributions"))


def _stacked(book: _Book, sheet: Worksheet, parts: Sequence[tuple[str, str]], shown: int) -> Any:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for step, _part in enumerate(parts, 1):
        colour = PILLAR_COLOURS[step - 1] if step <= len(PILLAR_COLOURS) else GREYS[step % len(GREYS)]
        chart.add_series(
            {
                "name": [sheet.name, TOP - 1, step],
                "categories": [sheet.name, TOP, 0, TOP + shown - 1, 0],
                "values": [sheet.name, TOP, step, TOP + shown - 1, step],
                "fill": {"color": colour},
                "border": {"color": "#FFFFFF"},
                "gap": 60,
            }
        )
    maximum = book.board.grid.maximum
    chart.set_x_axis({"min": 0, "max": maximum, "num_format": "0", "major_gridlines": {"visible": True}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
    chart.set_title({"none": True})
    chart.set_legend({"position": "right", "font": {"size": 9}})
    chart.set_size({"width": 980, "height": 180 + 34 * shown})
    return chart


def _grid_sheet(book: _Book, sheet: Worksheet) -> None:
    say, grid, place = book.say, book.board.grid, TOP
    _heading(book, sheet, grid.title.read(say.language))
    headers = (say.t("Part"), say.t("Criterion"), *(say.t("Level {value}", value=v) for v in (0, 1, 2)))
    for step, header in enumerate(headers):
        book.text(sheet, TOP - 1, step, header, bold=True, bg_color=PALE, bottom=2)
    groups = [(p.label.read(say.language), p.criteria) for p in grid.pillars]
    groups.append((say.t("Selection criteria"), grid.selection))
    for part, criteria in groups:
        for criterion in criteria:
            levels = [level.descriptor.read(say.language) for level in criterion.levels]
            for step, words in enumerate((part, criterion.label.read(say.language), *levels)):
                book.text(sheet, place, step, words, text_wrap=True, valign="top", bottom=4)
            sheet.set_row(place, 14 * max(1 + len(words) // 40 for words in ("", *levels)))
            place += 1
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 4, 44)
    sheet.freeze_panes(TOP, 2)
    sheet.repeat_rows(TOP - 1)
    _page(sheet, say.t("Grid"))


def _heading(book: _Book, sheet: Worksheet, title: str) -> None:
    say, board = book.say, book.board
    book.text(sheet, 0, 0, title, bold=True, font_size=16, font_color=GREEN)
    book.text(sheet, 1, 0, say.t("ECT grid, version {version}", version=board.grid.version), italic=True)
    if any(terrain.origin == "demo" for terrain in board.terrains.values()):
        words = say.t("Some of these terrains were made up for a demonstration: they are marked so.")
        book.text(sheet, 2, 0, words, bold=True, font_color="#B00020")
    sheet.set_row(0, 24)


def _page(sheet: Worksheet, name: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8ECT – {name.replace('&', '&&')}&R&8&P / &N")
