"""How many terrains, which in any case, which not, and what is asked of groups; each can be taken back."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.choice import Constraint, Demand
from ect.services.choosing import Eligible, Group
from ect.services.choosing_link import MOST_CONSTRAINTS, Asked
from ect.ui import keys
from ect.ui.components.choose.state import LINK, PAGE, ask
from ect.ui.components.choose.words import asking, can_be_chosen, group_words, points
from ect.ui.context import t
from ect.ui.feedback import plain

NAMED = (Demand.REQUIRED, Demand.EXCLUDED)
LENGTHS = (5, 10, 20, 50)
GAPS = ("", "0", "1/2", "1", "2", "5")
DEMAND, BOUND, GROUP = (keys.widget(PAGE, name) for name in ("demand", "bound", "group"))


def show_asking(found: Eligible, asked: Asked) -> None:
    """Show what is asked, and let it be changed."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _size(found, asked)
        _named(found, asked, Demand.REQUIRED, t("In any case"))
        _named(found, asked, Demand.EXCLUDED, t("Not these"))
    with st.expander(t("Constraints on themes, frameworks, axes, followed terrains"), expanded=True):
        _new_constraint(found, asked)
        _constraints(found, asked)
    with st.expander(t("Which other sets are listed")):
        _list_settings(asked)
    with st.container(horizontal=True):
        st.button(
            t("Undo the last change"),
            icon=":material/undo:",
            key=keys.widget(PAGE, "undo"),
            on_click=LINK.undo,
        )
        st.button(
            t("Ask for nothing in particular"),
            icon=":material/restart_alt:",
            key=keys.widget(PAGE, "reset"),
            on_click=LINK.change,
            args=("",),
        )


def _size(found: Eligible, asked: Asked) -> None:
    key = keys.widget(PAGE, "size")
    st.session_state[key] = asked.size
    st.number_input(
        t("How many terrains"),
        min_value=1,
        max_value=len(found.scores),
        step=1,
        key=key,
        width=180,
        on_change=lambda: ask(asked, size=int(st.session_state[key])),
    )


def _named(found: Eligible, asked: Asked, demand: Demand, label: str) -> None:
    """Let terrains be required, or set aside: the ones that can be chosen, in the order of the ranking."""
    key = keys.widget(PAGE, demand.value)
    st.session_state[key] = [one.of for one in asked.constraints if one.demand is demand]

    def change() -> None:
        chosen: list[str] = st.session_state[key]
        others = tuple(one for one in asked.constraints if one.demand is not demand)
        ask(asked, constraints=(*others, *(Constraint(demand, code) for code in chosen)))

    st.multiselect(
        label,
        list(found.scores),
        format_func=found.names.__getitem__,
        key=key,
        placeholder=t("None"),
        width=360,
        on_change=change,
    )


def _new_constraint(found: Eligible, asked: Asked) -> None:
    demands = {Demand.AT_LEAST.value: t("At least"), Demand.AT_MOST.value: t("At most")}
    by_name = {group.name: group for group in found.groups}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            t("At least or at most"), list(demands), format_func=demands.__getitem__, key=DEMAND, width=150
        )
        st.number_input(t("How many"), min_value=0, max_value=999, value=1, step=1, key=BOUND, width=130)
        st.selectbox(
            t("Terrains"),
            list(by_name),
            format_func=lambda name: _option(found, by_name[name]),
            key=GROUP,
            width=420,
        )
        st.button(
            t("Add this constraint"),
            icon=":material/add:",
            key=keys.widget(PAGE, "add"),
            on_click=_add,
            args=(asked,),
            disabled=len(asked.constraints) >= MOST_CONSTRAINTS,
        )


def _option(found: Eligible, group: Group) -> str:
    return t("{group} ({count})", group=group_words(group), count=can_be_chosen(found, group))


def _add(asked: Asked) -> None:
    """Add a constraint; one on the same group in the same sense is replaced by it."""
    new = Constraint(Demand(st.session_state[DEMAND]), st.session_state[GROUP], int(st.session_state[BOUND]))
    others = (one for one in asked.constraints if (one.demand, one.of) != (new.demand, new.of))
    ask(asked, constraints=(*others, new))


def _constraints(found: Eligible, asked: Asked) -> None:
    on_groups = [one for one in asked.constraints if one.demand not in NAMED]
    if not on_groups:
        st.caption(t("No constraint: the terrains with the highest totals are taken."))
        return
    with st.container(horizontal=True):
        for one in on_groups:
            others = tuple(other for other in asked.constraints if other != one)
            st.button(
                plain(asking(found, one)),
                icon=":material/close:",
                key=keys.widget(PAGE, "remove", one.demand.value, one.of),
                help=t("Remove this constraint; it can be brought back"),
                on_click=ask,
                args=(asked,),
                kwargs={"constraints": others},
            )


def _list_settings(asked: Asked) -> None:
    limit, gap = keys.widget(PAGE, "limit"), keys.widget(PAGE, "gap")
    written = "" if asked.gap is None else str(asked.gap)
    st.session_state[limit], st.session_state[gap] = asked.limit, written
    with st.container(horizontal=True, gap="medium"):
        st.selectbox(
            t("How many sets at the most"),
            sorted({*LENGTHS, asked.limit}),
            key=limit,
            width=240,
            on_change=lambda: ask(asked, limit=int(st.session_state[limit])),
        )
        st.selectbox(
            t("That lose at most"),
            list(dict.fromkeys((*GAPS, written))),
            format_func=lambda text: points(Fraction(text)) if text else t("any number of points"),
            key=gap,
            width=240,
            on_change=lambda: ask(asked, gap=_gap(st.session_state[gap])),
        )


def _gap(text: str) -> Fraction | None:
    return Fraction(text) if text else None
