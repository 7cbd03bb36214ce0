"""A table as CSV (reports.md section 3): texts as people read them, nested rows indented by spaces."""

import csv
from io import StringIO

from domain.reports.rendering.table import Cell, Table, clean, flatten, leaves

_INDENT_SPACES = 3
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(table: Table) -> bytes:
    """The file: UTF-8 without a mark, rows apart by a line feed, none after the last."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    headings = [_word(leaf.heading) for leaf in leaves(table.columns)]
    writer.writerow(headings)
    for flat in flatten(table.rows):
        texts = [_text(cell) for cell in flat.row.cells]
        if texts and flat.depth > 1:
            texts[0] = " " * (_INDENT_SPACES * flat.depth) + texts[0]
        writer.writerow(texts + [""] * (len(headings) - len(texts)))
    return out.getvalue().removesuffix("\n").encode("utf-8", "replace")


def _text(cell: Cell) -> str:
    return cell.text if cell.kind.numeric and cell.value is not None else _word(cell.text)


def _word(text: str) -> str:
    """Words that a spreadsheet would take for a formula are marked as words."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else clean(text)
