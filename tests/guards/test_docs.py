"""The documentation says what the code has: pages, commands, settings, decisions."""

from __future__ import annotations

from pathlib import Path

from ect.cli import app
from ect.i18n import Speaker
from ect.settings import Settings
from ect.ui.pages import PAGES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
DOCS = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))


def test_the_readme_gives_the_two_commands() -> None:
    assert "python3 -m ect run" in README
    assert "python3 -m ect test" in README


def test_every_page_is_in_the_readme() -> None:
    assert [page.address for page in PAGES if f"**{Speaker('fr').t(page.title)}**" not in README] == []


def test_every_command_is_in_the_readme() -> None:
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert [name for name in names if f"ect {name}" not in README] == []


def test_every_setting_is_documented() -> None:
    assert [name for name in Settings.model_fields if f"ECT_{name.upper()}" not in DOCS] == []


def test_every_document_is_reached_from_the_readme_or_the_index() -> None:
    index = README + (ROOT / "docs" / "README.md").read_text("utf-8")
    missing = [
        path.relative_to(ROOT / "docs").as_posix()
        for path in sorted((ROOT / "docs").rglob("*.md"))
        if path.name != "README.md" and path.relative_to(ROOT / "docs").as_posix() not in index
    ]
    assert missing == []


def test_pictures_of_the_readme_exist() -> None:
    assert (ROOT / "docs" / "images" / "accueil.png").stat().st_size > 10_000


def test_the_annotated_tree_names_what_there_is() -> None:
    for path in ["app.py", "pages", "data", "tests", "requirements.txt", ".streamlit", "docs", ".ci"]:
        assert path in README
    packages = [path.parent.name for path in (ROOT / "ect").glob("*/__init__.py")]
    assert [name for name in packages if f"{name}/" not in README] == []


def test_every_published_example_has_its_test() -> None:
    table = (ROOT / "docs" / "method" / "published-examples.md").read_text("utf-8")
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 9
    for _method, source, test, _note in rows:
        words = (ROOT / test.strip().strip("`")).read_text("utf-8")
        author = source.strip().removeprefix("test suite of ").split()[0].strip(",")
        assert author.casefold() in words.casefold(), source
