"""The worked examples of accounting.md section 15, as far as they need no sales or purchases."""

from decimal import Decimal
from typing import Any

import pytest

from domain.kit.formatting import format_amount, format_money
from tests.books import Books

PETTY_CASH, OWNERS_EQUITY, OFFICE, RENT = 1003, 1016, 1020, 1021


def lines(books: Books, kind: str, reference_id: int) -> list[tuple[int, Decimal, Decimal, str, Decimal]]:
    """Account, debit, credit, currency and rate of each line, in order."""
    return [
        (row["account_id"], row["debit"], row["credit"], row["currency_code"], row["exchange_rate"])
        for row in books.ledger(kind, reference_id)
    ]


def euro_bank(books: Books) -> int:
    body = {"name": "Euro bank", "account_type": "bank", "currency_code": "EUR"}
    account_id: int = books.post("/accounts", body).created["id"]
    return account_id


def expense(payment_account_id: int, *amounts: tuple[int, str], **more: Any) -> dict[str, Any]:
    categories = [{"expense_account_id": account_id, "amount": amount} for account_id, amount in amounts]
    return {
        "payment_date": "2024-06-01",
        "payment_account_id": payment_account_id,
        "publish": True,
        "categories": categories,
    } | more


def test_e1_expense_in_base_currency(books: Books) -> None:
    created = books.post("/expenses", expense(PETTY_CASH, (RENT, "100.10"), (OFFICE, "50"))).created
    assert lines(books, "Expense", created["id"]) == [
        (PETTY_CASH, 0, Decimal("150.10"), "USD", 1),
        (RENT, Decimal("100.10"), 0, "USD", 1),
        (OFFICE, 50, 0, "USD", 1),
    ]
    assert [books.amount(item) for item in (PETTY_CASH, RENT, OFFICE)] == [Decimal("-150.10"), Decimal("100.10"), 50]
    assert created["total_amount"] == Decimal("150.1")

    assert books.put(f"/expenses/{created['id']}", expense(PETTY_CASH, (RENT, "90"), (OFFICE, "50"))).ok
    assert lines(books, "Expense", created["id"]) == [
        (PETTY_CASH, 0, 140, "USD", 1),
        (RENT, 90, 0, "USD", 1),
        (OFFICE, 50, 0, "USD", 1),
    ]
    assert [books.amount(item) for item in (PETTY_CASH, RENT, OFFICE)] == [-140, 90, 50]
    books.verify()


def test_e2_expense_from_a_foreign_account(books: Books) -> None:
    bank, rate = euro_bank(books), Decimal("1.1")
    created = books.post("/expenses", expense(bank, (RENT, "100"), currency_code="EUR", exchange_rate="1.1")).created
    assert lines(books, "Expense", created["id"]) == [(bank, 0, 110, "EUR", rate), (RENT, 110, 0, "EUR", rate)]
    assert (books.amount(bank), books.amount(RENT)) == (-100, 110)
    books.verify()


def test_e7_customer_opening_balance_against_opening_balance_equity(books: Books) -> None:
    body = {
        "customer_type": "business",
        "display_name": "Kunde",
        "currency_code": "EUR",
        "opening_balance": 200,
        "opening_balance_at": "2024-01-01",
        "opening_balance_exchange_rate": "1.25",
    }
    customer = books.post("/customers", body).created
    (receivable,) = [
        item
        for item in books.get("/accounts?structure=flat").ok["accounts"]
        if item["account_type"] == "accounts-receivable" and item["currency_code"] == "EUR"
    ]
    assert receivable["name"] == "Accounts Receivable (A/R) - EUR"
    equity, rate = books.account("opening-balance-equity"), Decimal("1.25")
    assert lines(books, "CustomerOpeningBalance", customer["id"]) == [
        (receivable["id"], 250, 0, "EUR", rate),
        (equity, 0, 250, "EUR", rate),
    ]
    assert (books.amount(receivable["id"]), books.amount(equity)) == (200, 250)
    stored = books.get(f"/customers/{customer['id']}").ok
    assert (stored["balance"], stored["local_opening_balance"]) == (200, 250)
    books.verify()


def test_e9_manual_journal_in_a_foreign_currency(books: Books) -> None:
    bank, rate = euro_bank(books), Decimal("1.1")
    body = {
        "date": "2024-06-01",
        "currency_code": "EUR",
        "exchange_rate": "1.1",
        "publish": True,
        "entries": [{"account_id": bank, "debit": 100}, {"account_id": OWNERS_EQUITY, "credit": 100}],
    }
    created = books.post("/manual-journals", body).created
    assert lines(books, "Journal", created["id"]) == [(bank, 110, 0, "EUR", rate), (OWNERS_EQUITY, 0, 110, "EUR", rate)]
    assert (books.amount(bank), books.amount(OWNERS_EQUITY)) == (100, 110)
    journal = books.get(f"/manual-journals/{created['id']}").ok
    assert (journal["amount"], journal["formatted_amount"]) == (100, "100.00")
    books.verify()


@pytest.mark.parametrize(
    ("amount", "text"), [("1234.5", "1,234.50"), ("2.675", "2.68"), ("1.004", "1.00"), ("1.005", "1.01"), (None, "0.00")]
)
def test_e10_formatting_of_numbers(amount: str | None, text: str) -> None:
    """1.005 is rounded as the decimal it is (DECISIONS 19), not as the reference's binary double."""
    assert format_amount(None if amount is None else Decimal(amount), "USD") == text


def test_e10_formatting_of_money() -> None:
    assert format_money(Decimal("-1234.567"), "USD") == "-$1,234.57"
    assert format_money(Decimal(5), "EUR") == "€5.00"
    assert format_money(Decimal(0), "USD", zero="") == ""


def test_e11_depth(books: Books) -> None:
    parent: int | None = None
    levels = []
    for name in "ABCDE":
        body = {"name": f"Level {name}", "account_type": "expense", "parent_account_id": parent}
        parent = books.post("/accounts", body).created["id"]
        levels.append(parent)
    child = {"name": "Level F", "account_type": "expense", "parent_account_id": levels[4]}
    sixth = books.post("/accounts", child).created["id"]
    listed = {item["id"]: item["account_level"] for item in books.get("/accounts?structure=flat").ok["accounts"]}
    assert listed[sixth] == 6
    too_deep = {"name": "Level G", "account_type": "expense", "parent_account_id": sixth}
    assert books.post("/accounts", too_deep).errors == ["PARENT_ACCOUNT_EXCEEDED_THE_DEPTH_LEVEL"]
    books.verify()


def test_e12_only_the_common_lock_counts_while_it_is_in_force(books: Books) -> None:
    """With the financial module, whose documents are here; invoices follow the same guard."""

    def lock(module: str, day: str) -> None:
        assert books.put("/transactions-locking/lock", {"module": module, "lock_to_date": day, "reason": "closed"}).ok

    def written() -> list[str]:
        answer = books.post("/expenses", expense(PETTY_CASH, (RENT, "1")))
        return [] if answer.status == 201 else answer.errors

    lock("financial", "2024-12-31")
    assert written() == ["TRANSACTIONS_DATE_LOCKED"]
    lock("all", "2023-12-31")
    assert books.get("/transactions-locking").ok["locking_type"] == "all"
    assert written() == []
    assert books.put("/transactions-locking/cancel-lock", {"module": "all", "reason": "opened"}).ok
    assert books.get("/transactions-locking").ok["locking_type"] == "partial"
    assert written() == ["TRANSACTIONS_DATE_LOCKED"]
    books.verify()
