"""What is drawn, chosen by the reader, and the draws themselves, kept until something changes."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from ect.domain.uncertainty import Doubt, Settings
from ect.i18n import marked as _
from ect.services.robustness import Examined, Ground, examine
from ect.ui import keys
from ect.ui.components.work import with_bar
from ect.ui.context import said, speaker, t

PAGE = "robustness"
DRAWS = (1_000, 10_000, 100_000)
SPREADS = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))
MIDDLES = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))
# Below this, the draws are done before a bar would be seen.
CELLS_WITHOUT_BAR = 1_000_000

DOUBTS = {
    Doubt.WEIGHTS: _("Weights"),
    Doubt.PARTICIPANTS: _("Participants' disagreement"),
    Doubt.UNKNOWN: _("Unknown levels"),
    Doubt.MIDDLE: _("Value of level 1"),
}


def choose_settings() -> Settings:
    """Let the reader put each source on or off, and say how far it goes."""
    usual = Settings()
    chosen = st.pills(
        t("What is uncertain"),
        list(DOUBTS),
        format_func=said(DOUBTS),
        default=list(DOUBTS),
        selection_mode="multi",
        key=keys.widget(PAGE, "doubts"),
    )
    with st.expander(t("How far, and how often")):
        spread = st.select_slider(
            t("Weights, around the committee's"),
            [str(x) for x in SPREADS],
            value=str(usual.spread),
            format_func=lambda x: speaker().percent(Fraction(x)),
            key=keys.widget(PAGE, "spread"),
            help=t("At 100%, with equal weights, every way to share them is as likely."),
        )
        middle = st.select_slider(
            t("Level 1, on either side of 1"),
            [str(x) for x in MIDDLES],
            value=str(usual.middle),
            format_func=lambda x: speaker().short(Fraction(x)),
            key=keys.widget(PAGE, "middle"),
        )
        draws = st.select_slider(
            t("Rankings drawn"),
            list(DRAWS),
            value=usual.draws,
            format_func=lambda x: speaker().number(x, 0),
            key=keys.widget(PAGE, "draws"),
        )
        seed = st.number_input(
            t("Seed"),
            min_value=0,
            max_value=2**31,
            value=usual.seed,
            step=1,
            key=keys.widget(PAGE, "seed"),
            help=t("The same seed gives the same result."),
        )
    return Settings(
        draws=int(draws),
        seed=int(seed),
        doubts=frozenset(chosen),
        spread=Fraction(spread),
        middle=Fraction(middle),
    )


def examined(on: Ground, settings: Settings) -> Examined:
    """Draw, with a bar where it takes time; what was drawn is kept while nothing changes."""
    key = (on.key, settings)
    kept: tuple[object, Examined] | None = st.session_state.get(keys.ROBUSTNESS)
    if kept and kept[0] == key:
        return kept[1]
    if settings.draws * len(on.profiles) < CELLS_WITHOUT_BAR:
        found = examine(on, settings)
    else:
        found = with_bar(
            keys.widget(PAGE, "stop"),
            t("Drawing rankings…"),
            _how_far,
            lambda progress: examine(on, settings, progress),
            on_stop=_fewer,
        )
    st.session_state[keys.ROBUSTNESS] = (key, found)
    return found


def _how_far(done: int, wanted: int) -> str:
    say = speaker()
    return t("{done} of {wanted} rankings drawn", done=say.number(done, 0), wanted=say.number(wanted, 0))


def _fewer() -> None:
    """Draw as few rankings as can be, after the work was stopped."""
    st.session_state[keys.widget(PAGE, "draws")] = DRAWS[0]
