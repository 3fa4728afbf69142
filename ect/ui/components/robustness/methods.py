"""What other methods say of the same terrains."""

from __future__ import annotations

import streamlit as st

from ect.domain.cross_check import CrossCheck, Method, cross_check
from ect.i18n import marked as _
from ect.services.robustness import Ground
from ect.ui.components.table import Cell, show_table
from ect.ui.context import n, t
from ect.ui.feedback import plain

SHOWN = 12

METHODS = {
    Method.SUM: _("Sum of the report"),
    Method.TOPSIS: _("TOPSIS: near the ideal, far from the worst"),
    Method.VIKOR: _("VIKOR: the least regret"),
    Method.PROMETHEE: _("PROMETHEE II: two by two"),
}


def show_methods(on: Ground) -> None:
    """Say how many methods put the same terrain first, and show the rank each gives."""
    st.subheader(t("By other methods"))
    found = cross_check(on.grid, on.table, on.weights)
    ranked = sorted(found.opinions[0].ranks, key=found.opinions[0].ranks.__getitem__)
    if not ranked:
        st.markdown(t("No terrain is wholly known: none can be ranked."))
        return
    st.markdown(f"**{plain(_sentence(on, found))}**")
    headers = [t("Terrain"), *(t(METHODS[opinion.method]) for opinion in found.opinions)]
    rows = [
        [Cell(on.names[code]), *(Cell(str(opinion.ranks[code])) for opinion in found.opinions)]
        for code in ranked[:SHOWN]
    ]
    show_table(headers, rows)
    st.caption(t("All on the scale 0 to 2 of the grid, so that no candidate changes the scale of another."))


def _sentence(on: Ground, found: CrossCheck) -> str:
    return n(
        "Only the sum of the report puts {terrains} first, out of {all} methods.",
        "{count} methods out of {all} put {terrains} first.",
        found.agreeing,
        all=len(found.opinions),
        terrains=", ".join(on.names[code] for code in found.opinions[0].first),
    )
