"""A wording of the reference data in the languages it exists in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


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


@lru_cache(maxsize=8_192)
def folded(text: str) -> str:
    """Return a text as names are compared: no case, no accent, one space for all that is not a letter.

    ``"Modèle éco-hybridé"`` and ``"MODELE ECO HYBRIDE"`` are the same; ``"1.1"`` becomes ``"1 1"``.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()
