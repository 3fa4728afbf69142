"""The programme is data: values that do not change, empty where the report says nothing."""

from dataclasses import FrozenInstanceError

import pytest

from ect.domain.programme import Concept, Entry
from ect.domain.text import EMPTY, Text


def test_an_entry_may_be_a_title_alone() -> None:
    entry = Entry(Text("Axe 1"))
    assert (entry.text, entry.items) == (EMPTY, ())


def test_what_the_report_says_of_a_concept_does_not_change() -> None:
    concept = Concept("Tiers-lieu", ("coopération",), ("lieu",))
    with pytest.raises(FrozenInstanceError):
        concept.name = "autre"  # type: ignore[misc]
