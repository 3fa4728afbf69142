"""What a file is, and whether it is safe to open: asked before anything in it is read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from ect.domain.errors import DomainError

MEGABYTE = 1024 * 1024
MAX_FILE, MAX_UNZIPPED, MAX_ENTRIES = 20 * MEGABYTE, 64 * MEGABYTE, 1_000
CHUNK = 256 * 1024
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
OLE, ZIP, DIRECTORY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PK\x01\x02"
# What somebody may well try, and what it is called where it is refused.
KNOWN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7Z",
    b"Rar!": "RAR",
    b"SQLite format 3\x00": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}
# What else is a ZIP inside, by how the name of one of its parts begins.
OTHERS = {"word/": "DOCX", "ppt/": "PPTX", "content.xml": "ODS", "xl/workbook.bin": "XLSB"}
TEXTS = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx",)


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a workbook, inflated only as they are asked for."""

    content: bytes
    parts: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def read(self, name: str) -> bytearray:
        """Return a part; ``DomainError("xlsx_broken")`` if there is none of that name."""
        if name not in self.parts:
            raise DomainError("xlsx_broken", part=name)
        # Its size was checked: room for it once, and no more.
        part, at = bytearray(self.parts[name].file_size), 0
        for block in _inflated(self.content, self.parts[name]):
            part[at : at + len(block)] = block
            at += len(block)
        return part


def is_book(name: str, content: bytes) -> bool:
    """Tell a workbook (true) from a text (false), by what is in the file.

    Raises
    ------
    DomainError
        ``"file_empty"``, ``"file_too_large"``, ``"file_encrypted"``, ``"file_old_excel"`` or
        ``"file_kind"`` for what is neither.

    """
    if not content.strip(b"\x00 \r\n\t"):
        raise DomainError("file_empty", file=name)
    if len(content) > MAX_FILE:
        raise DomainError("file_too_large", file=name, limit=MAX_FILE // MEGABYTE)
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise DomainError("file_encrypted", file=name)
        raise DomainError("file_old_excel", file=name)
    suffix = PurePath(name).suffix.casefold()
    found = next((kind for start, kind in KNOWN.items() if content.startswith(start)), None)
    if found or suffix not in (*TEXTS, *BOOKS):
        raise DomainError("file_kind", file=name, found=found or suffix.lstrip(".").upper() or "?")
    if content.startswith(b"PK"):
        return True
    if suffix in BOOKS:
        raise DomainError("file_not_a_book", file=name)
    return False


def open_archive(content: bytes) -> Archive:
    """Check a workbook's container: its directory against what it really inflates to.

    Raises
    ------
    DomainError
        ``"zip_broken"``, ``"zip_entries"``, ``"zip_bomb"``, ``"zip_lies"``, ``"zip_locked"``,
        ``"file_macros"``, ``"file_links"``, ``"file_embedded"``, ``"file_kind"``.

    """
    if content.count(DIRECTORY) > MAX_ENTRIES:
        raise DomainError("zip_entries", limit=MAX_ENTRIES)
    try:
        with zipfile.ZipFile(BytesIO(content)) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error):
        raise DomainError("zip_broken") from None
    _check_directory(entries)
    _check_sizes(content, entries)
    return Archive(content, {entry.filename: entry for entry in entries})


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > MAX_ENTRIES:
        raise DomainError("zip_entries", limit=MAX_ENTRIES)
    if len(set(names)) < len(names):
        raise DomainError("zip_broken")
    if any(entry.flag_bits & 1 for entry in entries):
        raise DomainError("zip_locked")
    if sum(entry.file_size for entry in entries) > MAX_UNZIPPED:
        raise DomainError("zip_bomb", limit=MAX_UNZIPPED // MEGABYTE)
    _check_parts(names)


def _check_parts(names: list[str]) -> None:
    for name in names:
        if name.endswith(("vbaproject.bin", ".vba")) or "/macrosheets/" in name:
            raise DomainError("file_macros")
        if "/externallinks/" in name:
            raise DomainError("file_links")
        if "/embeddings/" in name or "/activex/" in name:
            raise DomainError("file_embedded", part=name)
    found = next((kind for start, kind in OTHERS.items() if any(n.startswith(start) for n in names)), None)
    if found or "[content_types].xml" not in names:
        raise DomainError("file_kind", file="", found=found or "ZIP")


def _check_sizes(content: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Inflate everything once, counting, and keep nothing: sizes that were announced may lie."""
    room = MAX_UNZIPPED
    for entry in entries:
        size = 0
        for block in _inflated(content, entry):
            size += len(block)
            if size > room:
                raise DomainError("zip_bomb", limit=MAX_UNZIPPED // MEGABYTE)
        if size != entry.file_size:
            raise DomainError("zip_lies", part=entry.filename)
        room -= size


def _inflated(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = _packed(content, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise DomainError("zip_broken")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), CHUNK):
            rest: bytes | memoryview = packed[start : start + CHUNK]
            while rest and not inflater.eof:
                yield inflater.decompress(rest, CHUNK)
                rest = inflater.unconsumed_tail
    except zlib.error:
        raise DomainError("zip_broken") from None
    if not inflater.eof:
        raise DomainError("zip_broken")


def _packed(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    header = content[entry.header_offset : entry.header_offset + LOCAL_HEADER.size]
    if len(header) < LOCAL_HEADER.size or not header.startswith(ZIP):
        raise DomainError("zip_broken")
    *_, name, extra = LOCAL_HEADER.unpack(header)
    start = entry.header_offset + LOCAL_HEADER.size + name + extra
    packed = memoryview(content)[start : start + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise DomainError("zip_broken")
    return packed
