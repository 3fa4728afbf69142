"""PDF: tagged (PDF/UA-1), archivable (PDF/A-2a), with the fonts we ship and no other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ect.reports.content import Bars, Block, Document, Radar, with_texts
from ect.reports.coverage import FONTS, covered
from ect.reports.drawings import Drawing, drawing

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
STANDARDS = ("ua-1", "a-2a")
REGIONS = {"fr": "fr", "en": "gb"}
POINTS_A_PIXEL = 96


def write_pdf(document: Document) -> bytes:
    """Return the document as a PDF: the same document gives the same bytes."""
    told = json.dumps(_told(with_texts(document, covered)), ensure_ascii=False)
    return _compiled(TEMPLATE.read_bytes(), {"document": told}, "pdf", STANDARDS, document)


def write_png(picture: Drawing, ppi: float = 2 * POINTS_A_PIXEL) -> bytes:
    """Return a drawing as a PNG picture, by the same fonts as the PDF."""
    return _compiled(PICTURE, {"svg": covered(picture.svg)}, "png", (), None, ppi)


def _compiled(
    source: bytes,
    inputs: dict[str, str],
    format_: Any,
    standards: Sequence[Any],
    document: Document | None,
    ppi: float | None = None,
) -> bytes:
    import typst

    # As annotated, a source in memory would want its folder as bytes too.
    compile_: Any = typst.compile
    written: bytes = compile_(
        source,
        # A folder with nothing else in it: the template can read nothing of the machine.
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format=format_,
        ppi=ppi,
        sys_inputs=inputs,
        pdf_standards=list(standards),
        timestamp=None if document is None else int(document.date.timestamp()),
    )
    return written


def _told(document: Document) -> dict[str, Any]:
    head, date = document.letterhead, document.date
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "running": " – ".join(part for part in (document.title, document.subtitle) if part),
        "author": head.organisation or "ECT",
        "organisation": head.organisation,
        "keywords": document.keywords,
        "language": document.language,
        "region": REGIONS[document.language],
        "date": [date.year, date.month, date.day],
        "foot": " · ".join(part for part in (head.footer, document.foot) if part),
        "logo": None if head.logo is None else list(head.logo),
        "logo_alt": head.logo_alt,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    kind = type(block).__name__
    if isinstance(block, Radar | Bars):
        picture = drawing(block)
        return {"kind": kind, "title": block.title, "alt": block.alt} | asdict(picture)
    told = asdict(block)
    if "strong" in told:
        told["strong"] = sorted(told["strong"])
    return told | {"kind": kind}
