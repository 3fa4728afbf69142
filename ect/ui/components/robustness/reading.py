"""What the draws say, in words first, then as figures."""

from __future__ import annotations

import streamlit as st

from ect.charts.heat import Heat, HeatLook, heat
from ect.domain.robustness import Acceptance
from ect.domain.uncertainty import Doubt
from ect.services.robustness import Examined, Ground
from ect.ui.components.chart import show_chart
from ect.ui.components.profile import pillar_labels
from ect.ui.components.robustness.draws import DOUBTS
from ect.ui.components.table import Cell, show_table
from ect.ui.context import language, n, narrow, speaker, t
from ect.ui.feedback import plain
from ect.wording import first_words, settings_words

SHOWN, RANKS, SAID = 12, 8, 3


def show_ranks(on: Ground, examined: Examined) -> None:
    """Show how often each terrain comes where: sentences, the tiers, a heat map, a table."""
    found = examined.found
    if not found.terrains:
        st.info(t("No terrain is wholly known: none can be ranked."), icon=":material/info:")
        return
    for one in sorted(found.terrains, key=lambda one: -one.first)[:SAID]:
        st.markdown(f"**{plain(first_words(speaker(), on.names[one.terrain], one))}**")
    for group in examined.tiers:
        if len(group) > 1:
            names = ", ".join(on.names[terrain] for terrain in group)
            st.markdown(plain(t("The order is not sure among {terrains}.", terrains=names)))
    shown = found.terrains[:SHOWN]
    columns = min(len(shown[0].ranks), RANKS if not narrow() else 4)
    say = speaker()
    look = HeatLook(
        rows=tuple(on.names[one.terrain] for one in shown),
        columns=tuple(str(rank) for rank in range(1, columns + 1)),
        title=t("Rank"),
        description=t("How often each terrain has each rank."),
        label_width=110 if narrow() else 190,
    )
    cells = [
        Heat(
            on.names[one.terrain],
            str(rank + 1),
            share,
            say.percent(share),
            t(
                "{terrain}: rank {rank}, {share} of the draws",
                terrain=on.names[one.terrain],
                rank=rank + 1,
                share=say.percent(share, 1),
            ),
        )
        for one in shown
        for rank, share in enumerate(one.ranks[:columns])
    ]
    show_chart(heat(look, cells), "robustness:ranks", picture=t("Ranks drawn"))
    rows = [_line(on, one) for one in found.terrains[:SHOWN]]
    show_table([t("Terrain"), t("First"), t("Mean rank"), t("Error, at most")], rows)
    if len(found.terrains) > SHOWN:
        st.caption(t("The first {count} of {all}.", count=SHOWN, all=len(found.terrains)))
    if found.incomplete:
        names = ", ".join(on.names[terrain] for terrain in found.incomplete)
        st.caption(plain(t("Set aside, something being unknown of them: {terrains}.", terrains=names)))


def show_movements(examined: Examined) -> None:
    """Say which source, by itself, moves the ranking."""
    st.subheader(t("What moves the ranking?"))
    moves, say = examined.movements, speaker()
    if not moves:
        st.markdown(t("Nothing is drawn: the ranking is the one of the committee."))
        return
    st.markdown(f"**{plain(_movement_sentence(examined))}**")
    rows = [
        [Cell(t(DOUBTS[one.doubt])), Cell(say.percent(one.unseated, 1)), Cell(say.number(one.shift, 2))]
        for one in moves
    ]
    headers = [t("Drawn by itself"), t("The first loses its place"), t("Mean move, in ranks")]
    show_table(headers, rows)
    idle = [
        t(DOUBTS[doubt])
        for doubt in Doubt
        if doubt in examined.found.settings.doubts - examined.found.effective
    ]
    if idle:
        st.caption(t("Nothing to draw: {sources}.", sources=", ".join(idle)))


