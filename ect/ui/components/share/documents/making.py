"""Making a document: one click, a bar, then the button that saves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ect.i18n import LANGUAGES, Speaker
from ect.reports.content import Document
from ect.ui import boot, keys
from ect.ui.components.work import Progress, with_bar
from ect.ui.context import language, t
from ect.ui.downloads import File, keep, offer
from ect.ui.feedback import refusals

PAGE = "reports"
OFFICE = "application/vnd.openxmlformats-officedocument"
Build = Callable[[Progress], Document]


def _pdf(document: Document) -> bytes:
    from ect.reports.pdf import write_pdf

    return write_pdf(document)


def _docx(document: Document) -> bytes:
    from ect.reports.docx import write_docx

    return write_docx(document)


def _pptx(document: Document) -> bytes:
    from ect.reports.pptx import write_pptx

    return write_pptx(document)


@dataclass(frozen=True, slots=True)
class Format:
    """What a document is written as."""

    ending: str
    media_type: str
    write: Callable[[Document], bytes]


PDF = Format("pdf", "application/pdf", _pdf)
DOCX = Format("docx", f"{OFFICE}.wordprocessingml.document", _docx)
PPTX = Format("pptx", f"{OFFICE}.presentationml.presentation", _pptx)


def choose_speaker(kind: str) -> Speaker:
    """Let the reader choose the language of a document; the page's own at first."""
    chosen: str | None = st.segmented_control(
        t("Language of the document"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        default=language(),
        required=True,
        key=keys.widget(PAGE, kind, "language"),
    )
    return Speaker(chosen or language(), boot.settings().timezone)


def offer_formats(
    kind: str, about: str, formats: tuple[Format, ...], build: Build, meeting: int | None = None
) -> None:
    """Draw a button a format; what was made is offered until what it is ``about`` changes."""
    with st.container(horizontal=True):
        wanted = [
            format_
            for format_ in formats
            if st.button(
                t("Make the {format}", format=format_.ending.upper()),
                icon=":material/draft:",
                type="primary" if format_ is formats[0] else "secondary",
                key=keys.widget(PAGE, kind, format_.ending),
            )
        ]
    with refusals():
        for format_ in wanted:
            st.session_state[_made(kind)] = (about, _make(kind, format_, build, meeting))
    made: tuple[str, tuple[str, str]] | None = st.session_state.get(_made(kind))
    if made and made[0] == about:
        name, address = made[1]
        st.success(t("Ready: {file}", file=name), icon=":material/check:")
        offer(t("Save the file"), address)


def _make(kind: str, format_: Format, build: Build, meeting: int | None) -> tuple[str, str]:
    def work(progress: Progress) -> File:
        # Reading and drawing first; writing is the last part of the bar.
        document = build(lambda done, wanted: progress(done * 8, wanted * 10))
        progress(9, 10)
        content = format_.write(document)
        return File(f"{document.name}.{format_.ending}", format_.media_type, content)

    file = with_bar(keys.widget(PAGE, kind, "stop"), t("Reading…"), _how_far, work)
    return file.name, keep(file, meeting)


def _how_far(done: int, wanted: int) -> str:
    return t("Writing the document…") if done * 10 >= wanted * 9 else t("Reading and drawing rankings…")


def _made(kind: str) -> str:
    return keys.widget(PAGE, kind, "made")
