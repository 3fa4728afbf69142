"""The form of one section of the grid: a control, three descriptors and an answer per criterion.

The store is the truth: every run fills the widgets from it, and every change is saved by a callback
before the page is drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from ect.domain.grid import Criterion
from ect.domain.rating import Answer, Basis, Rating
from ect.services.rating import SavedRating, clear_rating, rate
from ect.ui import keys
from ect.ui.components.levels import show_levels
from ect.ui.context import db, language, speaker, t
from ect.ui.feedback import attempt, plain

UNRATED = "–"
PAGE = "rate"

# What a change replaced, as scalars: a session outlives the classes of a module that is reloaded.
Before = tuple[str, str | None, str | None, str]
Change = tuple[str, str, Before | None]


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


BASES = {
    Basis.DECLARED: _("Declared"),
    Basis.OBSERVED: _("Observed"),
    Basis.DOCUMENTED: _("Documented"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """What the form is about: a terrain, its saved ratings, and how levels are chosen."""

    terrain: str
    saved: Mapping[str, SavedRating]
    buttons: bool

    def key(self, criterion: str, part: str) -> str:
        """Return the key of one widget of one criterion."""
        return keys.widget(PAGE, self.terrain, criterion, part)


def show_criterion(form: Form, criterion: Criterion, number: str) -> None:
    """Show one criterion: heading, control, descriptors, "I do not know", and details on demand."""
    saved = form.saved.get(criterion.code)
    rating = saved.rating if saved else None
    _fill(form, criterion, rating)
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(number)} {plain(criterion.label.read(language()))}**")
        if form.buttons:
            _level_buttons(form, criterion)
        else:
            _level_slider(form, criterion)
            show_levels(criterion, rating.value if rating else None, language())
        _second_row(form, criterion, saved)


def undo_last() -> None:
    """Put back what the last change of this visit replaced, be it one rating or many."""
    stack: list[list[Change]] = st.session_state.get(keys.UNDO, [])
    if stack:
        for terrain, criterion, before in stack.pop():
            _write(terrain, criterion, _revived(criterion, before))


def remember(terrain: str, replaced: Mapping[str, Rating | None]) -> None:
    """Keep what a change replaced, by criterion, so that it can be undone in one go."""
    change = [(terrain, criterion, _scalars(before)) for criterion, before in replaced.items()]
    st.session_state.setdefault(keys.UNDO, []).append(change)


def can_undo() -> bool:
    """Tell whether there is a change of this visit to undo."""
    return bool(st.session_state.get(keys.UNDO))


def stop_label(value: str) -> str:
    """Return what a stop of the slider says: its level, or that nothing is rated."""
    return t("Not rated") if value == UNRATED else speaker().short(Fraction(value), 1)


def _fill(form: Form, criterion: Criterion, rating: Rating | None) -> None:
    level = UNRATED if rating is None or rating.value is None else str(rating.value)
    st.session_state[form.key(criterion.code, "level")] = level
    st.session_state[form.key(criterion.code, "unknown")] = (
        rating is not None and rating.answer is Answer.UNKNOWN
    )


def _level_slider(form: Form, criterion: Criterion) -> None:
    st.select_slider(
        criterion.label.read(language()),
        _stops(criterion),
        format_func=stop_label,
        key=form.key(criterion.code, "level"),
        on_change=_save_level,
        args=(form, criterion.code),
        label_visibility="collapsed",
    )


def _level_buttons(form: Form, criterion: Criterion) -> None:
    captions = ["", *(level.descriptor.read(language()) for level in criterion.levels)]
    st.radio(
        criterion.label.read(language()),
        _stops(criterion),
        format_func=stop_label,
        captions=[plain(caption) for caption in captions] if criterion.levels else None,
        horizontal=not criterion.levels,
        key=form.key(criterion.code, "level"),
        on_change=_save_level,
        args=(form, criterion.code),
        label_visibility="collapsed",
    )


def _stops(criterion: Criterion) -> list[str]:
    return [UNRATED, *(str(value) for value in criterion.answers)]


def _second_row(form: Form, criterion: Criterion, saved: SavedRating | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.checkbox(
            t("I do not know"),
            key=form.key(criterion.code, "unknown"),
            on_change=_save_unknown,
            args=(form, criterion.code),
        )
        details = st.popover(
            _details_label(saved),
            icon=":material/edit_note:",
            type="tertiary",
            key=form.key(criterion.code, "details"),
            on_change="rerun",
            disabled=saved is None,
            help=t("Rate first, then say what the rating rests on.") if saved is None else None,
        )
        if saved and details.open:
            with details:
                _details(form, criterion, saved.rating)
        if saved:
            st.caption(t("Saved at {time}", time=speaker().time(saved.saved_at)))


def _details_label(saved: SavedRating | None) -> str:
    if saved and saved.rating.basis:
        label = t(BASES[saved.rating.basis])
        return t("{basis}, comment", basis=label) if saved.rating.comment else label
    return t("Comment") if saved and saved.rating.comment else t("Rests on…")


def _details(form: Form, criterion: Criterion, rating: Rating) -> None:
    basis_key, comment_key = form.key(criterion.code, "basis"), form.key(criterion.code, "comment")
    st.session_state[basis_key] = rating.basis
    st.session_state[comment_key] = rating.comment
    st.pills(
        t("What it rests on"),
        list(BASES),
        format_func=lambda basis: t(BASES[basis]),
        key=basis_key,
        on_change=_save_details,
        args=(form, criterion.code),
    )
    st.text_area(
        t("Comment"),
        key=comment_key,
        max_chars=2000,
        on_change=_save_details,
        args=(form, criterion.code),
    )


def _save_level(form: Form, criterion: str) -> None:
    chosen: str = st.session_state[form.key(criterion, "level")]
    if chosen == UNRATED:
        _replace(form, criterion, None)
    else:
        _answer(form, criterion, Answer.LEVEL, Fraction(chosen))


def _save_unknown(form: Form, criterion: str) -> None:
    if st.session_state[form.key(criterion, "unknown")]:
        _answer(form, criterion, Answer.UNKNOWN, None)
    else:
        _replace(form, criterion, None)


def _save_details(form: Form, criterion: str) -> None:
    before = _before(form, criterion)
    if before is not None:
        basis = st.session_state.get(form.key(criterion, "basis"))
        comment = st.session_state.get(form.key(criterion, "comment"), before.comment)
        _replace(form, criterion, Rating(criterion, before.answer, before.value, basis, comment))


def _answer(form: Form, criterion: str, answer: Answer, value: Fraction | None) -> None:
    before = _before(form, criterion)
    basis, comment = (before.basis, before.comment) if before else (None, "")
    _replace(form, criterion, Rating(criterion, answer, value, basis, comment))


def _before(form: Form, criterion: str) -> Rating | None:
    saved = form.saved.get(criterion)
    return saved.rating if saved else None


def _replace(form: Form, criterion: str, after: Rating | None) -> None:
    if attempt(lambda: _write(form.terrain, criterion, after)):
        remember(form.terrain, {criterion: _before(form, criterion)})


def _write(terrain: str, criterion: str, rating: Rating | None) -> None:
    if rating is None:
        clear_rating(db(), terrain, criterion)
    else:
        rate(db(), terrain, rating)


def _scalars(rating: Rating | None) -> Before | None:
    if rating is None:
        return None
    value = None if rating.value is None else str(rating.value)
    return rating.answer.value, value, rating.basis and rating.basis.value, rating.comment


def _revived(criterion: str, before: Before | None) -> Rating | None:
    if before is None:
        return None
    answer, value, basis, comment = before
    return Rating(
        criterion,
        Answer(answer),
        None if value is None else Fraction(value),
        Basis(basis) if basis else None,
        comment,
    )
