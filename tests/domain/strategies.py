"""What Hypothesis draws from: exact values, profiles on the grid, sets of terrains."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hypothesis import strategies as st

from ect.domain.grid import Criterion, Grid, Pillar
from tests.domain.builders import GRID

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


def _values(entries: Iterable[Pillar | Criterion], complete: bool) -> st.SearchStrategy[dict[str, Fraction]]:
    codes = {entry.code: means for entry in entries}
    if complete:
        return st.fixed_dictionaries(codes)
    return st.fixed_dictionaries({}, optional=codes)
