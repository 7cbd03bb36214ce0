"""The summary over all organizations of a pack: what became of each, and its totals in its own base currency."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, Any

from domain.kit.money import minor_unit
from tenancy.packs.archive import write_whole

CSV_NAME = "summary.csv"
XLSX_NAME = "summary.xlsx"
TOTALS = ("assets", "liabilities", "equity", "income", "expense", "net_income")
HEADINGS = (
    "Organization", "Organization id", "State", "Currency", "Assets", "Liabilities", "Equity", "Income", "Expense", "Net income",
    "Ledger lines", "Attempts", "Archive", "Error",
)  # fmt: skip
_FIRST_TOTAL = 4
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One organization. `totals` are amounts as text, empty where its part failed."""

    name: str
    organization_id: str
    state: str
    currency: str = ""
    totals: Mapping[str, str] = field(default_factory=dict)
    lines: int | None = None
    attempts: int = 0
    file: str = ""
    error: str = ""

    def cells(self) -> list[Any]:
        """In the order of the headings."""
        amounts = [Decimal(self.totals[name]) if name in self.totals else None for name in TOTALS]
        head = [self.name, self.organization_id, self.state, self.currency]
        return [*head, *amounts, self.lines, self.attempts, self.file, self.error]


def write_summary(folder: Path, rows: Sequence[SummaryRow]) -> None:
    """Write the summary as CSV and as a workbook, each whole or not at all."""
    for name, content in ((CSV_NAME, as_csv(rows)), (XLSX_NAME, as_workbook(rows))):
        _write(folder / name, content)


def _write(path: Path, content: bytes) -> None:
    def write(file: IO[bytes]) -> None:
        file.write(content)

    write_whole(path, write)


def as_csv(rows: Sequence[SummaryRow]) -> bytes:
    """The file. Words that a spreadsheet would take for a formula are marked as words."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow(["" if cell is None else _safe(cell) if isinstance(cell, str) else cell for cell in row.cells()])
    return out.getvalue().encode("utf-8", "replace")


def _safe(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line


def as_workbook(rows: Sequence[SummaryRow]) -> bytes:
    """The file: amounts are numbers, shown in the minor unit of their currency."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet("Summary")
        bold = workbook.add_format({"bold": True, "bottom": 1})
        formats = {places: workbook.add_format({"num_format": _number_format(places)}) for places in range(5)}
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 1, 28)
        sheet.set_column(2, 3, 11)
        sheet.set_column(_FIRST_TOTAL, _FIRST_TOTAL + len(TOTALS) - 1, 16)
        sheet.set_column(len(HEADINGS) - 2, len(HEADINGS) - 1, 40)
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            places = minor_unit(row.currency)
            for column, cell in enumerate(row.cells()):
                if isinstance(cell, str):
                    sheet.write_string(number, column, " ".join(cell.split()))
                elif isinstance(cell, Decimal):
                    sheet.write_number(number, column, cell, formats[places])
                elif cell is not None:
                    sheet.write_number(number, column, cell)
    return out.getvalue()


def _number_format(places: int) -> str:
    return f"#,##0.{'0' * places}" if places else "#,##0"
