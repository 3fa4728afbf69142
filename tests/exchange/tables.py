"""The report's score table as it is printed, and other small tables, as people have them."""

from __future__ import annotations

from ect.services.reference import publication

COLUMNS = tuple(publication().headers)


def report_rows() -> list[list[str]]:
    """Return the printed table: headers, three lines and the line of means."""
    table = publication()
    order = [code for code in table.headers if code != "terrain"]
    rows = [[table.headers["terrain"], *(table.headers[code] for code in order)]]
    rows += [[row.label, *(row.printed[code] for code in order)] for row in table.rows]
    rows.append([table.mean_label, *(table.printed_mean[code] for code in order)])
    return rows


def text_of(rows: list[list[str]], separator: str = ";") -> str:
    quoted = [[f'"{c}"' if separator in c else c for c in row] for row in rows]
    return "\n".join(separator.join(row) for row in quoted) + "\n"


def with_cell(row: int, column: str, value: object) -> list[list[object]]:
    """Return the report's table with one cell replaced, by its line and the code of its column."""
    rows: list[list[object]] = [list(line) for line in report_rows()]
    rows[row][COLUMNS.index(column)] = value
    return rows
