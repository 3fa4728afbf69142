"""The parts of the page Compare: who is compared, and line by line what tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from ect.domain.comparison import MOST, Difference, differences
from ect.domain.grid import Criterion, Grid
from ect.domain.scoring import Score, score
from ect.domain.terrain import Terrain, TerrainKind
from ect.services.scores import Scoreboard
from ect.ui.components.chart import show_chart
from ect.ui.components.profile import pillar_labels, profile_dots, profile_radar
from ect.ui.components.table import Cell, show_table
from ect.ui.context import ink, language, narrow, speaker, t
from ect.ui.feedback import plain
from ect.wording import TERRAIN_TEXTS

RECORD_LINES = (
    "genesis",
    "context",
    "objective",
    "actors",
    "main_brake",
    "main_lever",
    "situation",
)


def choose_terrains(terrains: Mapping[str, Terrain], board: Scoreboard) -> list[str]:
    """Let the reader choose up to 6 terrains, mirrors included; the ranked ones at first."""
    usual = [row.terrain for row in board.ranking.ranked][:MOST]
    return st.multiselect(
        t("Terrains to compare"),
        list(terrains),
        default=[code for code in usual if code in terrains],
        format_func=lambda code: _name(terrains[code]),
        max_selections=MOST,
        placeholder=t("Choose from two to six terrains"),
        key="compare:terrains",
    )


def with_mean(scores: Mapping[str, Score], board: Scoreboard, label: str) -> dict[str, Score]:
    """Add the mean of the ranked terrains, as if it were a terrain."""
    if board.means is None:
        return dict(scores)
    return {**scores, label: score(board.grid, board.means.columns)}


def show_profiles(scores: Mapping[str, Score], grid: Grid) -> None:
    """Show the radar of the pillars, and beside it the same values as dots."""
    axes, small = pillar_labels(grid, language()), narrow()
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(
            profile_radar(
                scores,
                axes,
                speaker(),
                description=t("Radar of the four pillars, from 0 at the centre to 2 at the rim."),
                width=280 if small else 470,
                label_room=66 if small else 90,
                wrap=12,
                ink=ink(),
            ),
            key="compare:radar",
            width="content",
            picture=t("Radar of the pillars"),
        )
    with right:
        show_chart(
            profile_dots(
                scores,
                axes,
                speaker(),
                description=t("Dot plot of the four pillars, from 0 to 2."),
                narrow=narrow(),
            ),
            key="compare:dots",
            sentence=_widest_pillar(scores, axes),
            picture=t("Dot plot of the pillars"),
        )


def show_totals(scores: Mapping[str, Score], grid: Grid) -> None:
    """Show the two sections and the total of each, side by side."""
    say = speaker()
    rows = []
    for name, result in scores.items():
        cells = [Cell(name)]
        for measure in (result.ect, result.selection_total, result.total):
            if measure.complete:
                cells.append(Cell(say.short(measure.value, 2)))
            else:
                low, high = say.short(measure.low, 1), say.short(measure.high, 1)
                cells.append(Cell(t("{low} to {high}", low=low, high=high), muted=True))
        rows.append(cells)
    headers = [
        t("Terrain"),
        t("ECT") + f" /{grid.ect_maximum}",
        t("Selection") + f" /{grid.selection_maximum}",
        t("Total") + f" /{grid.maximum}",
    ]
    show_table(headers, rows)


def show_differences(scores: Mapping[str, Score], grid: Grid) -> None:
    """Show every line that tells the terrains apart, the heaviest first, with its descriptors."""
    say = speaker()
    lines = sorted(differences(scores), key=lambda line: -line.effect)
    apart = [line for line in lines if line.effect]
    labels = _labels(grid)
    if not apart:
        st.info(t("Nothing that is known tells these terrains apart."), icon=":material/info:")
        return
    headers = [t("Criterion or pillar"), *scores, t("Points of total")]
    rows = [
        [
            Cell(labels[line.code]),
            *(Cell(say.short(value)) for value in line.values.values()),
            Cell(say.short(line.effect, 1), strong=True),
        ]
        for line in apart
    ]
    show_table(headers, rows, caption=t("From the widest gap to the narrowest, in points of total."))
    described = {criterion.code: criterion for criterion in grid.ect_criteria}
    for line in apart:
        if line.code in described:
            _show_descriptors(described[line.code], line, labels[line.code])
    equal = [labels[line.code] for line in lines if not line.effect and _known(line) > 1]
    if equal:
        st.caption(plain(t("Equal for all: {labels}.", labels=", ".join(equal))))


def show_records(terrains: list[Terrain]) -> None:
    """Show the records side by side: what the figures do not say, mirrors above all."""
    rows = []
    for field in RECORD_LINES:
        texts = [getattr(terrain, field) for terrain in terrains]
        if any(texts):
            rows.append([Cell(t(TERRAIN_TEXTS[field])), *(Cell(text or "–", words=True) for text in texts)])
    if rows:
        headers = ["", *(terrain.name for terrain in terrains)]
        show_table(headers, rows, caption=t("Records, as the report words them."), words=len(headers))


def _show_descriptors(criterion: Criterion, line: Difference, label: str) -> None:
    with st.expander(plain(label)):
        for name, value in line.values.items():
            st.markdown(f"**{plain(name)}** – {plain(_meaning(criterion, value))}")


def _meaning(criterion: Criterion, value: Fraction | None) -> str:
    if value is None:
        return t("not known")
    if value.denominator != 1:
        return speaker().short(value)
    return speaker().pair(str(value), criterion.level(int(value)).descriptor.read(language()))


def _labels(grid: Grid) -> dict[str, str]:
    return pillar_labels(grid, language()) | {c.code: c.label.read(language()) for c in grid}


def _known(line: Difference) -> int:
    return sum(value is not None for value in line.values.values())


def _name(terrain: Terrain) -> str:
    return t("{name} (mirror)", name=terrain.name) if terrain.kind is TerrainKind.MIRROR else terrain.name


def _widest_pillar(scores: Mapping[str, Score], axes: Mapping[str, str]) -> str:
    gaps = {}
    for code in axes:
        known = [v for s in scores.values() if (v := s.part(code).measure.value) is not None]
        if len(known) > 1:
            gaps[code] = max(known) - min(known)
    if not gaps or not max(gaps.values()):
        return t("On the pillars, nothing that is known tells these terrains apart.")
    widest = max(gaps, key=lambda code: gaps[code])
    return t(
        "The widest gap is on “{pillar}”: {gap} on 2.",
        pillar=axes[widest],
        gap=speaker().short(gaps[widest]),
    )
