"""A choice as the text of its link: how many terrains, which constraints, which sets are listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from urllib.parse import quote, unquote

from ect.domain.choice import Constraint, Demand
from ect.domain.errors import DomainError
from ect.domain.portfolio import LIMIT
from ect.services.choosing import Eligible

# How many sets a page lists at the most, and how many constraints an address may hold.
MOST_SETS, MOST_CONSTRAINTS = 50, 40

_SIGNS = {Demand.AT_LEAST: "min", Demand.AT_MOST: "max", Demand.REQUIRED: "with", Demand.EXCLUDED: "without"}
_DEMANDS = {sign: demand for demand, sign in _SIGNS.items()}
_FIGURE = re.compile(r"(size|sets)=(\d{1,4})")
_GAP = re.compile(r"gap=(\d{1,4}(?:/[1-9]\d{0,3})?)")
_CONSTRAINT = re.compile(r"(min|max|with|without)(\d{0,4})=([^,=]*)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: ``size`` terrains (``None``: as many as is proposed), ``limit`` sets at the most."""

    size: int | None = None
    constraints: tuple[Constraint, ...] = ()
    gap: Fraction | None = None
    limit: int = LIMIT


def write_choice(asked: Asked) -> str:
    """Return the text of the link; empty for what nobody changed."""
    parts = [] if asked.size is None else [f"size={asked.size}"]
    parts += [_written(constraint) for constraint in asked.constraints]
    if asked.gap is not None:
        parts.append(f"gap={asked.gap}")
    if asked.limit != LIMIT:
        parts.append(f"sets={asked.limit}")
    return ",".join(parts)


def read_choice(text: str) -> Asked:
    """Return what a link asks; ``DomainError("choice_unreadable")`` names the part that is not understood."""
    asked = Asked()
    for part in filter(None, text.split(",")):
        asked = _read(asked, part)
    if len(asked.constraints) > MOST_CONSTRAINTS:
        raise DomainError("choice_too_many_constraints", limit=MOST_CONSTRAINTS, found=len(asked.constraints))
    return replace(asked, constraints=tuple(dict.fromkeys(asked.constraints)))


def within(found: Eligible, asked: Asked) -> tuple[Asked, tuple[Constraint, ...]]:
    """Keep what can be asked of these terrains; return what cannot any more beside it.

    A size that nobody chose is 3, or all terrains but one where they are fewer.
    """
    groups = {group.name for group in found.groups}
    lost = tuple(
        constraint
        for constraint in asked.constraints
        if constraint.of
        not in (found.scores if constraint.demand in {Demand.REQUIRED, Demand.EXCLUDED} else groups)
    )
    most = len(found.scores)
    proposed = min(3, max(1, most - 1)) if asked.size is None else asked.size
    return (
        replace(
            asked,
            size=max(1, min(proposed, most)),
            constraints=tuple(constraint for constraint in asked.constraints if constraint not in lost),
            limit=max(1, min(asked.limit, MOST_SETS)),
        ),
        lost,
    )


def _written(constraint: Constraint) -> str:
    bound = constraint.bound if constraint.demand in {Demand.AT_LEAST, Demand.AT_MOST} else ""
    return f"{_SIGNS[constraint.demand]}{bound}={quote(constraint.of, safe='/')}"


def _read(asked: Asked, part: str) -> Asked:
    if figure := _FIGURE.fullmatch(part):
        count = int(figure[2])
        return replace(asked, size=count) if figure[1] == "size" else replace(asked, limit=count)
    if gap := _GAP.fullmatch(part):
        return replace(asked, gap=Fraction(gap[1]))
    found = _CONSTRAINT.fullmatch(part)
    if found is None or bool(found[2]) != found[1].startswith("m"):
        raise DomainError("choice_unreadable", part=part)
    constraint = Constraint(_DEMANDS[found[1]], unquote(found[3]), int(found[2] or 1))
    return replace(asked, constraints=(*asked.constraints, constraint))
