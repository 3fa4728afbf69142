"""Everything a store holds, as one plain document that another store can become."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ect.domain.errors import DomainError
from ect.domain.rating import Answer, Basis
from ect.domain.scoring import score
from ect.services.meeting import new_code
from ect.storage.database import Database
from ect.storage.migrations.runner import revisions
from ect.storage.repositories import assessments, audit, grids, meetings, terrains, whole

FORMAT, VERSION = "ect-whole", 1
LEFT_OUT = ("secret", "meeting.code", "seat.device", "vote (rounds not revealed)")
FIELDS = ("format", "version", "schema", "content", "digest")
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A table going out: its columns, and its rows, which can be read once."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Whole:
    """A store going out, table by table, as it is at one moment."""

    schema: str
    names: bool
    last_keys: Mapping[str, int]
    parts: Iterable[Part]

    @property
    def left_out(self) -> tuple[str, ...]:
        """What never goes out, or was asked not to."""
        return LEFT_OUT if self.names else (*LEFT_OUT, "seat.name")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came in: rows by table, and the digest of the content."""

    rows: Mapping[str, int]
    digest: str


@contextmanager
def reading(db: Database, *, names: bool = False, progress: Progress | None = None) -> Iterator[Whole]:
    """Read a whole store in one transaction, a few rows at a time.

    Ways in (codes, devices, the key of cookies) and votes of rounds that are not revealed never go out.
    ``names`` lets the participants' names out; without it, they are pseudonyms. ``progress`` is told
    how many rows of how many were read.
    """
    with db.read() as session:
        tables = sorted(whole.table_names())
        wanted = sum(whole.count_rows(session, table) for table in tables) if progress else 0
        yield Whole(
            schema=revisions()[-1],
            names=names,
            last_keys=whole.last_keys(session),
            parts=_parts(session, tables, names, _told(progress, wanted)),
        )


def everything(db: Database, *, names: bool = False) -> dict[str, Any]:
    """Return the whole store as one document; see :func:`reading` for what it leaves out.

    ``digest`` is the SHA-256 of the content as JSON with sorted keys, no space and no escape.
    """
    with reading(db, names=names) as found:
        tables = {
            part.table: {"columns": list(part.columns), "rows": list(part.rows)} for part in found.parts
        }
        content = {"last_keys": dict(found.last_keys), "tables": tables}
        left_out = list(found.left_out)
    return {
        "format": FORMAT,
        "version": VERSION,
        "schema": revisions()[-1],
        "left_out": left_out,
        "content": content,
        "digest": digest_of(content),
    }


def pieces(last_keys: Mapping[str, int], parts: Iterable[Part]) -> Iterator[str]:
    """Yield the content as JSON, in pieces between which there may be white space."""
    yield f'{{"last_keys":{_encode(dict(last_keys))},"tables":{{'
    for number, part in enumerate(parts):
        comma = "," if number else ""
        yield f'{comma}{_encode(part.table)}:{{"columns":{_encode(list(part.columns))},"rows":['
        comma = ""
        for row in part.rows:
            yield comma + _encode(row)
            comma = ","
        yield "]}"
    yield "}}"


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the digest of a content: SHA-256 of its JSON, keys sorted."""
    tables = content["tables"]
    parts = (Part(name, tables[name]["columns"], tables[name]["rows"]) for name in sorted(tables))
    digest = hashlib.sha256()
    for piece in pieces(content["last_keys"], parts):
        digest.update(piece.encode())
    return digest.hexdigest()


def load_everything(
    db: Database, document: Mapping[str, Any], *, replace: bool = False, dry: bool = False
) -> Loaded:
    """Make a store what a document of :func:`everything` says: all of it, or nothing of it.

    The store must hold nothing but the reference data. With ``replace`` what it holds gives way, provided
    that what happened here (the audit) is the beginning of what the document tells: history is never
    rewritten. Meetings get new codes, and devices find no seat: people come in again. ``dry`` does all that
    and undoes it: what would be refused is refused.

    Raises
    ------
    DomainError
        ``"whole_not_ours"``, ``"whole_version"``, ``"whole_schema"``, ``"whole_digest"``: the document;
        ``"whole_store_not_empty"``, ``"whole_history_differs"``, ``"whole_sqlite_only"``: the store;
        ``"whole_table_wrong"``, ``"whole_value_wrong"``, ``"whole_rows_refused"``,
        ``"whole_entry_wrong"``, ``"whole_chain_broken"``: what is in the document.

    """
    content = _checked(document)
    with db.write() as session:
        _make_room(session, content["tables"], replace=replace)
        for table in whole.table_names():
            made = {"code": new_code} if table == "meeting" else {}
            given = content["tables"][table]["rows"]
            whole.insert(session, table, given[_kept(session, table) :], made)
        whole.set_last_keys(session, content["last_keys"])
        session.expire_all()
        _check_entries(session)
        if dry:
            session.rollback()
    db.grids.clear()
    db.scores.clear()
    counts = {name: len(table["rows"]) for name, table in content["tables"].items()}
    return Loaded(counts, document["digest"])


def _parts(session: Session, tables: Sequence[str], names: bool, tell: Callable[[], None]) -> Iterator[Part]:
    for table in tables:
        found = whole.rows(session, table, names=names)
        yield Part(table, whole.columns_of(table), _telling(found, tell))


def _telling(rows: Iterator[list[Any]], tell: Callable[[], None]) -> Iterator[list[Any]]:
    for number, row in enumerate(rows, 1):
        yield row
        if number % whole.BATCH == 0:
            tell()


def _told(progress: Progress | None, wanted: int) -> Callable[[], None]:
    done = 0

    def tell() -> None:
        nonlocal done
        done += whole.BATCH
        if progress:
            progress(min(done, wanted), wanted)

    return tell


def _checked(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the content of a document that is whole and ours."""
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise DomainError("whole_not_ours")
    if document.get("version") != VERSION:
        raise DomainError("whole_version", found=document.get("version"), expected=VERSION)
    if document.get("schema") != revisions()[-1]:
        raise DomainError("whole_schema", found=document.get("schema"), expected=revisions()[-1])
    content = _shaped(document.get("content"))
    if _digest_or_none(content) != document.get("digest"):
        raise DomainError("whole_digest")
    return content


