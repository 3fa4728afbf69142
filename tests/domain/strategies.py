"""What Hypothesis draws from: exact values, profiles on the grid, sets of terrains."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hypothesis import strategies as st

from ect.domain.grid import Criterion, Grid, Pillar
from ect.domain.votes import Vote
from tests.domain.builders import GRID, vote

# Halves, thirds and fifths of a point: means over two, three or five people.
means = st.sampled_from((2, 3, 5)).flatmap(
    lambda n: st.integers(0, 2 * n).map(lambda points: Fraction(points, n))
)


@st.composite
def profiles(draw: st.DrawFn, grid: Grid = GRID, complete: bool = False) -> dict[str, Fraction]:
    """Draw a profile: each pillar by its mean or by its criteria, anything unknown or nothing."""
    profile: dict[str, Fraction] = {}
    for pillar in grid.pillars:
        by_mean = draw(st.booleans())
        profile |= draw(_values([pillar] if by_mean else pillar.criteria, complete))
    return profile | draw(_values(grid.selection, complete))


@st.composite
def level_profiles(draw: st.DrawFn, grid: Grid = GRID, unknown: int = 0) -> dict[str, Fraction]:
    """Draw levels as a person gives them, with at most ``unknown`` criteria left out."""
    left_out = draw(st.sets(st.sampled_from([c.code for c in grid]), max_size=unknown))
    return {
        criterion.code: draw(st.sampled_from(criterion.answers))
        for criterion in grid
        if criterion.code not in left_out
    }


@st.composite
def votes(
    draw: st.DrawFn,
    grid: Grid,
    participants: str = "abcd",
    terrains: tuple[str, ...] = ("home",),
    silent: bool = True,
) -> list[Vote]:
    """Draw a meeting: each participant's level on each cell; with ``silent``, some give none."""
    return [
        vote(participant, criterion.code, level, terrain)
        for terrain in terrains
        for criterion in grid
        for participant in participants
        for level in [draw(st.sampled_from((*criterion.answers, *[None] * silent)))]
    ]


def _values(entries: Iterable[Pillar | Criterion], complete: bool) -> st.SearchStrategy[dict[str, Fraction]]:
    codes = {entry.code: means for entry in entries}
    if complete:
        return st.fixed_dictionaries(codes)
    return st.fixed_dictionaries({}, optional=codes)
