"""Et si answers while a slider moves, in the page: as the server would, to the letter."""

from __future__ import annotations

import random
import re
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ect.charts.radar import RadarLook
from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.domain.ranking import rank
from ect.domain.scenario import Scenario, nothing_supposed, read_link, write_link
from ect.domain.scoring import Profile, score
from ect.domain.weights import ECT, SELECTION
from ect.i18n import Speaker
from ect.services.what_if import Basis
from ect.ui.components.what_if.answer import answer_to, model_of
from tests.browser.conftest import Server, Visit, settle
from tests.browser.held import Held
from tests.domain.builders import grid_of, pillar, selection_criterion

pytestmark = pytest.mark.browser

INSTANCES = 1_000
# What other tests rate does not count here.
PUBLISHED = "et-si?scores=published"
LEVELS = [Fraction(step, 2) for step in range(5)] + [Fraction(4, 3), Fraction(8, 5), Fraction(37, 100)]
WEIGHTS = [
    Fraction(),
    Fraction(1, 4),
    Fraction(1, 2),
    Fraction(1),
    Fraction(2),
    Fraction(5, 2),
    Fraction(7, 3),
]
ANSWER_ALL = """async (cases) => {
  const { answer, readLink, supposing } = await import("/_stcore/bidi-components/ect.what_if/answer.js");
  return cases.map(({ model, link, moves, whole }) =>
    answer(model, supposing(model, readLink(link), moves), whole));
}"""

Move = tuple[str, Fraction | None]


def some_grid(chance: random.Random) -> Grid:
    pillars = [pillar(f"p{place}", chance.randint(1, 3)) for place in range(chance.randint(1, 4))]
    selection = [selection_criterion(f"s{place}") for place in range(chance.randint(1, 3))]
    return grid_of(pillars, selection, chance.randint(1, 3))


def some_profile(chance: random.Random, grid: Grid) -> dict[str, Fraction]:
    """Return levels, some of them of whole pillars, some unknown."""
    known = chance.choice([0.0, 0.8, 1.0, 1.0, 1.0])
    levels = LEVELS[: chance.choice([5, 8])]
    codes = [criterion.code for criterion in grid.selection]
    for one in grid.pillars:
        codes += [one.code] if chance.random() < 0.3 else [criterion.code for criterion in one.criteria]
    return {code: chance.choice(levels) for code in codes if chance.random() < known}


def some_basis(chance: random.Random) -> Basis:
    grid = some_grid(chance)
    own = [some_profile(chance, grid) for _ in range(chance.randint(1, 4))]
    profiles: dict[str, Profile] = {f"t{place}": chance.choice(own) for place in range(chance.randint(1, 7))}
    names = {code: f"{code.upper()} · {{gap}} $& l'épicerie" for code in profiles}
    return Basis(grid, names, profiles, rank({code: score(grid, p) for code, p in profiles.items()}))


def some_moves(chance: random.Random, basis: Basis) -> list[Move]:
    """Return what sliders might say: weights, levels, some of them as they stand."""
    grid = basis.grid
    codes = [ECT, SELECTION, *(one.code for one in grid.pillars), *(criterion.code for criterion in grid)]
    moves: list[Move] = [
        (code, chance.choice(WEIGHTS)) for code in chance.sample(codes, chance.randint(0, 3))
    ]
    for terrain, profile in basis.profiles.items():
        parts = [criterion.code for criterion in grid.selection]
        for one in grid.pillars:
            parts += [one.code] if one.code in profile else [criterion.code for criterion in one.criteria]
        moved = chance.sample(parts, min(len(parts), chance.choice([0, 0, 1, 2])))
        moves += [(f"{terrain}/{part}", chance.choice([profile.get(part), *LEVELS])) for part in moved]
    return moves


