"""Settings: read from the environment, refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ect.domain.errors import DomainError
from ect.sentences import sentence
from ect.settings import DATA, read_settings


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert (settings.language, settings.timezone, settings.data_dir) == ("fr", "Europe/Paris", DATA)
    assert settings.database == f"sqlite:///{(DATA / 'ect.db').as_posix()}"


def test_each_setting_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ECT_DATABASE_URL", "postgresql+psycopg://host/ect")
    monkeypatch.setenv("ECT_LANGUAGE", "en")
    monkeypatch.setenv("ECT_TIMEZONE", "Indian/Reunion")
    monkeypatch.setenv("ECT_DATA_DIR", str(tmp_path))
    settings = read_settings()
    assert settings.database == "postgresql+psycopg://host/ect"
    assert (settings.language, settings.timezone) == ("en", "Indian/Reunion")
    assert settings.data_dir == tmp_path


def test_the_database_stands_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ECT_DATA_DIR", str(tmp_path))
    assert read_settings().database == f"sqlite:///{(tmp_path / 'ect.db').as_posix()}"


@pytest.mark.parametrize(("name", "value"), [("ECT_LANGUAGE", "de"), ("ECT_TIMEZONE", "Mars/Base")])
def test_a_wrong_setting_is_one_sentence_naming_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(DomainError) as refusal:
        read_settings()
    assert refusal.value.values["found"] == value
    said = sentence(refusal.value, "fr")
    assert name in said
    assert "\n" not in said
