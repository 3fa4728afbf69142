"""Pseudonyms, as they are typed and as they are kept."""

from __future__ import annotations

import pytest

from ect.domain.incoming import typed_pseudonym
from ect.domain.text import folded


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("P01", "P01"),
        ("p 1", "P01"),
        ("P-12", "P12"),
        ("P120", "P120"),
        ("Paul", None),
        ("P", None),
        ("1", None),
    ],
)
def test_a_pseudonym_is_kept_in_one_way(typed: str, kept: str | None) -> None:
    assert typed_pseudonym(typed) == kept


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Modèle éco-hybridé", "modele eco hybride"),
        ("  MODELE ECO HYBRIDE ", "modele eco hybride"),
        ("1.1 L’œuvre", "1 1 l oeuvre"),
        ("shared_interest", "shared interest"),
        ("?", ""),
    ],
)
def test_names_are_compared_without_case_accents_or_signs(text: str, name: str) -> None:
    assert folded(text) == name
