"""A group, a constraint, a number of points in words that can be repeated."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from ect.domain.choice import Constraint, Demand
from ect.domain.framework import FrameworkKind
from ect.i18n import half_up
from ect.services.choosing import Eligible, Group, GroupKind
from ect.services.reference import frameworks, programme
from ect.ui.context import language, n, speaker, t

SMALLEST = Fraction(1, 100)


def points(value: Fraction) -> str:
    """Say points: « 1,8 point », “1.8 points”; what would be written 0 and is not is said to be less."""
    if 0 < value < SMALLEST:
        return t("less than {points} point", points=speaker().short(SMALLEST))
    shown = half_up(value, 2)
    count = math.floor(shown) if language() == "fr" else math.ceil(shown) + (0 < shown < 1)
    return n("{points} point", "{points} points", count, points=speaker().short(value))


def figure(value: Fraction) -> str:
    """Write a difference: with two decimals at the most, and not as 0 unless it is."""
    if 0 < value < SMALLEST:
        return f"< {speaker().short(SMALLEST)}"
    return speaker().short(value)


def listed(found: Eligible, codes: Iterable[str]) -> str:
    """Name terrains one after the other; a dash for none."""
    return ", ".join(found.names[code] for code in codes) or "–"


def group_title(group: Group) -> str:
    """Name a group by itself: a theme, a framework, an axis."""
    if group.kind is GroupKind.FRAMEWORK:
        known = {entry.code: entry for entry in frameworks() if entry.kind is FrameworkKind.EMERGENCE}
        return known[group.code].label.read(language())
    if group.kind is GroupKind.AXIS:
        axis = programme().axes[int(group.code) - 1]
        return t("{number}. {title}", number=group.code, title=axis.title.read(language()))
    return group.code


def group_words(group: Group) -> str:
    """Say a group after the word terrain."""
    title = group_title(group)
    if group.kind is GroupKind.THEME:
        return t("of the theme “{theme}”", theme=title)
    if group.kind is GroupKind.FRAMEWORK:
        return t("of the framework of emergence “{framework}”", framework=title)
    if group.kind is GroupKind.AXIS:
        return t("with lessons on the axis “{axis}”", axis=title)
    if group.kind is GroupKind.FOLLOWED:
        return t("among those followed already")
    if group.code == GroupKind.THEME:
        return t("of a theme that no followed terrain has")
    return t("of a framework of emergence that no followed terrain has")


def can_be_chosen(found: Eligible, group: Group) -> str:
    """Say how many terrains of a group can be chosen."""
    return n("{count} can be chosen", "{count} can be chosen", found.open_to_choice(group))


def asking(found: Eligible, constraint: Constraint) -> str:
    """Say what a constraint asks, ready to be followed by what it costs."""
    if constraint.demand is Demand.REQUIRED:
        return t("Requiring {terrain}", terrain=found.names[constraint.of])
    if constraint.demand is Demand.EXCLUDED:
        return t("Setting {terrain} aside", terrain=found.names[constraint.of])
    group = found.group(constraint.of)
    words = group_words(group) if group else constraint.of
    if constraint.demand is Demand.AT_LEAST:
        return n(
            "Asking for at least {count} terrain {group}",
            "Asking for at least {count} terrains {group}",
            constraint.bound,
            group=words,
        )
    if not constraint.bound:
        return t("Refusing every terrain {group}", group=words)
    return n(
        "Taking at most {count} terrain {group}",
        "Taking at most {count} terrains {group}",
        constraint.bound,
        group=words,
    )
