"""What our fonts draw is known, and what they do not is still said."""

from __future__ import annotations

import pytest

from ect.reports.coverage import FONTS, covered, drawable


def test_french_is_drawn_with_all_its_signs() -> None:
    signs = "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊŒÆ«»€°–—’…×·½\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{BALLOT BOX}"
    assert {*map(ord, signs)} <= drawable()
    assert covered(signs) == signs


def test_greek_cyrillic_hebrew_arabic_and_faces_are_drawn() -> None:
    assert covered("αЖאب😀") == "αЖאب😀"


def test_what_no_font_draws_is_told_by_its_code_point() -> None:
    assert covered("Terrain 🌿\n中") == "Terrain [U+1F33F]\n[U+4E2D]"
    assert covered("plain") == "plain"


@pytest.mark.parametrize("licence", ["LICENSE-Liberation.txt", "LICENSE-DejaVu.txt"])
def test_a_font_is_shipped_with_its_licence(licence: str) -> None:
    assert (FONTS / licence).stat().st_size > 500
