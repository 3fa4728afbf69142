"""The research programme the terrains belong to, as its interim report presents it."""

from __future__ import annotations

from dataclasses import dataclass

from ect.domain.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A titled list: an axis and its question, a pillar and what it means, what a funder expects."""

    title: Text
    text: Text = EMPTY
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One of the three hypotheses, with what the innovation committee answered."""

    title: Text
    text: Text
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept compared with the ECT: what they share, what sets them apart, what is asked."""

    name: str
    shared: tuple[str, ...]
    differences: tuple[str, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the programme; participants are organisations, roles, disciplines, not persons."""

    name: str
    level: str
    purposes: tuple[str, ...]
    facilitator: str
    participants: tuple[str, ...]
    frequency: str


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything the page Programme shows, in the report's order and words."""

    title: str
    period: str
    question: Text
    definition: Text
    source: str
    axes: tuple[Entry, ...]
    method: tuple[Text, ...]
    pillars: tuple[Entry, ...]
    hypotheses: tuple[Hypothesis, ...]
    transversal_feedback: tuple[str, ...]
    research_questions: tuple[Text, ...]
    objective_levels: tuple[str, ...]
    protocol: tuple[str, ...]
    objectives_2024: tuple[str, ...]
    concepts: tuple[Concept, ...]
    next_concepts: tuple[str, ...]
    roles: tuple[Entry, ...]
    bodies: tuple[Body, ...]
    calendar: tuple[Entry, ...]
    expectations: tuple[Entry, ...]
    strengths: tuple[str, ...]
    difficulties: tuple[str, ...]
    committee_lessons: tuple[Entry, ...]
