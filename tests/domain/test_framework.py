"""The breakdown by framework: who uses what, mean scores with their n, and what is not covered."""

from __future__ import annotations

from fractions import Fraction

from ect.domain.framework import (
    Category,
    Framework,
    FrameworkKind,
    FrameworkUse,
    Question,
    breakdown,
    category_counts,
    unused,
)
from ect.domain.scoring import score
from ect.domain.text import EMPTY, Text
from tests.domain.builders import EPICERIE, GRID, MAISON, SUT, level_profile, report_scores

EMERGENCE, SUPPORT = FrameworkKind.EMERGENCE, FrameworkKind.SUPPORT
DEVICE = Framework(EMERGENCE, "device", 1, Text("Dispositif"), (Category.STARTER,))
PRIVATE = Framework(EMERGENCE, "private", 2, Text("Acteur privé"), (Category.STARTER, Category.BOOSTER))
CITIZENS = Framework(EMERGENCE, "citizens", 3, Text("Collectif citoyen"))
FAI = Framework(SUPPORT, "device", 1, Text("Méthode FAI"))
CATALOGUE = (DEVICE, PRIVATE, CITIZENS, FAI)
USES = {
    MAISON: (FrameworkUse(EMERGENCE, "Dispositif (PAT)", "device"),),
    EPICERIE: (FrameworkUse(EMERGENCE, "Initiative privée", "private", interpreted=True),),
    SUT: (
        FrameworkUse(EMERGENCE, "Dispositif", "device"),
        FrameworkUse(EMERGENCE, "Dispositif, bis", "device"),
    ),
    "vaux": (FrameworkUse(EMERGENCE, "xxx"), FrameworkUse(SUPPORT, "FAI", "device")),
}


def test_the_mean_of_a_framework_is_exact_and_comes_with_its_n() -> None:
    device = breakdown(CATALOGUE, USES, report_scores())[0]
    assert (device.terrains, device.n) == ((MAISON, SUT), 2)
    assert device.mean_ect == Fraction("4.8")
    assert device.mean_total == Fraction("22.35")
    assert device.conclusive


def test_one_scored_terrain_concludes_nothing() -> None:
    private = breakdown(CATALOGUE, USES, report_scores())[1]
    assert (private.n, private.mean_total, private.conclusive) == (1, Fraction("25.3"), False)


def test_a_framework_without_a_scored_terrain_has_no_mean() -> None:
    fai = breakdown(CATALOGUE, USES, report_scores())[3]
    assert (fai.terrains, fai.n, fai.mean_ect, fai.mean_total) == (("vaux",), 0, None, None)
    assert not fai.conclusive


def test_an_incomplete_score_counts_in_no_mean() -> None:
    scores = report_scores() | {SUT: score(GRID, level_profile(1, mirror=None))}
    device = breakdown(CATALOGUE, USES, scores)[0]
    assert device.terrains == (MAISON, SUT)
    assert (device.n, device.mean_ect) == (1, Fraction("5.6"))


def test_frameworks_of_two_kinds_may_share_a_code() -> None:
    results = breakdown((DEVICE, FAI), USES, {})
    assert [result.terrains for result in results] == [(MAISON, SUT), ("vaux",)]


def test_the_breakdown_keeps_the_order_of_the_catalogue() -> None:
    results = breakdown(reversed(CATALOGUE), USES, {})
    assert [result.framework for result in results] == list(reversed(CATALOGUE))


def test_frameworks_no_terrain_uses_are_listed() -> None:
    assert unused(breakdown(CATALOGUE, USES, {})) == (CITIZENS,)


def test_a_use_counts_in_each_category_of_its_framework_or_under_none() -> None:
    assert category_counts(breakdown(CATALOGUE, USES, {})) == {
        Category.STARTER: 3,
        Category.BOOSTER: 1,
        None: 1,
    }


def test_no_use_counts_zero_in_every_category() -> None:
    assert category_counts([]) == {Category.STARTER: 0, Category.BOOSTER: 0, None: 0}


def test_there_are_four_kinds_and_what_the_report_does_not_say_is_empty() -> None:
    assert len(FrameworkKind) == 4
    assert (CITIZENS.description, CITIZENS.categories, CITIZENS.examples) == (EMPTY, (), ())
    assert Question(1, Text("Qui ?")) == Question(1, Text("Qui ?"))
