"""Files that are hostile, broken or wrong, each with a part of the sentence its user gets.

Run as ``python -m tests.exchange.hostile``, each is offered to the import in this one process; what was
said, how long it took and the peak of memory are written as JSON.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ect.domain.errors import DomainError
from ect.domain.grid import Grid
from ect.exchange.imports.reading import only_table, read_table
from ect.exchange.imports.wording import problem_sentence
from ect.exchange.reading import read_tables
from ect.i18n import Speaker
from ect.sentences import sentence
from tests.exchange.books import MAIN, book, cell, parts, relations, rows_xml, sheet_xml, zipped
from tests.exchange.tables import report_rows, text_of, with_cell

MB = 1024 * 1024
DTD = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">{more}]>'
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("bcdefgh", "cdefghi", strict=True))
XXE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RATINGS = "Terrain;Participant;1.1;S1\n"
LONG = "Terrain;Participant;Critère;Niveau\n"
GRID = "Partie;Pilier;Code;Critère;Niveau 0;Niveau 1;Niveau 2\n"


@dataclass(frozen=True)
class Hostile:
    """A file: its name, how it is made, and words of its refusal."""

    name: str
    make: Callable[[], bytes]
    said: str


def changed(part: str, content: str | bytes) -> bytes:
    """Return a good workbook with one part replaced or added."""
    return zipped({**parts({"Feuil1": sheet_xml(rows_xml(report_rows()))}), part: content})


def sheet(xml: str) -> bytes:
    return zipped(parts({"Feuil1": xml}))


def honest_bomb() -> bytes:
    return changed("xl/media/image1.png", b"\0" * (90 * MB))


def lying_bomb() -> bytes:
    """A part that says it holds 1,000 bytes and inflates to 90 MB."""
    return rewritten(honest_bomb(), "xl/media/image1.png", 1_000)


def rewritten(content: bytes, part: str, size: int) -> bytes:
    """Return the archive with another size announced for a part, in both of its headers."""
    content_ = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(part)
    content_[info.header_offset + 22 : info.header_offset + 26] = struct.pack("<I", size)
    at = content.rfind(part.encode()) - 46
    content_[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(content_)


def overlapping_bomb() -> bytes:
    """Entries of the directory that all stand for the same few bytes (Fifield's better zip bomb)."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezed.compress(b"\0" * (2 * MB)) + squeezed.flush()
    crc = zlib.crc32(b"\0" * (2 * MB))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), 2 * MB, 1, 0) + b"a"
    directory = b""
    for i in range(900):
        name = f"x{i}".encode()
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(packed), 2 * MB, len(name), *[0] * 6
        )
        directory += name
    body = local + packed
    return body + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 900, 900, len(directory), len(body), 0)


def doubled_entry() -> bytes:
    stream = io.BytesIO(changed("docProps/app.xml", "<a/>"))
    with zipfile.ZipFile(stream, "a") as archive:
        info = zipfile.ZipInfo("XL/WORKBOOK.XML")
        archive.writestr(info, "<workbook/>")
    return stream.getvalue()


def locked_entries() -> bytes:
    content = bytearray(changed("docProps/app.xml", "<a/>"))
    at = content.find(b"PK\1\2")
    content[at + 8] |= 1
    return bytes(content)


def far_cell(place: str) -> bytes:
    number = "".join(c for c in place if c.isdigit())
    return sheet(sheet_xml(f'<row r="{number}"><c r="{place}"><v>1</v></c></row>'))