def _shaped(content: Any) -> Mapping[str, Any]:
    """Return a content, unless it lacks a table or a column, or has one we do not know."""
    if not isinstance(content, dict) or set(content) != {"last_keys", "tables"}:
        raise DomainError("whole_not_ours")
    tables, keys, names = content["tables"], content["last_keys"], set(whole.table_names())
    if not isinstance(tables, dict) or not isinstance(keys, dict):
        raise DomainError("whole_not_ours")
    for odd in sorted((names ^ set(tables)) | (set(keys) - names)):
        raise DomainError("whole_table_wrong", table=odd)
    for name, table in tables.items():
        ours = isinstance(table, dict) and table.get("columns") == list(whole.columns_of(name))
        if not ours or not isinstance(table.get("rows"), list) or set(table) != {"columns", "rows"}:
            raise DomainError("whole_table_wrong", table=name)
    if any(type(key) is not int or not 0 <= key < 2**62 for key in keys.values()):
        raise DomainError("whole_table_wrong", table="last_keys")
    return content


def _digest_or_none(content: Mapping[str, Any]) -> str | None:
    try:
        return digest_of(content)
    except ValueError:  # Half a pair of surrogates, or a number that is none.
        return None


def _make_room(session: Session, tables: Mapping[str, Any], *, replace: bool) -> None:
    if session.get_bind().dialect.name != "sqlite":
        raise DomainError("whole_sqlite_only")
    filled = whole.work_in(session)
    if filled and not replace:
        raise DomainError("whole_store_not_empty", tables=", ".join(sorted(set(filled))))
    here = whole.chain(session)
    places = [whole.columns_of("audit").index(name) for name in ("id", "digest")]
    rows = [row for row in tables["audit"]["rows"] if isinstance(row, list) and len(row) > max(places)]
    given = [tuple(row[place] for place in places) for row in rows]
    if given[: len(here)] != here:
        raise DomainError("whole_history_differs")
    whole.empty(session, keeping=frozenset({"audit"}))


def _kept(session: Session, table: str) -> int:
    """Return how many rows of a table stay where they are: the audit takes none away."""
    return len(whole.chain(session)) if table == "audit" else 0


def _check_entries(session: Session) -> None:
    """Read what came in as the application will: a wrong entry undoes everything."""
    with _entries("grid"):
        versions = {key: grids.read_grid(session, key) for key in whole.distinct(session, "grid", "id")}
    with _entries("terrain"):
        terrains.terrains(session, archived=True)
    with _entries("meeting"):
        meetings.meetings(session)
    with _entries("seat"):
        for key in whole.distinct(session, "meeting", "id"):
            meetings.seats(session, key)
            meetings.rulings(session, key)
            meetings.overrides(session, key)
    with _entries("assessment"):
        for one in assessments.assessments(session):
            score(versions[one.grid], one.profile)
    for table in ("rating", "vote"):
        with _entries(table):
            _check_answers(session, table, {c.code for grid in versions.values() for c in grid})
    broken = audit.first_break(session)
    if broken is not None:
        raise DomainError("whole_chain_broken", event=broken)


def _check_answers(session: Session, table: str, criteria: set[str]) -> None:
    for code in whole.distinct(session, table, "criterion"):
        if code not in criteria:
            raise DomainError("criterion_unknown", criterion=code)
    for answer in whole.distinct(session, table, "answer"):
        Answer(answer)
    for basis in whole.distinct(session, table, "basis"):
        Basis(basis or Basis.DECLARED)


@contextmanager
def _entries(table: str) -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        raise DomainError("whole_entry_wrong", table=table, reason=error.code) from None
    except (ValueError, TypeError, LookupError, AttributeError, ZeroDivisionError) as error:
        raise DomainError("whole_entry_wrong", table=table, reason=str(error).splitlines()[0][:120]) from None
