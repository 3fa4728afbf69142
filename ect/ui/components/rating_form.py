"""The form of one section of the grid: a control, three descriptors and an answer per criterion.

The store is the truth: every run fills the widgets from it, and every change is saved by a callback
before the page is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import streamlit as st

from ect.domain.grid import Criterion
from ect.domain.rating import COMMENT_LIMIT, Answer, Basis, Rating
from ect.i18n import marked as _
from ect.services.rating import Change, SavedRating, answer, describe, put_back, ratings_of
from ect.ui import keys
from ect.ui.components.levels import show_levels
from ect.ui.context import db, language, said, speaker, t
from ect.ui.feedback import attempt, notify, plain

UNRATED = "–"
PAGE = "rate"
BOARD = "rate:board"

# Ratings and changes as scalars: a session outlives the classes of a module that is reloaded.
Scalars = tuple[str, str | None, str | None, str]
Undo = tuple[str, dict[str, Scalars | None]]

BASES = {
    Basis.DECLARED: _("Declared"),
    Basis.OBSERVED: _("Observed"),
    Basis.DOCUMENTED: _("Documented"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """What the form is about: a terrain, and whether levels are chosen with sliders or buttons.

    The ratings it shows are those of the last run of the page, with what this visit changed since:
    a fragment that is drawn again needs no query.
    """

    terrain: str
    buttons: bool

    def key(self, criterion: str, part: str) -> str:
        """Return the key of one widget of one criterion."""
        return keys.widget(PAGE, self.terrain, criterion, part)

    def ratings(self) -> dict[str, Rating]:
        """Return the terrain's ratings, by criterion."""
        return {code: _revived(code, scalars) for code, (scalars, _at) in _shown().items()}

    def saved_at(self, criterion: str) -> datetime | None:
        """Return when a criterion was rated last."""
        shown = _shown().get(criterion)
        return datetime.fromisoformat(shown[1]) if shown else None


def open_form(terrain: str, *, buttons: bool) -> Form:
    """Read a terrain's ratings, once for the whole page."""
    st.session_state[keys.RATINGS] = {
        code: _shown_as(saved) for code, saved in ratings_of(db(), terrain).items()
    }
    return Form(terrain, buttons)


def show_criterion(form: Form, criterion: Criterion, number: str) -> None:
    """Show one criterion: its control, its descriptors, what was answered and what it rests on.

    Only the line that says what was saved is drawn again when a level is chosen; the style sheet
    marks the descriptor of the level the slider stands on, at once.
    """
    rating = form.ratings().get(criterion.code)
    label = f"**{plain(number)} {plain(criterion.label.read(language()))}**"
    level = UNRATED if rating is None or rating.value is None else str(rating.value)
    st.session_state[form.key(criterion.code, "level")] = level
    with st.container(border=True, gap="small", key=f"ect-card-{criterion.code}"):
        if form.buttons:
            _level_buttons(form, criterion, label)
        else:
            _level_slider(form, criterion, label)
            show_levels(criterion, language())
        _second_row(form, criterion, rating)


def undo_last() -> None:
    """Put back what the last change of this visit replaced, be it one rating or many."""
    stack: list[Undo] = st.session_state.get(keys.UNDO, [])
    if not stack:
        notify(t("There is nothing to undo in this visit."))
        return
    terrain, replaced = stack.pop()
    before = {code: s and _revived(code, s) for code, s in replaced.items()}
    attempt(lambda: put_back(db(), terrain, before))


def remember(terrain: str, replaced: Mapping[str, Rating | None]) -> None:
    """Keep what a change replaced, by criterion, so that it can be undone in one go."""
    scalars = {code: rating and _scalars(rating) for code, rating in replaced.items()}
    st.session_state.setdefault(keys.UNDO, []).append((terrain, scalars))


def stop_label(value: str) -> str:
    """Return what a stop of the slider says: its level, or that nothing is rated."""
    return t("Not rated") if value == UNRATED else speaker().short(Fraction(value), 1)


def _saved_key(criterion: str) -> str:
    return keys.widget(PAGE, "saved", criterion)


def _level_slider(form: Form, criterion: Criterion, label: str) -> None:
    st.select_slider(
        label,
        _stops(criterion),
        format_func=stop_label,
        key=form.key(criterion.code, "level"),
        on_change=_save_level,
        args=(form, criterion.code),
    )


