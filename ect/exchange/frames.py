"""The tidy frames, one observation a row, and the codebook that says what each column means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ect.domain.meeting import Abstentions, Stage, Verdict
from ect.domain.rating import Answer, Basis
from ect.domain.terrain import TerrainKind
from ect.i18n import marked as _
from ect.services import observations
from ect.services.observations import Reading
from ect.storage.database import Database


class Kind(StrEnum):
    """What is in a column. A ``CODE`` is one of few texts, a ``TEXT`` is somebody's words."""

    CODE = "code"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a frame; ``meaning`` is a message, ``allowed`` the values there can be."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A table of observations: what one row is, its columns, and what yields its rows."""

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: Callable[[Database, Reading], Iterator[tuple[Any, ...]]]


def _one_of(*values: str) -> str:
    return " | ".join(values)


CODE, TEXT, INTEGER, NUMBER = Kind.CODE, Kind.TEXT, Kind.INTEGER, Kind.NUMBER
BOOLEAN, TIME = Kind.BOOLEAN, Kind.TIME
LEVEL, SHARE = "0..2", "true | false"
KINDS = _one_of(*TerrainKind)
FRAMEWORK_KINDS = "emergence | support | project_funding | support_funding"
PART_KINDS = "sum | pillar | ect_criterion | selection_criterion"

TERRAIN = Column("terrain", CODE, _("Code of the terrain: the same in every table."))
TERRAIN_NAME = Column("terrain_name", CODE, _("Name of the terrain."))
TERRAIN_KIND = Column("terrain_kind", CODE, _("Part the terrain plays in the programme."), allowed=KINDS)
ORIGIN = Column(
    "terrain_origin",
    CODE,
    _("Where the record comes from; “demo” was made up for a demonstration."),
    allowed="report | user | demo",
)
GRID = Column("grid", CODE, _("Version of the grid, as code/version."))
MEETING = Column("meeting", INTEGER, _("Number of the meeting; empty outside meetings."))
PARTICIPANT = Column(
    "participant",
    CODE,
    _("Pseudonym: P1, P2… in the order of the seats of a meeting; “room” at the projector. Never a name."),
)
CRITERION = Column("criterion", CODE, _("Code of the criterion in the grid."))
DEMO = Column(
    "demo", BOOLEAN, _("Whether it belongs to a demonstration: leave it out of any study."), allowed=SHARE
)
EXACT = Column("exact", CODE, _("The same value, exact, as a fraction."), allowed="n | n/d")

