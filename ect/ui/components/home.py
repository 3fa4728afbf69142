"""The parts of the home page: counts, doors to the pages, the result at a glance."""

from __future__ import annotations

import streamlit as st

from ect.domain.scoring import Unit
from ect.i18n import marked as _
from ect.services.overview import Overview
from ect.services.scores import Scoreboard
from ect.ui.components.chart import show_chart
from ect.ui.components.profile import pillar_labels, profile_radar
from ect.ui.components.ranking import show_leaders
from ect.ui.components.table import Cell, show_table
from ect.ui.context import ink, language, n, narrow, speaker, t
from ect.ui.feedback import plain
from ect.ui.navigation import link

SHOWN = 6

DOORS = {
    "noter": _("Score a terrain on the grid, alone or for the room."),
    "classement": _("The report's table, to the printed digit."),
    "comparer": _("Two to six terrains, side by side."),
    "cadres": _("What terrains emerge in and are funded through."),
}


def show_counts(seen: Overview) -> None:
    """Say in one line what the store holds, and where the last rating was given."""
    say = speaker()
    parts = [
        n("{count} terrain", "{count} terrains", seen.terrains),
        n("{count} framework", "{count} frameworks", seen.frameworks),
    ]
    if seen.last_saved_at and seen.last_saved_terrain:
        when = say.moment(seen.last_saved_at)
        parts.append(t("last rating: {terrain}, {when}", terrain=seen.last_saved_terrain, when=when))
    st.caption(plain(" · ".join(parts)))


def show_doors() -> None:
    """Show what to do next: four doors."""
    for place, (address, words) in zip(st.columns(len(DOORS)), DOORS.items(), strict=True):
        with place.container(border=True, height="stretch"):
            link(address)
            st.caption(t(words))


def show_result(board: Scoreboard) -> None:
    """Show the ranking in short and the radar of the first terrains, or what to do without any."""
    ranked = board.ranking.ranked[:SHOWN]
    st.subheader(t("The candidates at a glance"))
    if not ranked:
        st.info(t("No terrain has a complete score yet."), icon=":material/info:")
        link("terrains", t("See the terrains"))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        say = speaker()
        rows = [
            [
                Cell(str(row.rank)),
                Cell(board.terrains[row.terrain].name, words=True),
                Cell(say.number(row.score.ect.value, 1)),
                Cell(say.number(row.score.selection_total.value, 1)),
                Cell(say.number(row.score.total.value, 1), strong=True),
            ]
            for row in ranked
        ]
        grid = board.grid
        headers = [
            t("Rank"),
            t("Terrain"),
            t("ECT") + f" /{grid.ect_maximum}",
            t("Selection") + f" /{grid.selection_maximum}",
            t("Total") + f" /{Unit.POINTS.value}",
        ]
        show_table(headers, rows, caption=t("Both sections stand beside the total."), words=2)
        show_leaders(board)
        for row in board.ranking.incomplete:
            low, high = row.score.total.low, row.score.total.high
            st.caption(
                plain(
                    t(
                        "{terrain}: not ranked, between {low} and {high}.",
                        terrain=board.terrains[row.terrain].name,
                        low=say.short(low, 1),
                        high=say.short(high, 1),
                    )
                )
            )
        link("classement", t("The whole table"))
    with right:
        show_chart(
            profile_radar(
                {board.terrains[row.terrain].name: row.score for row in ranked},
                pillar_labels(board.grid, language()),
                speaker(),
                description=t("Radar of the four pillars, from 0 at the centre to 2 at the rim."),
                width=280 if narrow() else 400,
                label_room=66 if narrow() else 84,
                wrap=12,
                ink=ink(),
            ),
            key="home:radar",
            width="content",
            picture=t("Radar of the pillars"),
        )
