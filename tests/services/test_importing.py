"""Imports: told before, whole or not at all, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from ect.domain.errors import DomainError
from ect.domain.incoming import Incoming
from ect.domain.rating import Answer, Basis
from ect.domain.terrain import Terrain
from ect.exchange.imports.reading import only_table, read_table
from ect.exchange.reading import read_tables
from ect.services.catalogue import archive_terrain, create_terrain, get_terrain, update_terrain
from ect.services.importing import Done, apply, last_imports, plan, undo
from ect.services.opening import open_database
from ect.services.rating import answer, describe, ratings_of
from ect.services.reference import current_grid, publication
from ect.services.scores import Source, scoreboard
from ect.services.what_if import basis
from ect.settings import Settings
from ect.storage.database import Database
from tests.exchange.tables import report_rows, text_of
from tests.storage.test_migrations import file_of, rows

VAUX = "vaux-sur-poligny"
RATINGS = "Terrain;Participant;1.1;1.2;S1\n"


def incoming(db: Database, text: str) -> Incoming:
    grid = current_grid(db)
    read = read_table(only_table("a.csv", read_tables("a.csv", text.encode()), grid), grid)
    assert read.problems == ()
    return read.incoming


def bring(db: Database, text: str) -> Done:
    return apply(db, incoming(db, text), "a.csv", 2024)


def kept(db: Database) -> Mapping[str, list[tuple[object, ...]]]:
    """Return all that is stored but the list of imports, each table's rows without their keys."""
    found = rows(file_of(db))
    hidden = {"import_batch", "import_before", "sqlite_sequence", "secret"}
    return {
        name: sorted((row[1:] for row in held), key=repr)
        for name, held in found.items()
        if name not in hidden
    }


def board(db: Database, source: Source) -> list[tuple[str, int | None, object]]:
    found = scoreboard(db, source)
    return [(found.terrains[r.terrain].name, r.rank, r.score.total.value) for r in found.ranking.ranked]


@pytest.fixture
def empty(tmp_path: Path, grid_only: Path) -> Database:
    """A store with the grid and nothing else."""
    return open_database(Settings(database_url=f"sqlite:///{tmp_path / 'empty.db'}", data_dir=grid_only))


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ";"), ("cp1252", ","), ("utf-16", "\t"), ("utf-8", "\t")]
)
def test_the_reports_table_gives_the_ranking_of_the_reference_data(
    empty: Database, db: Database, encoding: str, separator: str
) -> None:
    grid = current_grid(empty)
    content = text_of(report_rows(), separator).encode(encoding)
    table = only_table("a.csv", read_tables("a.csv", content), grid)
    done = apply(empty, read_table(table, grid).incoming, "a.csv")
    assert len(done.plan.created) == 3
    reference = [(total, rank) for _name, rank, total in board(db, Source.PUBLISHED)]
    assert [(total, rank) for _name, rank, total in board(empty, Source.OFFICIAL)] == reference
    found = scoreboard(empty)
    exact = {row.label: dict(row.profile) for row in publication().rows}
    assert {found.terrains[r.terrain].name: r.score for r in found.ranking.rows}.keys() == exact.keys()
    assert found.columns == scoreboard(db).columns
    assert set(found.origins.values()) == {"imported"}


def test_the_same_table_again_has_nothing_to_change(db: Database, empty: Database) -> None:
    text = text_of(report_rows())
    assert plan(db, incoming(db, text)).empty
    assert bring(db, text).key is None
    bring(empty, text)
    assert plan(empty, incoming(empty, text)).empty
    assert [batch.file for batch in last_imports(empty)] == ["a.csv"]


def test_a_published_score_stays_official_and_the_plan_says_so(db: Database) -> None:
    before = board(db, Source.OFFICIAL)
    text = text_of(report_rows()).replace("1,80;1,20;1,20", "2,00;2,00;2,00")
    found = plan(db, incoming(db, text))
    assert (found.covered, found.changed, found.unchanged) == (
        ("Maison de l'alimentation",),
        ("Maison de l'alimentation",),
        2,
    )
    bring(db, text)
    assert board(db, Source.OFFICIAL) == before
    assert board(db, Source.IMPORTED) == [("Maison de l'alimentation", 1, Fraction("26.8"))]


def test_an_imported_score_stands_before_what_was_rated(db: Database) -> None:
    for criterion in current_grid(db):
        answer(db, VAUX, criterion.code, Answer.LEVEL, Fraction(0))
    row = report_rows()[1]
    bring(db, text_of([report_rows()[0], ["VAUX SUR POLIGNY", *row[1:]]]))
    found = scoreboard(db)
    assert found.origins[VAUX] == "imported"
    assert found.ranking.row(VAUX).score.total.value == Fraction("23.2")


def test_a_table_of_criteria_says_more_than_one_of_pillars(empty: Database) -> None:
    bring(empty, "Terrain;Portage collectif\nA;1\n")
    finer = "Terrain;1.1;1.2;1.3;1.4;1.5\nA;1;1;1;1;1\n"
    assert plan(empty, incoming(empty, finer)).changed == ("A",)


