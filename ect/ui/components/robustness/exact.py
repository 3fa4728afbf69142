"""What can be said of weights without drawing any: who can be first at all, and on how much of them."""

from __future__ import annotations

import streamlit as st

from ect.domain.first_shares import first_shares
from ect.domain.possibility import can_reach
from ect.domain.uncertainty import Settings
from ect.domain.weight_bounds import bounds_around
from ect.services.robustness import Ground
from ect.ui.components.table import Cell, show_table
from ect.ui.context import speaker, t
from ect.ui.feedback import plain

SHOWN = 12


def show_exact(on: Ground, settings: Settings) -> None:
    """Say of each of the best terrains whether any weights within bounds put it first; exactly."""
    totals = on.table.totals(on.grid, on.weights)
    if len(totals) < 2:
        return
    say = speaker()
    bound = say.percent(settings.spread)
    st.subheader(t("Can it be first?"))
    best = sorted(totals, key=lambda terrain: -totals[terrain])[:SHOWN]
    bounds = bounds_around(on.grid, on.weights, settings.spread)
    possible = {terrain: can_reach(on.grid, on.table, bounds, terrain).possible for terrain in best}
    for terrain in best:
        if not possible[terrain]:
            words = t(
                "No weights within {bound} of the committee's put {terrain} first.",
                bound=bound,
                terrain=on.names[terrain],
            )
            st.markdown(plain(words))
    shares = first_shares(on.grid, on.table, on.weights, settings.spread).shares
    rows = [
        [
            Cell(on.names[terrain]),
            Cell(t("yes") if possible[terrain] else t("no"), strong=True),
            Cell(say.percent(shares[terrain], 1)),
        ]
        for terrain in best
    ]
    headers = [
        t("Terrain"),
        t("First under some weights within {bound}", bound=bound),
        t("Part of the weightings of pillars and selection"),
    ]
    show_table(headers, rows)
    st.caption(
        t(
            "Exact, nothing is drawn: a yes has its weights, a no its proof. The part counts all weightings "
            "of the four pillars and of the selection within the bounds alike."
        )
    )