def show_absences(on: Ground, examined: Examined) -> None:
    """Say whether the ranking changes without any one participant."""
    people = len({vote.participant for vote in on.votes})
    if not people:
        return
    if examined.absences:
        words = n(
            "The ranking would change without {count} participant out of {all}.",
            "The ranking would change without any of {count} participants out of {all}, one at a time.",
            len(examined.absences),
            all=people,
        )
    else:
        words = t("The ranking is the same without any one of the {all} participants.", all=people)
    st.markdown(plain(words))
    if on.unheard:
        st.caption(
            n(
                "The disagreement of participants is drawn for the terrains that come first; that on "
                "{count} other is left out, there would be too much.",
                "The disagreement of participants is drawn for the terrains that come first; that on "
                "{count} others is left out, there would be too much.",
                on.unheard,
            )
        )


def show_duels(on: Ground, examined: Examined) -> None:
    """Show how often each terrain is ahead of each other."""
    found, say = examined.found, speaker()
    if len(found.duels) < 2:
        return
    with st.expander(t("Two by two")):
        shown = found.duels[:SHOWN]
        st.caption(t("How often the terrain of the line is ahead of the terrain of the column."))
        rows = [
            [
                Cell(on.names[one]),
                *(Cell("–" if one == other else say.percent(found.beat(one, other))) for other in shown),
            ]
            for one in shown
        ]
        show_table([t("Terrain"), *(on.names[other] for other in shown)], rows)


def show_central_weights(on: Ground, examined: Examined) -> None:
    """Show for which weights each terrain is first, and how sure it is then."""
    contenders = [one for one in examined.found.terrains if one.central_weights]
    if not contenders:
        return
    with st.expander(t("Who is first for whom?")):
        st.caption(
            t(
                "The mean weights of the draws in which a terrain is first, as shares of the maximum, and "
                "how often it is first under just these weights."
            )
        )
        say, grid = speaker(), on.grid
        places = {criterion.code: place for place, criterion in enumerate(grid)}
        groups = [[places[criterion.code] for criterion in pillar.criteria] for pillar in grid.pillars]
        groups.append([places[criterion.code] for criterion in grid.selection])
        rows = []
        for one in contenders[:SHOWN]:
            weights = one.central_weights or ()
            shares = [2 * sum(weights[place] for place in group) / grid.maximum for group in groups]
            sure = "–" if one.confidence is None else say.percent(one.confidence)
            figures = [Cell(say.percent(share)) for share in shares]
            rows.append([Cell(on.names[one.terrain]), *figures, Cell(sure, strong=True)])
        labels = [*pillar_labels(grid, language()).values(), t("Selection criteria"), t("First then")]
        show_table([t("First"), *labels], rows)


def show_settings(on: Ground, examined: Examined) -> None:
    """Say what was drawn, so that anyone can draw it again."""
    errors = [one.error for one in examined.found.terrains]
    words = settings_words(speaker(), examined.found.settings, max(errors, default=0.0), on.grid.version)
    st.caption(plain(words))


def _movement_sentence(examined: Examined) -> str:
    most = examined.movements[0]
    if not most.unseated and most.shift < 0.05:
        return t("Nothing that is drawn moves the ranking.")
    if not most.unseated:
        return t(
            "The first place holds; below it, the ranking moves most with: {source}.",
            source=t(DOUBTS[most.doubt]),
        )
    advice = {
        Doubt.WEIGHTS: t("The weights are what is worth discussing."),
        Doubt.PARTICIPANTS: t("The ratings are what is worth discussing, not the weights."),
        Doubt.UNKNOWN: t("What is unknown is worth finding out first."),
        Doubt.MIDDLE: t("What level 1 is worth is what decides."),
    }
    return advice[most.doubt]


def _line(on: Ground, one: Acceptance) -> list[Cell]:
    say = speaker()
    return [
        Cell(on.names[one.terrain]),
        Cell(say.percent(one.first, 1), strong=True),
        Cell(say.number(one.expected_rank, 2)),
        Cell(say.percent(one.error, 1)),
    ]
