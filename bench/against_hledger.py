"""The same books in hledger and here: `hledger bs -M` of a journal file against our balance sheet with a column a month.

python -m bench.against_hledger [--postings 1000000]

hledger's time is that of its whole run, reading included, since it has no other; ours is warm, which is what an actor answers with.
"""

import argparse
import csv
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bench.kit import best_of, figure, peak_mib, remark, timed
from bench.ledger_columns import DAYS, FIRST_DAY, chart, synthetic
from domain.accounts.model import ACCOUNT_TYPES, Account, RootType
from domain.kit.money import LEDGER_SCALE
from domain.kit.wire import dump_json
from domain.ledger.columns import LedgerColumns
from domain.ledger.repository_columns import FIELDS
from domain.reports.number_format import NumberFormat
from domain.reports.periods import Unit
from domain.reports.sheet import Books, Node
from domain.reports.sheets import balance_sheet

ACCOUNTS = 300
ROUNDS = 5
TIMEOUT_S = 3600
TO_REACH = 50
_TOPS = {
    RootType.ASSET: "assets",
    RootType.LIABILITY: "liabilities",
    RootType.EQUITY: "equity",
    RootType.INCOME: "income",
    RootType.EXPENSE: "expenses",
}
"""Names by which hledger knows what an account is."""


def root_of(account: Account) -> RootType:
    return ACCOUNT_TYPES[account.account_type].root


def full_name(account: Account) -> str:
    return f"{_TOPS[root_of(account)]}:{account.name}"


def write_journal(path: Path, rows: np.ndarray, accounts: Mapping[int, Account]) -> None:
    names = {number: full_name(account) for number, account in accounts.items()}
    day, account, debit, credit = (FIELDS.index(name) for name in ("day", "account", "debit", "credit"))
    with path.open("w", encoding="utf-8") as file:
        for number, (first, second) in enumerate(rows.reshape(-1, 2, rows.shape[1]).tolist()):
            file.write(f"{date.fromordinal(first[day])} Journal {number}\n")
            for row in (first, second):
                hundredths = (row[debit] - row[credit]) // 10 ** (LEDGER_SCALE - 2)
                sign = "-" if hundredths < 0 else ""
                file.write(f"    {names[row[account]]}  {sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02}\n")
            file.write("\n")


def hledger_figures(path: Path) -> tuple[float, dict[str, float]]:
    """How long it took, and the balances of the last month by account, in hundredths, debts and equity positive as it shows them."""
    start = time.perf_counter()
    arguments = ["hledger", "-f", str(path), "balancesheet", "-M", "-O", "csv"]
    output = subprocess.run(arguments, check=True, capture_output=True, text=True, timeout=TIMEOUT_S).stdout
    taken = time.perf_counter() - start
    rows = (row for row in csv.reader(io.StringIO(output)) if row and ":" in row[0].rstrip(":"))
    return taken, {row[0]: round(float(row[-1].replace(",", "")) * 100) for row in rows}


def accounts_of(nodes: tuple[Node, ...]) -> Iterator[tuple[Account, int]]:
    """Each account of the sheet, and its figure in the last column in hundredths."""
    for node in nodes:
        if node.account is not None:
            yield node.account, node.figures[-1] // 10 ** (LEDGER_SCALE - 2)
        yield from accounts_of(node.children)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postings", type=int, default=1_000_000)
    postings = options.parse_args().postings
    rows, accounts = synthetic(postings, ACCOUNTS), chart(ACCOUNTS)
    books = Books(chart=accounts, ledger=LedgerColumns(rows).view())
    query = balance_sheet.Query(from_date=FIRST_DAY, to_date=FIRST_DAY + timedelta(days=DAYS), unit=Unit.MONTH)
    months = f"balance sheet of {postings:,} postings by month"
    sheet = timed(f"{months}: the sheet", lambda: balance_sheet.build(books, query), rounds=ROUNDS)
    numbers = NumberFormat(currency="USD", precision=2)
    ours, _ = best_of(lambda: dump_json(balance_sheet.plain_json(balance_sheet.build(books, query), numbers)), rounds=ROUNDS)
    figure(f"{months}: sheet and JSON", ours, f"{len(sheet.columns)} columns")
    with tempfile.TemporaryDirectory(prefix="countinghouse-bench-") as folder:
        path = Path(folder) / "books.journal"
        write_journal(path, rows, accounts.accounts)
        remark("journal file", f"{path.stat().st_size / 1e6:.0f} MB")
        theirs, shown = hledger_figures(path)
    figure("hledger bs -M", theirs)
    mine = {full_name(account): amount for account, amount in accounts_of(sheet.nodes) if root_of(account) is not RootType.EQUITY}
    different = {name: (amount, shown.get(name, 0)) for name, amount in mine.items() if amount != shown.get(name, 0)}
    if different or set(shown) - set(mine):
        sys.exit(f"the books differ: {list(different.items())[:5]}, {sorted(set(shown) - set(mine))[:5]}")
    remark("balances of the last month", f"equal in all {len(mine)} accounts of assets and liabilities")
    remark(f"ratio, with JSON (to reach: {TO_REACH})", f"{theirs / ours:,.0f}")
    remark("peak memory of this process", f"{peak_mib():.0f} MiB")


if __name__ == "__main__":
    main()
