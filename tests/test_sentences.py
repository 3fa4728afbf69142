"""Every code the code can raise has its sentence, in both languages."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

from ect.domain.errors import DomainError
from ect.domain.publication import Note
from ect.sentences import NOTES, PROBLEMS, REFUSALS, note_text, sentence

ROOT = Path(__file__).parents[1]
RAISED = re.compile(r'(?:DomainError|StorageError)\(\s*"([a-z_]+)"')


def raised_codes() -> set[str]:
    return {
        code
        for path in (ROOT / "ect").rglob("*.py")
        for code in RAISED.findall(path.read_text("utf-8"))
        if "``" + "DomainError" not in code
    }


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert raised_codes() - set(REFUSALS) - set(PROBLEMS) == set()


def test_no_sentence_is_left_without_a_code() -> None:
    assert set(REFUSALS) - raised_codes() == set()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", REFUSALS)
def test_a_sentence_is_filled_with_its_values(code: str, language: str) -> None:
    names = [name for _, name, _, _ in Formatter().parse(REFUSALS[code]) if name]
    said = sentence(DomainError(code, **dict.fromkeys(names, "X")), language)
    assert "{" not in said
    assert said.endswith(".")
    assert not names or "X" in said


def test_an_unknown_code_is_still_a_sentence() -> None:
    assert sentence(DomainError("odd"), "fr") == "Cela n'a pas pu être fait (odd)."


def test_a_level_is_written_as_the_reader_writes_it() -> None:
    refusal = DomainError("level_out_of_range", value=Fraction(5, 2), criterion="need")
    assert "2,5" in sentence(refusal, "fr")
    assert "2.5" in sentence(refusal, "en")


def test_notes_are_said_in_both_languages() -> None:
    values = {"printed": 85, "formula": 34, "header": "SCORE TOTAL (sur 85)"}
    assert "2,5" in note_text(Note("printed_maximum", values), "fr")
    assert "2.5" in note_text(Note("printed_maximum", values), "en")
    values = {"code": "mirror", "column": "Miroir", "printed": "1,33", "expected": "2,00"}
    assert "2.00" in note_text(Note("printed_mean", values), "en")
    values = {"terrain": "SuT, Jura", "column": "SCORE ECT", "printed": "4,50", "expected": "4,00"}
    assert note_text(Note("printed_sum", values), "en").startswith(
        "SuT, Jura: “SCORE ECT” is printed as 4.50"
    )
    figures = {"figures": "1,33 = 4/3"}
    assert "1,33 = 4/3" in note_text(Note("rounded_figures", figures), "fr")
    assert "Prison" in note_text(Note("rows_without_figures", {"names": "Prison"}), "fr")
    assert set(NOTES) == {
        "printed_maximum",
        "printed_mean",
        "printed_sum",
        "rounded_figures",
        "rows_without_figures",
    }
