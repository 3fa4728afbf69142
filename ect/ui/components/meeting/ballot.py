"""A participant's sheet: what is asked, one criterion or one section a screen, saved at each answer.

One fragment holds the screen; an answer is one write and one small redraw. There is no chart here, and
nothing of anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from ect.domain.errors import DomainError
from ect.domain.grid import Criterion, Grid
from ect.domain.rating import COMMENT_LIMIT, Answer, Basis, Rating
from ect.sentences import sentence
from ect.services.membership import Actor
from ect.services.voting import Sheet, vote
from ect.ui import keys
from ect.ui.components.levels import show_levels
from ect.ui.components.meeting.words import ANSWERS
from ect.ui.components.rating_form import BASES, UNRATED, stop_label
from ect.ui.context import db, language, n, narrow, said, speaker, t
from ect.ui.feedback import plain

PAGE = "ballot"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A sheet, on the grid it is rated on, at the terrain in hand."""

    sheet: Sheet
    grid: Grid
    terrain: str

    def key(self, criterion: str, part: str) -> str:
        """Return the key of one widget of one criterion."""
        return keys.widget(PAGE, str(self.sheet.meeting.status.round), self.terrain, criterion, part)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria asked about the terrain in hand."""
        return self.sheet.cells_of(self.terrain)

    @property
    def done(self) -> int:
        """How many of them are answered."""
        return sum((self.terrain, code) in self.sheet.given for code in self.criteria)

    def screens(self, *, by_section: bool) -> list[tuple[str, ...]]:
        """Return the criteria of each screen."""
        if not by_section:
            return [(code,) for code in self.criteria]
        parts = [tuple(c.code for c in pillar.criteria) for pillar in self.grid.pillars]
        parts.append(tuple(c.code for c in self.grid.selection))
        kept = [tuple(code for code in part if code in self.criteria) for part in parts]
        return [part for part in kept if part]


@st.fragment
def show_ballot(ballot: Ballot) -> None:
    """Show the screen in hand, and the way to the others."""
    if not ballot.criteria:
        st.info(t("Nothing is asked of you about this terrain in this round."), icon=":material/info:")
        return
    by_section = bool(st.session_state.get("ballot:by-section", not narrow()))
    screens = ballot.screens(by_section=by_section)
    place = min(_place(ballot), len(screens) - 1)
    _progress(ballot)
    if refusal := st.session_state.pop(keys.REFUSAL, None):
        st.error(plain(refusal), icon=":material/error:")
    for code in screens[place]:
        _criterion(ballot, ballot.grid.criterion(code), alone=not by_section)
    _ways(ballot, place, len(screens))
    st.toggle(t("One section of the grid a screen"), value=by_section, key="ballot:by-section")


def _progress(ballot: Ballot) -> None:
    done, asked = ballot.done, len(ballot.criteria)
    words = n("{count} answer of {asked}", "{count} answers of {asked}", done, asked=asked)
    if done == asked:
        words += " · " + t("All is answered, and saved. You may still change your answers.")
    st.progress(done / asked, text=words)


def _criterion(ballot: Ballot, criterion: Criterion, *, alone: bool) -> None:
    given = ballot.sheet.given.get((ballot.terrain, criterion.code))
    with st.container(border=True, gap="small", key=f"ect-card-{criterion.code}"):
        label = f"**{plain(criterion.label.read(language()))}**"
        if narrow() or alone:
            _choices(ballot, criterion, label, given)
        else:
            _slider(ballot, criterion, label, given)
        _earlier(ballot, criterion)
        _saved(ballot, criterion, given)


def _choices(ballot: Ballot, criterion: Criterion, label: str, given: Rating | None) -> None:
    described = {str(level.value): level.descriptor.read(language()) for level in criterion.levels}

    def option(stop: str) -> str:
        if stop in ANSWERS:
            return t(ANSWERS[Answer(stop)])
        return f"**{stop_label(stop)}** {plain(described.get(stop, ''))}".strip()

    key = ballot.key(criterion.code, "choice")
    st.session_state[key] = _stop(given)
    st.radio(
        label,
        [*(str(value) for value in criterion.answers), *ANSWERS],
        format_func=option,
        index=None,
        key=key,
        on_change=_choose,
        args=(ballot, criterion.code, key),
    )


def _slider(ballot: Ballot, criterion: Criterion, label: str, given: Rating | None) -> None:
    level, other = ballot.key(criterion.code, "level"), ballot.key(criterion.code, "other")
    stop = _stop(given)
    st.session_state[level] = UNRATED if stop is None or stop in ANSWERS else stop
    st.session_state[other] = stop if stop in ANSWERS else None
    st.select_slider(
        label,
        [UNRATED, *(str(value) for value in criterion.answers)],
        format_func=stop_label,
        key=level,
        on_change=_choose,
        args=(ballot, criterion.code, level),
    )
    show_levels(criterion, language())
    st.pills(
        t("Or"),
        list(ANSWERS),
        format_func=lambda answer: t(ANSWERS[Answer(answer)]),
        key=other,
        label_visibility="collapsed",
        on_change=_choose,
        args=(ballot, criterion.code, other),
    )


def _earlier(ballot: Ballot, criterion: Criterion) -> None:
    before = ballot.sheet.earlier.get((ballot.terrain, criterion.code))
    if before is not None:
        said = t(ANSWERS[before.answer]) if before.value is None else speaker().short(before.value, 1)
        st.caption(t("In the round before, you answered: {answer}.", answer=said))


def _saved(ballot: Ballot, criterion: Criterion, given: Rating | None) -> None:
    if given is None:
        return
    moment = ballot.sheet.saved_at[ballot.terrain, criterion.code]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(":material/check: " + t("Saved at {time}", time=speaker().time(moment)))
        more = st.popover(
            t("Comment, source"),
            type="tertiary",
            key=ballot.key(criterion.code, "more"),
            on_change="rerun",
        )
    if more.open:
        with more:
            _details(ballot, given)


def _details(ballot: Ballot, given: Rating) -> None:
    basis, comment = (ballot.key(given.criterion, part) for part in ("basis", "comment"))
    st.session_state[basis], st.session_state[comment] = given.basis, given.comment
    arguments = (ballot, given.criterion, basis, comment)
    st.pills(
        t("What it rests on"),
        list(BASES),
        format_func=said(BASES),
        key=basis,
        on_change=_describe,
        args=arguments,
    )
    st.text_area(t("Comment"), key=comment, max_chars=COMMENT_LIMIT, on_change=_describe, args=arguments)


def _ways(ballot: Ballot, place: int, count: int) -> None:
    if count == 1:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            t("Previous"),
            icon=":material/arrow_back:",
            key="ballot:previous",
            disabled=place == 0,
            on_click=_go,
            args=(ballot, place - 1),
        )
        st.caption(f"{place + 1}/{count}")
        st.button(
            t("Next"),
            icon=":material/arrow_forward:",
            icon_position="right",
            type="primary",
            key="ballot:next",
            disabled=place == count - 1,
            on_click=_go,
            args=(ballot, place + 1),
        )


def _place(ballot: Ballot) -> int:
    places: dict[str, int] = st.session_state.setdefault("ballot:place", {})
    return places.get(_where(ballot), 0)


def _go(ballot: Ballot, place: int) -> None:
    st.session_state.setdefault("ballot:place", {})[_where(ballot)] = place


def _where(ballot: Ballot) -> str:
    return f"{ballot.sheet.meeting.status.round}:{ballot.terrain}"


def _stop(given: Rating | None) -> str | None:
    if given is None:
        return None
    return given.answer.value if given.value is None else str(given.value)


def _choose(ballot: Ballot, criterion: str, key: str) -> None:
    chosen: str | None = st.session_state[key]
    before = ballot.sheet.given.get((ballot.terrain, criterion))
    basis, comment = (before.basis, before.comment) if before else (None, "")
    if chosen is None or chosen == UNRATED:
        return  # An answer is changed, never taken back: what was given was counted as given.
    if chosen in ANSWERS:
        _cast(ballot, Rating(criterion, Answer(chosen), None, basis, comment))
    else:
        _cast(ballot, Rating(criterion, Answer.LEVEL, Fraction(chosen), basis, comment))


def _describe(ballot: Ballot, criterion: str, basis: str, comment: str) -> None:
    given = ballot.sheet.given[ballot.terrain, criterion]
    chosen: Basis | None = st.session_state.get(basis)
    _cast(ballot, Rating(criterion, given.answer, given.value, chosen, st.session_state[comment]))


def _cast(ballot: Ballot, rating: Rating) -> None:
    sheet = ballot.sheet
    actor = Actor(seat=sheet.seat.key)
    try:
        moment = vote(db(), actor, sheet.meeting.key, ballot.terrain, rating)
    except DomainError as error:
        st.session_state[keys.REFUSAL] = sentence(error, language())
        return
    sheet.given[ballot.terrain, rating.criterion] = rating
    sheet.saved_at[ballot.terrain, rating.criterion] = moment
