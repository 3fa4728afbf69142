"""Files brought in from the command line: what is said, and what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ect.domain.errors import DomainError
from ect.exchange.imports.files import import_file
from ect.i18n import Speaker
from ect.services.importing import last_imports, undo
from ect.storage.database import Database
from tests.exchange.tables import report_rows, text_of

SAY = Speaker("fr")
RATINGS = "Terrain;Participant;1.1;S1\n"


def plain(lines: tuple[str, ...]) -> list[str]:
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def said(db: Database, tmp_path: Path, text: str, *, dry: bool = True) -> list[str]:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    return plain(import_file(db, path, SAY, dry=dry).sentences)


def test_a_trial_says_everything_and_writes_nothing(db: Database, tmp_path: Path) -> None:
    rows = report_rows()
    text = text_of([rows[0], ["Epicerie du pays", *rows[1][1:]], ["SuT", *rows[1][1:]], rows[2]])
    assert said(db, tmp_path, text) == [
        "a.csv : Tableau de scores.",
        "2 terrains reçoivent un score importé : Epicerie du pays, SuT.",
        "1 terrain est créé : Epicerie du pays.",
        "Le classement officiel montre toujours le score publié ou arrêté de SuT ; le score importé se voit"
        " en choisissant « Importés » sous « Scores ».",
        "1 terrain du tableau est déjà connu tel quel : rien n'y change.",
        "Les nombres arrondis sont lus comme les fractions qu'ils représentent : 1,33 = 4/3, 1,67 = 5/3.",
        "L'en-tête imprimé dit « SCORE TOTAL (sur 85) », mais les totaux imprimés suivent la formule, dont le"
        " maximum est 34. 85 vaut 2,5 fois 34 : le même classement dans une autre unité.",
        "Un essai : rien n'est écrit.",
    ]
    assert last_imports(db) == []


def test_ratings_are_told_with_their_pseudonyms(db: Database, tmp_path: Path) -> None:
    text = RATINGS + "Vaux sur Poligny;Merle;1;\nEpicerie solidair;Loriot;2;?\n"
    assert said(db, tmp_path, text, dry=False) == [
        "a.csv : Notes des participants.",
        "Notes : 3 ajoutées, 0 remplacées, 0 déjà identiques.",
        "1 terrain est créé : Epicerie solidair.",
        "Les noms des participants ne sont pas gardés ; chacun reçoit un pseudonyme : Merle → P01,"
        " Loriot → P02.",
        "« Epicerie solidair » est nouveau, mais ressemble à « Épicerie solidaire ». Si c'est le même"
        " terrain, corriger d'abord son nom dans le tableau.",
        "C'est fait. La page Données permet de l'annuler.",
    ]
    assert said(db, tmp_path, text, dry=False)[1:] == ["Il n'y a rien à changer : tout est déjà connu."]
    (batch,) = last_imports(db)
    undo(db, batch.key)


def test_records_and_a_grid_are_told(db: Database, tmp_path: Path) -> None:
    many = "".join(f"Lieu {i:02};x\n" for i in range(14))
    lines = said(db, tmp_path, f"Nom;Contexte\nSuT;y\n{many}")
    assert lines[1].endswith("Lieu 11 et 2 autres.")
    assert lines[2] == "1 fiche change : SuT."
    grid = "Partie;Pilier;Critère;Niveau 0;Niveau 1;Niveau 2\nECT;P;C;a;b;c\nSélection;;S;;;\n"
    assert said(db, tmp_path, grid)[1:3] == [
        "La version « 2023-2 » de la grille entre en vigueur : 0 critères inchangés, 0 modifiés, 2 nouveaux ;"
        " 29 disparaissent.",
        "3 terrains ont un score sous la version actuelle : ces scores restent avec elle, et le classement"
        " repart de zéro sous la nouvelle. Annuler cet import le fait revenir.",
    ]


def test_mistakes_are_listed_and_counted(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(RATINGS + "A;P1;7;7\n" * 60, "utf-8")
    outcome = import_file(db, path, SAY, dry=False)
    assert outcome.sentences == ()
    assert len(outcome.mistakes) == 51
    assert plain(outcome.mistakes)[0] == (
        "a.csv, ligne 2, colonne C (« 1.1 ») : trouvé « 7 » ; attendu 0, 1 ou 2, « ? » (ne sait pas),"
        " « abstention », ou rien."
    )
    assert outcome.mistakes[-1].replace("\N{NO-BREAK SPACE}", " ").endswith("erreurs : rien n'est écrit.")


def test_mistakes_only_the_store_shows_are_listed_too(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nom;Miroir de\nFerme;Nulle part\n", "utf-8")
    (first, _count) = import_file(db, path, SAY, dry=False).mistakes
    assert "« Nulle part » ; attendu le nom d'un terrain connu" in first.replace("\N{NO-BREAK SPACE}", " ")


def test_a_file_that_is_not_there_or_far_too_large_is_refused(db: Database, tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refused:
        import_file(db, tmp_path / "a.csv", SAY, dry=True)
    assert refused.value.code == "data_unreadable"
    large = tmp_path / "b.csv"
    with large.open("wb") as stream:
        stream.truncate(30 * 1024 * 1024)
    with pytest.raises(DomainError) as refused:
        import_file(db, large, SAY, dry=True)
    assert refused.value.code == "file_too_large"
