"""Statements of the worked example, as the use cases answer them, and tables read back."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.reports.number_format import NumberFormat
from domain.reports.rendering.table import Cell, Column, Heading, Kind, NumberStyle, Row, Table
from domain.reports.sheets import balance_sheet, cash_flow, profit_loss, trial_balance
from tests.domain.reports.factories import acme_books

SPAN: dict[str, Any] = {"from_date": date(2023, 1, 1), "to_date": date(2023, 3, 31)}
USD = NumberFormat(currency="USD", precision=2)
META = {
    "organization_name": "Acme Books",
    "base_currency": "USD",
    "sheet_name": "Some Statement",
    "formatted_date_range": "As 2023/03/31",
}


@dataclass
class Prepared:
    sheet: Any
    numbers: NumberFormat = USD
    percentages: frozenset[str] = frozenset()
    meta: dict[str, Any] = field(default_factory=lambda: dict(META))


def prepared_balance_sheet(**changes: Any) -> Prepared:
    return Prepared(balance_sheet.build(acme_books(), balance_sheet.Query(**SPAN | changes)))


def prepared_profit_loss(**changes: Any) -> Prepared:
    return Prepared(profit_loss.build(acme_books(), profit_loss.Query(**SPAN | changes)))


def prepared_trial_balance(**changes: Any) -> Prepared:
    return Prepared(trial_balance.build(acme_books(), trial_balance.Query(**SPAN | changes)))


def prepared_cash_flow(**changes: Any) -> Prepared:
    return Prepared(cash_flow.build(acme_books(), cash_flow.Query(**SPAN | changes)))


def make_table(*rows: Row, columns: tuple[Column, ...] | None = None, **style: Any) -> Table:
    return Table(
        heading=Heading.of(META),
        columns=columns or (Column("name", "Name"), Column("total", "Total", Kind.MONEY)),
        rows=rows,
        numbers=NumberStyle(**{"places": 2, "sign": "$"} | style),
    )


def named_row(name: str, text: str = "1.00", value: Any = 1, kind: Kind = Kind.MONEY) -> Row:
    return Row((Cell("name", name), Cell("total", text, value, kind)))


def outline(rows: list[dict[str, Any]], depth: int = 0) -> list[str]:
    """Rows of table JSON in the notation of reports-tables.md."""
    lines = []
    for row in rows:
        head = ",".join(row.get("row_types", ())) + (f" #{row['id']}" if "id" in row else "")
        cells = " | ".join(cell["value"] or "∅" for cell in row["cells"])
        lines.append(f"{'  ' * depth}{head}  {cells}")
        lines += outline(row["children"], depth + 1)
    return lines
