"""How fast the columnar ledger is: build, follow, ask, and load from a database. Synthetic lines, in this process.

python -m bench.ledger_columns [--lines 1000000] [--mariadb]     (the second starts a MariaDB of its own, as the tests do)
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa

from bench.kit import peak_mib, remark, timed
from domain.accounts.model import ACCOUNT_TYPES, Account, Chart
from domain.kit.context import LedgerChange
from domain.ledger.columns import LedgerColumns, currency_code
from domain.ledger.repository_columns import FIELDS, REFERENCE_TYPES
from domain.reports.sheet import Books
from domain.reports.sheets import balance_sheet, profit_loss, trial_balance

FIRST_DAY = date(2020, 1, 1)
DAYS = 1826
ACCOUNTS = 250


def synthetic(lines: int, accounts: int = ACCOUNTS) -> np.ndarray:
    random = np.random.default_rng(7)
    postings = lines // 2
    rows = np.zeros((postings * 2, len(FIELDS)), dtype=np.int64)
    field = FIELDS.index
    rows[:, field("line_id")] = np.arange(1000, 1000 + len(rows))
    rows[:, field("day")] = np.repeat(FIRST_DAY.toordinal() + np.sort(random.integers(0, DAYS, postings)), 2)
    rows[:, field("account")] = 1000 + random.integers(0, accounts, len(rows))
    rows[:, field("branch")] = np.repeat(random.integers(0, 4, postings), 2)
    rows[:, field("contact")] = np.repeat(random.integers(0, 5000, postings), 2)
    rows[:, field("reference_type")] = np.repeat(random.integers(1, 14, postings), 2)
    rows[:, field("reference_id")] = np.repeat(np.arange(1, postings + 1), 2)
    rows[:, field("currency")] = currency_code("USD")
    amount = random.integers(1, 5_000_000, postings) * 100
    rows[::2, field("debit")] = rows[1::2, field("credit")] = amount
    rows[::2, field("foreign")], rows[1::2, field("foreign")] = amount, -amount
    return rows


def chart(accounts: int = ACCOUNTS) -> Chart:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    types = list(ACCOUNT_TYPES)
    return Chart(
        {
            number: Account(
                id=number,
                name=f"Account {number}",
                slug=f"account-{number}",
                account_type=types[number % len(types)],
                currency_code="USD",
                created_at=at,
                updated_at=at,
            )
            for number in range(1000, 1000 + accounts)
        }
    )


def changes(start: int, count: int) -> list[list[LedgerChange]]:
    def line(number: int, *, debit: int, credit: int) -> dict[str, Any]:
        return {
            "id": 10_000_000 + 2 * number + (1 if credit else 0),
            "date": FIRST_DAY + timedelta(days=number % DAYS),
            "account_id": 1000 + number % ACCOUNTS,
            "contact_id": None,
            "branch_id": None,
            "item_id": None,
            "tax_rate_id": None,
            "reference_type": "Journal",
            "reference_id": 5_000_000 + number,
            "currency_code": "USD",
            "debit": Decimal(debit),
            "credit": Decimal(credit),
            "foreign_debit": Decimal(debit),
            "foreign_credit": Decimal(credit),
        }

    return [
        [LedgerChange(added=[line(number, debit=5, credit=0), line(number, debit=0, credit=5)])]
        for number in range(start, start + count)
    ]


@contextmanager
def sqlite_url() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def mariadb_url() -> Iterator[str]:
    from tests.services.mariadb_server import MariaDbServer

    with tempfile.TemporaryDirectory() as folder, MariaDbServer(Path(folder)) as server:
        yield server.fresh_database()


def load_from(name: str, url: str, rows: np.ndarray) -> None:
    from domain.ledger.tables import ledger_lines
    from tenancy.tenant_database import open_engine

    engine = open_engine(url)
    table = sa.Table(
        "ledger_lines",
        sa.MetaData(),
        *(
            sa.Column(
                item.name,
                sa.Integer() if item.foreign_keys else item.type,
                primary_key=item.primary_key,
                nullable=item.nullable,
                autoincrement=False,
            )
            for item in ledger_lines.columns
        ),
    )  # without its foreign keys: no other table is needed
    columns = (
        "id, date, account_id, debit, credit, foreign_debit, foreign_credit, currency_code, exchange_rate, reference_type, "
        "reference_id, contact_id, branch_id, line_index, created_at"
    )
    scale = 1 if engine.dialect.name == "sqlite" else 10_000
    field = FIELDS.index
    with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        table.create(connection)
        for start in range(0, len(rows), 5_000):
            values = ", ".join(
                f"({row[0]}, '{date.fromordinal(row[field('day')])}', {row[field('account')]}, {row[field('debit')] // scale}, "
                f"{row[field('credit')] // scale}, {max(row[field('foreign')], 0) // scale}, {max(-row[field('foreign')], 0) // scale}, "
                f"'USD', 1, '{REFERENCE_TYPES[row[field('reference_type')] - 1]}', {row[field('reference_id')]}, NULL, NULL, 1, "
                "'2024-01-01 00:00:00')"
                for row in rows[start : start + 5_000].tolist()
            )
            connection.exec_driver_sql(f"INSERT INTO ledger_lines ({columns}) VALUES {values}")
        loaded = timed(f"{name}: load {len(rows):,} lines", lambda: LedgerColumns.load(connection), rounds=2)
        if loaded.view().lines != len(rows):
            sys.exit("lines were lost")
    engine.dispose()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--mariadb", action="store_true")
    options.add_argument("--sqlite", action="store_true")
    given = options.parse_args()
    rows = synthetic(given.lines)
    before = peak_mib()
    ledger = timed(f"build columns of {len(rows):,} lines", lambda: LedgerColumns(rows))
    remark("peak memory more by", f"{peak_mib() - before:.0f} MiB")
    books = Books(chart=chart(), ledger=timed("first view", ledger.view))
    day, start = date(2023, 6, 30), date(2023, 1, 1)
    window = {"from_date": start, "to_date": day}
    asked = trial_balance.Query(**window)
    timed("trial balance, warm", lambda: trial_balance.build(books, asked), rounds=5)
    some = trial_balance.Query(**window, branches=frozenset({1, 2}))
    timed("trial balance of two branches", lambda: trial_balance.build(books, some), rounds=5)
    timed("balance sheet", lambda: balance_sheet.build(books, balance_sheet.Query(**window, fiscal_month=4)), rounds=5)
    timed("profit and loss", lambda: profit_loss.build(books, profit_loss.Query(**window)), rounds=5)
    batches = changes(0, 10_000)
    timed("follow 10,000 postings of two lines, one a transaction", lambda: [ledger.follow(batch) for batch in batches])

    def follow_and_ask() -> None:
        ledger.follow(changes(int(time.perf_counter_ns() % 10**9) + 20_000, 1)[0])
        trial_balance.build(Books(chart=books.chart, ledger=ledger.view()), asked)

    timed("one more posting, then a trial balance", follow_and_ask, rounds=20)
    removed = [[LedgerChange(removed=[("Journal", 5_000_000 + number)])] for number in range(1000)]
    timed("remove 1,000 postings", lambda: [ledger.follow(change) for change in removed])
    if given.sqlite:
        with sqlite_url() as url:
            load_from("SQLite", url, rows)
    if given.mariadb:
        with mariadb_url() as url:
            load_from("MariaDB", url, rows)


if __name__ == "__main__":
    main()