def test_an_undone_import_leaves_everything_as_it_was(db: Database) -> None:
    before = kept(db)
    for text in (
        text_of([report_rows()[0], ["Nouveau", *report_rows()[1][1:]], ["SuT", *report_rows()[1][1:]]]),
        f"{RATINGS}SuT;P01;1;1;0,5\nNouveau;Paul;2;?;2\n",
        "Nom;Contexte;Miroir de\nSuT;changé;\nNouveau;;SuT\n",
    ):
        done = bring(db, text)
        assert kept(db) != before
        assert done.key is not None
        undo(db, done.key)
        assert kept(db) == before
    assert all(batch.undone_at for batch in last_imports(db))


def test_replaced_ratings_come_back_with_their_moment_and_revision(db: Database) -> None:
    answer(db, "sut", "leadership", Answer.LEVEL, Fraction(0), voice="P01")
    describe(db, "sut", "leadership", Basis.OBSERVED, "vu", voice="P01")
    before = ratings_of(db, "sut", "P01")
    done = bring(db, f"{RATINGS}SuT;P1;2;1;\n")
    assert done.plan.counts == {"new": 1, "changed": 1, "same": 0}
    after = ratings_of(db, "sut", "P01")["leadership"]
    assert (after.rating.value, after.rating.basis, after.rating.comment) == (2, Basis.OBSERVED, "vu")
    assert after.revision == before["leadership"].revision + 1
    undo(db, done.key or 0)
    assert ratings_of(db, "sut", "P01") == before


def test_several_participants_are_averaged_exactly(db: Database) -> None:
    bring(db, f"{RATINGS}{VAUX};P01;2;;\n{VAUX};P02;1;;\n{VAUX};P03;1;abs;?\n")
    part = scoreboard(db, Source.RATED).ranking.row(VAUX).score.part("leadership")
    assert part.measure.value == Fraction(4, 3)


def test_names_are_not_kept_and_the_same_person_has_the_same_pseudonym(db: Database) -> None:
    done = bring(db, f"{RATINGS}SuT;Zoé Merle;2;;\nSuT;P05;1;;\nSuT;Salle;0;;\n")
    assert done.plan.people == {"Zoé Merle": "P06"}
    assert b"Merle" not in file_of(db).read_bytes()
    found = plan(db, incoming(db, f"{RATINGS}SuT;zoe MERLE;2;;\nSuT;Un autre;1;;\n"))
    assert found.people == {"zoe MERLE": "P06", "Un autre": "P07"}
    assert found.counts == {"new": 1, "changed": 0, "same": 1}
    assert ratings_of(db, "sut")["leadership"].rating.value == 0


def test_a_comment_that_comes_in_replaces_the_one_there_was(db: Database) -> None:
    text = "Terrain;Participant;Critère;Niveau;Sur quoi elle repose;Commentaire\nSuT;P1;1.1;1;déclaré;{}\n"
    bring(db, text.format("un"))
    assert bring(db, text.format("un")).key is None
    assert bring(db, text.format("deux")).plan.counts["changed"] == 1
    assert ratings_of(db, "sut", "P01")["leadership"].rating.comment == "deux"


def test_progress_is_told_and_stopping_undoes_all(db: Database) -> None:
    told: list[tuple[int, int]] = []
    text = f"{RATINGS}A;P01;1;1;1\nB;P01;1;1;1\n"
    before = kept(db)

    def stop(done: int, wanted: int) -> None:
        told.append((done, wanted))
        if done == wanted:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(db, incoming(db, text), "a.csv", progress=stop)
    assert told == [(3, 6), (6, 6)]
    assert kept(db) == before
    assert last_imports(db) == []


def test_two_names_of_one_terrain_in_a_table_are_refused(db: Database) -> None:
    row = report_rows()[1]
    scores = text_of([report_rows()[0], ["SuT", *row[1:]], ["Start-up de Territoire", *row[1:]]])
    for text in (scores, f"{RATINGS}SuT;P1;1;;\nsut;P1;1;;\n".replace("sut;", "Start-up de Territoire;")):
        found = plan(db, incoming(db, text))
        assert [(p.place.row, p.expected, p.values) for p in found.problems] == [(3, "once", {"first": 2})]
        with pytest.raises(DomainError) as refused:
            bring(db, text)
        assert refused.value.code == "import_has_problems"
    assert last_imports(db) == []


def test_a_new_name_that_resembles_a_known_one_is_pointed_out(db: Database) -> None:
    found = plan(db, incoming(db, "Nom;Contexte\nEpicerie solidair;x\n"))
    assert found.lookalikes == {"Epicerie solidair": "Épicerie solidaire"}
    many = "".join(f"Terrain numéro {i};x\n" for i in range(70))
    assert plan(db, incoming(db, f"Nom;Contexte\n{many}")).lookalikes == {}


