"""hledger as the witness: month by month, balance sheet and profit and loss of a charity's real books equal its reports to the cent."""

import csv
import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.accounts.model import Chart
from domain.journal_files.accounts import plan_accounts
from domain.journal_files.parser import parse_journal
from domain.kit.money import from_scaled
from domain.reports.periods import Unit
from domain.reports.sheet import Books
from domain.reports.sheets import balance_sheet, cash_flow, profit_loss
from tests.domain.reports.factories import make_account, make_ledger, make_posting
from tests.domain.reports.test_statements import flat

HACKCLUB = Path(__file__).resolve().parents[3] / "demo" / "hackclub.ledger"
YEARS = {"from_date": date(2015, 1, 1), "to_date": date(2017, 12, 31), "unit": Unit.MONTH}


@pytest.fixture(scope="module")
def charity():
    if not HACKCLUB.is_file():
        pytest.skip(f"THE SAMPLE LEDGER IS MISSING: {HACKCLUB}")
    journal = parse_journal(str(HACKCLUB), read_file=lambda path: Path(path).read_text(encoding="utf-8"))
    types = {entry.ledger_account: entry.type for entry in plan_accounts(journal).entries}
    ids = {name: number for number, name in enumerate(sorted(types), start=1)}
    chart = Chart({ids[name]: make_account(ids[name], name, kind) for name, kind in types.items()})
    postings = [
        make_posting(number, item.date, *((ids[posting.account], posting.weight.quantity) for posting in item.postings))
        for number, item in enumerate(journal.transactions, start=1)
    ]
    return Books(chart=chart, ledger=make_ledger(postings).view())


def witness(report: str) -> dict[str, list[Decimal]]:
    """Amounts by account and month, as hledger prints them; `total` by heading, and `Net:`."""
    program = shutil.which("hledger")
    if program is None:
        pytest.skip("HLEDGER IS MISSING: the comparison with hledger did not run")
    command = [program, "-f", str(HACKCLUB), report, "-M", "-b", "2015-01-01", "-e", "2018-01-01", "-E", "-O", "csv"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    amounts, heading = {}, ""
    for name, *texts in list(csv.reader(io.StringIO(printed)))[2:]:
        if not any(texts):
            heading = name
        else:
            key = f"{name} {heading}" if name.lower().startswith("total") else name
            amounts[key] = [Decimal(text.replace("$", "").replace(",", "")) for text in texts]
    return amounts


def by_month(sheet) -> dict[str, list[Decimal]]:
    return {
        node.label if node.account else str(node.id): [
            from_scaled(node.figures[column.figure]) for column in sheet.layout.periods
        ]
        for node in flat(sheet.nodes)
    }


def test_balance_sheet_by_month_equals_hledgers(charity):
    ours, theirs = by_month(balance_sheet.build(charity, balance_sheet.Query(**YEARS))), witness("bs")
    accounts = {name: amounts for name, amounts in theirs.items() if ":" in name[:-1]}
    assert {name: ours[name] for name in accounts} == accounts
    assert ours["ASSETS"] == theirs["total Assets"]
    assert ours["LIABILITY"] == theirs["total Liabilities"]
    assert ours["EQUITY"] == theirs["Net:"]


def test_profit_and_loss_by_month_equals_hledgers(charity):
    ours, theirs = by_month(profit_loss.build(charity, profit_loss.Query(**YEARS))), witness("is")
    accounts = {name: amounts for name, amounts in theirs.items() if ":" in name[:-1]}
    assert len(accounts) > 20
    assert {name: ours[name] for name in accounts} == accounts
    assert ours["INCOME"] == theirs["total Revenues"]
    assert ours["NET_INCOME"] == theirs["Net:"]


def test_cash_at_the_end_of_each_month_equals_hledgers(charity):
    ours, theirs = by_month(cash_flow.build(charity, cash_flow.Query(**YEARS))), witness("bs")
    assert ours["CASH_END_PERIOD"] == theirs["total Assets"]
