"""No text that goes out starts a formula, and none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect.exchange.safe_text import clean, inert, restored, starts_formula

STARTERS = "=+-@＝＋－＠"
ODD = st.text(st.sampled_from(f"{STARTERS}'\" \t\r\n\xa0\u200b\ufeff;,a1\x00\x07\u2028"), max_size=8)
ANY = ODD | st.text(max_size=30)


@given(ANY)
def test_no_text_starts_a_formula(text: str) -> None:
    out = inert(text)
    assert not starts_formula(out)
    assert out.lstrip()[:1] not in STARTERS or not out.strip()


@given(ANY)
def test_the_text_comes_back_as_it_was_but_for_what_no_file_holds(text: str) -> None:
    assert restored(inert(text)) == clean(text)


@given(ANY)
def test_no_control_character_goes_out(text: str) -> None:
    assert not any((ord(sign) < 32 and sign != "\n") or 0x7F <= ord(sign) < 0xA0 for sign in inert(text))


@pytest.mark.parametrize("text", ["=1+1", " =1", "\t=1", "\u200b@a", "-2+3", "＝1", "\n+1"])
def test_what_a_spreadsheet_could_compute_gets_an_apostrophe(text: str) -> None:
    assert inert(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Épicerie", "1,5", "a=b", "« oui »", "'déjà"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert inert(text) == text
