"""What each constraint costs, in sentences and in a table; which ones conflict if no set satisfies them."""

from __future__ import annotations

import streamlit as st

from ect.domain.choice import Choice, Demand, Price
from ect.services.choosing import Eligible
from ect.ui.components.choose.words import asking, can_be_chosen, figure, points
from ect.ui.components.table import Cell, show_table
from ect.ui.context import n, speaker, t
from ect.ui.feedback import plain

SAID = 8


def show_prices(found: Eligible, choice: Choice) -> None:
    """Show the price of each constraint, the dearest first."""
    if not choice.prices:
        return
    st.subheader(t("What each constraint costs"))
    prices = sorted(choice.prices, key=_dearest)
    st.markdown(f"**{plain(_together(choice))}**")
    st.markdown("\n".join(f"- {plain(_sentence(found, price))}" for price in prices[:SAID]))
    say = speaker()
    rows = [
        [
            Cell(asking(found, price.constraint)),
            Cell(_figure(price), strong=True),
            Cell(say.short(price.without)),
        ]
        for price in prices
    ]
    show_table([t("Constraint"), t("Price in points"), t("Best total without it")], rows)
    st.caption(
        t(
            "The price of a constraint: what the best set would gain if this one were lifted and the others "
            "stayed. Prices do not add up: two constraints that ask for the same thing may each cost nothing."
        )
    )


def _dearest(price: Price) -> tuple[bool, object]:
    return price.points is None, -(price.points or 0)


def _together(choice: Choice) -> str:
    if choice.price is None:
        return t("What the constraints cost together is not known: the search was stopped.")
    if not choice.price:
        return t("Together the constraints cost nothing: the best set of all satisfies them.")
    return t(
        "Together the constraints cost {points}: without any, the best set would total {total}.",
        points=points(choice.price),
        total=speaker().short(choice.free),
    )


def _sentence(found: Eligible, price: Price) -> str:
    asked, total = asking(found, price.constraint), speaker().short(price.without)
    if price.points:
        return t(
            "{asking} costs {points}: without this, the best set would total {total}.",
            asking=asked,
            points=points(price.points),
            total=total,
        )
    if price.points is not None:
        return t("{asking} costs nothing: without this, no set would total more.", asking=asked)
    if price.highest is not None:
        return t(
            "{asking} costs {points} at most: the search was stopped before the exact price.",
            asking=asked,
            points=points(price.highest),
        )
    return t("{asking}: the price is not known, the search was stopped.", asking=asked)


def _figure(price: Price) -> str:
    if price.points is not None:
        return figure(price.points)
    return "–" if price.highest is None else f"≤ {figure(price.highest)}"


def show_conflict(found: Eligible, choice: Choice) -> None:
    """Say that nothing satisfies the constraints, which ones conflict, and what lifting one would give."""
    if not choice.proved:
        st.warning(
            t(
                "The search was stopped before a set was found, the constraints being too tangled: lift one, "
                "and look again."
            ),
            icon=":material/warning:",
        )
        return
    st.error(plain(_impossible(choice)), icon=":material/block:")
    st.markdown("\n".join(f"- {plain(_lifted(found, price))}" for price in choice.prices))
    st.caption(_how_small(choice))


def _impossible(choice: Choice) -> str:
    if len(choice.conflict) == 1:
        return n(
            "No set of {count} terrain satisfies this constraint, even alone:",
            "No set of {count} terrains satisfies this constraint, even alone:",
            choice.size,
        )
    return n(
        "No set of {count} terrain satisfies these constraints together:",
        "No set of {count} terrains satisfies these constraints together:",
        choice.size,
    )


def _lifted(found: Eligible, price: Price) -> str:
    asked = asking(found, price.constraint)
    group = found.group(price.constraint.of)
    if group is not None and price.constraint.demand is Demand.AT_LEAST:
        asked = t("{group} ({count})", group=asked, count=can_be_chosen(found, group))
    if price.without is None:
        return t("{asking}: without this, another conflict is left.", asking=asked)
    return t(
        "{asking}: without this, the best set would total {total}.",
        asking=asked,
        total=speaker().short(price.without),
    )


def _how_small(choice: Choice) -> str:
    if not choice.minimal:
        return t("The search was stopped: perhaps fewer of these constraints are enough for the conflict.")
    if len(choice.conflict) == 1:
        return t("There may be other conflicts.")
    return t("Each is needed for this conflict: lifting any of them ends it. There may be other conflicts.")