RATINGS = Frame(
    "ratings",
    _("One answer of one participant on one criterion of one terrain, in one round."),
    (
        Column("source", CODE, _("Where the answer was given."), allowed="room | meeting"),
        MEETING,
        Column("round", INTEGER, _("Round of the meeting, from 1; empty outside meetings.")),
        PARTICIPANT,
        TERRAIN,
        GRID,
        Column("part", CODE, _("Pillar of the criterion, or “selection”.")),
        CRITERION,
        Column(
            "answer",
            CODE,
            _("What was answered: a level, “I do not know”, or an abstention."),
            allowed=_one_of(*Answer),
        ),
        Column(
            "level",
            NUMBER,
            _("Level given; empty for any other answer: unknown is not zero."),
            "level",
            "0 | 0.5 | 1 | 1.5 | 2",
        ),
        Column("basis", CODE, _("What the answer rests on; may be empty."), allowed=_one_of(*Basis)),
        Column("comment", TEXT, _("What the participant wrote beside the answer.")),
        Column(
            "on_paper", BOOLEAN, _("Whether a paper sheet was typed in; empty outside meetings."), "", SHARE
        ),
        Column(
            "counted",
            BOOLEAN,
            _("Whether the answer counts: not if the seat was removed or recused."),
            allowed=SHARE,
        ),
        DEMO,
        Column("saved_at", TIME, _("When the answer was saved.")),
    ),
    observations.ratings,
)
SCORES = Frame(
    "scores",
    _("One computed value: a criterion, a pillar or a sum of one terrain, in one source of scores."),
    (
        TERRAIN,
        TERRAIN_NAME,
        TERRAIN_KIND,
        ORIGIN,
        GRID,
        Column(
            "source",
            CODE,
            _("What kind of scores: of a publication, of a meeting, imported, or the mean of the ratings."),
            allowed=_one_of(*observations.SOURCES),
        ),
        Column(
            "official",
            BOOLEAN,
            _("Whether the ranking uses this source for this terrain: the first there is, in that order."),
            allowed=SHARE,
        ),
        Column("part", CODE, _("Code of the criterion or pillar, or “ect”, “selection”, “total”.")),
        Column("part_kind", CODE, _("What the part is."), allowed=PART_KINDS),
        Column(
            "value",
            NUMBER,
            _("The value; empty while something in it is unknown."),
            "point",
            "0..2, ect 0..8, selection 0..18, total 0..34",
        ),
        EXACT,
        Column("low", NUMBER, _("With every unknown at 0."), "point"),
        Column("high", NUMBER, _("With every unknown at 2."), "point"),
        Column("known", INTEGER, _("How many criteria are known."), "criterion"),
        Column("count", INTEGER, _("How many criteria there are."), "criterion"),
        Column("weight", NUMBER, _("What one point of the part adds to the total; 1 for a sum of its own.")),
        Column("rank", INTEGER, _("Rank in the official ranking, on the rows of its totals; ties share it.")),
    ),
    observations.scores,
)
ASSESSMENTS = Frame(
    "assessments",
    _("One value of one dated, frozen score of one terrain."),
    (
        Column("assessment", INTEGER, _("Number of the assessment.")),
        TERRAIN,
        TERRAIN_NAME,
        GRID,
        Column("source", CODE, _("Publication, or “meeting/”, “demo/” or “import/” and a number.")),
        Column(
            "origin", CODE, _("What kind of source it is."), allowed="published | decided | imported | demo"
        ),
        MEETING,
        Column("phase", CODE, _("Phase of the project when it was assessed.")),
        Column("year", INTEGER, _("Year of the assessment."), "year"),
        Column("part", CODE, _("Code of the pillar or criterion; what is unknown has no row.")),
        Column("part_kind", CODE, _("What the part is."), allowed=PART_KINDS),
        Column("value", NUMBER, _("The value, rounded to what a number holds."), "level", LEVEL),
        EXACT,
    ),
    observations.assessments,
)
FRAMEWORKS = Frame(
    "frameworks",
    _("One framework of one terrain."),
    (
        TERRAIN,
        TERRAIN_NAME,
        TERRAIN_KIND,
        Column("framework_kind", CODE, _("Kind of framework."), allowed=FRAMEWORK_KINDS),
        Column("framework", CODE, _("Code in the catalogue; empty where the wording is in no entry.")),
        Column("label", CODE, _("Label in the catalogue, in French.")),
        Column("categories", CODE, _("What it does for a project."), allowed="starter | booster"),
        Column("wording", TEXT, _("The framework as worded for this terrain.")),
        Column(
            "interpreted",
            BOOLEAN,
            _("Whether tying the wording to the entry is this product's reading, not the report's."),
            allowed=SHARE,
        ),
    ),
    observations.framework_uses,
)
CATALOGUE = Frame(
    "framework_catalogue",
    _("One framework of the catalogue, used or not."),
    (
        Column("framework_kind", CODE, _("Kind of framework."), allowed=FRAMEWORK_KINDS),
        Column("framework", CODE, _("Code of the framework within its kind.")),
        Column("place", INTEGER, _("Place in the report's list, from 1.")),
        Column("label_fr", TEXT, _("Label, in French.")),
        Column("label_en", TEXT, _("Label, in English.")),
        Column("categories", CODE, _("What it does for a project."), allowed="starter | booster"),
        Column("description", TEXT, _("Description, in French.")),
        Column("examples", TEXT, _("Examples, separated by bars.")),
    ),
    observations.framework_catalogue,
)
TERRAINS = Frame(
    "terrains",
    _("One terrain, archived or not."),
    (
        TERRAIN,
        TERRAIN_NAME,
        TERRAIN_KIND,
        ORIGIN,
        Column("archived", BOOLEAN, _("Whether it was taken out of rankings and lists."), allowed=SHARE),
        Column("full_name", TEXT, _("Full name.")),
        Column("year", INTEGER, _("Year it is followed from, or a candidate in."), "year"),
        Column("status", CODE, _("Status, as a code.")),
        Column("status_text", TEXT, _("Status, in words.")),
        Column("territory", TEXT, _("Territory.")),
        Column("themes", TEXT, _("Themes, separated by bars.")),
        Column("mirrors_of", TEXT, _("Codes of the terrains it mirrors, separated by bars.")),
        Column("context", TEXT, _("Context.")),
        Column("objective", TEXT, _("Objective.")),
        Column("genesis", TEXT, _("Genesis.")),
        Column("actors", TEXT, _("Actors.")),
        Column("main_brake", TEXT, _("Main brake.")),
        Column("main_lever", TEXT, _("Main lever.")),
        Column("experiments", TEXT, _("Experiments, separated by bars.")),
        Column("lessons", TEXT, _("Lessons, each after the number of its axis, separated by bars.")),
        Column("questions", TEXT, _("Questions, separated by bars.")),
        Column("situation", TEXT, _("Where it stands.")),
        Column("interest", TEXT, _("Why it is of interest.")),
        Column("follow_up", TEXT, _("What follows, separated by bars.")),
        Column("caveat", TEXT, _("What the report says against it.")),
        Column("reference", TEXT, _("Where in the report the record comes from.")),
    ),
    observations.terrain_records,
)
GRID_ENTRIES = Frame(
    "grid",
    _("One criterion of one version of the grid."),
    (
        GRID,
        Column("section", CODE, _("Section of the grid."), allowed="ect | selection"),
        Column("pillar", CODE, _("Code of the pillar; empty for a selection criterion.")),
        Column("pillar_fr", TEXT, _("Pillar, in French.")),
        Column("pillar_en", TEXT, _("Pillar, in English.")),
        Column("place", INTEGER, _("Place in the pillar or in the section, from 1.")),
        CRITERION,
        Column("label_fr", TEXT, _("Label, in French.")),
        Column("label_en", TEXT, _("Label, in English.")),
        Column("level_0", TEXT, _("Descriptor of level 0, in French.")),
        Column("level_1", TEXT, _("Descriptor of level 1, in French.")),
        Column("level_2", TEXT, _("Descriptor of level 2, in French.")),
        Column("step", NUMBER, _("Smallest difference between two answers."), "level", "0.5 | 1"),
        Column("weight", NUMBER, _("What one level adds to the total, with the published weights."), "point"),
    ),
    observations.grid_entries,
)
MEETINGS = Frame(
    "meetings",
    _("One meeting."),
    (
        MEETING,
        Column("title", TEXT, _("Title of the meeting.")),
        GRID,
        Column("stage", CODE, _("Where the meeting stands."), allowed=_one_of(*Stage)),
        Column("round", INTEGER, _("Number of the last round; 0 before the first.")),
        Column("rounds_revealed", INTEGER, _("How many rounds were revealed: only their answers are here.")),
        Column(
            "blind", BOOLEAN, _("Whether nobody sees the others' ratings before the reveal."), allowed=SHARE
        ),
        Column("names_shown", BOOLEAN, _("Whether names stand beside ratings in the room."), allowed=SHARE),
        Column(
            "abstentions",
            CODE,
            _("What becomes of a criterion that few gave a level to."),
            allowed=_one_of(*Abstentions),
        ),
        Column("terrains", INTEGER, _("How many terrains are in the meeting."), "terrain"),
        Column("seats", INTEGER, _("How many seats there are, removed ones left out."), "seat"),
        DEMO,
        Column("created_at", TIME, _("When the meeting was prepared.")),
        Column("closed_at", TIME, _("When the meeting was closed; empty before.")),
    ),
    observations.meetings,
)
PARTICIPANTS = Frame(
    "participants",
    _("One seat of one meeting, by pseudonym."),
    (
        MEETING,
        PARTICIPANT,
        Column(
            "seat_kind",
            CODE,
            _("A person with a device, a paper sheet, or a simulated participant."),
            allowed="person | paper | simulated",
        ),
        Column("facilitator", BOOLEAN, _("Whether this seat leads the meeting."), allowed=SHARE),
        Column("removed", BOOLEAN, _("Whether the seat was removed."), allowed=SHARE),
        Column("joined", BOOLEAN, _("Whether somebody sat there."), allowed=SHARE),
        Column("sections", TEXT, _("Parts of the grid the seat rates, separated by bars; empty for all.")),
    ),
    observations.participants,
)
DECISIONS = Frame(
    "decisions",
    _("One terrain of one meeting, with what was decided of it."),
    (
        MEETING,
        TERRAIN,
        Column("place", INTEGER, _("Place of the terrain in the meeting.")),
        Column("verdict", CODE, _("The decision; empty before."), allowed=_one_of(*Verdict)),
        Column("motive", TEXT, _("Why.")),
        DEMO,
    ),
    observations.decisions,
)
SETTLED = Frame(
    "settled_values",
    _("One value a committee settled on in place of the mean."),
    (
        MEETING,
        TERRAIN,
        CRITERION,
        Column("value", NUMBER, _("The value settled on."), "level", LEVEL),
        EXACT,
        Column("reason", TEXT, _("Why it stands in place of the mean.")),
    ),
    observations.settled_values,
)
RECUSALS = Frame(
    "recusals",
    _("One participant who neither rates a terrain nor sees its ratings."),
    (MEETING, PARTICIPANT, TERRAIN, Column("declared_at", TIME, _("When it was declared."))),
    observations.recusals,
)
REOPENED = Frame(
    "reopened",
    _("One criterion of one terrain that a later round asked for again."),
    (MEETING, Column("round", INTEGER, _("The round that asks again, from 2.")), TERRAIN, CRITERION),
    observations.reopened,
)
SCENARIOS = Frame(
    "scenarios",
    _("One named supposition."),
    (
        Column("scenario", TEXT, _("Name of the scenario.")),
        Column("note", TEXT, _("What was noted about it.")),
        GRID,
        Column("source", CODE, _("The scores it supposes from.")),
        Column("supposition", TEXT, _("What it supposes, as its link holds it.")),
        Column("created_at", TIME, _("When it was saved.")),
    ),
    observations.scenarios,
)
EVENTS = Frame(
    "events",
    _("One event of the audit, chained to the one before."),
    (
        Column("event_number", INTEGER, _("Number of the event.")),
        Column("of", CODE, _("The meeting it happened in.")),
        Column("at", TIME, _("When it happened.")),
        Column("actor", CODE, _("Who did it, by pseudonym.")),
        Column("event", CODE, _("What happened.")),
        Column("details", TEXT, _("What it is about, as JSON.")),
        Column("digest", TEXT, _("Digest of the event and of all before it.")),
    ),
    observations.events,
)
FRAMES = (
    RATINGS,
    SCORES,
    ASSESSMENTS,
    FRAMEWORKS,
    CATALOGUE,
    TERRAINS,
    GRID_ENTRIES,
    MEETINGS,
    PARTICIPANTS,
    DECISIONS,
    SETTLED,
    RECUSALS,
    REOPENED,
    SCENARIOS,
    EVENTS,
)


def all_frames() -> tuple[Frame, ...]:
    """Return our frames, then each table none of them tells, as it is."""
    plain = _("A column of the store, as it is.")
    rest = (
        Frame(
            name,
            _("One row of a table of the store, as it is."),
            tuple(Column(column, TEXT, plain) for column in columns),
            rows,
        )
        for name, (columns, rows) in observations.untold().items()
    )
    return (*FRAMES, *rest)


def codebook(language: str) -> list[tuple[str, str, str, str, str, str]]:
    """Return a line a column: frame, column, type, meaning in a language, unit, allowed values."""
    from ect.i18n import Speaker

    say = Speaker(language)
    return [
        (frame.name, column.name, column.kind.value, say.t(column.meaning), column.unit, column.allowed)
        for frame in all_frames()
        for column in frame.columns
    ]
