"""What ships under data/ says what the report says, adds up, and names no one."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
REPORT = ROOT.parent / "shared" / "source" / "rapport-intermediaire-2023.txt"
HASHES = Path(__file__).with_name("person_names.sha256")
PERSON_HASHES = frozenset(HASHES.read_text("utf-8").split())
WORD = re.compile(r"[^\W\d_]+")

# Made by the extraction of the slides, or by the report's own spelling: (as printed, as shipped).
# Both sides go through these, after `squeeze`.
MENDS = (
    (r"ancre territorial", "ancrage territorial"),  # truncated heading
    (r"\bchate\b|\bchatel\b", "châtel"),  # truncated cell; the circumflex is missing
    (r"co financeme\b", "co financement"),  # truncated cell
    (r"(?<!fonds )d'impulsion", "fonds d'impulsion"),  # its first word was cut off
    (r"financement complet de l'acc$", "financement complet de l'accompagnement"),  # cut off
    (r"pyd si claude", "pyd st claude"),  # read wrongly
    (r"\blg\b", "ig"),  # l for I
    (r"(critère de) élection", r"\1 sélection"),  # its first letter was cut off
    (r"\bnecessaires\b", "nécessaires"),  # accent missing
    (r"\bepicerie\b", "épicerie"),  # accents on capitals are not printed
    (r"\bpréselectionnés\b", "présélectionnés"),
    (r"saint loup", "st loup"),  # printed both ways
    (r"\(([^()]*)\) :", r"\1 :"),  # an organisation stood in brackets after a person's name
    (r"scientifique par et", "scientifique et"),  # what is left around a person's name
    (r"accompagnateurs par\b", "accompagnateurs"),
    (r"l'ouvrage de et publié", "l'ouvrage publié"),
)
# Written by the product: a name for a thing the report names differently, or spells nowhere.
NOT_IN_REPORT = {("sut", "full_name"): "the abbreviation SuT is spelled out in the source's README"}
TERRAIN_TEXTS = (
    "context",
    "objective",
    "genesis",
    "actors",
    "main_brake",
    "main_lever",
    "situation",
    "interest",
    "caveat",
    "status_text",
)
TERRAIN_LISTS = ("experiments", "questions", "follow_up")
TERRAIN_NAMES = ("name", "full_name", "territory")
FRAMEWORK_COUNTS = {"emergence": 8, "support": 4, "project_funding": 7, "support_funding": 5}


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


GRID = load("grids/ect-2023.toml")
TABLE = load("publications/rapport-2023.toml")
CATALOGUE = load("frameworks.toml")
PROGRAMME = load("programme.toml")
TERRAIN_FILES = sorted((DATA / "terrains").glob("*.toml"))
TERRAINS = {path.stem: load(f"terrains/{path.name}") for path in TERRAIN_FILES}
ECT_CRITERIA = [criterion for pillar in GRID["pillars"] for criterion in pillar["criteria"]]
PILLAR_CODES = [pillar["code"] for pillar in GRID["pillars"]]
SELECTION_CODES = [criterion["code"] for criterion in GRID["selection"]]


def person_free(text: str) -> str:
    """Drop the names of persons from the report's text, which the data leaves out."""
    return WORD.sub(lambda word: "" if is_person(word[0]) else word[0], text)


def is_person(word: str) -> bool:
    return hashlib.sha256(word.casefold().encode()).hexdigest() in PERSON_HASHES


def squeeze(text: str) -> str:
    """Take away case, marks of layout, quotes and dashes; runs of spaces become one."""
    text = text.casefold().replace("**", "")
    text = re.sub(r"<[^>]*>|\]\([^)]*\)|\^|[*\[\]{}«»“”\"+]", " ", text)
    text = re.sub(r"[‘’]", "'", text).replace("&", "et")
    text = " ".join(re.sub(r"[-–—]", " ", text).split())
    text = re.sub(r"\( ?| ?\)", lambda mark: mark[0].strip(), text)
    for printed, shipped in MENDS:
        text = re.sub(printed, shipped, text)
    return text


@cache
def report_lines() -> tuple[str, ...]:
    if not REPORT.exists():
        message = f"the report is not beside the repository: {REPORT}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return tuple(REPORT.read_text("utf-8").splitlines())


@cache
def report() -> str:
    return squeeze(person_free(" ".join(report_lines())))


