"""A meeting's life: its stages, who may do what in each, what may be seen, and which votes count.

prepared -> open (joining) -> rating, round 1 -> revealed -> [rating, round n, on chosen criteria ->
revealed] -> deciding -> closed. Going back is allowed except across a reveal: what was seen cannot be
unseen. Everything here is pure; the services ask it before they write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ect.domain.agreement import Distribution, distributions
from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.rating import Rating
from ect.domain.votes import Cell, Vote

TITLE_LIMIT, NAME_LIMIT, REASON_LIMIT = 120, 60, 500
TERRAINS = (1, 12)
SELECTION = "selection"


class Stage(StrEnum):
    """Where a meeting stands."""

    PREPARED = "prepared"
    OPEN = "open"
    RATING = "rating"
    REVEALED = "revealed"
    DECIDING = "deciding"
    CLOSED = "closed"


class Role(StrEnum):
    """Who somebody is in a meeting; a facilitator who also votes has a seat, and acts as either."""

    FACILITATOR = "facilitator"
    PARTICIPANT = "participant"
    OUTSIDER = "outsider"


class Action(StrEnum):
    """What can be done in a meeting."""

    PREPARE = "prepare"
    SET_SECRECY = "set_secrecy"
    DELETE = "delete"
    OPEN = "open"
    BACK = "back"
    JOIN = "join"
    RECUSE = "recuse"
    MANAGE_SEATS = "manage_seats"
    HAND_OVER = "hand_over"
    POINT = "point"
    START_ROUND = "start_round"
    RATE = "rate"
    ENTER_PAPER = "enter_paper"
    REVEAL = "reveal"
    SEE_PROGRESS = "see_progress"
    SEE_RESULTS = "see_results"
    START_DECIDING = "start_deciding"
    DECIDE = "decide"
    CLOSE = "close"


class Abstentions(StrEnum):
    """What becomes of a criterion that some do not know or abstain on.

    ``LEFT_OUT``: its value is the mean of the levels given, however few. ``HALF``: it is unknown, an
    interval, unless at least half of those who answered gave a level.
    """

    LEFT_OUT = "left_out"
    HALF = "half"


class Verdict(StrEnum):
    """What the committee decides of a terrain."""

    CHOSEN = "chosen"
    SHORTLISTED = "shortlisted"
    ADJOURNED = "adjourned"
    SET_ASIDE = "set_aside"


A, S, R = Action, Stage, Role
_SEATS = {A.JOIN, A.RECUSE, A.MANAGE_SEATS, A.HAND_OVER}
_LEAD = {A.POINT, A.SEE_PROGRESS}

# The one table of who may do what, when. What is absent is refused; outsiders may only join.
PERMITTED: Mapping[tuple[Stage, Role], frozenset[Action]] = {
    (S.PREPARED, R.FACILITATOR): frozenset(
        {A.PREPARE, A.SET_SECRECY, A.DELETE, A.OPEN, A.RECUSE, A.MANAGE_SEATS}
    ),
    (S.OPEN, R.FACILITATOR): frozenset(
        {A.PREPARE, A.SET_SECRECY, A.DELETE, A.BACK, A.START_ROUND} | _SEATS | _LEAD
    ),
    (S.RATING, R.FACILITATOR): frozenset({A.BACK, A.ENTER_PAPER, A.REVEAL} | _SEATS | _LEAD),
    (S.REVEALED, R.FACILITATOR): frozenset({A.START_ROUND, A.SEE_RESULTS, A.START_DECIDING} | _SEATS | _LEAD),
    (S.DECIDING, R.FACILITATOR): frozenset({A.BACK, A.SEE_RESULTS, A.DECIDE, A.CLOSE} | _SEATS | _LEAD),
    (S.CLOSED, R.FACILITATOR): frozenset({A.SEE_RESULTS, A.SEE_PROGRESS}),
    (S.PREPARED, R.PARTICIPANT): frozenset(),
    (S.OPEN, R.PARTICIPANT): frozenset({A.JOIN, A.RECUSE}),
    (S.RATING, R.PARTICIPANT): frozenset({A.JOIN, A.RECUSE, A.RATE}),
    (S.REVEALED, R.PARTICIPANT): frozenset({A.JOIN, A.RECUSE, A.SEE_RESULTS}),
    (S.DECIDING, R.PARTICIPANT): frozenset({A.JOIN, A.RECUSE, A.SEE_RESULTS}),
    (S.CLOSED, R.PARTICIPANT): frozenset({A.SEE_RESULTS}),
    (S.PREPARED, R.OUTSIDER): frozenset(),
    (S.OPEN, R.OUTSIDER): frozenset({A.JOIN}),
    (S.RATING, R.OUTSIDER): frozenset({A.JOIN}),
    (S.REVEALED, R.OUTSIDER): frozenset({A.JOIN}),
    (S.DECIDING, R.OUTSIDER): frozenset({A.JOIN}),
    (S.CLOSED, R.OUTSIDER): frozenset(),
}

_NEXT: Mapping[tuple[Stage, Action], Stage] = {
    (S.PREPARED, A.OPEN): S.OPEN,
    (S.OPEN, A.BACK): S.PREPARED,
    (S.OPEN, A.START_ROUND): S.RATING,
    (S.RATING, A.BACK): S.OPEN,
    (S.RATING, A.REVEAL): S.REVEALED,
    (S.REVEALED, A.START_ROUND): S.RATING,
    (S.REVEALED, A.START_DECIDING): S.DECIDING,
    (S.DECIDING, A.BACK): S.REVEALED,
    (S.DECIDING, A.CLOSE): S.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Status:
    """Where a meeting stands: its stage, the number of its last round (0 before the first), its secrecy."""

    stage: Stage = Stage.PREPARED
    round: int = 0
    blind: bool = True

    @property
    def visible_rounds(self) -> int:
        """How many rounds, from the first, may be seen: never the one being rated blind."""
        if self.stage is Stage.RATING and self.blind:
            return self.round - 1
        return self.round

    def may(self, role: Role, action: Action) -> bool:
        """Tell whether a role may do something now.

        Two rules depend on more than the stage: results are seen while rating if the meeting is open
        (not blind) or an earlier round was revealed; a rating that followed a reveal is left by
        another reveal only.
        """
        if self.stage is Stage.RATING:
            if action is Action.SEE_RESULTS:
                return role is not Role.OUTSIDER and self.visible_rounds > 0
            if action is Action.BACK and self.round > 1:
                return False
        return action in PERMITTED[self.stage, role]

    def check(self, role: Role, action: Action) -> None:
        """Refuse what may not be done; ``DomainError("meeting_not_now")`` names stage and action."""
        if not self.may(role, action):
            raise DomainError("meeting_not_now", action=action, stage=self.stage, role=role)

    def after(self, action: Action) -> Status:
        """Return where the meeting stands once a facilitator has done something.

        Raises
        ------
        DomainError
            ``"meeting_not_now"`` if a facilitator may not do it now.

        """
        self.check(Role.FACILITATOR, action)
        stage = _NEXT.get((self.stage, action), self.stage)
        number = self.round
        if action is Action.START_ROUND:
            number += 1
        elif self.stage is Stage.RATING and action is Action.BACK:
            number -= 1
        return Status(stage, number, self.blind)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is settled before a meeting opens; the defaults are those of a blind, named meeting."""

    names_required: bool = True
    names_shown: bool = False
    blind: bool = True
    free_joining: bool = True
    abstentions: Abstentions = Abstentions.LEFT_OUT


