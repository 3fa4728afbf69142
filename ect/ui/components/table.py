"""A table of finished texts, as HTML that a screen reader and a printer understand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, whether it is words (left) or a figure (right), and its emphasis."""

    text: str
    words: bool = False
    strong: bool = False
    muted: bool = False


def table_html(
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    caption: str = "",
    words: int = 1,
    *,
    dense: bool = False,
) -> str:
    """Return the table; the first cell of a row is its header, the first ``words`` headers are words.

    A ``dense`` table writes the headers of its figures upwards, so that many columns fit.
    """
    head = "".join(
        f'<th scope="col"{" class=text" if i < words else ""}><span>{escape(text)}</span></th>'
        for i, text in enumerate(headers)
    )
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    kind = "ect-table dense" if dense else "ect-table"
    label = escape(caption or headers[0])
    return (
        f'<div class="{kind}" tabindex="0" role="region" aria-label="{label}">'
        f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def show_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    caption: str = "",
    words: int = 1,
    *,
    dense: bool = False,
) -> None:
    """Show the table in its own horizontal scroll."""
    st.html(table_html(headers, rows, caption, words, dense=dense))


def _row(row: Sequence[Cell]) -> str:
    first, *others = row
    cells = [f'<th scope="row">{_inside(first)}</th>']
    for cell in others:
        names = " ".join(n for n, on in (("text", cell.words), ("muted", cell.muted)) if on)
        marks = f' class="{names}"' if names else ""
        cells.append(f"<td{marks}>{_inside(cell)}</td>")
    return "".join(cells)


def _inside(cell: Cell) -> str:
    text = escape(cell.text).replace("\n", "<br>")
    return f"<b>{text}</b>" if cell.strong else text