def pieces(text: str) -> list[str]:
    """Cut a text put together from several places of the report at the ends of its sentences."""
    return [piece for piece in re.split(r"(?<=[.?!;:])\s+", text) if squeeze(piece)]


def missing(texts: dict[str, str]) -> dict[str, str]:
    """Return what the report does not say, by place: whole texts first, else their sentences."""
    known = report()
    return {
        f"{place} ({piece[:60]})": text
        for place, text in texts.items()
        if squeeze(text) not in known
        for piece in pieces(text)
        if squeeze(piece) not in known
    }


def cells(line: str) -> list[str]:
    return [squeeze(cell) for cell in line.split("\t")]


def tables_of_levels() -> list[list[list[str]]]:
    """Return the four tables of levels: a header row, then the rows 0, 1 and 2."""
    rows = [cells(line) for line in report_lines() if "\t" in line]
    return [
        [header, *rows[place + 1 : place + 4]]
        for place, (header, zero) in enumerate(pairwise(rows))
        if zero[0] == "0" and len(header) == 6
    ]


def score_table() -> list[list[str]]:
    start = next(i for i, line in enumerate(report_lines()) if line.startswith("Colonne1"))
    return [line.split("\t") for line in report_lines()[start : start + 5]]


def two_decimals(value: Fraction, printed: str) -> str:
    exponent = Decimal(1).scaleb(-len(printed.partition(",")[2]))
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return str(number.quantize(exponent, ROUND_HALF_UP)).replace(".", ",")


def test_the_grid_has_four_pillars_of_five_criteria_with_levels_0_1_and_2() -> None:
    assert PILLAR_CODES == ["collective", "anchoring", "resilience", "hybrid"]
    assert [len(pillar["criteria"]) for pillar in GRID["pillars"]] == [5] * 4
    assert all([x["value"] for x in c["levels"]] == [0, 1, 2] for c in ECT_CRITERIA)
    descriptors = [level["descriptor"] for c in ECT_CRITERIA for level in c["levels"]]
    assert len(descriptors) == 60 == len(list(filter(None, descriptors)))


def test_every_wording_of_the_grid_has_an_english_one() -> None:
    entries = [*GRID["pillars"], *ECT_CRITERIA, *GRID["selection"]]
    assert not [entry["code"] for entry in entries if not entry["label_en"]]
    levels = [(c["code"], level) for c in ECT_CRITERIA for level in c["levels"]]
    assert not [code for code, level in levels if not level["descriptor_en"]]


def test_every_pillar_and_criterion_of_the_grid_has_its_own_code() -> None:
    codes = PILLAR_CODES + SELECTION_CODES + [criterion["code"] for criterion in ECT_CRITERIA]
    assert not [code for code, count in Counter(codes).items() if count > 1]
    assert len(SELECTION_CODES) == 9


def test_the_grid_s_labels_and_descriptors_stand_in_their_own_cells_of_the_report() -> None:
    tables = tables_of_levels()
    assert len(tables) == 4
    for pillar, (header, *rows) in zip(GRID["pillars"], tables, strict=True):
        assert header[1:] == [squeeze(c["label"]) for c in pillar["criteria"]]
        for value, row in enumerate(rows):
            shipped = [squeeze(c["levels"][value]["descriptor"]) for c in pillar["criteria"]]
            assert row == [str(value), *shipped]


def test_the_labels_of_pillars_and_selection_criteria_are_the_report_s() -> None:
    entries = [*GRID["pillars"], *GRID["selection"]]
    assert not missing({entry["code"]: entry["label"] for entry in entries})


def test_the_definitions_noted_under_criteria_are_the_report_s() -> None:
    notes = {c["code"]: c["note"] for c in ECT_CRITERIA if c.get("note")}
    assert set(notes) == {"funding_mix", "value"}
    # The citation after the quotation is the product's.
    notes["value"] = notes["value"].partition("» (")[0]
    assert not missing(notes)


def test_the_score_table_is_printed_digit_for_digit() -> None:
    header, *rows = score_table()
    columns = [
        *PILLAR_CODES,
        "ect",
        *SELECTION_CODES,
        "selection",
        "total",
    ]
    assert header == [TABLE["headers"][code] for code in ("terrain", *columns)]
    shipped = [*TABLE["rows"], TABLE["mean"]]
    assert rows == [[r["label"], *(r["printed"][code] for code in columns)] for r in shipped]


