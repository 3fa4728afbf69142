"""Reads the reference data: TOML files into domain values, or one error naming file and entry."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, TypeAdapter, ValidationError

from ect.domain.errors import DomainError
from ect.domain.framework import Category, Framework, FrameworkKind, Question
from ect.domain.grid import Criterion, Grid, Level, Pillar
from ect.domain.programme import Programme
from ect.domain.publication import Publication, PublishedRow
from ect.domain.terrain import TERRAIN_FIELDS, Terrain
from ect.domain.text import Text

HALF = Fraction(1, 2)
Built = TypeVar("Built")


def _exact(text: object) -> Fraction:
    try:
        return Fraction(str(text))
    except ZeroDivisionError as error:
        raise ValueError(str(error)) from None


# Files hold text: an entry that names a kind, a category or a fraction is read from its wording.
KindName = Annotated[FrameworkKind, Field(strict=False)]
CategoryName = Annotated[Category, Field(strict=False)]
Exact = Annotated[Fraction, PlainValidator(_exact)]


class Shape(BaseModel):
    """The shape of an entry of a file: nothing missing, nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LevelShape(Shape):
    """A level of a criterion."""

    value: int
    descriptor: str
    descriptor_en: str = ""


class CriterionShape(Shape):
    """A criterion."""

    code: str
    label: str
    label_en: str = ""
    table_label: str = ""
    levels: list[LevelShape] = []
    note: str = ""
    note_en: str = ""


class PillarShape(Shape):
    """A pillar and its criteria."""

    code: str
    label: str
    label_en: str = ""
    table_label: str = ""
    criteria: list[CriterionShape]


class GridShape(Shape):
    """A version of the grid."""

    code: str
    version: str
    title: str
    title_en: str = ""
    source: str
    ect_factor: int
    pillars: list[PillarShape]
    selection: list[CriterionShape]


class RowShape(Shape):
    """A line of a published table."""

    terrain: str
    label: str
    printed: dict[str, str]
    exact: dict[str, Exact]
    caveat: str = ""
    caveat_en: str = ""


class MeanShape(Shape):
    """The mean line of a published table."""

    label: str
    printed: dict[str, str]


class PublicationShape(Shape):
    """A published score table."""

    code: str
    title: str
    source: str
    year: int
    grid_version: str
    printed_maximum: int
    headers: dict[str, str]
    rows: list[RowShape]
    mean: MeanShape


class KindShape(Shape):
    """A kind of framework."""

    code: KindName
    label: str
    label_en: str = ""
    description: str = ""
    description_en: str = ""


class FrameworkShape(Shape):
    """An entry of the catalogue of frameworks."""

    kind: KindName
    code: str
    rank: int
    label: str
    label_en: str = ""
    categories: list[CategoryName] = []
    description: str = ""
    description_en: str = ""
    examples: list[str] = []


class QuestionShape(Shape):
    """A question asked of the frameworks of emergence."""

    rank: int
    text: str
    text_en: str = ""


class FrameworksShape(Shape):
    """The file of frameworks."""

    kinds: list[KindShape]
    frameworks: list[FrameworkShape]
    questions: list[QuestionShape]


