"""The head of documents: settled by the organiser, and a logo that is a picture and nothing else."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from ect.services.document_settings import TEXT_LIMIT, DocumentSettings, letterhead, save, set_logo
from ect.services.logo import HEAVIEST, checked_logo
from ect.services.membership import ORGANISER, Actor
from ect.storage.database import Database
from tests.services.meetings import refused


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object
) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, kind, **options)
    return written.getvalue()


def test_nothing_is_settled_at_first(db: Database) -> None:
    assert letterhead(db) == DocumentSettings()


def test_texts_are_kept_in_one_line_and_an_empty_title_is_the_usual_one(db: Database) -> None:
    save(db, ORGANISER, "  Pôle\n coopératif ", "Pied", {"minutes": " Relevé ", "record": "  ", "other": "x"})
    assert letterhead(db) == DocumentSettings("Pôle coopératif", "Pied", {"minutes": "Relevé"})


def test_texts_and_logo_are_settled_one_without_the_other(db: Database) -> None:
    set_logo(db, ORGANISER, picture())
    save(db, ORGANISER, "Pôle", "", {})
    assert letterhead(db).logo is not None
    set_logo(db, ORGANISER, None)
    assert letterhead(db) == DocumentSettings("Pôle")


def test_only_the_organiser_settles_them(db: Database) -> None:
    with refused("organiser_only"):
        save(db, Actor(seat=1), "Pôle", "", {})
    with refused("organiser_only"):
        set_logo(db, Actor(), None)
    assert letterhead(db) == DocumentSettings()


def test_a_text_that_is_too_long_is_refused_and_nothing_is_written(db: Database) -> None:
    with refused("document_text_long", limit=TEXT_LIMIT, found=TEXT_LIMIT + 1):
        save(db, ORGANISER, "Pôle", "", {"minutes": "x" * (TEXT_LIMIT + 1)})
    assert letterhead(db) == DocumentSettings()


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_any_png_or_jpeg_becomes_a_plain_png(kind: str, mode: str) -> None:
    with Image.open(io.BytesIO(checked_logo(picture(kind, mode=mode)))) as found:
        assert found.format == "PNG"
        assert found.mode in {"RGB", "RGBA"}
        assert found.size == (40, 20)


def test_a_large_logo_is_made_smaller_in_its_proportions() -> None:
    with Image.open(io.BytesIO(checked_logo(picture(size=(3000, 600))))) as found:
        assert found.size == (900, 180)


def test_what_a_photograph_tells_beside_its_pixels_stays_behind() -> None:
    exif = Image.Exif()
    exif[0x010E] = "chez Alice"
    content = checked_logo(picture("JPEG", exif=exif))
    assert b"Alice" not in content
    assert b"eXIf" not in content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        picture("GIF"),
        picture()[:40],
        picture("JPEG", (400, 400))[:-900],
        b"MZ" + picture(),
    ],
    ids=["empty", "svg", "pdf", "gif", "cut", "end", "before"],
)
def test_what_is_not_a_whole_png_or_jpeg_is_refused(db: Database, content: bytes) -> None:
    with refused("logo_unreadable"):
        set_logo(db, ORGANISER, content)
    assert letterhead(db).logo is None


def test_a_logo_that_is_too_heavy_is_refused_unread() -> None:
    with refused("logo_heavy", limit=2):
        checked_logo(b"\x00" * (HEAVIEST + 1))


def test_a_small_file_of_many_pixels_is_refused_before_it_unfolds() -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = (
        struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )
    with refused("logo_unreadable"):  # Pillow warns of a bomb: a warning is a refusal
        checked_logo(b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IEND\xaeB`\x82")
    with refused("logo_large", width=6_000, height=6_000):
        checked_logo(picture(size=(6_000, 6_000), mode="1"))