def test_the_grid_s_table_labels_are_the_headers_of_the_score_table() -> None:
    entries = [*GRID["pillars"], *GRID["selection"]]
    assert {e["code"]: e["table_label"] for e in entries}.items() <= TABLE["headers"].items()


@pytest.mark.parametrize("row", TABLE["rows"], ids=lambda row: row["terrain"])
def test_exact_values_round_to_the_printed_ones_and_add_up_to_the_printed_sums(
    row: dict[str, Any],
) -> None:
    exact = {code: Fraction(value) for code, value in row["exact"].items()}
    assert set(exact) == {*PILLAR_CODES, *SELECTION_CODES}
    exact["ect"] = sum((exact[code] for code in PILLAR_CODES), Fraction())
    exact["selection"] = sum((exact[code] for code in SELECTION_CODES), Fraction())
    exact["total"] = GRID["ect_factor"] * exact["ect"] + exact["selection"]
    printed = row["printed"]
    assert {code: two_decimals(exact[code], printed[code]) for code in exact} == printed


def test_the_score_table_rates_terrains_that_exist() -> None:
    assert [row["terrain"] for row in TABLE["rows"]] == [
        "maison-de-l-alimentation",
        "epicerie-solidaire",
        "sut",
    ]
    assert {row["terrain"] for row in TABLE["rows"]} <= set(TERRAINS)
    caveats = {row["terrain"]: row["caveat"] for row in TABLE["rows"] if row.get("caveat")}
    assert set(caveats) == {"sut"}
    assert not missing(caveats)


def test_the_catalogue_holds_every_framework_once_in_the_report_s_order() -> None:
    ranks: dict[str, list[int]] = {}
    for entry in CATALOGUE["frameworks"]:
        ranks.setdefault(entry["kind"], []).append(entry["rank"])
    assert ranks == {kind: [*range(1, n + 1)] for kind, n in FRAMEWORK_COUNTS.items()}
    assert [kind["code"] for kind in CATALOGUE["kinds"]] == list(FRAMEWORK_COUNTS)
    keys = Counter((entry["kind"], entry["code"]) for entry in CATALOGUE["frameworks"])
    assert max(keys.values()) == 1


def test_the_frameworks_wording_is_the_report_s() -> None:
    texts = {}
    for entry in [*CATALOGUE["kinds"], *CATALOGUE["frameworks"]]:
        for field in ("label", "description"):
            if entry.get(field) and not (entry in CATALOGUE["kinds"] and field == "label"):
                texts[f"{entry['code']}.{field}"] = entry[field]
        texts |= {f"{entry['code']}.{e}": e for e in entry.get("examples", ())}
    assert not missing(texts)


def test_a_framework_s_category_and_description_are_those_of_its_own_line() -> None:
    frameworks = [e for e in CATALOGUE["frameworks"] if e["kind"] != "emergence"]
    assert [(e["kind"], e["code"]) for e in frameworks if not stands_on_a_line(e)] == []


def stands_on_a_line(entry: dict[str, Any]) -> bool:
    """Whether the row of a table, or a line of a list without a row, says what the entry says."""
    label, description = squeeze(entry["label"]), squeeze(entry["description"])
    rows = table_rows(entry["kind"])
    for row in rows:
        name = re.sub(r"^\d ", "", row[0]).strip("()")
        if name in (label, label.removesuffix(" privé")):
            return row[1].split() == entry.get("categories", []) and row[2] == description
    return not entry.get("categories") and f"{label} : {description}" in report()


def table_rows(kind: str) -> list[list[str]]:
    """Return the rows of a kind's table; the two tables of funding are printed as one."""
    heads = {
        "support": "cadres liés au clus'ter jura",
        "project_funding": "cadres financement projet",
        "support_funding": "cadres financement accompagnement",
    }
    rows: dict[str, list[list[str]]] = {}
    under = ""
    for row in (cells(line) for line in report_lines() if "\t" in line):
        under = row[0] if row[0] in heads.values() else under
        rows.setdefault(under, []).append([*row, "", "", ""])
    return rows[heads[kind]][1:]