@dataclass(frozen=True, slots=True)
class FrameworkKindText:
    """How a kind of framework is called and described."""

    label: Text
    description: Text


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The frameworks, their kinds and the questions."""

    kinds: Mapping[FrameworkKind, FrameworkKindText]
    frameworks: tuple[Framework, ...]
    questions: tuple[Question, ...]


def read_toml(path: Path) -> dict[str, Any]:
    """Read a file; ``DomainError("data_unreadable")`` if it is missing or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unreadable(path.name, error.strerror or str(error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unreadable(path.name, str(error)) from None


def grid_from(document: Mapping[str, Any], origin: str) -> Grid:
    """Validate a grid's document and return the grid; ``origin`` is the file an error names."""
    shape = _checked(origin, lambda: GridShape.model_validate(document))
    return _checked(origin, lambda: _grid(shape))


def load_publication(path: Path) -> Publication:
    """Read a published score table."""
    shape = _checked(path.name, lambda: PublicationShape.model_validate(read_toml(path)))
    return _checked(path.name, lambda: _publication(shape))


def load_catalogue(path: Path) -> Catalogue:
    """Read the frameworks, their kinds and the questions."""
    shape = _checked(path.name, lambda: FrameworksShape.model_validate(read_toml(path)))
    return _checked(path.name, lambda: _catalogue(shape))


def load_terrain(path: Path) -> Terrain:
    """Read a terrain's record from the reference data."""
    document = {**read_toml(path), "origin": "report"}
    return _checked(path.name, lambda: _whole(document, terrain_from(document)))


def load_programme(path: Path) -> Programme:
    """Read the programme."""
    document = read_toml(path)
    return _checked(path.name, lambda: _programme(_with_texts(document)))


def terrain_from(record: Mapping[str, Any]) -> Terrain:
    """Return the terrain of a record; unknown entries are refused."""
    for name in record:
        if name not in TERRAIN_FIELDS:
            raise DomainError("data_entry_unknown", entry=name)
    return _terrain_adapter().validate_python(dict(record))


@cache
def _terrain_adapter() -> TypeAdapter[Terrain]:
    return TypeAdapter(Terrain)


def _grid(shape: GridShape) -> Grid:
    return Grid(
        code=shape.code,
        version=shape.version,
        title=Text(shape.title, shape.title_en),
        source=shape.source,
        ect_factor=shape.ect_factor,
        pillars=tuple(
            Pillar(
                code=pillar.code,
                label=Text(pillar.label, pillar.label_en),
                table_label=pillar.table_label,
                criteria=tuple(_criterion(c, Fraction(1)) for c in pillar.criteria),
            )
            for pillar in shape.pillars
        ),
        selection=tuple(_criterion(c, HALF) for c in shape.selection),
    )


def _criterion(shape: CriterionShape, step: Fraction) -> Criterion:
    return Criterion(
        code=shape.code,
        label=Text(shape.label, shape.label_en),
        table_label=shape.table_label,
        levels=tuple(Level(x.value, Text(x.descriptor, x.descriptor_en)) for x in shape.levels),
        step=step,
        note=Text(shape.note, shape.note_en) if shape.note else None,
    )


def _publication(shape: PublicationShape) -> Publication:
    return Publication(
        code=shape.code,
        title=shape.title,
        source=shape.source,
        year=shape.year,
        grid_version=shape.grid_version,
        headers=shape.headers,
        printed_maximum=shape.printed_maximum,
        rows=tuple(
            PublishedRow(
                terrain=row.terrain,
                label=row.label,
                printed=row.printed,
                profile=row.exact,
                caveat=Text(row.caveat, row.caveat_en) if row.caveat else None,
            )
            for row in shape.rows
        ),
        mean_label=shape.mean.label,
        printed_mean=shape.mean.printed,
    )


def _catalogue(shape: FrameworksShape) -> Catalogue:
    return Catalogue(
        kinds={
            kind.code: FrameworkKindText(
                Text(kind.label, kind.label_en), Text(kind.description, kind.description_en)
            )
            for kind in shape.kinds
        },
        frameworks=tuple(
            Framework(
                kind=entry.kind,
                code=entry.code,
                rank=entry.rank,
                label=Text(entry.label, entry.label_en),
                categories=tuple(entry.categories),
                description=Text(entry.description, entry.description_en),
                examples=tuple(entry.examples),
            )
            for entry in shape.frameworks
        ),
        questions=tuple(Question(q.rank, Text(q.text, q.text_en)) for q in shape.questions),
    )


def _with_texts(value: Any) -> Any:
    """Turn every ``{fr, en}`` into one bilingual text, all the way down."""
    if isinstance(value, list):
        return [_with_texts(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "fr" in value and set(value) <= {"fr", "en"}:
        return Text(value["fr"], value.get("en", ""))
    return {name: _with_texts(item) for name, item in value.items()}


def _programme(document: Mapping[str, Any]) -> Programme:
    return _whole(document, TypeAdapter(Programme).validate_python(document))


def _whole(document: Mapping[str, Any], built: Built) -> Built:
    """Return what was built from a document, unless part of the document went unread."""
    unread = next(_unread(document, asdict(built), ()), None)  # type: ignore[call-overload]
    if unread is not None:
        raise DomainError("data_entry_unknown", entry=_path(unread))
    return built


def _unread(given: Any, read: Any, at: tuple[int | str, ...]) -> Iterator[tuple[int | str, ...]]:
    if isinstance(given, Mapping):
        for name, value in given.items():
            if name not in read:
                yield (*at, name)
            else:
                yield from _unread(value, read[name], (*at, name))
    elif isinstance(given, list):
        for place, (value, counterpart) in enumerate(zip(given, read, strict=True)):
            yield from _unread(value, counterpart, (*at, place))


def _checked(origin: str, build: Callable[[], Built]) -> Built:
    try:
        return build()
    except ValidationError as error:
        first = error.errors()[0]
        raise _invalid(origin, _path(first["loc"]), first["type"], first["msg"]) from None
    except DomainError as error:
        if error.code in {"data_invalid", "data_unreadable"}:
            raise
        entry = str(error.values.get("entry", error.values.get("criterion", "")))
        raise _invalid(origin, entry, error.code) from None


def _path(location: tuple[int | str, ...]) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).removeprefix(".")


def _invalid(file: str, entry: str, problem: str, detail: str = "") -> DomainError:
    return DomainError("data_invalid", file=file, entry=entry, problem=problem, detail=detail)


def _unreadable(file: str, problem: str) -> DomainError:
    return DomainError("data_unreadable", file=file, problem=problem)
