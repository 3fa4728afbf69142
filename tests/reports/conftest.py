"""Documents to read back: a meeting with words that try to be markup, held from one end to the other."""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction

import pypdf
import pytest

from ect.domain.meeting import Verdict
from ect.domain.rating import Answer, Rating
from ect.i18n import Speaker
from ect.reports.content import Document
from ect.reports.minutes import minutes_document
from ect.services.deciding import close, decide, settle
from ect.services.document_settings import letterhead
from ect.services.meeting import create, open_meeting, reveal, start_deciding, start_round
from ect.services.membership import ORGANISER, Actor
from ect.services.minutes import Named, minutes
from ect.services.reference import current_grid
from ect.services.seating import set_recusals
from ect.services.voting import vote
from ect.storage.database import Database
from tests.services.meetings import BLIND, SUT, VAUX, seated

EVIL = '#import "x" = heading \\ *a* $x$ <w:t>&amp;</w:t> ]] {{ 🌿 😀 \N{HEBREW LETTER SHIN}'
MOTIVES = {SUT: EVIL, VAUX: "L'ancrage est solide ; le portage reste à confirmer."}


@dataclass(frozen=True)
class Held:
    """A meeting that was held, and who sat in it."""

    key: int
    alice: Actor
    bob: Actor


def hold(db: Database, *, demo: bool = False, closing: bool = True) -> Held:
    key = create(db, ORGANISER, "Comité d'essai", (SUT, VAUX), BLIND, demo=demo)
    open_meeting(db, ORGANISER, key)
    alice, bob = seated(db, key, "Alice Merle"), seated(db, key, "Bob Pic")
    set_recusals(db, ORGANISER, key, bob.seat or 0, [VAUX])
    start_round(db, ORGANISER, key)
    for code in [c.code for c in current_grid(db)]:
        for terrain, value in ((SUT, 2), (VAUX, 1)):
            vote(db, alice, key, terrain, Rating(code, Answer.LEVEL, Fraction(value)))
        if code != "need":
            vote(db, bob, key, SUT, Rating(code, Answer.LEVEL, Fraction(0)))
    reveal(db, ORGANISER, key)
    start_deciding(db, ORGANISER, key)
    settle(db, ORGANISER, key, SUT, "need", Fraction(3, 2), "deux financeurs sur trois")
    if closing:
        decide(db, ORGANISER, key, SUT, Verdict.CHOSEN, MOTIVES[SUT])
        decide(db, ORGANISER, key, VAUX, Verdict.ADJOURNED, MOTIVES[VAUX])
        close(db, ORGANISER, key)
    return Held(key, alice, bob)


@pytest.fixture
def held(db: Database) -> Held:
    return hold(db)


def minutes_of(
    db: Database, key: int, language: str = "fr", named: Named = Named.PSEUDONYMS, actor: Actor = ORGANISER
) -> Document:
    say = Speaker(language)
    return minutes_document(minutes(db, actor, key, named), letterhead(db), say, named, "Lons")


def pdf_text(content: bytes) -> str:
    """Return a PDF's words, squeezed: where lines break, and words are cut, is the page's business."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return "".join(one for one in text if not one.isspace() and one not in "-\N{SOFT HYPHEN}\N{HYPHEN}")


def said(document: Document) -> str:
    """Return every text of a document, as its content holds it."""
    return "\n".join(_texts(document.blocks))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for one in value for text in _texts(one)]
    fields = getattr(value, "__dataclass_fields__", None)
    return [text for name in fields or () for text in _texts(getattr(value, name))]
