"""The grid in force, and the reference data that is read and never written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sqlmodel import Session

from ect.domain.framework import Framework, FrameworkKind, Question
from ect.domain.grid import Grid
from ect.domain.programme import Programme
from ect.domain.publication import Publication
from ect.settings import DATA
from ect.storage.database import Database
from ect.storage.reference import (
    Catalogue,
    FrameworkKindText,
    load_catalogue,
    load_programme,
    load_publication,
)
from ect.storage.repositories import grids


def current_grid(db: Database) -> Grid:
    """Return the newest version of the grid."""
    with db.read() as session:
        return grid_in_force(db, session)[1]


def grid_version(db: Database, key: int) -> Grid:
    """Return the version of the grid a meeting was prepared on."""
    with db.read() as session:
        return grid_of_key(db, session, key)


def grid_in_force(db: Database, session: Session) -> tuple[int, Grid]:
    """Return the newest version of the grid with its key, inside a transaction that is open."""
    key = grids.latest_grid_key(session)
    return key, grid_of_key(db, session, key)


def grid_of_key(db: Database, session: Session, key: int) -> Grid:
    """Return the version of the grid a key stands for, read and checked once a process."""
    place = (db.generation(session), key)
    if place not in db.grids:
        db.grids[place] = grids.read_grid(session, key)
    return db.grids[place]


def frameworks() -> tuple[Framework, ...]:
    """Return the catalogue of frameworks, kind by kind in the report's order."""
    return _catalogue(DATA).frameworks


def framework_kinds() -> Mapping[FrameworkKind, FrameworkKindText]:
    """Return how each kind of framework is called and described."""
    return _catalogue(DATA).kinds


def questions() -> tuple[Question, ...]:
    """Return the seven questions asked of a framework of emergence."""
    return _catalogue(DATA).questions


@cache
def programme() -> Programme:
    """Return the programme."""
    return load_programme(DATA / "programme.toml")


@cache
def publication() -> Publication:
    """Return the published score table."""
    return load_publication(DATA / "publications" / "rapport-2023.toml")


@cache
def _catalogue(folder: Path) -> Catalogue:
    return load_catalogue(folder / "frameworks.toml")
