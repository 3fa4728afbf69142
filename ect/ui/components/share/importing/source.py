"""Where a table comes from: a file of this device, or cells copied from a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import streamlit as st

from ect.exchange.guard import MAX_FILE, MEGABYTE
from ect.exchange.reading import read_cells, read_tables
from ect.exchange.sheets import Sheet
from ect.i18n import marked as _
from ect.ui import keys
from ect.ui.context import said, t

PAGE = "import"
FILE, PASTE = "file", "paste"

WAYS = {FILE: _("A file"), PASTE: _("Cells copied from a spreadsheet")}


@dataclass(frozen=True, slots=True)
class Given:
    """What was given: the name it goes by, and its content; a text that was pasted has no name."""

    name: str
    content: bytes | str

    @property
    def mark(self) -> str:
        """What tells one table from the next: choices made for the one are not the other's."""
        content = self.content.encode() if isinstance(self.content, str) else self.content
        return f"{crc32(content):08x}"


def choose_source() -> Given | None:
    """Let the reader give a table; ``None`` until there is one."""
    way = st.segmented_control(
        t("Where the table is"),
        list(WAYS),
        format_func=said(WAYS),
        default=FILE,
        required=True,
        key=keys.widget(PAGE, "way"),
    )
    return _pasted() if way == PASTE else _file()


def start_again() -> None:
    """Empty the fields a table was given in: the next one is given afresh."""
    st.session_state[keys.IMPORT_ROUND] = _round() + 1


@st.cache_resource(max_entries=3, ttl=1800, show_spinner=False)
def sheets_of(given: Given) -> tuple[Sheet, ...]:
    """Return the sheets of what was given; only who gives the same content finds them again."""
    if isinstance(given.content, str):
        return read_cells(given.name, given.content)
    return read_tables(given.name, given.content)


def _file() -> Given | None:
    uploaded = st.file_uploader(
        t("Workbook (.xlsx) or text (.csv), {limit} MB at the most", limit=MAX_FILE // MEGABYTE),
        type=["xlsx", "csv", "tsv", "txt"],
        key=keys.widget(PAGE, "file", str(_round())),
    )
    return Given(uploaded.name, uploaded.getvalue()) if uploaded else None


def _pasted() -> Given | None:
    text = st.text_area(
        t("Paste the cells, headers included"),
        height=160,
        key=keys.widget(PAGE, "text", str(_round())),
        placeholder=t(
            "In the spreadsheet, select the table and copy; paste here, then click beside the field."
        ),
    )
    return Given(t("pasted cells"), text) if text.strip() else None


def _round() -> int:
    done: int = st.session_state.get(keys.IMPORT_ROUND, 0)
    return done
