"""A wording of the reference data in the languages it exists in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A wording: French as published, English as a working translation where there is one."""

    fr: str
    en: str = ""

    def read(self, language: str) -> str:
        """Return the wording in ``language`` (``"fr"`` or ``"en"``), else the published French."""
        return self.en if language == "en" and self.en else self.fr

    def __str__(self) -> str:
        return self.fr


EMPTY = Text("")