def supposing(basis: Basis, scenario: Scenario, moves: list[Move]) -> Scenario:
    """Suppose as the sliders' callbacks do: a level as it stands is no longer supposed."""
    for target, value in moves:
        terrain, slash, part = target.partition("/")
        if slash:
            stands = value == basis.profiles[terrain].get(part)
            scenario = scenario.supposing(terrain, part, None if stands else value)
        else:
            assert value is not None
            scenario = Scenario(scenario.weights.having(target, value), scenario.levels)
    return scenario


def in_python(basis: Basis, scenario: Scenario, say: Speaker, *, whole: bool) -> dict[str, Any] | None:
    link = write_link(basis.grid, scenario)
    try:
        read_link(basis.grid, basis.profiles, link)
    except DomainError:
        return None
    found = answer_to(basis, read_link(basis.grid, basis.profiles, link), say, whole=whole)
    rows = [{"terrain": line.terrain, "cells": list(line.cells)} for line in found.rows]
    radar = [{k: list(v) if isinstance(v, tuple) else v for k, v in asdict(s).items()} for s in found.radar]
    return {"sentence": found.sentence, "rows": rows, "radar": radar}


def one_case(chance: random.Random) -> tuple[dict[str, Any], dict[str, Any] | None]:
    basis, say = some_basis(chance), Speaker(chance.choice(["fr", "en"]))
    labels = tuple(one.code for one in basis.grid.pillars)
    model = model_of(basis, {}, RadarLook(axes=labels, series=(), description=""), say)
    model["first"] = chance.choice([1, 3, 30])
    before, moves, whole = some_moves(chance, basis), some_moves(chance, basis), chance.random() < 0.3
    try:
        heard = supposing(basis, nothing_supposed(basis.grid), before)
        link = write_link(basis.grid, heard)
        read_link(basis.grid, basis.profiles, link)
    except DomainError:
        heard, link = nothing_supposed(basis.grid), ""
    given = [(target, None if value is None else str(value)) for target, value in moves]
    case = {"model": model, "link": link, "moves": given, "whole": whole}
    try:
        scenario = supposing(basis, heard, moves)
    except DomainError:
        return case, None
    return case, _cut(in_python(basis, scenario, say, whole=True), model["first"], scenario, whole=whole)


def _cut(
    found: dict[str, Any] | None, first: int, scenario: Scenario, *, whole: bool
) -> dict[str, Any] | None:
    if found is None or whole:
        return found
    moved = {terrain for terrain, _part in scenario.levels}
    rows = [row for place, row in enumerate(found["rows"]) if place < first or row["terrain"] in moved]
    return {**found, "rows": rows}


def test_the_page_answers_as_the_server_on_a_thousand_instances(visit: Visit) -> None:
    page, chance = visit("et-si"), random.Random(20261127)
    cases = [one_case(chance) for _ in range(INSTANCES)]
    found = page.evaluate(ANSWER_ALL, [case for case, _expected in cases])
    for (case, expected), got in zip(cases, found, strict=True):
        assert got == expected, case
    refused = sum(expected is None for _case, expected in cases)
    tied = sum(bool(expected) and "ensemble" in expected["sentence"] for _case, expected in cases)
    open_ = sum(
        bool(expected) and any(r["cells"][0] == "–" for r in expected["rows"]) for _c, expected in cases
    )
    assert min(refused, tied, open_) > INSTANCES / 50


def said(page: Page) -> str:
    return page.locator(".st-key-what-if-answer [role=status]").inner_text()


def first_line(page: Page) -> list[str]:
    return page.locator(".st-key-what-if-answer tbody tr").first.locator("th, td").all_inner_texts()


def ect_slider(page: Page):
    return page.locator(".st-key-what-if-weight-ect").get_by_role("slider")


