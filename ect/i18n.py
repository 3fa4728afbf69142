"""Languages: French by default, English on demand; numbers and dates as each language writes them."""

from __future__ import annotations

import gettext
import io
import math
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LANGUAGES = {"fr": "Français", "en": "English"}
DEFAULT_LANGUAGE = "fr"
LOCALES = Path(__file__).parent / "locales"

Number = int | float | Fraction


def marked(message: str) -> str:
    """Mark a message for the catalogue, as ``_``; it is translated where it is said."""
    return message


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Compile the catalogues of a language in memory; English is the source and needs none."""
    merged = gettext.NullTranslations()
    for path in sorted((LOCALES / language).glob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as stream:
            write_mo(compiled, read_po(stream, locale=language))
        compiled.seek(0)
        catalogue = gettext.GNUTranslations(compiled)
        catalogue.add_fallback(merged)
        merged = catalogue
    return merged


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says messages, numbers and times in one language."""

    language: str
    timezone: str = "Europe/Paris"

    def t(self, message: str, /, **values: object) -> str:
        """Translate ``message`` and fill its ``{fields}``."""
        text: str = translations(self.language).gettext(message)
        return text.format(**values) if values else text

    def n(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Translate the singular or the plural for ``count``, available as ``{count}``."""
        text = translations(self.language).ngettext(one, many, count)
        return text.format(count=self.number(count, 0), **values)

    def number(self, value: Number | None, decimals: int = 2) -> str:
        """Write a number with that many decimals, rounded half up; a dash for ``None``."""
        if value is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return self._decimal(value, decimals, pattern)

    def short(self, value: Number | None, decimals: int = 2) -> str:
        """Write a number with at most that many decimals (``1,5``, ``2``)."""
        if value is None:
            return "–"
        return self._decimal(value, decimals, "#,##0." + "#" * decimals)

    def _decimal(self, value: Number, decimals: int, pattern: str) -> str:
        written: str = format_decimal(half_up(value, decimals), pattern, locale=self.language)
        return written

    def percent(self, share: Number, decimals: int = 0) -> str:
        """Write a share of 1 in percent (``47 %``)."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        pattern += "\N{NO-BREAK SPACE}%" if self.language == "fr" else "%"
        return format_percent(half_up(share, decimals + 2), pattern, locale=self.language)

    def pair(self, name: str, value: object) -> str:
        """Write a name and what is said of it, with the language's colon (``Total : 25,3``)."""
        space = "\N{NO-BREAK SPACE}" if self.language == "fr" else ""
        return f"{name}{space}: {value}"

    def time(self, moment: datetime) -> str:
        """Write the hour of an aware moment in the user's zone (``14:32``)."""
        return format_time(moment, "HH:mm", tzinfo=ZoneInfo(self.timezone), locale=self.language)

    def moment(self, moment: datetime) -> str:
        """Write the date and the hour of an aware moment in the user's zone."""
        zone = ZoneInfo(self.timezone)
        return format_datetime(moment, "d MMMM y, HH:mm", tzinfo=zone, locale=self.language)


def half_up(value: Number, decimals: int) -> float:
    """Round half up, exactly where the value is exact (1.005 as a fraction gives 1.01)."""
    scaled = Fraction(value) * 10**decimals
    units: int = math.floor(scaled + Fraction(1, 2))
    return float(Fraction(units, 10**decimals))
