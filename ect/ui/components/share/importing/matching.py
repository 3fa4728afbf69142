"""What was recognised: the sheet, the kind of table, its columns; each can be corrected."""

from __future__ import annotations

import streamlit as st

from ect.domain.grid import Grid
from ect.domain.incoming import Kind
from ect.exchange.imports.recognise import Column, Table, offered, read_as, recognise
from ect.exchange.imports.wording import KINDS, target_words
from ect.exchange.sheets import Sheet, words
from ect.ui import keys
from ect.ui.components.share.importing.source import PAGE, Given
from ect.ui.components.table import Cell, show_table
from ect.ui.context import n, said, speaker, t
from ect.ui.feedback import plain

PREVIEWED = 5
NOT_READ = ""


def choose_table(given: Given, sheets: tuple[Sheet, ...], grid: Grid) -> Table | None:
    """Return the table to bring in, as the reader corrected it; ``None`` while nothing is recognised."""
    tables = {table.sheet: table for table in recognise(given.name, sheets, grid)}
    sheet = _choose_sheet(given.mark, sheets, tables)
    table = _choose_kind(given, sheet, tables.get(sheet.name), grid)
    if table is None:
        return None
    table = _choose_columns(given.mark, table, grid)
    _show_preview(table, grid)
    return table


def _choose_sheet(mark: str, sheets: tuple[Sheet, ...], tables: dict[str, Table]) -> Sheet:
    by_name = {sheet.name: sheet for sheet in sheets}
    usual = next(iter(tables), sheets[0].name)
    if len(sheets) == 1:
        return sheets[0]
    chosen = st.selectbox(
        t("Sheet"), list(by_name), list(by_name).index(usual), key=keys.widget(PAGE, "sheet", mark)
    )
    return by_name[chosen or usual]


def _choose_kind(given: Given, sheet: Sheet, found: Table | None, grid: Grid) -> Table | None:
    kinds = list(KINDS)
    if found is None:
        st.warning(
            t("No table was recognised by its headers. Say what it holds: its first row is the headers."),
            icon=":material/help:",
        )
    chosen: Kind | None = st.selectbox(
        t("What the table holds"),
        kinds,
        kinds.index(found.kind) if found else None,
        format_func=said(KINDS),
        placeholder=t("Choose"),
        key=keys.widget(PAGE, "kind", given.mark, sheet.name),
    )
    if chosen is None or (found and chosen is found.kind):
        return found
    return read_as(given.name, sheet, chosen, grid)


def _choose_columns(mark: str, table: Table, grid: Grid) -> Table:
    """Let each column be said to be another one; those that are unsure must be settled."""
    unsure = table.unsure
    if unsure:
        names = ", ".join(f"{column.letters} « {column.header} »" for column in unsure)
        st.warning(
            plain(t("These columns resemble a known one: say what they are. {names}", names=names)),
            icon=":material/help:",
        )
    read = sum(column.target is not None for column in table.columns)
    label = n(
        "{count} column is read of {all}", "{count} columns are read of {all}", read, all=len(table.columns)
    )
    chosen: dict[int, str | None] = {}
    with st.expander(label, expanded=bool(unsure), icon=":material/view_column:"):
        places = st.columns(3)
        for place, column in enumerate(sorted(table.columns, key=lambda one: not one.suggestion)):
            with places[place % 3]:
                _choose_column(mark, table, column, grid, chosen)
    return table.corrected(chosen)


def _choose_column(
    mark: str, table: Table, column: Column, grid: Grid, chosen: dict[int, str | None]
) -> None:
    options = [NOT_READ, *offered(table, grid)]
    start = options.index(column.target or NOT_READ)
    hint = ""
    if column.suggestion:
        hint = t("Is it “{name}”?", name=target_words(column.suggestion, grid, speaker()))
    said = st.selectbox(
        plain(f"{column.letters} · {column.header or '–'}"),
        options,
        None if column.suggestion else start,
        format_func=lambda target: target_words(target, grid, speaker()) if target else t("Not read"),
        placeholder=hint or t("Choose"),
        key=keys.widget(PAGE, "column", mark, table.sheet, table.kind.value, str(column.place)),
    )
    if said is not None and said != (column.target or NOT_READ):
        chosen[column.place] = said or None
    elif said is not None and column.suggestion:
        chosen[column.place] = None


def _show_preview(table: Table, grid: Grid) -> None:
    read = [column for column in table.columns if column.target]
    if not read or not table.rows:
        return
    say = speaker()
    headers = [t("Row"), *(target_words(column.target or "", grid, say) for column in read)]
    rows = [
        [
            Cell(str(number)),
            *(Cell(_short(words(cells[c.place])) if c.place < len(cells) else "", words=True) for c in read),
        ]
        for number, cells in table.rows[:PREVIEWED]
    ]
    caption = t("First rows of {count}, as they are read", count=say.number(len(table.rows), 0))
    show_table(headers, rows, caption, words=len(headers), dense=len(headers) > 9)


def _short(text: str) -> str:
    return text if len(text) < 80 else text[:77] + "…"
