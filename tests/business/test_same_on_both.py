"""The same business on SQLite and on MariaDB: what the service answers is the same, byte by byte."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.books import Books

READS = (
    "/accounts",
    "/accounts?structure=flat&column_sort_by=name&sort_order=asc",
    "/accounts?structure=flat&column_sort_by=balance&sort_order=desc",
    "/accounts?structure=flat&search_keyword=CAFE",
    "/accounts?only_inactive=true",
    "/accounts?view_slug=expenses&structure=flat",
    "/accounts/transactions?limit=100",
    "/accounts/transactions?account_id=1000",
    "/accounts/1000",
    "/manual-journals?page_size=100",
    "/manual-journals?column_sort_by=amount&sort_order=asc&page_size=3&page=2",
    "/manual-journals?search_keyword=j-0000",
    "/manual-journals?column_sort_by=description&sort_order=asc",
    "/manual-journals/1000",
    "/manual-journals/1003",
    "/expenses?page_size=100",
    "/expenses?view_slug=draft",
    "/expenses/1000",
    "/customers?page_size=100",
    "/customers?column_sort_by=display_name&sort_order=asc",
    "/customers?search_keyword=%C3%85NGSTR",
    "/vendors?page_size=100",
    "/contacts/auto-complete",
    "/tax-rates",
    "/currencies",
    "/branches",
    "/settings",
    "/transactions-locking",
    "/audit-trail?page_size=200",
    "/verification",
    "/reports/trial-balance-sheet?from_date=2024-01-01&to_date=2024-12-31",
    "/reports/balance-sheet?from_date=2024-01-01&to_date=2024-12-31",
    "/reports/profit-loss-sheet?from_date=2024-01-01&to_date=2024-12-31",
    "/no-such-endpoint",
    "/accounts/999999",
    "/accounts?column_sort_by=nothing",
)


def _journal(debit: int, credit: int, amount: str, **more: Any) -> dict[str, Any]:
    entries = [{"account_id": debit, "debit": amount, "note": "Ωμέγα"}, {"account_id": credit, "credit": amount}]
    return {"date": "2024-05-01", "publish": True, "entries": entries} | more


def _expense(account_id: int, amount: str, **more: Any) -> dict[str, Any]:
    categories = [{"expense_account_id": 1021, "amount": amount}, {"expense_account_id": 1020, "amount": "0.01"}]
    return {"payment_date": "2024-05-02", "payment_account_id": account_id, "publish": True, "categories": categories} | more


CUSTOMER = {
    "customer_type": "business",
    "display_name": "Ångström & Søn",
    "currency_code": "EUR",
    "opening_balance": "200.10",
    "opening_balance_at": "2024-01-01",
    "opening_balance_exchange_rate": "1.23456789",
}
VENDOR = {"display_name": "zebra 100%_", "opening_balance": "33.33", "opening_balance_at": "2024-01-02"}
WRITES: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/accounts", {"name": "Euro bank", "account_type": "bank", "currency_code": "EUR", "code": "10100"}),
    ("POST", "/accounts", {"name": "Café", "account_type": "expense", "description": "Line\nbreak “quotes” 🧾"}),
    ("POST", "/accounts", {"name": "CAFÉ", "account_type": "expense"}),
    ("POST", "/accounts", {"name": "Éclair", "account_type": "expense", "parent_account_id": 1035}),
    ("POST", "/manual-journals", _journal(1000, 1016, "1000", description="Capital", reference="R-1")),
    ("POST", "/manual-journals", _journal(1034, 1016, "99.99", currency_code="EUR", exchange_rate="1.10005")),
    ("POST", "/manual-journals", _journal(1000, 1025, "0.1", description="capital")),
    ("POST", "/manual-journals", _journal(1000, 1025, "12345678.91", publish=False)),
    ("POST", "/manual-journals", _journal(1000, 1025, "1", journal_number="J-00001")),
    ("POST", "/manual-journals", _journal(1000, 424242, "1")),
    ("POST", "/expenses", _expense(1003, "100.10", description="Straße", reference_no="E-1")),
    ("POST", "/expenses", _expense(1034, "3.33", currency_code="EUR", exchange_rate="1.1")),
    ("POST", "/expenses", _expense(1003, "5", publish=False)),
    ("POST", "/customers", CUSTOMER),
    ("POST", "/customers", {"customer_type": "individual", "display_name": "ångström", "email": ""}),
    ("POST", "/vendors", VENDOR),
    ("PUT", "/customers/1/opening-balance", {"opening_balance": "-50.5"}),
    ("PUT", "/manual-journals/1002", _journal(1000, 1026, "0.3", journal_number="J-00003")),
    ("PATCH", "/manual-journals/1003/publish", None),
    ("POST", "/expenses/1002/publish", None),
    ("PUT", "/expenses/1000", _expense(1003, "90", description="Rent")),
    ("POST", "/tax-rates", {"name": "Mehrwertsteuer", "code": "MwSt", "rate": "19"}),
    ("PUT", "/tax-rates/5", {"name": "Mehrwertsteuer", "code": "MwSt", "rate": "7.25"}),
    ("POST", "/branches", {"name": "Zürich", "code": "ZH"}),
    ("PUT", "/transactions-locking/lock", {"module": "financial", "lock_to_date": "2024-04-30", "reason": "Q1"}),
    ("POST", "/manual-journals", _journal(1000, 1016, "1", date="2024-03-01")),
    ("POST", "/accounts/1035/inactivate", None),
    ("DELETE", "/accounts/1000", None),
    ("DELETE", "/accounts/1036", None),
    ("DELETE", "/manual-journals/1002", None),
    ("POST", "/manual-journals/validate-bulk-delete", {"ids": [1000, 9999, 1001]}),
    ("POST", "/manual-journals/bulk-delete", {"ids": [1000, 9999]}),
    ("POST", "/expenses/bulk-delete", {"ids": [9999, 1002], "skip_undeletable": True}),
    ("PUT", "/organization", {"name": "Ünïcode Ltd"}),
)


def _play(books: Books) -> Iterator[tuple[str, int, bytes]]:
    """The business, step by step, then everything that can be read. Bodies of successes and refusals alike."""
    for number, (method, path, body) in enumerate(WRITES):
        books.clock.advance(minutes=1)
        answer = books.call(method, path, body, headers={"idempotency-key": f"step-{number}"})
        yield f"{number} {method} {path}", answer.status, answer.body
    for path in READS:
        answer = books.get(path)
        yield f"GET {path}", answer.status, answer.body


@pytest.mark.timeout(120)
def test_answers_are_the_same_byte_by_byte(books: Books, mariadb_books: Books) -> None:
    for here, there in zip(_play(books), _play(mariadb_books), strict=True):
        assert here == there
    books.verify()
    mariadb_books.verify()
    head = "SELECT hash FROM audit_trail ORDER BY id DESC LIMIT 1"
    assert books.sql(head)[0][0] == mariadb_books.sql(head)[0][0]


def test_the_script_says_something(books: Books) -> None:
    """Most steps succeed, and those meant to be refused are."""
    refused = [step for step, status, _ in _play(books) if status >= 400]
    assert [step.split(" ", 1)[1] for step in refused] == [
        "POST /accounts",
        "POST /manual-journals",
        "POST /manual-journals",
        "POST /manual-journals",
        "DELETE /accounts/1000",
        "POST /manual-journals/bulk-delete",
        "/no-such-endpoint",
        "/accounts/999999",
        "/accounts?column_sort_by=nothing",
    ]