def merged(rounds: Iterable[Iterable[Vote]]) -> list[Vote]:
    """Return each participant's last vote on each cell: a cell not rated again keeps its vote."""
    last: dict[tuple[str, Cell], Vote] = {}
    for votes in rounds:
        for vote in votes:
            last[vote.participant, (vote.terrain, vote.rating.criterion)] = vote
    return list(last.values())


def agreed_values(
    grid: Grid,
    ratings: Iterable[Rating],
    abstentions: Abstentions,
    overrides: Mapping[str, Fraction] | None = None,
) -> dict[str, Fraction]:
    """Return the profile a meeting arrives at for one terrain: exact values 0..2, unknowns absent.

    A criterion starts at the mean of its levels; ``overrides``, by criterion, stand in its place.

    Raises
    ------
    DomainError
        ``"criterion_unknown"``, or ``"override_out_of_range"`` if a value is not on 0..2.

    """
    values = {
        code: found.mean
        for code, found in distributions(grid, ratings).items()
        if found.mean is not None and _counts(found, abstentions)
    }
    for code, value in (overrides or {}).items():
        grid.criterion(code)
        if not 0 <= value <= 2:
            raise DomainError("override_out_of_range", criterion=code, value=value)
        values[code] = value
    return values


def criteria_of(grid: Grid, sections: Collection[str]) -> tuple[str, ...]:
    """Return the criteria a seat rates: those of its pillars, or all if none are assigned to it.

    ``SELECTION`` stands for the selection criteria.
    """
    by_section = {pillar.code: [c.code for c in pillar.criteria] for pillar in grid.pillars}
    by_section[SELECTION] = [c.code for c in grid.selection]
    kept = [codes for section, codes in by_section.items() if not sections or section in sections]
    return tuple(code for codes in kept for code in codes)


def _counts(found: Distribution, abstentions: Abstentions) -> bool:
    answered = found.given + found.unknown + found.abstained
    return abstentions is Abstentions.LEFT_OUT or 2 * found.given >= answered
