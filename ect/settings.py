"""Settings, read once from ``ECT_*`` variables; a wrong one stops the start with a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ect.domain.errors import DomainError

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("unknown time zone")
    return name


class Settings(BaseSettings):
    """What may be set: each field is read from ``ECT_`` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="ECT_", frozen=True, extra="ignore")

    data_dir: Path = DATA
    database_url: str = ""
    language: Literal["fr", "en"] = "fr"
    # Long enough not to be guessed, or none: see docs/architecture.md.
    organiser_key: Annotated[str, Field(pattern=r"^(|.{16,})$")] = ""
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Paris"

    @property
    def database(self) -> str:
        """The address of the database: SQLite in the data folder unless another is set."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'ect.db').as_posix()}"


def read_settings() -> Settings:
    """Read the settings; ``DomainError("setting_invalid")`` names the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise DomainError(
            "setting_invalid", setting=f"ECT_{name}", problem=first["msg"], found=first["input"]
        ) from None
