"""Wordings: the published French, and English where there is a translation."""

import pytest

from ect.domain.text import EMPTY, Text


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        (Text("Cadre", "Framework"), "fr", "Cadre"),
        (Text("Cadre", "Framework"), "en", "Framework"),
        (Text("Cadre", "Framework"), "de", "Cadre"),
        (Text("Cadre"), "en", "Cadre"),
        (EMPTY, "en", ""),
    ],
)
def test_a_text_is_read_in_the_language_asked_else_in_french(text: Text, language: str, read: str) -> None:
    assert text.read(language) == read


def test_a_text_is_written_in_french() -> None:
    assert f"{Text('Cadre', 'Framework')}" == "Cadre"
