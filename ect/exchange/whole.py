"""The whole store as one JSON file: written as it is read, one row a line, and read back."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from ect.domain.errors import DomainError
from ect.i18n import Speaker
from ect.services.whole import FORMAT, VERSION, Loaded, Progress, pieces, reading
from ect.storage.database import Database

SIZE_LIMIT = 256 * 1024 * 1024


def write_document(
    db: Database,
    stream: BinaryIO,
    made_at: datetime,
    *,
    names: bool = False,
    progress: Progress | None = None,
) -> str:
    """Write the whole store; return the digest of its content, in which ``made_at`` does not count."""
    digest = hashlib.sha256()
    with reading(db, names=names, progress=progress) as found:
        head = {
            "format": FORMAT,
            "version": VERSION,
            "schema": found.schema,
            "made_at": made_at.isoformat(timespec="seconds"),
            "left_out": list(found.left_out),
        }
        stream.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b',\n"content":')
        for piece in pieces(found.last_keys, found.parts):
            encoded = piece.encode()
            digest.update(encoded)
            stream.write(encoded + b"\n")
    stream.write(f',"digest":"{digest.hexdigest()}"}}\n'.encode())
    return digest.hexdigest()


def read_document(source: Path | bytes, name: str = "") -> dict[str, Any]:
    """Read a file of a whole store; what it says is for ``load_everything`` to judge.

    Parameters
    ----------
    source
        The file, or what is in it.
    name
        How a refusal calls it; the file's own name if there is one.

    Raises
    ------
    DomainError
        ``"whole_file_unreadable"``, ``"whole_file_big"``,
        ``"whole_file_not_json"`` naming line and column, or
        ``"whole_not_ours"`` if it is JSON of something else.

    """
    name = name or (source.name if isinstance(source, Path) else "export.json")
    try:
        document = json.loads(_content(source, name).decode("utf-8-sig"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise DomainError("whole_file_not_json", file=name, line=error.lineno, column=error.colno) from None
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise DomainError("whole_file_not_json", file=name, line=1, column=1) from None
    if not is_whole(document):
        raise DomainError("whole_not_ours")
    return dict(document)


def is_whole(document: object) -> bool:
    """Tell whether a JSON document says that it is a whole store."""
    return isinstance(document, dict) and document.get("format") == FORMAT


def _content(source: Path | bytes, name: str) -> bytes:
    try:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        if size > SIZE_LIMIT:
            raise DomainError("whole_file_big", file=name, limit=SIZE_LIMIT // 2**20, found=size // 2**20)
        return source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise DomainError("whole_file_unreadable", file=name, reason=error.strerror or str(error)) from None


def _no_number(text: str) -> Any:
    raise ValueError(text)


def loaded_text(loaded: Loaded, language: str, *, dry: bool) -> str:
    """Say what came in, or what would."""
    say = Speaker(language)
    counts = {name: loaded.rows.get(name, 0) for name in ("terrain", "rating", "meeting", "vote")}
    what = {name: say.number(count, 0) for name, count in counts.items()}
    came = say.t("{terrain} terrains, {rating} ratings, {meeting} meetings, {vote} votes", **what)
    words = say.t("Would come in: {what}.", what=came) if dry else say.t("Came in: {what}.", what=came)
    return "\n".join([words, say.t("Digest of the content: {digest}", digest=loaded.digest)])