def _level_buttons(form: Form, criterion: Criterion, label: str) -> None:
    described = {str(level.value): level.descriptor.read(language()) for level in criterion.levels}

    def option(stop: str) -> str:
        # The descriptor is part of the button: pressing it chooses the level.
        words = plain(described.get(stop, ""))
        return f"**{stop_label(stop)}** {words}".strip() if stop in described else stop_label(stop)

    st.radio(
        label,
        _stops(criterion),
        format_func=option,
        horizontal=not criterion.levels,
        key=form.key(criterion.code, "level"),
        on_change=_save_level,
        args=(form, criterion.code),
    )


def _stops(criterion: Criterion) -> list[str]:
    return [UNRATED, *(str(value) for value in criterion.answers)]


def _second_row(form: Form, criterion: Criterion, rating: Rating | None) -> None:
    unknown = form.key(criterion.code, "unknown")
    st.session_state[unknown] = rating is not None and rating.answer is Answer.UNKNOWN
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.checkbox(t("I do not know"), key=unknown, on_change=_save_unknown, args=(form, criterion.code))
        details = st.popover(
            t("Rests on…"),
            icon=":material/edit_note:",
            type="tertiary",
            key=form.key(criterion.code, "details"),
            on_change="rerun",
        )
        if details.open:
            with details:
                _details(form, rating)
        st.fragment(_saved, key=_saved_key(criterion.code))(form, criterion.code)


def _saved(form: Form, criterion: str) -> None:
    rating, moment = form.ratings().get(criterion), form.saved_at(criterion)
    st.caption(_said(rating, moment) if rating and moment else "")


def _said(rating: Rating, moment: datetime) -> str:
    parts = [t("Saved at {time}", time=speaker().time(moment))]
    if rating.basis:
        parts.append(t(BASES[rating.basis]).lower())
    if rating.comment:
        parts.append(t("commented"))
    return " · ".join(parts)


def _details(form: Form, rating: Rating | None) -> None:
    if rating is None:
        st.caption(t("Give a level first: then say what it rests on."))
        return
    basis_key, comment_key = (form.key(rating.criterion, part) for part in ("basis", "comment"))
    st.session_state[basis_key] = rating.basis
    st.session_state[comment_key] = rating.comment
    st.pills(
        t("What it rests on"),
        list(BASES),
        format_func=said(BASES),
        key=basis_key,
        on_change=_save_details,
        args=(form, rating.criterion),
    )
    st.text_area(
        t("Comment"),
        key=comment_key,
        max_chars=COMMENT_LIMIT,
        on_change=_save_details,
        args=(form, rating.criterion),
    )


def _save_level(form: Form, criterion: str) -> None:
    chosen: str = st.session_state[form.key(criterion, "level")]
    unknown: bool = st.session_state[form.key(criterion, "unknown")]
    if chosen == UNRATED:
        _apply(form, lambda: answer(db(), form.terrain, criterion, None))
    else:
        level = Fraction(chosen)
        _apply(form, lambda: answer(db(), form.terrain, criterion, Answer.LEVEL, level))
    if not unknown:
        # Only what moved is drawn again: the board with its radar, and the line of this answer.
        st.rerun([BOARD, _saved_key(criterion)])


def _save_unknown(form: Form, criterion: str) -> None:
    given = Answer.UNKNOWN if st.session_state[form.key(criterion, "unknown")] else None
    _apply(form, lambda: answer(db(), form.terrain, criterion, given))


def _save_details(form: Form, criterion: str) -> None:
    basis = st.session_state.get(form.key(criterion, "basis"))
    comment = st.session_state.get(form.key(criterion, "comment"), "")
    _apply(form, lambda: describe(db(), form.terrain, criterion, basis, comment))


def _apply(form: Form, change: Callable[[], Change]) -> None:
    def act() -> None:
        done = change()
        if done.after:
            _shown()[done.criterion] = _shown_as(done.after)
        else:
            _shown().pop(done.criterion, None)
        remember(form.terrain, {done.criterion: done.before})

    attempt(act)


def _shown() -> dict[str, tuple[Scalars, str]]:
    shown: dict[str, tuple[Scalars, str]] = st.session_state.setdefault(keys.RATINGS, {})
    return shown


def _shown_as(saved: SavedRating) -> tuple[Scalars, str]:
    return _scalars(saved.rating), saved.saved_at.isoformat()


def _scalars(rating: Rating) -> Scalars:
    value = None if rating.value is None else str(rating.value)
    return rating.answer.value, value, rating.basis and rating.basis.value, rating.comment


def _revived(criterion: str, scalars: Scalars) -> Rating:
    given, value, basis, comment = scalars
    return Rating(
        criterion,
        Answer(given),
        None if value is None else Fraction(value),
        Basis(basis) if basis else None,
        comment,
    )
