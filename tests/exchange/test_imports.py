"""Tables are recognised by their headers, read exactly, and every mistake in them is named."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ect.domain.errors import DomainError
from ect.domain.framework import FrameworkKind
from ect.domain.grid import Grid
from ect.domain.incoming import Kind
from ect.domain.rating import Answer, Basis, Rating
from ect.domain.terrain import TerrainKind
from ect.exchange.imports.reading import only_table, read_table
from ect.exchange.imports.recognise import offered, read_as, recognise
from ect.exchange.imports.wording import problem_sentence
from ect.exchange.reading import read_tables
from ect.i18n import Speaker
from ect.services.reference import publication
from tests.exchange.books import book, parts, rows_xml, sheet_xml, zipped
from tests.exchange.conftest import ReadFile
from tests.exchange.tables import report_rows, text_of, with_cell


def sentences(read_, grid: Grid, name: str = "a.csv") -> list[str]:
    said = [problem_sentence(problem, name, grid, Speaker("fr")) for problem in read_.problems]
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in said]


def test_the_reports_table_gives_the_exact_profiles(read: ReadFile) -> None:
    found = read(text_of(report_rows(), "\t"))
    assert found.problems == ()
    assert [dict(line.profile) for line in found.incoming.scores] == [
        dict(row.profile) for row in publication().rows
    ]
    assert [note.code for note in found.incoming.notes] == [
        "rounded_figures",
        "printed_maximum",
        "printed_mean",
    ]


def test_columns_may_be_in_any_order_and_under_a_title(read: ReadFile) -> None:
    rows = [list(reversed(row)) for row in report_rows()]
    found = read(text_of([["Tableau des scores"], [""], *rows]))
    assert found.table.header_row == 3
    assert [dict(line.profile) for line in found.incoming.scores] == [
        dict(row.profile) for row in publication().rows
    ]


def test_headers_are_known_in_english_by_code_by_number_and_in_capitals(read: ReadFile, grid: Grid) -> None:
    first = grid.pillars[0]
    header = f"Terrain;{first.label.en};ANCRAGE TERRITORIAL;{grid.pillars[2].code};S1;s2;Score ECT /8"
    found = read(f"{header}\nA;1;2;0;1;1;3\n")
    assert dict(found.incoming.scores[0].profile) == {
        first.code: 1,
        grid.pillars[1].code: 2,
        grid.pillars[2].code: 0,
        grid.selection[0].code: 1,
        grid.selection[1].code: 1,
    }


def test_the_first_column_may_have_no_header(read: ReadFile) -> None:
    found = read(text_of([["", *report_rows()[0][1:]], *report_rows()[1:]]))
    assert [line.terrain for line in found.incoming.scores][2] == "SuT"


def test_criteria_stand_before_the_pillar_printed_beside_them(read: ReadFile, grid: Grid) -> None:
    header = ["Terrain", "Portage collectif", *(f"1.{i}" for i in range(1, 6))]
    found = read(text_of([header, ["A", "1,20", "1", "1", "1", "1", "1"]]))
    assert set(found.incoming.scores[0].profile) == {c.code for c in grid.pillars[0].criteria}
    assert [note.code for note in found.incoming.notes] == ["printed_sum"]


def test_a_row_without_figures_is_left_and_said(read: ReadFile) -> None:
    found = read(text_of([*report_rows(), ["Prison", *[""] * 16], ["", *["-"] * 16]]))
    assert len(found.incoming.scores) == 3
    assert any(n.code == "rows_without_figures" for n in found.incoming.notes)


def test_figures_without_a_name_are_refused(read: ReadFile, grid: Grid) -> None:
    found = read(text_of([[str(x) for x in row] for row in with_cell(2, "terrain", "")]))
    assert sentences(found, grid) == [
        "a.csv, ligne 3, colonne A (« Colonne1 ») : trouvé rien ; attendu un nom : cette ligne a des valeurs"
        " et pas de nom."
    ]


def test_every_mistake_is_named_at_once(read: ReadFile, grid: Grid) -> None:
    rows = with_cell(1, "means", "trop")
    rows[3][4] = "9"
    found = read(book(rows), "a.xlsx")
    assert sentences(found, grid, "a.xlsx") == [
        "a.xlsx, feuille « Feuil1 », ligne 2, colonne M (« Moyens financiers nécessaires ») : trouvé « trop »"
        " ; attendu un nombre de 0 à 2, ou rien si c'est inconnu.",
        "a.xlsx, feuille « Feuil1 », ligne 4, colonne E (« Modèle éco-hybridé ») : trouvé « 9 » ;"
        " attendu un nombre de 0 à 2.",
    ]


def test_a_column_that_resembles_one_waits_for_a_decision(grid: Grid) -> None:
    text = text_of(report_rows()).replace("Portage collectif", "Portge colectif")
    table = only_table("a.csv", read_tables("a.csv", text.encode()), grid)
    (column,) = table.unsure
    assert (column.letters, column.target, column.suggestion) == ("B", None, "grid:collective")
    assert column.suggestion in offered(table, grid)
    settled = table.corrected({1: column.suggestion})
    assert settled.unsure == ()
    assert dict(read_table(settled, grid).incoming.scores[2].profile)["collective"] == 1
    left = read_table(table.corrected({1: None}), grid)
    assert left.problems == ()
    assert "collective" not in left.incoming.scores[2].profile


def test_a_table_may_be_said_to_be_of_another_kind(grid: Grid) -> None:
    (sheet,) = read_tables("a.csv", b"Lieu;Quoi\nPoligny;2\n")
    assert recognise("a.csv", [sheet], grid) == []
    table = read_as("a.csv", sheet, Kind.TERRAINS, grid)
    assert [problem.expected for problem in read_table(table, grid).problems] == ["column"] * 2
    found = read_table(table.corrected({0: "name", 1: "context"}), grid)
    assert [(line.name, line.values) for line in found.incoming.terrains] == [("Poligny", {"context": "2"})]
    with pytest.raises(DomainError):
        read_as("a.csv", sheet, Kind.SCORES, grid, row=2)


def test_a_sheet_among_several_is_chosen_by_its_name(grid: Grid) -> None:
    scores = sheet_xml(rows_xml(report_rows()))
    sheets = read_tables(
        "a.xlsx", zipped(parts({"A": scores, "Notice": sheet_xml(rows_xml([["x"]])), "B": scores}))
    )
    assert only_table("a.xlsx", sheets, grid, "B").sheet == "B"
    with pytest.raises(DomainError) as refused:
        only_table("a.xlsx", sheets, grid, "Notice")
    assert refused.value.code == "sheet_unknown"


def test_wide_ratings_are_one_row_a_terrain_and_a_participant(read: ReadFile) -> None:
    found = read(
        "Terrain;Participant;1.1;1.2 Intérêt collectif et interactions;S1\nA;p1;2;?;1,5\nA;P02;abs;;\n"
    )
    assert [(x.terrain, x.participant, x.ratings) for x in found.incoming.ratings] == [
        (
            "A",
            "p1",
            (
                Rating("leadership", Answer.LEVEL, Fraction(2)),
                Rating("shared_interest", Answer.UNKNOWN),
                Rating("proximity", Answer.LEVEL, Fraction(3, 2)),
            ),
        ),
        ("A", "P02", (Rating("leadership", Answer.ABSTAIN),)),
    ]
    assert not found.incoming.described


def test_long_ratings_are_one_row_an_answer(read: ReadFile) -> None:
    found = read(
        "Comment;Score;Criterion;Rater;Project;What it rests on\n"
        "vu;1;Project leadership;Ann;A;observed\n;0.5;S1;Ann;A;\n;;1.2;Ann;A;\n;;;;;\n"
    )
    assert found.problems == ()
    assert found.incoming.described
    (line,) = found.incoming.ratings
    assert line.ratings == (
        Rating("leadership", Answer.LEVEL, Fraction(1), Basis.OBSERVED, "vu"),
        Rating("proximity", Answer.LEVEL, Fraction(1, 2)),
    )


def test_a_wrong_answer_is_refused_wherever_it_stands(read: ReadFile) -> None:
    found = read("Terrain;Participant;1.1\nA;P1;3\nB;P1;3\nC;P1;\n;P1;1\nB;P01;1\n")
    assert [(p.place.row, p.place.column, p.expected) for p in found.problems] == [
        (2, "C", "level"),
        (3, "C", "level"),
        (5, "A", "name"),
        (6, "B", "once"),
    ]


def test_a_ground_nobody_knows_and_an_odd_cell_are_refused(read: ReadFile) -> None:
    rows = [
        ["Terrain", "Participant", "Critère", "Niveau", "Sur quoi elle repose"],
        ["A", "P1", "1.1", 1, "ouï-dire"],
        ["A", "P1", "1.2", '<c t="b"><v>1</v></c>', ""],
        ["A", '<c t="e"><v>#N/A</v></c>', "1.3", 1, ""],
    ]
    found = read(book(rows), "a.xlsx")
    assert [(p.place.row, p.expected) for p in found.problems] == [
        (2, "basis"),
        (3, "no_boolean"),
        (4, "no_error"),
        (4, "name"),
    ]


def test_terrains_come_with_their_lists_lessons_and_frameworks(read: ReadFile) -> None:
    found = read(
        "Nom;Code;Nature;Année;Thématiques;Expérimentations;Enseignements de l'axe 2;"
        "Cadres d'accompagnement;Miroir de\n"
        'Châtel;;suivi;2024;"eau ; bois";"un\ndeux";• appris;Incubateur;SuT\n;;;;;;;;\n'
    )
    assert found.problems == ()
    (line,) = found.incoming.terrains
    assert line.values == {
        "kind": TerrainKind.FOLLOWED,
        "year": 2024,
        "themes": ("eau", "bois"),
        "experiments": ("un", "deux"),
        "lessons": {2: ("appris",)},
        "frameworks": {FrameworkKind.SUPPORT: ("Incubateur",)},
        "mirrors_of": ("SuT",),
    }


def test_terrains_need_a_name_each_its_own(read: ReadFile) -> None:
    found = read("Nom;Contexte\n;perdu\nA;un\na;deux\n")
    assert [(p.place.row, p.expected) for p in found.problems] == [(2, "name"), (4, "once")]


GRID_TEXT = (
    "Partie;Pilier;Code;Critère;Niveau 0;Niveau 1;Niveau 2;Version\n"
    "ECT;1. Portage collectif;;Portage du projet;seul;plusieurs;ensemble;2025\n"
    "ECT;Nouveau pilier !;;Nouveau critère;a;b;c;2025\n"
    "Sélection;;;Proximité territoriale;;;;2025\n"
    "Sélection;;;Un tout autre;a;b;c;\n"
)


def test_a_grid_keeps_the_codes_it_knows_and_makes_the_others(read: ReadFile) -> None:
    found = read(GRID_TEXT)
    assert found.problems == ()
    document = found.incoming.grid
    assert document
    assert document["version"] == "2025"
    assert [p["code"] for p in document["pillars"]] == ["collective", "nouveau_pilier"]
    assert [p["criteria"][0]["code"] for p in document["pillars"]] == ["leadership", "nouveau_critere"]
    assert [c["code"] for c in document["selection"]] == ["proximity", "un_tout_autre"]
    assert "levels" not in document["selection"][0]
    assert [level["descriptor"] for level in document["selection"][1]["levels"]] == ["a", "b", "c"]


def test_a_grid_with_mistakes_is_refused_by_each(read: ReadFile) -> None:
    found = read(
        "Partie;Pilier;Code;Critère;Niveau 0;Niveau 1;Niveau 2;Version\n"
        "ECT;;Un Code;a;a;b;c;2025\nAutre;P;;;a;b;c;2026\n"
    )
    assert [(p.place.row, p.expected) for p in found.problems] == [
        (2, "grid_code"),
        (2, "pillar"),
        (3, "name"),
        (3, "section"),
        (1, "some_selection"),
        (3, "one_version"),
    ]
    assert [
        p.expected for p in read("Partie;Critère;Niveau 0;Niveau 1;Niveau 2\nSélection;a;;;\n").problems
    ] == ["some_pillar"]


def test_a_grid_without_bounds_is_refused(read: ReadFile) -> None:
    rows = [["Partie", "Pilier", "Critère", "Niveau 0", "Niveau 1", "Niveau 2"]]
    rows += [["ECT", "P", f"C{i}", "a", "b", "c"] for i in range(201)]
    assert {p.expected for p in read(text_of(rows)).problems} == {"some_selection", "fewer_criteria"}


def test_a_text_that_would_run_is_refused_and_one_that_was_made_safe_is_itself(read: ReadFile) -> None:
    found = read("Nom;Contexte\nA;'=SOMME(A1)\nB;'- tiret\nC;'ordinaire\n")
    assert [line.values["context"] for line in found.incoming.terrains] == [
        "=SOMME(A1)",
        "- tiret",
        "'ordinaire",
    ]
    assert read("Nom;Contexte\nA;=SOMME(A1)\n").problems[0].expected == "no_formula"
