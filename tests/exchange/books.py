"""Workbooks made by hand, part by part: as spreadsheets write them, or as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def relations(*targets: tuple[str, str], more: str = "") -> str:
    lines = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}{more}</Relationships>'


def sheet_xml(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def cell(value: object, formula: str = "") -> str:
    if formula:
        return f"<c><f>{escape(formula)}</f><v>{value}</v></c>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    if value is None:
        return "<c/>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def rows_xml(rows: Sequence[Sequence[object]]) -> str:
    lines = ("".join(x if str(x).startswith("<c") else cell(x) for x in row) for row in rows)
    return "".join(f"<row>{line}</row>" for line in lines)


def parts(sheets: Mapping[str, str], more: str = "", state: str = "visible") -> dict[str, str | bytes]:
    """Return the parts of a workbook whose sheets have this XML, in a name to XML mapping."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i}" state="{state}" r:id="r{i}"/>'
        for i, name in enumerate(sheets, 1)
    )
    targets = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(*targets, more=more),
    }
    for i, xml in enumerate(sheets.values(), 1):
        found[f"xl/worksheets/sheet{i}.xml"] = xml
    return found


def zipped(content: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return stream.getvalue()


def book(rows: Sequence[Sequence[object]], name: str = "Feuil1") -> bytes:
    """Return a workbook of one sheet."""
    return zipped(parts({name: sheet_xml(rows_xml(rows))}))
