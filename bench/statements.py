"""How fast statements with many columns are: the sheet, and the sheet as JSON. Synthetic lines, in this process.

python -m bench.statements [--lines 1000000]
"""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from bench.kit import timed
from bench.ledger_columns import chart, synthetic
from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.kit.wire import dump_json
from domain.ledger.columns import LedgerColumns
from domain.reports.contacts import lines_of
from domain.reports.layout import Compare
from domain.reports.number_format import NumberFormat
from domain.reports.periods import Unit
from domain.reports.sheet import Books
from domain.reports.sheets import aging, balance_sheet, cash_flow, contact_balances, profit_loss

YEAR = {"from_date": date(2023, 1, 1), "to_date": date(2023, 12, 31)}
MONTHS = YEAR | {"unit": Unit.MONTH, "compare": Compare(previous_year=True)}
NUMBERS = NumberFormat(currency="USD", precision=2)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=1_000_000)
    rows = synthetic(options.parse_args().lines)
    books = Books(chart=chart(), ledger=LedgerColumns(rows).view())

    def both(name: str, build: Callable[[], Any], render: Callable[[Any], Any]) -> None:
        sheet = timed(f"{name}: the sheet", build, rounds=5)
        body = timed(f"{name}: as JSON", lambda: dump_json(render(sheet)), rounds=5)
        print(f"{'':58} {len(body):10,} bytes")

    both(
        "balance sheet, 12 months and the year before",
        lambda: balance_sheet.build(books, balance_sheet.Query(**MONTHS)),
        lambda sheet: balance_sheet.plain_json(sheet, NUMBERS),
    )
    both(
        "profit and loss, 12 months and the year before",
        lambda: profit_loss.build(books, profit_loss.Query(**MONTHS)),
        lambda sheet: profit_loss.plain_json(sheet, NUMBERS),
    )
    two = balance_sheet.Query(**MONTHS, branches=frozenset({1, 2}))
    timed("balance sheet of two branches: the sheet", lambda: balance_sheet.build(books, two), rounds=5)
    both(
        "cash flow, 12 months",
        lambda: cash_flow.build(books, cash_flow.Query(**YEAR, unit=Unit.MONTH)),
        lambda sheet: cash_flow.plain_json(sheet, NUMBERS),
    )
    both(
        "profit and loss, 365 days",
        lambda: profit_loss.build(books, profit_loss.Query(**YEAR, unit=Unit.DAY)),
        lambda sheet: profit_loss.plain_json(sheet, NUMBERS),
    )
    people = [ContactName(number, f"Customer {number}", ContactService.CUSTOMER) for number in range(1, 5000)]
    aged = aging.Query(service=ContactService.CUSTOMER, as_date=date(2023, 12, 31))
    both(
        "aging of 5,000 contacts",
        lambda: aging.build(lines_of(books, aged), people, aged),
        lambda sheet: aging.plain_json(sheet, NUMBERS),
    )
    asked = contact_balances.Query(service=ContactService.CUSTOMER, as_date=date(2023, 12, 31))
    both(
        "balances of 5,000 contacts",
        lambda: contact_balances.build(lines_of(books, asked), people, asked),
        lambda sheet: contact_balances.plain_json(sheet, NUMBERS, shares=False),
    )


if __name__ == "__main__":
    main()
