"""Reading the reference data: broken files, first start, later starts."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import text

from ect.domain.errors import DomainError
from ect.domain.terrain import Terrain
from ect.sentences import sentence
from ect.services.catalogue import (
    archive_terrain,
    create_terrain,
    get_terrain,
    list_terrains,
    update_terrain,
)
from ect.services.opening import open_database
from ect.services.scores import score_of
from ect.settings import Settings
from ect.storage.database import Database
from ect.storage.reference import load_catalogue, load_programme, load_publication, load_terrain


def broken(folder: Path, file: str, before: str, after: str) -> Path:
    path = folder / file
    content = path.read_text("utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after", "entry", "problem"),
    [
        ('label = "Portage collectif"\n', "", "pillars[0].label", "missing"),
        ("{ value = 1, descriptor", "{ value = 3, descriptor", "leadership", "grid_levels_wrong"),
        ('"Porteur de projet individuel"', '" "', "leadership", "grid_descriptor_empty"),
        ('code = "shared_interest"', 'code = "leadership"', "leadership", "grid_code_repeated"),
        ("ect_factor = 2", 'ect_factor = "two"', "ect_factor", "int_type"),
        ("ect_factor = 2", "ect_factor = 2\ncolour = 1", "colour", "extra_forbidden"),
    ],
)
def test_a_broken_grid_names_its_file_and_its_entry_and_nothing_is_written(
    data_folder: Path, address: str, before: str, after: str, entry: str, problem: str
) -> None:
    broken(data_folder, "grids/ect-2023.toml", before, after)
    with pytest.raises(DomainError) as refusal:
        open_database(Settings(database_url=address, data_dir=data_folder))
    assert refusal.value.code == "data_invalid"
    assert refusal.value.values["file"] == "ect-2023.toml"
    assert (refusal.value.values["entry"], refusal.value.values["problem"]) == (entry, problem)
    said = sentence(refusal.value, "fr")
    assert "ect-2023.toml" in said
    assert entry in said
    with Database.open(address).read() as session:
        assert session.execute(text("SELECT count(*) FROM grid")).scalar_one() == 0
        assert session.execute(text("SELECT count(*) FROM terrain")).scalar_one() == 0


def test_a_broken_terrain_undoes_the_whole_first_start(data_folder: Path, address: str) -> None:
    broken(data_folder, "terrains/vaux-sur-poligny.toml", 'kind = "candidate"', 'kind = "winner"')
    with pytest.raises(DomainError) as refusal:
        open_database(Settings(database_url=address, data_dir=data_folder))
    assert refusal.value.values["file"] == "vaux-sur-poligny.toml"
    assert refusal.value.values["entry"] == "kind"
    with Database.open(address).read() as session:
        assert session.execute(text("SELECT count(*) FROM terrain")).scalar_one() == 0


def test_a_file_that_is_not_toml_is_named(data_folder: Path) -> None:
    path = data_folder / "frameworks.toml"
    path.write_text("[[kinds", "utf-8")
    with pytest.raises(DomainError) as refusal:
        load_catalogue(path)
    assert refusal.value.code == "data_unreadable"
    assert "frameworks.toml" in sentence(refusal.value, "fr")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refusal:
        load_programme(tmp_path / "programme.toml")
    assert refusal.value.code == "data_unreadable"


def test_an_unknown_entry_of_a_terrain_is_named(data_folder: Path) -> None:
    path = broken(data_folder, "terrains/sut.toml", "year = 2024", "yaer = 2024")
    with pytest.raises(DomainError) as refusal:
        load_terrain(path)
    assert refusal.value.values["entry"] == "yaer"


def test_a_figure_that_is_no_fraction_is_refused(data_folder: Path) -> None:
    path = broken(data_folder, "publications/rapport-2023.toml", '"4/3"', '"four thirds"')
    with pytest.raises(DomainError) as refusal:
        load_publication(path)
    assert refusal.value.code == "data_invalid"
    assert refusal.value.values["entry"] == "rows[0].exact.intelligibility"


def test_an_unknown_category_of_framework_is_refused(data_folder: Path) -> None:
    path = broken(data_folder, "frameworks.toml", '"booster"', '"rocket"')
    with pytest.raises(DomainError) as refusal:
        load_catalogue(path)
    assert refusal.value.values["entry"] == "frameworks[8].categories[1]"


def test_a_fraction_of_nothing_is_refused(data_folder: Path) -> None:
    path = broken(data_folder, "publications/rapport-2023.toml", '"4/3"', '"4/0"')
    with pytest.raises(DomainError) as refusal:
        load_publication(path)
    assert refusal.value.values["entry"] == "rows[0].exact.intelligibility"


def test_an_unknown_entry_deep_inside_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orchard.toml"
    use = '{ kind = "support", wording = "FAI", interpretd = true }'
    path.write_text(f'code = "orchard"\nname = "Vergers"\nframeworks = [{use}]\n', "utf-8")
    with pytest.raises(DomainError) as refusal:
        load_terrain(path)
    assert refusal.value.values["entry"] == "frameworks[0].interpretd"


def test_a_wording_of_the_programme_without_its_french_is_named(data_folder: Path) -> None:
    path = data_folder / "programme.toml"
    content = path.read_text("utf-8")
    path.write_text(re.sub(r'question = \{ fr = ".*?", en', "question = { en", content, count=1), "utf-8")
    with pytest.raises(DomainError) as refusal:
        load_programme(path)
    assert (refusal.value.code, refusal.value.values["entry"]) == ("data_invalid", "question.fr")


def test_an_unknown_entry_of_the_programme_is_named(data_folder: Path) -> None:
    path = broken(data_folder, "programme.toml", "period =", 'perriod = "2022"\nperiod =')
    with pytest.raises(DomainError) as refusal:
        load_programme(path)
    assert refusal.value.values["entry"] == "perriod"


def test_a_later_start_keeps_what_a_person_changed(db: Database, settings: Settings) -> None:
    changed = replace(get_terrain(db, "chatel"), territory="Châtel, Gizia")
    update_terrain(db, changed)
    archive_terrain(db, "pnrbv")
    again = open_database(settings)
    assert get_terrain(again, "chatel").territory == "Châtel, Gizia"
    assert get_terrain(again, "pnrbv").archived
    assert len(list_terrains(again, archived=True)) == len(list_terrains(db, archived=True))


def test_a_file_that_changed_refreshes_only_what_nobody_edited(data_folder: Path, address: str) -> None:
    settings = Settings(database_url=address, data_dir=data_folder)
    db = open_database(settings)
    update_terrain(db, replace(get_terrain(db, "sut"), territory="mine"))
    broken(data_folder, "terrains/sut.toml", 'name = "SuT"', 'name = "SuT 2025"')
    broken(data_folder, "terrains/chatel.toml", 'name = "Projet commun de Châtel"', 'name = "Châtel"')
    again = open_database(settings)
    assert (get_terrain(again, "sut").name, get_terrain(again, "sut").territory) == ("SuT", "mine")
    assert get_terrain(again, "chatel").name == "Châtel"


def test_a_terrain_a_person_made_is_never_loaded_over(data_folder: Path, address: str) -> None:
    settings = Settings(database_url=address, data_dir=data_folder)
    file = data_folder / "terrains" / "sut.toml"
    content = file.read_text("utf-8")
    file.unlink()
    made = create_terrain(open_database(settings), Terrain(code="", name="SuT", context="à nous"))
    for published in (content, content.replace("year = 2024", "year = 2025")):
        file.write_text(published, "utf-8")
        assert get_terrain(open_database(settings), made.code) == made


def test_a_published_score_that_is_corrected_reaches_a_later_start(data_folder: Path, address: str) -> None:
    settings = Settings(database_url=address, data_dir=data_folder)
    before = score_of(open_database(settings), "maison-de-l-alimentation").total
    broken(data_folder, "publications/rapport-2023.toml", 'intelligibility = "4/3"', 'intelligibility = "1"')
    again = open_database(settings)
    assert score_of(again, "maison-de-l-alimentation").total.low == before.low - Fraction(1, 3)
    assert score_of(again, "sut").total.value == Fraction("21.5")


def test_a_publication_about_a_grid_that_is_not_here_brings_no_score(data_folder: Path, address: str) -> None:
    broken(data_folder, "publications/rapport-2023.toml", 'grid_version = "2023"', 'grid_version = "1999"')
    db = open_database(Settings(database_url=address, data_dir=data_folder))
    assert score_of(db, "sut").total.known == 0


def test_a_store_without_a_grid_is_said_so(tmp_path: Path, address: str) -> None:
    db = open_database(Settings(database_url=address, data_dir=tmp_path / "nothing"))
    with pytest.raises(DomainError) as refusal:
        score_of(db, "sut")
    assert refusal.value.code == "grid_missing"