def dated(value: float) -> bytes:
    """The report's table with a figure its spreadsheet took for a date."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    rows = with_cell(1, "collective", f'<c s="1"><v>{value}</v></c>')
    content = parts({"Feuil1": sheet_xml(rows_xml(rows))})
    content["xl/styles.xml"] = styles
    content["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
    )
    return zipped(content)


def shared(index: str) -> bytes:
    return sheet(sheet_xml(f'<row><c t="s"><v>{index}</v></c></row>'))


def external(kind: str) -> bytes:
    more = f'<Relationship Id="x" Type="a/{kind}" Target="http://example.org/a" TargetMode="External"/>'
    return zipped(parts({"Feuil1": sheet_xml("")}, more=more))


def book_with(row: int, column: str, value: object) -> bytes:
    return book(with_cell(row, column, value))


def text_with(row: int, column: str, value: str) -> bytes:
    return text_of([[str(x) for x in line] for line in with_cell(row, column, value)]).encode()


def renamed(content: str) -> bytes:
    return text_of(report_rows()).replace(*content.split("|")).encode()


FILES = {
    "empty": Hostile("a.csv", lambda: b"", "a.csv : le fichier est vide"),
    "zeros": Hostile("a.xlsx", lambda: b"\0" * 4096, "le fichier est vide"),
    "blank lines": Hostile("a.csv", lambda: b"\r\n \r\n;;;\r\n", "le fichier est vide"),
    "text too large": Hostile("a.csv", lambda: b"a;b\n" * (6 * MB), "dépasse 20 Mo"),
    "book too large": Hostile("a.xlsx", lambda: b"PK\3\4" + b"\1" * (21 * MB), "dépasse 20 Mo"),
    "pdf": Hostile("rapport.pdf", lambda: b"%PDF-1.7\n%%EOF", "trouvé PDF ; attendu un classeur"),
    "pdf called xlsx": Hostile("a.xlsx", lambda: b"%PDF-1.7\n%%EOF", "trouvé PDF"),
    "picture called csv": Hostile("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "trouvé PNG"),
    "photo": Hostile("a.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\1" * 99, "trouvé JPEG"),
    "programme": Hostile("a.exe", lambda: b"MZ" + b"\1" * 99, "trouvé EXE"),
    "gzip": Hostile("a.csv.gz", lambda: b"\x1f\x8b" + b"\1" * 99, "trouvé GZIP"),
    "unknown extension": Hostile("a.numbers", lambda: b"abc", "trouvé NUMBERS"),
    "old excel": Hostile("a.xls", lambda: OLE + b"Workbook" * 99, "ancien format d'Excel"),
    "password": Hostile(
        "a.xlsx", lambda: OLE + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"
    ),
    "ods": Hostile("a.xlsx", lambda: zipped({"mimetype": "ods", "content.xml": "<a/>"}), "trouvé ODS"),
    "docx": Hostile("a.xlsx", lambda: changed("word/document.xml", "<a/>"), "trouvé DOCX"),
    "xlsb": Hostile("a.xlsx", lambda: changed("xl/workbook.bin", b"\1\2"), "trouvé XLSB"),
    "zip of photos": Hostile("a.xlsx", lambda: zipped({"1.jpg": b"\xff\xd8"}), "trouvé ZIP"),
    "text called xlsx": Hostile("a.xlsx", lambda: b"Terrain;1.1\nA;1\n", "n'est pas un classeur"),
    "cut short": Hostile("a.xlsx", lambda: book(report_rows())[:-300], "le fichier est abîmé"),
    "noise": Hostile("a.xlsx", lambda: b"PK\3\4" + bytes(range(256)) * 40, "le fichier est abîmé"),
    "damaged inside": Hostile(
        "a.xlsx", lambda: book(report_rows()).replace(b"\xcd", b"\x00").replace(b"\x4b\x2b", b"\0\0"), "abîmé"
    ),
    "bomb": Hostile("a.xlsx", honest_bomb, "dépasse 64 Mo"),
    "bomb that lies": Hostile("a.xlsx", lying_bomb, "dépasse 64 Mo"),
    "bomb of overlaps": Hostile("a.xlsx", overlapping_bomb, "dépasse 64 Mo"),
    "too many parts": Hostile(
        "a.xlsx", lambda: zipped({f"xl/{i}.xml": "" for i in range(5_000)}), "plus de 1 000 parties"
    ),
    "size that lies": Hostile(
        "a.xlsx",
        lambda: rewritten(changed("docProps/a.xml", "<a/>" * 50), "docProps/a.xml", 77),
        "n'a pas la taille annoncée",
    ),
    "same part twice": Hostile("a.xlsx", doubled_entry, "le fichier est abîmé"),
    "locked parts": Hostile("a.xlsx", locked_entries, "protégées par un mot de passe"),
    "odd compression": Hostile(
        "a.xlsx",
        lambda: zipped(parts({"F": sheet_xml("")}), zipfile.ZIP_LZMA),
        "le fichier est abîmé",
    ),
    "a billion laughs": Hostile(
        "a.xlsx", lambda: sheet(DTD.format(more=LAUGHS) + sheet_xml("<row><c><v>&i;</v></c></row>")), "(DTD)"
    ),
    "outside entity": Hostile(
        "a.xlsx",
        lambda: changed("xl/workbook.xml", XXE + "<workbook>&f;</workbook>"),
        "(DTD)",
    ),
    "entity in a relation": Hostile("a.xlsx", lambda: changed("_rels/.rels", XXE + "<a/>"), "(DTD)"),
    "entity in utf-16": Hostile(
        "a.xlsx", lambda: changed("xl/worksheets/sheet1.xml", (XXE + "<a>&f;</a>").encode("utf-16")), "(DTD)"
    ),
    "macros": Hostile("a.xlsx", lambda: changed("xl/vbaProject.bin", b"\1"), "contient des macros"),
    "old macros": Hostile("a.xlsx", lambda: changed("xl/macrosheets/sheet1.xml", "<a/>"), "des macros"),
    "linked book": Hostile("a.xlsx", lambda: changed("xl/externalLinks/e.xml", "<a/>"), "lié à d'autres"),
    "outside target": Hostile("a.xlsx", lambda: external("oleObject"), "lié à d'autres fichiers"),
    "embedded object": Hostile("a.xlsx", lambda: changed("xl/embeddings/o.bin", b"\1"), "objets incorporés"),
    "cell at the end of the sheet": Hostile("a.xlsx", lambda: far_cell("XFD1048576"), "la case XFD1048576"),
    "row at the end": Hostile("a.xlsx", lambda: far_cell("A1048576"), "la case A1048576"),
    "column at the end": Hostile("a.xlsx", lambda: far_cell("XFD1"), "la case XFD1,"),
    "column that is none": Hostile("a.xlsx", lambda: far_cell("ZZZZ1"), "abîmée ou manque"),
    "rows out of order": Hostile(
        "a.xlsx", lambda: sheet(sheet_xml('<row r="5"/><row r="2"/>')), "abîmée ou manque"
    ),
    "cell of another row": Hostile(
        "a.xlsx", lambda: sheet(sheet_xml('<row r="2"><c r="A9"/></row>')), "abîmée ou manque"
    ),
    "text that is not there": Hostile("a.xlsx", lambda: shared("999999"), "abîmée ou manque"),
    "negative text": Hostile("a.xlsx", lambda: shared("-1"), "abîmée ou manque"),
    "broken XML": Hostile("a.xlsx", lambda: sheet("<worksheet><sheetData><row>"), "abîmée ou manque"),
    "missing sheet": Hostile(
        "a.xlsx",
        lambda: changed("xl/_rels/workbook.xml.rels", relations(("worksheet", "gone.xml"))),
        "xl/gone.xml du classeur est abîmée ou manque",
    ),
    "a hundred sheets": Hostile(
        "a.xlsx", lambda: zipped(parts({f"F{i}": sheet_xml("") for i in range(100)})), "a 100 feuilles"
    ),
    "hidden sheets": Hostile(
        "a.xlsx",
        lambda: zipped(parts({"F": sheet_xml(rows_xml(report_rows()))}, state="veryHidden")),
        "aucune feuille visible",
    ),
    "ten million tags": Hostile("a.xlsx", lambda: sheet(sheet_xml("<a/>" * 10_000_000)), "1 000 000 cases"),
    "a million and more cells": Hostile(
        "a.xlsx", lambda: sheet(sheet_xml("<row>" + "<c/>" * 1_100_000 + "</row>")), "1 000 000 cases"
    ),
    "endless text": Hostile(
        "a.xlsx", lambda: book([["Terrain", "1.1"], ["a" * (10 * MB), 1]]), "colonne A : le texte dépasse"
    ),
    "formula": Hostile(
        "a.xlsx",
        lambda: book_with(1, "total", cell("23.2", "2*F2+P2")),
        "feuille « Feuil1 », ligne 2, colonne Q (« SCORE TOTAL (sur 85) ») : trouvé « =23.2 »",
    ),
    "formula that runs": Hostile(
        "a.csv", lambda: text_with(1, "terrain", "=cmd|' /C calc'!A0"), "une valeur (pas de formule)"
    ),
    "error of the spreadsheet": Hostile(
        "a.xlsx", lambda: book_with(2, "means", '<c t="e"><v>#REF!</v></c>'), "« #REF! » ; attendu une valeur"
    ),
    "logical value": Hostile(
        "a.xlsx", lambda: book_with(2, "means", '<c t="b"><v>1</v></c>'), "pas une valeur logique"
    ),
    "figure taken for a date": Hostile("a.xlsx", lambda: dated(45323), "« 01/02/2024 » ; attendu un nombre"),
    "not a number": Hostile(
        "a.xlsx", lambda: book_with(1, "means", "<c><v>nan</v></c>"), "erreur du tableur"
    ),
    "infinite": Hostile("a.xlsx", lambda: book_with(1, "means", "<c><v>1e999</v></c>"), "erreur du tableur"),
    "huge power": Hostile("a.csv", lambda: text_with(1, "means", "1e999999999"), "un nombre de 0 à 2"),
    "divided by zero": Hostile("a.csv", lambda: text_with(1, "means", "1/0"), "un nombre de 0 à 2"),
    "words for a figure": Hostile("a.csv", lambda: text_with(1, "means", "beaucoup"), "trouvé « beaucoup »"),
    "beyond the scale": Hostile("a.csv", lambda: text_with(3, "means", "2,5"), "ligne 4, colonne M"),
    "below the scale": Hostile("a.csv", lambda: text_with(3, "means", "-1"), "attendu un nombre de 0 à 2"),
    "zero bytes": Hostile("a.csv", lambda: b"Terrain;1.1\nA\0B;1\n", "ce n'est pas du texte"),
    "utf-16 without a mark": Hostile(
        "a.csv", lambda: text_of(report_rows()).encode("utf-16-le"), "ce n'est pas du texte"
    ),
    "letters of no alphabet": Hostile(
        "a.csv", lambda: b"Terrain;1.1\nA\x81\x8d\xff;1\n", "ligne 2 : les lettres sont illisibles"
    ),
    "quotation mark left open": Hostile(
        "a.csv", lambda: b'Terrain;1.1\n"A;1\nB;2\n', "un guillemet est ouvert et pas refermé"
    ),
    "ten thousand columns": Hostile("a.csv", lambda: b"a;" * 10_000 + b"a\n", "plus de 400 colonnes"),
    "three hundred thousand rows": Hostile("a.csv", lambda: b"a;b\n" * 300_000, "plus de 200 000 lignes"),
    "endless field": Hostile("a.csv", lambda: b"Terrain;1.1\n" + b"a" * MB + b";1\n", "dépasse 32 767"),
    "no table": Hostile("a.csv", lambda: b"pain;beurre\n2;3\n", "aucun tableau n'est reconnu"),
    "headers alone": Hostile("a.csv", lambda: RATINGS.encode(), "au moins une ligne avec des valeurs"),
    "same terrain twice": Hostile(
        "a.csv", lambda: renamed("SuT|EPICERIE SOLIDAIRE"), "une seule fois : la ligne 3 le donne déjà"
    ),
    "same column twice": Hostile(
        "a.csv",
        lambda: renamed("Légitimité institutionnelle|Existence terrain miroir"),
        "colonne O (« Existence",
    ),
    "column misspelt": Hostile(
        "a.csv", lambda: renamed("Portage collectif|Portge colectif"), "est-ce « 1. Portage collectif » ?"
    ),
    "endless name": Hostile("a.csv", lambda: text_with(1, "terrain", "a" * 500), "120 caractères au plus"),
    "two tables": Hostile(
        "a.xlsx",
        lambda: zipped(parts(dict.fromkeys("AB", sheet_xml(rows_xml(report_rows()))))),
        "plusieurs feuilles contiennent un tableau (A, B)",
    ),
    "half a level": Hostile(
        "a.csv", lambda: (RATINGS + "A;P01;1,5;1,5\n").encode(), "« 1,5 » ; attendu 0, 1 ou 2"
    ),
    "rating of nobody": Hostile("a.csv", lambda: (RATINGS + "A;;1;1\n").encode(), "colonne B"),
    "criterion of no grid": Hostile(
        "a.csv", lambda: (LONG + "A;P01;Beauté;1\n").encode(), "« Beauté » ; attendu un critère de la grille"
    ),
    "rated twice": Hostile(
        "a.csv", lambda: (LONG + "A;P01;1.1;1\nA;P1;1.1;2\n").encode(), "la ligne 2 le donne déjà"
    ),
    "level without words": Hostile(
        "a.csv", lambda: (GRID + "ECT;Un;;Un;a;b;\nSélection;;;Deux;;;\n").encode(), "les mots qui décrivent"
    ),
    "code used twice": Hostile(
        "a.csv",
        lambda: (GRID + "ECT;Un;;x;a;b;c\nSélection;;x;y;;;\n").encode(),
        "« x » ; attendu une seule fois",
    ),
    "year of no calendar": Hostile("a.csv", lambda: b"Nom;Ann\xc3\xa9e\nA;20245\n", "une année, comme 2024"),
    "kind of no terrain": Hostile("a.csv", lambda: b"Nom;Nature\nA;ferme\n", "« candidat », « suivi » ou"),
}


def refusal(name: str, content: bytes, grid: Grid) -> str:
    """Return what the user is told of a file; nothing if it would come in."""
    try:
        table = only_table(name, read_tables(name, content), grid)
    except DomainError as error:
        return sentence(error, "fr")
    read = read_table(table, grid)
    return " ".join(problem_sentence(p, name, grid, Speaker("fr")) for p in read.problems[:3])


def report_grid() -> Grid:
    from ect.settings import DATA
    from ect.storage.reference import grid_from, read_toml

    return grid_from(read_toml(DATA / "grids" / "ect-2023.toml"), "ect-2023.toml")


def main() -> None:
    grid, found = report_grid(), {}
    refusal("a.csv", text_of(report_rows()).encode(), grid)  # what is imported at first use
    for name, hostile in FILES.items():
        # Made in another process: making some of them takes more memory than refusing them may.
        content = sys.stdin.buffer.read(int(sys.stdin.buffer.readline()))
        clock, work = time.perf_counter(), time.process_time()
        said = refusal(hostile.name, content, grid)
        found[name] = {
            "said": said,
            "seconds": time.perf_counter() - clock,
            "processor": time.process_time() - work,
        }
        del content
    print(json.dumps({"files": found, "peak_mb": peak_mb()}))


def peak_mb() -> float:
    """Return the most memory this process held; what the kernel counts over starts at its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text("utf-8").splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource  # not on Windows

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main()
