"""Scoreboards over the store: published, rated, or the one else the other."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ect.domain.publication import round_like
from ect.domain.rating import Answer
from ect.domain.scoring import is_pillar_level
from ect.services.catalogue import archive_terrain
from ect.services.rating import answer
from ect.services.reference import current_grid, publication
from ect.services.scores import Source, all_scores, score_of, scoreboard
from ect.storage.database import Database

VAUX = "vaux-sur-poligny"


def rate_everything(db: Database, terrain: str, level: int) -> None:
    for criterion in current_grid(db):
        answer(db, terrain, criterion.code, Answer.LEVEL, Fraction(level))


@pytest.mark.parametrize("row", publication().rows, ids=lambda row: row.terrain)
def test_every_printed_cell_is_reproduced_to_its_digits(db: Database, row) -> None:
    score = scoreboard(db).ranking.row(row.terrain).score
    values = {part.code: part.measure.value for part in score.columns}
    values |= {"ect": score.ect.value, "selection": score.selection_total.value, "total": score.total.value}
    assert {code: round_like(values[code], printed) for code, printed in row.printed.items()} == row.printed


def test_the_mean_row_is_the_printed_one_save_for_the_anomaly(db: Database) -> None:
    means = scoreboard(db).means
    values = {**means.columns, "ect": means.ect, "selection": means.selection_total, "total": means.total}
    differing = {
        code: (printed, round_like(values[code], printed))
        for code, printed in publication().printed_mean.items()
        if round_like(values[code], printed) != printed
    }
    assert differing == {"mirror": ("1,33", "2,00")}


def test_both_anomalies_and_the_caveat_stand_beside_the_table(db: Database) -> None:
    board = scoreboard(db)
    assert [note.code for note in board.notes] == ["printed_maximum", "printed_mean"]
    assert list(board.caveats) == ["sut"]


def test_an_unscored_candidate_is_listed_and_not_ranked(db: Database) -> None:
    row = scoreboard(db).ranking.row(VAUX)
    assert (row.rank, row.score.total.low, row.score.total.high) == (None, 0, 34)
    assert (row.best, row.worst) == (1, 4)


def test_a_rated_candidate_joins_the_published_ones(db: Database) -> None:
    rate_everything(db, VAUX, 2)
    board = scoreboard(db)
    assert board.ranking.rows[0].terrain == VAUX
    assert board.origins[VAUX] == "rated"
    assert not is_pillar_level(board.ranking.rows[0].score)


def test_what_is_rated_here_never_hides_what_was_published(db: Database) -> None:
    rate_everything(db, "sut", 2)
    assert scoreboard(db).ranking.row("sut").score.total.value == Fraction("21.5")
    assert scoreboard(db, Source.RATED).ranking.row("sut").score.total.value == 34
    assert scoreboard(db, Source.RATED).notes == ()


def test_an_archived_terrain_is_in_no_ranking(db: Database) -> None:
    archive_terrain(db, "sut")
    assert scoreboard(db).ranking.row("sut") is None
    assert "sut" not in all_scores(db)


def test_a_mirror_is_compared_and_never_ranked(db: Database) -> None:
    answer(db, "hadecot-bois", "need", Answer.LEVEL, Fraction(2))
    assert scoreboard(db).ranking.row("hadecot-bois") is None
    assert all_scores(db)["hadecot-bois"].total.known == 1


def test_a_terrain_without_a_score_is_all_unknown(db: Database) -> None:
    assert score_of(db, VAUX).total.known == 0