def press(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def test_the_board_follows_the_slider_before_the_server_has_heard_of_it(
    browser: Browser, server: Server
) -> None:
    held = Held(browser, f"{server.address}/{PUBLISHED}")
    page, line = held.page, held.page.locator(".ect-radar g path").first
    assert said(page) == "Épicerie solidaire est premier, 2,1 points devant Maison de l'alimentation."
    held.holds = True
    ect_slider(page).focus()
    press(page, "ArrowRight", 21)
    assert said(page).startswith("Épicerie solidaire, Maison de l'alimentation sont premiers ensemble.")
    press(page, "ArrowRight", 1)
    assert first_line(page)[:2] == ["1", "Maison de l'alimentation"]
    assert said(page).endswith("L'ordre n'est plus l'ordre officiel.")
    assert held.waiting
    assert "si=" not in page.url
    drawn = first_line(page), said(page), line.get_attribute("d")
    held.let_go()
    page.wait_for_url("**si=ect%3D13")
    settle(page)
    assert (first_line(page), said(page), line.get_attribute("d")) == drawn
    page.context.close()


def test_the_radar_follows_a_level(browser: Browser, server: Server) -> None:
    held = Held(browser, f"{server.address}/{PUBLISHED}")
    page, line = held.page, held.page.locator(".ect-radar g path").first
    told, before = page.locator(".ect-radar title").first, line.get_attribute("d")
    held.holds = True
    page.locator("summary", has_text="Portage collectif").click()
    level = page.locator(".st-key-what-if-level-epicerie-solidaire-collective").get_by_role("slider")
    level.focus()
    press(page, "End", 1)
    assert line.get_attribute("d") != before
    expect(told).to_have_text("Épicerie solidaire · Portage collectif : 2")
    press(page, "Home", 1)
    expect(told).to_have_text("Épicerie solidaire · Portage collectif : 0")
    page.context.close()


def test_it_follows_while_the_mouse_drags_and_the_server_hears_when_it_lets_go(visit: Visit) -> None:
    page = visit(PUBLISHED)
    track = page.locator(".st-key-what-if-weight-ect [role=group]").bounding_box()
    thumb = (
        page.locator(".st-key-what-if-weight-ect [data-testid=stSliderThumbValue]")
        .locator("..")
        .bounding_box()
    )
    assert track
    assert thumb
    page.mouse.move(thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"], thumb["y"], steps=8)
    expect(page.locator("[role=status] strong")).to_contain_text("Maison de l'alimentation est premier")
    assert "si=" not in page.url
    page.mouse.up()
    page.wait_for_url("**si=ect%3D16")


def test_undo_and_a_refused_change_bring_the_board_back(visit: Visit) -> None:
    page = visit(PUBLISHED)
    before = said(page)
    ect_slider(page).focus()
    press(page, "Home", 1)
    page.wait_for_url("**si=ect%3D0")
    settle(page)
    without = said(page)
    assert without != before
    page.locator(".st-key-what-if-weight-selection").get_by_role("slider").focus()
    press(page, "Home", 1)
    expect(page.get_by_text("ce changement n'a pas été fait", exact=False)).to_be_visible()
    settle(page)
    assert said(page) == without
    page.get_by_role("button", name="Annuler le dernier changement").click()
    settle(page)
    assert said(page) == before
    assert ect_slider(page).get_attribute("aria-valuetext") == "2"


def test_another_terrain_and_the_other_language_are_answered_too(visit: Visit) -> None:
    page = visit("et-si?lang=en")
    page.get_by_role("combobox", name="Terrain").click()
    page.get_by_role("option", name="Vaux-sur-Poligny").click()
    settle(page)
    page.locator("summary", has_text="Selection criteria").click()
    level = page.locator('[class*="st-key-what-if-level-vaux-sur-poligny-proximity"]').get_by_role("slider")
    level.focus()
    row = page.locator(".st-key-what-if-answer tbody tr", has_text="Vaux-sur-Poligny")
    before = row.locator("td").nth(2).inner_text()
    press(page, "End", 1)
    expect(row.locator("td").nth(2)).not_to_have_text(before)
    drawn = row.locator("td").nth(2).inner_text()
    assert re.fullmatch(r"[\d.]+ to [\d.]+", drawn)
    page.wait_for_url("**si=vaux-sur-poligny**")
    settle(page)
    assert row.locator("td").nth(2).inner_text() == drawn
