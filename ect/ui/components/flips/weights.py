"""The smallest change of weights, within bounds, that puts a terrain first."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.alternatives import alternatives
from ect.domain.flip_weights import NoWeights, WeightChange, smallest_weight_change, weights_of
from ect.domain.scenario import LINK_LIMIT, Scenario, write_link
from ect.domain.weights import published_weights
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.flips.limits import PAGE
from ect.ui.components.profile import numbered_labels
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, n, speaker, t
from ect.ui.feedback import plain
from ect.ui.navigation import link

BOUNDS = tuple(Fraction(step, 20) for step in (1, 2, 3, 5, 8, 10, 15, 20))


def show_weight_change(basis: Basis, terrain: str) -> None:
    """Ask how far weights may go, and show the smallest change, or what stands against it."""
    chosen = st.select_slider(
        t("Each weight may move by"),
        [str(bound) for bound in BOUNDS],
        value="1/4",
        format_func=lambda bound: speaker().percent(Fraction(bound)),
        key=keys.widget(PAGE, "bound"),
        help=t("Without a bound, one criterion that counts for all would put almost anyone first."),
    )
    table = alternatives(basis.grid, basis.profiles)
    weights = published_weights(basis.grid)
    found = smallest_weight_change(basis.grid, table, weights, terrain, bound=Fraction(chosen))
    st.markdown(f"**{plain(_sentence(basis, found))}**")
    if not found.moves:
        return
    say, labels = speaker(), numbered_labels(basis.grid, language())
    rows = [
        [
            Cell(labels[code]),
            Cell(say.number(found.present[code], 2)),
            Cell(say.number(found.changed[code], 2), strong=True),
            Cell(_signed(move)),
        ]
        for code, move in sorted(found.moves.items(), key=lambda item: -abs(item[1]))
    ]
    show_table([t("Criterion"), t("Points today"), t("Points then"), t("Change")], rows)
    st.caption(t("How many points of the total a point (0 to 2) of each criterion is worth."))
    supposed = write_link(basis.grid, Scenario(weights_of(basis.grid, found.changed)))
    if len(supposed) <= LINK_LIMIT:
        link("et-si", t("Suppose these weights"), query_params={keys.QUERY_SCENARIO: supposed})


def _signed(move: Fraction) -> str:
    sign = "+" if move > 0 else "−"
    return sign + speaker().number(abs(move), 2)


def _sentence(basis: Basis, found: WeightChange) -> str:
    name, say = basis.names[found.terrain], speaker()
    if found.reason is None:
        return n(
            "{terrain} would be first, level with others perhaps, if {share} of all weight moved: "
            "{count} criterion weighs otherwise.",
            "{terrain} would be first, level with others perhaps, if {share} of all weight moved: "
            "{count} criteria weigh otherwise.",
            len(found.moves),
            terrain=name,
            share=say.percent(found.transferred, 1),
        )
    ahead = ", ".join(basis.names[code] for code in found.ahead)
    mix = ", ".join(
        t("{share} of {terrain}", share=say.percent(share), terrain=basis.names[code])
        for code, share in found.dominating_mix.items()
        if share
    )
    reasons = {
        NoWeights.ALREADY: t("{terrain} already is first.", terrain=name),
        NoWeights.INCOMPLETE: t("Something is unknown of {terrain}: it is not ranked yet.", terrain=name),
        NoWeights.BOUND: t(
            "No weights within {bound} put {terrain} first: {rivals} stays ahead by {lead} points at least.",
            bound=say.percent(found.bound),
            terrain=name,
            rivals=ahead,
            lead=say.number(found.lead, 2),
        ),
        NoWeights.NEVER: t(
            "No weights at all put {terrain} first: {mix} is at least as good on every criterion.",
            terrain=name,
            mix=mix,
        ),
    }
    return reasons[found.reason]
