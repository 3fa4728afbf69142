"""The tab Sauvegarder, run for real: a copy is made, checked, put back, thrown away; a person is erased."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from ect.domain.terrain import Terrain
from ect.services import backups
from ect.services.catalogue import archive_terrain, create_terrain, list_terrains
from ect.services.meeting import start_round
from ect.services.membership import ORGANISER
from ect.services.seating import seats_of
from ect.services.voting import vote
from ect.storage.database import Database
from ect.ui import downloads
from ect.ui.downloads import Shelf
from ect.ui.guard import Guard
from tests.pages.conftest import Open, texts
from tests.services.meetings import SUT, closed, level, opened, seat_of, seated


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "shelf", Shelf())


def said(at: AppTest) -> str:
    assert not at.exception
    shown = [element.value for kind in (at.success, at.error, at.warning) for element in kind]
    return " ".join([texts(at), *shown]).replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def saved(at: AppTest, host: str = "127.0.0.1") -> bytes | None:
    """Follow the link of the last download, as a browser at ``host`` does."""
    address = at.get("link_button")[-1].proto.url
    client = TestClient(
        Guard(Starlette(routes=downloads.ROUTES)), base_url="http://localhost", client=(host, 1)
    )
    answer = client.get(address)
    return answer.content if answer.status_code == 200 else None


def test_a_copy_is_made_told_and_given_to_who_is_at_the_machine(
    open_page: Open, db: Database, tmp_path: Path
) -> None:
    at = open_page("donnees")
    assert "Aucune pour l'instant." in said(at)
    at.button(key="backups:make").click().run()
    assert "La copie est faite, et gardée à côté de la base. Saine" in said(at)
    (tmp_path / "copie.db").write_bytes(saved(at) or b"")
    assert backups.examine(tmp_path / "copie.db").problems == ()
    assert saved(at, "192.168.1.20") is None
    (kept,) = backups.kept_copies(db)
    at.run()
    assert kept.path.name in said(at)


def test_a_copy_with_answers_not_revealed_is_given_at_the_machine_that_serves_only(
    open_page: Open, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = opened(db)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    at = open_page("donnees")
    monkeypatch.setattr(downloads, "is_organiser", lambda _db, _cookie: True)
    at.button(key="backups:make").click().run()
    assert saved(at, "192.168.1.20") is not None
    vote(db, alice, key, SUT, level("need", 2))
    at.button(key="backups:make").click().run()
    assert "jusqu'au dévoilement, elle n'est donnée que sur la machine qui sert" in said(at)
    assert saved(at, "192.168.1.20") is None
    assert saved(at) is not None


def test_the_store_is_checked_and_what_is_wrong_is_told(open_page: Open, db: Database) -> None:
    at = open_page("donnees")
    at.button(key="backups:verify").click().run()
    assert "Saine : pages, références, audit et documents sont contrôlés." in said(at)
    with db.write() as session:
        session.execute(text("UPDATE terrain SET kind = 'forest' WHERE code = 'chatel'"))
    at.button(key="backups:verify").click().run()
    assert "« chatel » ne se lit pas" in said(at)


def test_a_kept_copy_is_put_back_after_a_question_and_the_restore_is_undone(
    open_page: Open, db: Database
) -> None:
    copy = backups.keep(db)
    archive_terrain(db, SUT)
    at = open_page("donnees")
    at.selectbox(key="restore:kept:").set_value(copy.path.name).run()
    assert "Terrains dont la fiche change : SuT." in said(at)
    assert at.button(key="restore:go").disabled
    next(box for box in at.checkbox if "J'ai lu" in box.label).check().run()
    at.button(key="restore:go").click().run()
    assert "La copie est remise en place. Terrains dont la fiche change : SuT." in said(at)
    assert SUT in {terrain.code for terrain in list_terrains(db)}
    assert not [button for button in at.button if button.key == "restore:go"]
    at.button(key="restore:undo").click().run()
    assert SUT not in {terrain.code for terrain in list_terrains(db)}


def test_a_copy_from_this_device_says_what_is_in_it(open_page: Open, db: Database, tmp_path: Path) -> None:
    copy = backups.backup(db, tmp_path / "copie.db").path.read_bytes()
    at = open_page("donnees")
    at.file_uploader[-1].set_value(("copie.db", copy, "application/vnd.sqlite3")).run()
    text_ = said(at)
    assert "copie.db" in text_
    assert "Ni terrain, ni séance, ni date de réponse ne diffère." in text_
    at.file_uploader[-1].set_value(("liste.db", b"a shopping list", "text/plain")).run()
    assert "liste.db n'est pas une copie d'ECT : ce n'est pas une base de données." in said(at)


def test_a_copy_that_is_not_sound_cannot_be_put_back(open_page: Open, db: Database) -> None:
    with db.write() as session:
        session.execute(text("UPDATE terrain SET kind = 'forest' WHERE code = 'chatel'"))
    copy = backups.keep(db)
    at = open_page("donnees")
    at.selectbox(key="restore:kept:").set_value(copy.path.name).run()
    assert "Cette copie n'est pas saine : on ne peut pas la remettre." in said(at)
    assert not [button for button in at.button if button.key == "restore:go"]


def test_a_kept_copy_is_downloaded_or_thrown_away_after_a_question(open_page: Open, db: Database) -> None:
    copy = backups.keep(db)
    at = open_page("donnees")
    at.button(key="backups:fetch").click().run()
    assert saved(at) == copy.path.read_bytes()
    at.button(key="backups:delete").click().run()
    assert f"Jeter {copy.path.name} pour de bon ?" in said(at)
    at.button(key="backups:delete:no").click().run()
    assert copy.path.exists()
    address = at.button(key="backups:fetch").click().run().get("link_button")[-1].proto.url
    at.button(key="backups:delete").click().run()
    at.button(key="backups:delete:yes").click().run()
    assert not copy.path.exists()
    assert address
    assert "Aucune pour l'instant." in said(at)


def test_a_person_s_data_are_given_and_erased_after_a_question(open_page: Open, db: Database) -> None:
    at = open_page("donnees")
    assert "Aucune séance pour l'instant" in said(at)
    key = closed(db)
    at.run()
    at.button(key="person:fetch").click().run()
    document = json.loads(saved(at) or b"")
    assert document["seat"]["name"] == "Alice Merle"
    assert len(document["answers"]) == 2
    at.button(key="person:erase").click().run()
    assert re.search("Effacer pour de bon le nom.*P1 · Alice Merle", said(at))
    at.button(key="person:erase:no").click().run()
    backups.keep(db)
    damaged = backups.store_file(db).parent / "backups" / "ect-abimee-20261127T090000Z.db"
    damaged.write_bytes(b"SQLite format 3" + bytes(5000))
    at.button(key="person:erase").click().run()
    at.button(key="person:erase:yes").click().run()
    told = at.toast[0].value.replace("\\", "")
    assert "P1 est effacé, aussi de 1 copie gardée." in told
    assert damaged.name in told
    assert "Base abîmée, mise de côté" in said(at)
    assert [seat.name for seat in seats_of(db, ORGANISER, key)] == [""]
    assert "P1" in at.selectbox(key="person:seat").options[0]
    assert "Merle" not in said(at)


def test_answers_not_revealed_are_not_in_a_person_s_data_and_it_is_said(
    open_page: Open, db: Database
) -> None:
    key = opened(db)
    at = open_page("donnees")
    assert "Personne n'a pris place" in said(at)
    alice = seated(db, key, "alice")
    start_round(db, ORGANISER, key)
    vote(db, alice, key, SUT, level("need", 2))
    at.run()
    at.button(key="person:fetch").click().run()
    assert "1 réponse n'y est pas avant le dévoilement." in said(at)
    assert json.loads(saved(at) or b"")["answers"] == []
    assert seat_of(alice)


def test_a_store_that_is_not_in_a_file_says_how_it_is_copied(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ect.storage.errors import StorageError

    def on_a_server(_db: Database) -> Path:
        raise StorageError("backup_by_pg_dump", server="postgresql")

    monkeypatch.setattr(backups, "store_file", on_a_server)
    at = open_page("donnees")
    assert "pg_dump" in said(at)
    assert not [button for button in at.button if button.key == "backups:make"]


def test_everything_is_said_in_english_too(open_page: Open) -> None:
    at = open_page("donnees", "en")
    at.button(key="backups:make").click().run()
    assert "The copy is made, and kept beside the store. Sound" in said(at)


def test_pages_left_open_on_what_a_restore_took_away_find_their_way(open_page: Open, db: Database) -> None:
    copy = backups.keep(db)
    made = create_terrain(db, Terrain(code="", name="Vergers"))
    key = opened(db)
    pages = [
        open_page("noter", terrain=made.code),
        open_page("terrains", terrain=made.code),
        open_page("animer", seance=str(key)),
        open_page("decider", seance=str(key)),
    ]
    assert all(not at.exception for at in pages)
    assert made.code in {box.value for at in pages for box in at.selectbox}
    backups.restore(db, copy.path)
    for at in pages:
        at.run()
        assert not at.exception
