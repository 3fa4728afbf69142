"""The fewest levels that bring a terrain to a place: one sentence, then the levels one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import streamlit as st

from ect.domain.alternatives import alternatives
from ect.domain.flips import Flip, NoFlip, smallest_flip
from ect.domain.ladders import Limits, Step
from ect.domain.weights import published_weights
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.flips.limits import PAGE
from ect.ui.components.profile import numbered_labels, pillar_labels
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, n, speaker, t
from ect.ui.feedback import plain


def show_flip(basis: Basis, terrain: str, limits: Limits) -> None:
    """Ask for a place, and show what it takes."""
    places = list(range(1, max(2, len(basis.ranking.rows))))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        rank = st.selectbox(
            t("To be"),
            places,
            format_func=lambda place: t("first") if place == 1 else t("among the first {count}", count=place),
            key=keys.widget(PAGE, "rank"),
            width=220,
        )
        rivals = st.toggle(t("Rivals may be lowered too"), key=keys.widget(PAGE, "rivals"))
    if rivals:
        lowest = st.toggle(t("But none below level 1"), key=keys.widget(PAGE, "floors"))
        limits = replace(limits, floors=_floors(basis) if lowest else {})
    table = alternatives(basis.grid, basis.profiles)
    found = smallest_flip(
        basis.grid, table, published_weights(basis.grid), terrain, rank=rank, rivals=rivals, limits=limits
    )
    st.markdown(f"**{plain(_sentence(basis, found))}**")
    if found.steps:
        _show_climbs(basis, found.steps)
        _show_after(basis, found)
    if found.incomplete:
        names = ", ".join(basis.names[code] for code in found.incomplete)
        st.caption(plain(t("Set aside, something being unknown of them: {terrains}.", terrains=names)))


def _show_climbs(basis: Basis, steps: Sequence[Step]) -> None:
    """Show what moves: whose, on what, from where to where, in how many steps, and what it brings."""
    say = speaker()
    labels = {**pillar_labels(basis.grid, language()), **numbered_labels(basis.grid, language())}
    rows = []
    for (terrain, part), climb in _climbs(steps).items():
        rows.append(
            [
                Cell(basis.names[terrain]),
                Cell(labels[part], words=True),
                Cell(say.short(climb[0].start)),
                Cell(say.short(climb[-1].end)),
                Cell(say.number(len(climb), 0)),
                Cell(say.short(sum((step.gain for step in climb), Fraction())), strong=True),
            ]
        )
    headers = [t("Terrain"), t("Criterion"), t("from"), t("to"), t("Steps"), t("Points")]
    show_table(headers, rows, words=2)
    if not _all_levels(basis, steps):
        st.caption(
            t("One step: a level of an ECT criterion, half a level of a selection one, or up to the next.")
        )


def _climbs(steps: Sequence[Step]) -> dict[tuple[str, str], list[Step]]:
    """Return the steps of each part of each terrain, in order."""
    climbs: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        climbs.setdefault((step.terrain, step.part), []).append(step)
    return climbs


def _all_levels(basis: Basis, steps: Sequence[Step]) -> bool:
    """Tell whether each step is a whole level: of a criterion, or of one behind a published mean."""
    means = {pillar.code: Fraction(1, len(pillar.criteria)) for pillar in basis.grid.pillars}
    return all(abs(step.end - step.start) == means.get(step.part, 1) for step in steps)


def _show_after(basis: Basis, found: Flip) -> None:
    say = speaker()
    order = sorted(found.after, key=lambda code: -found.after[code])
    rows = [
        [
            Cell(basis.names[code]),
            Cell(say.short(found.before[code])),
            Cell(say.short(found.after[code]), strong=True),
        ]
        for code in order[:8]
    ]
    show_table([t("Terrain"), t("Total today"), t("Total then")], rows)


def _sentence(basis: Basis, found: Flip) -> str:
    name = basis.names[found.terrain]
    place = t("first") if found.rank == 1 else t("among the first {count}", count=found.rank)
    if found.reason is None:
        # Level with the first, it is first already on the ranking's page.
        wanted = t("first alone") if found.rank == 1 and not found.gap else place
        if _all_levels(basis, found.steps):
            return n(
                "{terrain} lacks {count} level to be {place}.",
                "{terrain} lacks {count} levels to be {place}.",
                found.count,
                terrain=name,
                place=wanted,
            )
        return n(
            "{terrain} lacks {count} step to be {place}.",
            "{terrain} lacks {count} steps to be {place}.",
            found.count,
            terrain=name,
            place=wanted,
        )
    blocking = ", ".join(basis.names[code] for code in found.blocking)
    highest = speaker().short(found.highest)
    needed = speaker().short(found.needed)
    reasons = {
        NoFlip.ALREADY: t("{terrain} already is {place}.", terrain=name, place=place),
        NoFlip.INCOMPLETE: t("Something is unknown of {terrain}: it is not ranked yet.", terrain=name),
        NoFlip.BUDGET: t(
            "What may be spent is not enough: {terrain} would need {needed}.", terrain=name, needed=needed
        ),
        NoFlip.FORBIDDEN: t(
            "With what stays as it is, {terrain} can have {highest} at most, which does not pass {rivals}.",
            terrain=name,
            highest=highest,
            rivals=blocking,
        ),
        NoFlip.FLOORS: t(
            "Rivals would have to go below level 1: {rivals} would stay ahead of {terrain}.",
            terrain=name,
            rivals=blocking,
        ),
        NoFlip.MAXIMUM: t(
            "Raised to 2 everywhere, {terrain} would have {highest}, which does not pass {rivals}.",
            terrain=name,
            highest=highest,
            rivals=blocking,
        ),
    }
    return reasons[found.reason]


def _floors(basis: Basis) -> dict[tuple[str, str], Fraction]:
    return {
        (terrain, part): min(value, Fraction(1))
        for terrain, profile in basis.profiles.items()
        for part, value in profile.items()
        if value is not None
    }
