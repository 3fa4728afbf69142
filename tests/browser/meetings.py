"""Meetings in browsers: prepare one, join it, answer, each as a person does."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

SUT, VAUX = "SuT", "Vaux-sur-Poligny"
TITLE = "Comité d'automne"
FOLLOWS_MS = 20_000


def prepare(page: Page) -> str:
    """Prepare a meeting on two terrains, open it, and return its code."""
    page.get_by_role("button", name="Préparer une séance").click()
    page.get_by_label("Titre").fill(TITLE)
    for name in ("Épicerie solidaire", "Maison de l'alimentation"):
        page.get_by_role("button", name=f"Remove {name}").click()
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(page.get_by_role("heading", name="Places")).to_be_visible()
    page.get_by_role("button", name="Toutes les séances").click()
    page.get_by_role("button", name="Ouvrir aux participants").first.click()
    expect(page.get_by_role("button", name="Lancer la notation")).to_be_visible()
    found = re.search(r"/r/([A-Z2-9]{9})", page.locator("[data-testid=stCode]").first.inner_text())
    assert found
    return found[1]


def sit(page: Page, address: str, code: str, name: str, recused: str = "") -> None:
    """Join by the link, under a name, recused from a terrain or from none."""
    page.goto(f"{address}/r/{code}")
    page.get_by_label("Votre nom").fill(name)
    assert code not in page.url
    if recused:
        page.get_by_role("combobox", name="Terrains dont vous").click()
        page.get_by_role("option", name=recused).click()
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Rejoindre la séance").click()


def choose(page: Page, stop: str) -> None:
    """Choose an option of the criterion on the screen, and wait until it is saved."""
    press(page, stop)
    expect(page.get_by_text("Enregistré à").first).to_be_visible()


def press(page: Page, stop: str) -> None:
    """Choose an option of the criterion on the screen."""
    page.locator("[data-testid=stRadio] label").filter(
        has_text=re.compile(f"^{re.escape(stop)}")
    ).first.click()
