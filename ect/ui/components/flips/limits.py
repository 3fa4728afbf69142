"""What may not be changed, and what costs more: asked once, for levels and for the way to a target."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.ladders import Limits
from ect.services.what_if import Basis
from ect.ui import keys
from ect.ui.components.profile import numbered_labels, pillar_labels
from ect.ui.context import language, speaker, t

PAGE = "flips"
COSTS = tuple(Fraction(step, 2) for step in range(1, 21))


def choose_limits(basis: Basis) -> Limits:
    """Let the reader say which criteria stay as they are, which cost more, and what may be spent."""
    labels = {**pillar_labels(basis.grid, language()), **numbered_labels(basis.grid, language())}
    with st.expander(t("Constraints: what stays, what costs more")):
        forbidden = st.multiselect(
            t("These stay as they are"),
            list(labels),
            format_func=labels.__getitem__,
            key=keys.widget(PAGE, "forbidden"),
            placeholder=t("Nothing"),
        )
        dear = st.multiselect(
            t("These cost more"),
            list(labels),
            format_func=labels.__getitem__,
            key=keys.widget(PAGE, "dear"),
            placeholder=t("Nothing"),
        )
        cost = Fraction(1)
        if dear:
            chosen = st.select_slider(
                t("A level of these costs as much as"),
                [str(x) for x in COSTS],
                value="2",
                format_func=lambda x: t("{count} usual levels", count=speaker().short(Fraction(x))),
                key=keys.widget(PAGE, "cost"),
            )
            cost = Fraction(chosen)
        bounded = st.toggle(t("Bound what may be spent"), key=keys.widget(PAGE, "bounded"))
        budget = None
        if bounded:
            budget = Fraction(
                st.number_input(
                    t("At most, in usual levels"),
                    min_value=1,
                    max_value=200,
                    value=5,
                    key=keys.widget(PAGE, "budget"),
                )
            )
    return Limits(costs=dict.fromkeys(dear, cost), forbidden=frozenset(forbidden), budget=budget)