def test_the_seven_questions_are_the_report_s() -> None:
    assert [question["rank"] for question in CATALOGUE["questions"]] == [*range(1, 8)]
    assert not missing({str(q["rank"]): q["text"] for q in CATALOGUE["questions"]})
    assert all(question["text_en"] for question in CATALOGUE["questions"])


def test_a_terrain_s_file_bears_its_code_and_its_source() -> None:
    assert {code: terrain["code"] for code, terrain in TERRAINS.items()} == {c: c for c in TERRAINS}
    assert Counter(t["kind"] for t in TERRAINS.values()) == {
        "followed": 3,
        "candidate": 4,
        "mirror": 8,
    }
    assert all(terrain["source"] and terrain["status"] for terrain in TERRAINS.values())


def test_a_mirror_mirrors_terrains_that_exist_and_are_no_mirrors() -> None:
    for code, terrain in TERRAINS.items():
        assert bool(terrain.get("mirrors_of")) == (terrain["kind"] == "mirror"), code
        for mirrored in terrain.get("mirrors_of", ()):
            assert TERRAINS[mirrored]["kind"] != "mirror", code


def test_a_terrain_uses_frameworks_of_the_catalogue_worded_as_in_the_report() -> None:
    keys = {(entry["kind"], entry["code"]) for entry in CATALOGUE["frameworks"]}
    texts = {}
    for code, terrain in TERRAINS.items():
        for use in terrain.get("frameworks", ()):
            assert use["kind"] in FRAMEWORK_COUNTS, code
            assert "code" not in use or (use["kind"], use["code"]) in keys, code
            assert use["wording"].casefold() != "xxx", code
            texts[f"{code}: {use['wording']}"] = use["wording"]
    assert not missing(texts)


def test_a_terrain_says_nothing_the_report_does_not_say() -> None:
    texts = {}
    for code, terrain in TERRAINS.items():
        texts |= {f"{code}.{f}": terrain[f] for f in TERRAIN_TEXTS if f in terrain}
        for field in TERRAIN_LISTS:
            texts |= {f"{code}.{field}.{i}": x for i, x in enumerate(terrain.get(field, ()))}
        for i, lesson in enumerate(terrain.get("lessons", ())):
            assert lesson["axis"] in range(4), code
            texts[f"{code}.lessons.{i}"] = lesson["text"]
        for field in TERRAIN_NAMES:
            if field in terrain and (code, field) not in NOT_IN_REPORT:
                parts = re.split(r"[(),:]", terrain[field])
                texts |= {f"{code}.{field}.{i}": part for i, part in enumerate(parts)}
    assert not missing(texts)


def programme_texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the French texts; titles of sections, levels and the source are the product's."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from programme_texts(item, f"{place}.{i}")
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in ("en", "title", "level", "source"):
                yield from programme_texts(item, f"{place}.{name}")


def test_the_programme_says_nothing_the_report_does_not_say() -> None:
    texts = dict(programme_texts(PROGRAMME))
    assert len(texts) > 200
    assert not missing(texts)


def test_the_programme_has_its_axes_steps_hypotheses_and_questions_in_both_languages() -> None:
    for name, count in {"axes": 3, "hypotheses": 3, "method": 5, "research_questions": 5}.items():
        assert len(PROGRAMME[name]) == count, name
        for entry in PROGRAMME[name]:
            assert entry.get("text", entry)["en"], name
    assert len(PROGRAMME["objective_levels"]) == 3
    assert PROGRAMME["definition"]["en"]


def test_no_person_s_name_ships() -> None:
    named = {
        path.relative_to(DATA).as_posix()
        for path in sorted(DATA.rglob("*.toml"))
        if any(map(is_person, WORD.findall(path.read_text("utf-8"))))
    }
    assert named == set()


def test_every_person_on_the_report_s_lists_is_known_to_the_name_check() -> None:
    listed = re.compile(r"^\W*\+ ((?:[A-ZÀ-Ý][\w-]+ )+[A-ZÀ-Ý][\w-]+)(?: \(|$)")
    lines = report_lines()
    start = next(i for i, line in enumerate(lines) if "Certains participants" in line)
    end = next(i for i in range(start, len(lines)) if lines[i] == "Fréquence")
    people = [found[1] for line in lines[start:end] if (found := listed.match(line))]
    assert len(people) > 15
    unknown = sum(not is_person(word) for person in people for word in WORD.findall(person))
    assert unknown == 0
