"""The programme, part by part; every text is the report's."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from ect.domain.programme import Entry, Programme
from ect.i18n import marked as _
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, t
from ect.ui.feedback import plain

LEVELS = {"operational": _("Operational"), "strategic": _("Strategic")}


def show_frame(known: Programme) -> None:
    """What the programme asks, how it defines the ECT, its axes, its method."""
    st.markdown(f"**{plain(known.question.read(language()))}** ({plain(known.period)})")
    st.markdown(plain(known.definition.read(language())))
    st.subheader(t("The three axes"))
    _entries(known.axes)
    st.subheader(t("The four pillars"))
    _entries(known.pillars)
    st.subheader(t("The method in five steps"))
    _numbered(step.read(language()) for step in known.method)
    st.subheader(t("The three levels of objectives"))
    _numbered(known.objective_levels)
    _titled(t("Feedback protocol"), known.protocol)


def show_hypotheses(known: Programme) -> None:
    """The hypotheses with what the innovation committee answered, and the research questions."""
    for place, hypothesis in enumerate(known.hypotheses, 1):
        st.subheader(plain(f"{place}. {hypothesis.title.read(language())}"))
        st.markdown(plain(hypothesis.text.read(language())))
        with st.expander(t("What the innovation committee answered")):
            _bullets(hypothesis.feedback)
    st.subheader(t("On all three hypotheses"))
    _bullets(known.transversal_feedback)
    st.subheader(t("Research questions"))
    _numbered(question.read(language()) for question in known.research_questions)


def show_concepts(known: Programme) -> None:
    """The concepts compared with the ECT."""
    for concept in known.concepts:
        st.subheader(plain(concept.name))
        _titled(t("In common with the ECT"), concept.shared)
        _titled(t("Different from the ECT"), concept.differences)
        _titled(t("Questions"), concept.questions)
    _titled(t("Next concepts studied"), known.next_concepts)


def show_plan(known: Programme) -> None:
    """The calendar, the objectives of 2024, what goes well and what does not."""
    _entries(known.calendar)
    _titled(t("Objectives of 2024"), known.objectives_2024)
    _titled(t("Strengths"), known.strengths)
    _titled(t("Difficulties"), known.difficulties)


def show_bodies(known: Programme) -> None:
    """The bodies that govern the programme, who does what, what funders expect."""
    headers = [
        t("Body"),
        t("Level"),
        t("Purposes"),
        t("Facilitator"),
        t("Participants"),
        t("Frequency"),
    ]
    rows = [
        [
            Cell(body.name),
            Cell(t(LEVELS[body.level]), words=True),
            Cell("\n".join(body.purposes), words=True),
            Cell(body.facilitator or "–", words=True),
            Cell(", ".join(body.participants), words=True),
            Cell(body.frequency, words=True),
        ]
        for body in known.bodies
    ]
    show_table(headers, rows, caption=t("Organisations and disciplines only."), words=len(headers))
    st.subheader(t("Roles"))
    _entries(known.roles)
    st.subheader(t("What funders expect"))
    _entries(known.expectations)


def show_committees(known: Programme) -> None:
    """What the committees said."""
    for entry in known.committee_lessons:
        with st.expander(plain(entry.title.read(language()))):
            _bullets(entry.items)


def _entries(entries: Iterable[Entry]) -> None:
    for entry in entries:
        st.markdown(f"**{plain(entry.title.read(language()))}**")
        if text := entry.text.read(language()):
            st.markdown(plain(text))
        _bullets(entry.items)


def _titled(title: str, items: tuple[str, ...]) -> None:
    if items:
        st.markdown(f"**{title}**")
        _bullets(items)


def _bullets(items: Iterable[str]) -> None:
    st.markdown("\n".join(f"- {plain(item)}" for item in items))


def _numbered(items: Iterable[str]) -> None:
    st.markdown("\n".join(f"{place}. {plain(item)}" for place, item in enumerate(items, 1)))
