"""What a workbook holds, read by others: openpyxl, the XML itself, LibreOffice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Return the values of each sheet."""
    book = load_workbook(BytesIO(content), read_only=True)
    found = {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    book.close()
    return found


def parts(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each part."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        for name in book.namelist():
            yield name, book.read(name).decode("utf-8")


def formulas(content: bytes) -> list[str]:
    """Return the parts that hold a formula, a link, a macro or a foreign reference."""
    live = re.compile(r"<f[ >]|<hyperlinks?[ >]|externalLink|vbaProject|oleObject|ddeLink", re.IGNORECASE)
    return [
        name
        for name, text in parts(content)
        # A chart says where its values stand, in an element of the same name.
        if live.search(text) and not name.startswith("xl/charts/")
    ]


def dates(content: bytes) -> set[tuple[int, ...]]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return {info.date_time for info in book.infolist()}


def converted(content: bytes, folder: Path, name: str, kind: str) -> bytes:
    """Have LibreOffice open a file and write it as another kind.

    Where CI is set, a missing LibreOffice is a failure.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice on this machine")
        pytest.skip("no LibreOffice on this machine")
    source, profile = folder / name, (folder / "profile").as_uri()
    source.write_bytes(content)
    command = [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180
    )
    return (folder / f"{source.stem}.{kind.partition(':')[0]}").read_bytes()
