"""The shortest path of a terrain to a target ECT score, as actions with their descriptors."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.grid import Grid, Level
from ect.domain.ladders import Limits
from ect.domain.paths import Action, NoPath, Path, levels_of, shortest_path
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.flips.limits import PAGE
from ect.ui.components.profile import numbered_labels, pillar_labels
from ect.ui.context import language, n, speaker, t
from ect.ui.feedback import plain


def show_path(basis: Basis, terrain: str, limits: Limits) -> None:
    """Ask for an ECT score, and write the way there."""
    top = basis.grid.ect_maximum
    stops = [str(Fraction(step, 5)) for step in range(5 * top + 1)]
    chosen = st.select_slider(
        t("ECT score to reach, out of {maximum}", maximum=top),
        stops,
        value=stops[len(stops) * 3 // 4],
        format_func=lambda stop: speaker().short(Fraction(stop)),
        key=keys.widget(PAGE, "target"),
    )
    found = shortest_path(basis.grid, basis.profiles[terrain], Fraction(chosen), limits=limits)
    st.markdown(f"**{plain(_sentence(basis, terrain, found))}**")
    for place, action in enumerate(found.actions, 1):
        _show_action(basis.grid, place, action)
    if found.unknown:
        labels = numbered_labels(basis.grid, language())
        unknown = ", ".join(labels[code] for code in found.unknown)
        st.caption(plain(t("Unknown, and left out of the way: {criteria}.", criteria=unknown)))


def _show_action(grid: Grid, place: int, action: Action) -> None:
    say = speaker()
    pillars, labels = pillar_labels(grid, language()), numbered_labels(grid, language())
    gain = t("{gain} point of ECT", gain=say.short(action.gain))
    with st.container(border=True):
        if action.part in pillars:
            words = t(
                "{place}. {pillar}: one level more on one of its criteria",
                place=place,
                pillar=pillars[action.part],
            )
            st.markdown(f"**{plain(words)}**")
            st.caption(plain(f"{say.short(action.start)} → {say.short(action.end)} · {gain}"))
            return
        st.markdown(f"**{plain(f'{place}. {labels[action.part]}')}**")
        before, after = levels_of(grid, action)
        st.markdown(plain(t("from: {before}", before=_words(before, action.start))))
        st.markdown(plain(t("to: {after}", after=_words(after, action.end))))
        st.caption(plain(f"{say.short(action.start)} → {say.short(action.end)} · {gain}"))


def _words(level: Level | None, value: Fraction) -> str:
    """Return the descriptor of a level; of a mean between two, its figure."""
    if level:
        return level.descriptor.read(language())
    return t("a mean of {value}, between two levels", value=speaker().short(value))


def _sentence(basis: Basis, terrain: str, found: Path) -> str:
    say, name = speaker(), basis.names[terrain]
    target, highest = say.short(found.target), say.short(found.highest)
    if found.reason is None:
        return n(
            "{terrain} is {count} level away from an ECT score of {target}: {end} then, {start} today.",
            "{terrain} is {count} levels away from an ECT score of {target}: {end} then, {start} today.",
            found.count,
            terrain=name,
            target=target,
            end=say.short(found.end),
            start=say.short(found.start),
        )
    reasons = {
        NoPath.ALREADY: t(
            "{terrain} already has {start}: {target} is reached.",
            terrain=name,
            start=say.short(found.start),
            target=target,
        ),
        NoPath.ABOVE: t("{target} is above what the grid allows.", target=target),
        NoPath.BUDGET: t(
            "What may be spent is not enough: {terrain} would need {needed}.",
            terrain=name,
            needed=say.short(found.needed),
        ),
        NoPath.FORBIDDEN: t(
            "With what stays as it is, {terrain} can have an ECT score of {highest} at most.",
            terrain=name,
            highest=highest,
        ),
        NoPath.UNKNOWN: t(
            "With what is unknown of it, {terrain} can be sure of an ECT score of {highest} at most.",
            terrain=name,
            highest=highest,
        ),
    }
    return reasons[found.reason]
