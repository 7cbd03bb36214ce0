"""A table as a workbook: figures are numbers that spreadsheets calculate with, shown as the report writes them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from domain.reports.rendering.table import (
    Cell,
    Emphasis,
    FlatRow,
    Heading,
    Kind,
    Leaf,
    NumberStyle,
    Table,
    clean,
    flatten,
    leaves,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET_NAME = "Sheet1"
ROWS_MAX = 1_048_576
"""What a sheet can hold, its header included."""
_TEXT_CHARACTERS_MAX = 32_767
_INDENT_MAX = 15
_NAME_WIDTH = 60
_WIDTH_MIN, _WIDTH_MAX = 12, 60
_WIDTH_ROWS = 5000
"""Rows whose texts decide on the widths of columns: the file is written while it is read."""
_LANDSCAPE_COLUMNS = 4
_PAGE_COLUMNS_MAX = 14
"""Columns that a printed page is shrunk to at most."""
_A4 = 9
_HEADER_CHARACTERS_MAX = 70
_RULES = {Emphasis.TOTAL: (1, 0), Emphasis.CLOSING: (1, 6)}
"""Border styles above and below: thin, double."""


def render(table: Table) -> bytes:
    """The file. Rows beyond what a sheet can hold are left out, and a last line says so."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet(SHEET_NAME)
        _Writer(workbook, sheet, table.numbers).write(table)
    return out.getvalue()


@dataclass(frozen=True)
class _Writer:
    workbook: "Workbook"
    sheet: "Worksheet"
    numbers: NumberStyle

    def write(self, table: Table) -> None:
        columns = list(leaves(table.columns))
        self._header(columns)
        widths = [len(column.heading) for column in columns]
        for number, flat in enumerate(flatten(table.rows), start=1):
            if number == ROWS_MAX - 1:
                self.sheet.write_string(number, 0, "More rows than a sheet can hold: choose a shorter period, or CSV.")
                break
            if number <= _WIDTH_ROWS:
                widths = [max(width, len(text)) for width, text in zip(widths, _texts(flat, len(columns)), strict=True)]
            self._row(number, flat)
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, _NAME_WIDTH if place == 0 else min(max(width + 2, _WIDTH_MIN), _WIDTH_MAX))
        self._paper(table.heading, len(columns))

    def _header(self, columns: list[Leaf]) -> None:
        for place, column in enumerate(columns):
            form = self.formats.get(("header", column.kind.numeric))
            self.sheet.write_string(0, place, clean(column.heading)[:_TEXT_CHARACTERS_MAX], form)
        self.sheet.freeze_panes(1, 1)

    def _paper(self, heading: Heading, columns: int) -> None:
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(-(-columns // _PAGE_COLUMNS_MAX), 0)
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(0)
        if columns > _LANDSCAPE_COLUMNS:
            self.sheet.set_landscape()
        lines = (heading.organization, heading.title, heading.period)
        self.sheet.set_header("&C" + "\n".join(_header_text(line) for line in lines), {"margin": "0.4"})
        self.sheet.set_footer("&C&P / &N")
        self.sheet.set_margins(top=1.1)  # house: paper, in inches
        self.workbook.set_properties({"title": clean(heading.title), "company": clean(heading.organization)})

    def _row(self, number: int, flat: FlatRow) -> None:
        for place, cell in enumerate(flat.row.cells):
            indent = min(flat.depth - 1, _INDENT_MAX) if place == 0 else 0
            form = self.formats.get((flat.row.emphasis, self._pattern(cell), indent))
            value = cell.value
            if isinstance(value, date):
                self.sheet.write_datetime(number, place, value, form)
            elif value is not None and cell.kind.numeric:
                self.sheet.write_number(number, place, value, form)  # a Decimal: its digits are written
            elif cell.text:
                self.sheet.write_string(number, place, clean(cell.text)[:_TEXT_CHARACTERS_MAX], form)
            elif flat.row.emphasis in _RULES:
                self.sheet.write_blank(number, place, None, form)

    def _pattern(self, cell: Cell) -> str:
        """How a spreadsheet shows the value so that it reads as the text does."""
        if cell.value is None or cell.kind is Kind.TEXT:
            return "@"
        if cell.kind is Kind.DATE:
            return "yyyy-mm-dd" if cell.text == str(cell.value) else "yyyy mmm dd"
        hidden = not cell.text
        if cell.kind is Kind.PERCENT:
            return "0.00%;-0.00%;" + ("" if hidden else "0.00%")
        numbers = self.numbers
        digits = "#,##0" + (f".{'0' * numbers.places}" if numbers.places else "") + ("," if numbers.thousands else "")
        if cell.kind is Kind.MONEY and numbers.sign and numbers.sign in cell.text:
            digits = f'"{numbers.sign}"{digits}'
        negative = f"({digits})" if numbers.parentheses else f"-{digits}"
        return f"{digits};{'[Red]' if numbers.red else ''}{negative};{'' if hidden else digits}"

    @cached_property
    def formats(self) -> "_Formats":
        return _Formats(self.workbook)


class _Formats:
    """Each combination once."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._made: dict[Any, Format] = {}

    def get(self, key: Any) -> "Format":
        form = self._made.get(key)
        if form is None:
            form = self._made[key] = self._workbook.add_format(_header_look(key[1]) if key[0] == "header" else _look(*key))
        return form


def _header_look(numeric: bool) -> dict[str, Any]:  # noqa: FBT001 - the only argument
    return {"bold": True, "bottom": 1, "align": "right" if numeric else "left", "text_wrap": False}


def _look(emphasis: Emphasis, pattern: str, indent: int) -> dict[str, Any]:
    top, bottom = _RULES.get(emphasis, (0, 0))
    look: dict[str, Any] = {"num_format": pattern, "bold": emphasis is not Emphasis.NONE, "top": top, "bottom": bottom}
    if indent:
        look["indent"] = indent
    return look


def _texts(flat: FlatRow, width: int) -> list[str]:
    texts = [cell.text for cell in flat.row.cells[:width]]
    return texts + [""] * (width - len(texts))


def _header_text(text: str) -> str:
    return clean(text)[:_HEADER_CHARACTERS_MAX].replace("&", "&&")
