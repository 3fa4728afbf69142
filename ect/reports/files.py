"""What a document's file is called: words a mail, a disk and a web address all take."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

LONGEST = 48


def file_name(date: datetime | None, *words: str) -> str:
    """Return a name without its ending: ``compte-rendu-comite-2026-11-27``."""
    plain = unicodedata.normalize("NFKD", " ".join(words).replace("œ", "oe").replace("Œ", "oe"))
    base = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().casefold()).strip("-")
    day = "" if date is None else f"-{date:%Y-%m-%d}"
    return f"{base[:LONGEST].strip('-')}{day}"
