"""Whether a terrain can be first, or k-th, under weights within bounds; a witness or a proof.

A yes is a witness: weights, evaluated exactly. A no is a mix of rivals (a convex combination) that
has more points than the terrain under every admissible weighting (Farkas' lemma), certified by the
exact maximum of the difference, which has a closed form inside each group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ect.domain.alternatives import Alternatives
from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.weight_bounds import Bounds
from ect.domain.weight_duel import Game, Mix
from ect.domain.weights import Weights

BUDGET = 200


@dataclass(frozen=True, slots=True)
class Possibility:
    """Whether a terrain can have a rank (or better) within bounds.

    Attributes
    ----------
    terrain, rank
        What was asked: rank 1 is first, level with others or not.
    possible
        ``None`` if it was not settled within the budget (never for rank 1).
    witness
        Admissible weights under which the terrain has that rank or better, evaluated exactly.
    mixes
        If impossible: ``rank`` mixes without a rival in common, each with a rival ahead whatever the
        weights; or fewer, where the proof needed to try which rivals to let past.
    incomplete
        The terrains left aside, something being unknown of them.

    """

    terrain: str
    rank: int
    possible: bool | None
    witness: Weights | None
    mixes: tuple[Mix, ...]
    incomplete: tuple[str, ...]


def can_reach(
    grid: Grid,
    table: Alternatives,
    bounds: Bounds,
    terrain: str,
    rank: int = 1,
    budget: int = BUDGET,
) -> Possibility:
    """Tell whether a terrain can have a rank, or a better one, under some weights within bounds.

    Parameters
    ----------
    grid, table
        The terrains; the incomplete ones are left aside.
    bounds
        By code, the least and the greatest weight (:func:`bounds_around`); all codes of the grid.
    terrain
        A complete terrain.
    rank
        From 1. Terrains that tie share the best of their places.
    budget
        How many linear programmes to solve at most for a rank above 1.

    Raises
    ------
    DomainError
        ``"terrain_not_ranked"`` for a terrain that is incomplete or not there, ``"rank_out_of_range"``
        for a rank below 1, ``"weight_bounds_empty"`` for a lower bound above the upper one or below
        0, ``"weights_all_zero"`` for a group that cannot weigh anything.

    """
    complete = table.complete
    if terrain not in complete.terrains:
        raise DomainError("terrain_not_ranked", terrain=terrain)
    if rank < 1:
        raise DomainError("rank_out_of_range", rank=rank)
    game = Game.of(grid, complete, bounds, terrain, budget)
    fatal = {rival: mix for rival in game.rivals if (mix := game.mix({rival: Fraction(1)}))}
    if len(fatal) >= rank:
        return Possibility(terrain, rank, False, None, tuple(fatal.values())[:rank], table.incomplete)
    rivals = [rival for rival in game.rivals if rival not in fatal]
    possible, witness, mixes = _search(game, rivals, rank - 1 - len(fatal))
    return Possibility(
        terrain,
        rank,
        possible,
        witness,
        (*fatal.values(), *mixes) if possible is False else (),
        table.incomplete,
    )


def _search(
    game: Game, rivals: Sequence[str], spare: int
) -> tuple[bool | None, Weights | None, tuple[Mix, ...]]:
    """Look for weights under which at most ``spare`` of the rivals are ahead."""
    verdict = game.duel(rivals)
    mixes: list[Mix] = []
    left = list(rivals)
    while isinstance(verdict, Mix):
        mixes.append(verdict)
        if len(mixes) > spare:
            return False, None, tuple(mixes)
        if game.budget <= 0:
            return None, None, ()
        passed = set(verdict.parts)
        left = [rival for rival in left if rival not in passed]
        verdict = game.duel(left)
    if game.ahead(verdict, rivals) <= spare:
        return True, verdict, ()
    return _let_past(game, rivals, spare, mixes)


def _let_past(
    game: Game, rivals: Sequence[str], spare: int, mixes: Sequence[Mix]
) -> tuple[bool | None, Weights | None, tuple[Mix, ...]]:
    """Let each rival of the first mix past in turn: one of them is ahead whatever the weights."""
    possible: bool | None = False
    for past in mixes[0].parts:
        if game.budget <= 0:
            return None, None, ()
        found, witness, _ = _search(game, [rival for rival in rivals if rival != past], spare - 1)
        if found:
            return True, witness, ()
        possible = None if found is None else possible
    return possible, None, tuple(mixes) if possible is False else ()
