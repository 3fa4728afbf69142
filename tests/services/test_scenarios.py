"""Scenarios: named, kept, thrown away and brought back, laid beside each other."""

from __future__ import annotations

import pytest

from ect.domain.errors import DomainError
from ect.services.catalogue import archive_terrain
from ect.services.scenarios import SavedScenario, bring_back, outcomes, remove, save, saved
from ect.services.scores import Source
from ect.services.what_if import basis
from ect.storage.database import Database

SUT, EPICERIE = "sut", "epicerie-solidaire"


def keep(
    db: Database, text: str, name: str, note: str = "", source: Source = Source.OFFICIAL
) -> SavedScenario:
    return save(db, basis(db, source), source, text, name, note)


def test_a_scenario_is_kept_with_its_name_its_note_and_its_link(db: Database) -> None:
    kept = keep(db, "selection=1/2~ect=13", "  Le territoire d'abord ", "demandé en comité")
    assert saved(db) == (kept,)
    assert (kept.name, kept.note, kept.source) == ("Le territoire d'abord", "demandé en comité", "official")
    assert kept.text == "ect=13~selection=1/2"


@pytest.mark.parametrize(
    ("text", "name", "note", "code"),
    [
        ("", "Rien", "", "scenario_empty"),
        ("ect=2", "Rien non plus", "", "scenario_empty"),
        ("ect=x", "Illisible", "", "scenario_unreadable"),
        ("ect=3", "  ", "", "scenario_name_empty"),
        ("ect=3", "x" * 81, "", "scenario_name_long"),
        ("ect=3", "Bavard", "x" * 501, "scenario_note_long"),
        ("ect=3", "ANCRAGE double", "", "scenario_name_taken"),
    ],
)
def test_what_cannot_be_kept_is_refused(db: Database, text: str, name: str, note: str, code: str) -> None:
    kept = keep(db, "anchoring=2", "Ancrage double")
    with pytest.raises(DomainError) as refused:
        keep(db, text, name, note)
    assert refused.value.code == code
    assert saved(db) == (kept,)


def test_what_is_thrown_away_can_be_brought_back_if_its_name_is_free(db: Database) -> None:
    first = keep(db, "anchoring=2", "Ancrage")
    remove(db, first.key)
    assert saved(db) == ()
    bring_back(db, first.key)
    assert saved(db) == (first,)
    remove(db, first.key)
    second = keep(db, "anchoring=3", "ancrage")
    with pytest.raises(DomainError, match="scenario_name_taken"):
        bring_back(db, first.key)
    assert saved(db) == (second,)


def test_a_scenario_that_is_not_there_is_refused(db: Database) -> None:
    for act in (remove, bring_back):
        with pytest.raises(DomainError, match="scenario_unknown"):
            act(db, 99)


def test_scenarios_are_laid_beside_each_other(db: Database) -> None:
    keep(db, "ect=13", "ECT fois 13")
    keep(db, "sut/means=2", "Des moyens pour SuT")
    found = {outcome.scenario.name: outcome.ranking for outcome in outcomes(db, saved(db))}
    assert found["ECT fois 13"].ranked[0].terrain == "maison-de-l-alimentation"
    assert found["Des moyens pour SuT"].ranked[0].terrain == EPICERIE


def test_a_scenario_of_a_terrain_that_was_archived_says_so(db: Database) -> None:
    keep(db, "sut/means=2", "Des moyens pour SuT")
    archive_terrain(db, SUT)
    (outcome,) = outcomes(db, saved(db))
    assert outcome.ranking is None
    assert outcome.refusal is not None
    assert outcome.refusal.code == "scenario_unreadable"
