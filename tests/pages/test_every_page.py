"""Every page opens, in both languages, on an empty store and on the full one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ect.i18n import LANGUAGES, Speaker
from ect.ui.pages import PAGES
from tests.pages.conftest import Open

ADDRESSES = [page.address for page in PAGES]


def words(at) -> str:
    shown = [*at.markdown, *at.caption, *at.title, *at.header, *at.subheader, *at.info, *at.warning]
    return "\n".join(str(element.value) for element in shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page_address", ADDRESSES)
def test_a_page_opens_on_the_report(open_page: Open, page_address: str, language: str) -> None:
    at = open_page(page_address, language)
    assert not at.exception
    assert not at.error
    assert len(at.title) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page_address", ADDRESSES)
def test_a_page_opens_on_an_empty_store(
    open_page: Open, page_address: str, language: str, grid_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECT_DATA_DIR", str(grid_only))
    at = open_page(page_address, language)
    assert not at.exception
    assert not at.error
    assert len(at.title) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_a_page_is_titled_in_the_readers_language(open_page: Open, page) -> None:
    if page.address != "accueil":
        for language in LANGUAGES:
            at = open_page(page.address, language)
            assert at.title[0].value == Speaker(language).t(page.title)


def test_a_store_that_cannot_be_opened_is_one_sentence(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    monkeypatch.setenv("ECT_DATABASE_URL", f"sqlite:///{tmp_path / 'file' / 'ect.db'}")
    at = open_page("accueil")
    assert [error.value.split("\N{NO-BREAK SPACE}")[0] for error in at.error] == [
        "La base de données est injoignable"
    ]
    assert not at.exception


def test_a_wrong_setting_is_one_sentence(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECT_TIMEZONE", "Jura/Lons")
    at = open_page("accueil")
    assert "ECT\\_TIMEZONE" in at.error[0].value
    assert not at.exception


def test_the_language_switch_says_everything_in_english(open_page: Open) -> None:
    at = open_page("classement")
    at.sidebar.button_group[0].set_value("en").run()
    assert at.title[0].value == "Ranking"
    assert not at.exception
