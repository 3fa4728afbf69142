"""Texts every format can hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ect.reports.content import Bullets, Callout, Column, Table, Tone, clean, with_texts
from ect.reports.files import file_name

DAY = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x07c\x1bd", "abcd"),
        ("a\tb\r\nc\rd\x85e\u2028f", "a b\nc\nd\ne\nf"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{POP DIRECTIONAL FORMATTING}", "txt.exe"),
        ("\ud800 \ufffe \ufdd0 \ue000", "   "),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("Été, 50\N{NARROW NO-BREAK SPACE}% – œuvre 😀 \N{HEBREW LETTER ALEF}", None),
        ("<w:t>&amp; #import = $x$", None),
    ],
)
def test_a_text_loses_what_hides_or_cannot_be_written_and_nothing_else(given: str, kept: str | None) -> None:
    assert clean(given) == (given if kept is None else kept)


def test_every_text_of_a_block_is_changed_and_nothing_that_is_not_a_text() -> None:
    table = Table("a", (Column("b", share=2),), (("c", "d"),), frozenset({0}))
    assert with_texts(table, str.upper) == Table("A", (Column("B", share=2),), (("C", "D"),), frozenset({0}))
    assert with_texts(Callout("x", Tone.KEY), str.upper) == Callout("X", Tone.KEY)
    assert with_texts((Bullets(("x",)),), str.upper) == (Bullets(("X",)),)


@pytest.mark.parametrize(
    ("date", "words", "name"),
    [
        (DAY, ("compte-rendu", "Comité"), "compte-rendu-comite-2026-11-27"),
        (DAY, ("fiche", "Cœur d'Épices / L'œuvre"), "fiche-coeur-d-epices-l-oeuvre-2026-11-27"),
        (DAY, ("fiche", "../../etc/passwd\x00"), "fiche-etc-passwd-2026-11-27"),
        (DAY, ("compte-rendu", "mot " * 40), "compte-rendu-mot-mot-mot-mot-mot-mot-mot-mot-mot-2026-11-27"),
        (None, ("grille", "ect", "2023"), "grille-ect-2023"),
    ],
)
def test_a_file_is_named_in_plain_letters(date: datetime | None, words: tuple[str, ...], name: str) -> None:
    assert file_name(date, *words) == name