def test_records_change_where_the_table_says_something_and_stay_elsewhere(db: Database) -> None:
    before = get_terrain(db, "epicerie-solidaire")
    bring(
        db,
        "Code;Nom;Contexte;Enseignements de l'axe 1;Cadres d'accompagnement;Miroir de\n"
        "epicerie-solidaire;Épicerie du pays;;appris;Incubateur - SUT;Ferme\n;Ferme;neuve;;;\n",
    )
    after = get_terrain(db, "epicerie-solidaire")
    assert (after.name, after.context, after.mirrors_of) == ("Épicerie du pays", before.context, ("ferme",))
    assert [(lesson.axis, lesson.text) for lesson in after.lessons] == [(1, "appris")]
    assert [u.code for u in after.frameworks if u.kind == "support"] == ["incubator"]
    assert [u for u in after.frameworks if u.kind != "support"] == [
        u for u in before.frameworks if u.kind != "support"
    ]
    assert get_terrain(db, "ferme").context == "neuve"


def test_a_mirror_of_nobody_and_a_name_that_is_taken_are_refused(db: Database) -> None:
    found = plan(db, incoming(db, "Nom;Code;Miroir de\nSuT;epicerie-solidaire;\nFerme;;Nulle part\n"))
    assert {(p.place.row, p.expected) for p in found.problems} == {(2, "name_free"), (3, "terrain_known")}
    found = plan(db, incoming(db, "Nom;Code;Contexte\nSuT;;un\nAutre;sut;deux\n"))
    assert {(p.place.row, p.expected) for p in found.problems} >= {(3, "once")}


def test_what_was_changed_since_is_not_undone(db: Database) -> None:
    done = bring(db, f"{RATINGS}SuT;P01;1;1;1\n")
    answer(db, "sut", "leadership", Answer.LEVEL, Fraction(2), voice="P01")
    record = bring(db, "Nom;Contexte\nSuT;importé\n")
    update_terrain(db, Terrain(**{**_fields(get_terrain(db, "sut")), "context": "corrigé"}))
    before = kept(db)
    for key, code in ((done.key, "import_ratings_changed"), (record.key, "import_changed_since")):
        with pytest.raises(DomainError) as refused:
            undo(db, key or 0)
        assert refused.value.code == code
    assert kept(db) == before


def _fields(terrain: Terrain) -> dict:
    return {name: getattr(terrain, name) for name in Terrain.__slots__}


def test_what_something_rests_on_is_not_undone(db: Database) -> None:
    done = bring(db, "Nom;Contexte\nFerme;x\n")
    ratings = bring(db, f"{RATINGS}Ferme;P01;1;1;1\n")
    with pytest.raises(DomainError) as refused:
        undo(db, done.key or 0)
    assert refused.value.code == "import_used_since"
    undo(db, ratings.key or 0)
    create_terrain(db, Terrain(code="x", name="Reflet", mirrors_of=("ferme",)))
    with pytest.raises(DomainError) as refused:
        undo(db, done.key or 0)
    assert refused.value.code == "import_used_since"


def test_an_import_is_undone_once_and_must_exist(db: Database) -> None:
    done = bring(db, "Nom;Contexte\nFerme;x\n")
    undo(db, done.key or 0)
    with pytest.raises(DomainError) as refused:
        undo(db, done.key or 0)
    assert refused.value.code == "import_undone"
    with pytest.raises(DomainError) as refused:
        undo(db, 99)
    assert refused.value.code == "import_unknown"


def test_an_archived_terrain_is_known_by_its_name(db: Database) -> None:
    archive_terrain(db, "sut")
    assert plan(db, incoming(db, "Nom;Contexte\nsut;x\n")).changed == ("SuT",)


GRID = (
    "Partie;Pilier;Critère;Niveau 0;Niveau 1;Niveau 2;Version\n"
    "ECT;Portage collectif;Portage du projet;Porteur de projet individuel;autre;autre;2023\n"
    "ECT;Nouveau;Tout neuf;a;b;c;2023\nSélection;;Proximité territoriale;;;;2023\n"
)


def test_a_new_version_of_the_grid_comes_into_force_and_goes_again(db: Database) -> None:
    old, before = current_grid(db), scoreboard(db)
    found = plan(db, incoming(db, GRID))
    assert (found.version, found.counts) == (
        "2023-2",
        {"kept": 0, "reworded": 2, "added": 1, "gone": 27, "scored": 3},
    )
    done = bring(db, GRID)
    assert current_grid(db).version == "2023-2"
    board_ = scoreboard(db)
    assert (board_.ranking.ranked, board_.notes, board_.caveats) == ((), (), {})
    assert basis(db).ranking.ranked == ()
    undo(db, done.key or 0)
    assert current_grid(db) == old
    assert scoreboard(db) == before
    again = bring(db, GRID.replace("Tout neuf", "Autre chose"))
    assert [c.label.fr for c in current_grid(db).ect_criteria][1] == "Autre chose"
    assert again.key != done.key


def test_a_version_with_its_own_name_keeps_it_and_one_in_use_stays(db: Database) -> None:
    done = bring(db, GRID.replace(";2023\n", ";2025\n"))
    assert current_grid(db).version == "2025"
    answer(db, "sut", "leadership", Answer.LEVEL, Fraction(1))
    with pytest.raises(DomainError) as refused:
        undo(db, done.key or 0)
    assert refused.value.code == "import_used_since"
    assert current_grid(db).version == "2025"
