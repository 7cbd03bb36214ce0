"""Small books in memory: a chart and a ledger, without a database."""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from domain.accounts.model import Account, Chart
from domain.kit.context import LedgerChange
from domain.ledger.columns import LedgerColumns
from domain.reports.sheet import Books

_ids = itertools.count(1000)
_AT = datetime(2022, 1, 1, tzinfo=UTC)


def make_account(account_id: int, name: str, account_type: str, *, code: str | None = None, parent: int | None = None) -> Account:
    return Account(
        id=account_id,
        name=name,
        slug=name.lower().replace(" ", "-"),
        account_type=account_type,
        code=code,
        parent_account_id=parent,
        currency_code="USD",
        created_at=_AT,
        updated_at=_AT,
    )


def make_row(reference_id: int, day: date, account_id: int, amount: Decimal | int, **changes: Any) -> dict[str, Any]:
    """A stored ledger line: a debit of a positive amount, a credit of a negative one."""
    value = Decimal(amount)
    debit, credit = max(value, Decimal(0)), max(-value, Decimal(0))
    return {
        "id": next(_ids),
        "date": day,
        "account_id": account_id,
        "contact_id": None,
        "branch_id": None,
        "item_id": None,
        "tax_rate_id": None,
        "reference_type": "Journal",
        "reference_id": reference_id,
        "currency_code": "USD",
        "debit": debit,
        "credit": credit,
        "foreign_debit": debit,
        "foreign_credit": credit,
    } | changes


def make_posting(reference_id: int, day: str | date, *lines: tuple[int, Decimal | int], **changes: Any) -> LedgerChange:
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return LedgerChange(added=[make_row(reference_id, when, account, amount, **changes) for account, amount in lines])


def make_ledger(changes: Iterable[LedgerChange]) -> LedgerColumns:
    columns = LedgerColumns()
    for change in changes:
        columns.follow([change])
    return columns


ACME = Chart(
    {
        account.id: account
        for account in (
            make_account(1, "Bank Account", "bank", code="10001"),
            make_account(3, "Accounts Receivable", "accounts-receivable", code="10007"),
            make_account(4, "Inventory Asset", "inventory", code="10008"),
            make_account(5, "Equipment", "fixed-asset", code="10010"),
            make_account(6, "Accounts Payable", "accounts-payable", code="20001"),
            make_account(7, "Sales Tax Payable", "tax-payable", code="20006"),
            make_account(8, "Bank Loan", "long-term-liability", code="20009"),
            make_account(9, "Owner Equity", "equity", code="30003"),
            make_account(10, "Sales", "income", code="50001"),
            make_account(11, "Cost of Goods Sold", "cost-of-goods-sold", code="40002"),
            make_account(12, "Rent", "expense", code="40003"),
            make_account(13, "Interest Income", "other-income", code="50004"),
            make_account(14, "FX Loss", "other-expense", code="40008"),
            make_account(15, "Office Rent", "expense", code="40009", parent=12),
        )
    }
)
"""The chart of the worked examples (reports-tables.md section A)."""


def acme_postings() -> list[LedgerChange]:
    """The journals of the worked examples."""
    return [
        make_posting(1, "2022-12-10", (1, 10000), (9, -10000)),
        make_posting(2, "2022-12-20", (12, 500), (1, -500)),
        make_posting(3, "2023-01-05", (4, 2000), (6, -2000)),
        make_posting(4, "2023-01-15", (3, 1100), (10, -1000), (7, -100)),
        make_posting(5, "2023-01-15", (11, 600), (4, -600)),
        make_posting(6, "2023-02-01", (1, 600), (3, -600)),
        make_posting(7, "2023-02-03", (15, 300), (1, -300)),
        make_posting(8, "2023-02-10", (5, 1500), (1, -1500)),
        make_posting(9, "2023-02-20", (1, 5000), (8, -5000)),
        make_posting(10, "2023-03-02", (1, 20), (13, -20)),
        make_posting(11, "2023-03-10", (14, 5), (1, -5)),
        make_posting(12, "2023-03-15", (6, 800), (1, -800)),
    ]


def acme_books(postings: list[LedgerChange] | None = None) -> Books:
    return Books(chart=ACME, ledger=make_ledger(acme_postings() if postings is None else postings).view())
