"""Opening balances of customers and vendors over their endpoints, on real books."""

import json
from decimal import Decimal

import pytest

from tests.books import Books
from tests.domain.contacts.factories import add, journal

NOUNS = ("customers", "vendors")


def test_e7_opening_balance_in_another_currency(books: Books) -> None:
    """accounting.md E7, against Opening Balance Equity (DECISIONS 10)."""
    customer = add(
        books,
        currency_code="EUR",
        opening_balance="200",
        opening_balance_at="2024-01-15",
        opening_balance_exchange_rate="1.25",
    )
    assert (customer["balance"], customer["local_opening_balance"], customer["closing_balance"]) == (200, 250, 200)
    first, second = books.ledger("CustomerOpeningBalance", customer["id"])
    equity = books.account("opening-balance-equity")
    assert (first["debit"], first["credit"], first["foreign_debit"], first["currency_code"]) == (250, 0, 200, "EUR")
    assert (second["account_id"], second["debit"], second["credit"], second["foreign_credit"]) == (equity, 0, 250, 200)
    assert [str(line["date"]) for line in (first, second)] == ["2024-01-15"] * 2
    assert {first["contact_id"], second["contact_id"]} == {customer["id"]}
    receivable = books.get(f"/accounts/{first['account_id']}").ok
    assert (receivable["account_type"], receivable["currency_code"], receivable["amount"]) == ("accounts-receivable", "EUR", 200)
    assert books.amount(equity) == 250
    assert books.amount(books.account("accounts-receivable")) in {None, 0}
    books.verify()


@pytest.mark.parametrize("noun", NOUNS)
def test_an_opening_balance_is_replaced_swapped_and_removed(books: Books, noun: str) -> None:
    kind = {"customers": "CustomerOpeningBalance", "vendors": "VendorOpeningBalance"}[noun]
    control = books.account({"customers": "accounts-receivable", "vendors": "accounts-payable"}[noun])
    sides = ("debit", "credit") if noun == "customers" else ("credit", "debit")
    add(books, noun, opening_balance=100.25, opening_balance_at="2024-01-15")
    assert books.ledger(kind, 1)[0][sides[0]] == Decimal("100.25")

    edited = books.put(f"/{noun}/1/opening-balance", {"opening_balance": -40}).ok
    assert (edited["balance"], edited["opening_balance"]) == (-40, -40)
    assert edited["opening_balance_at"] == "2024-01-15T00:00:00.000Z"
    first = books.ledger(kind, 1)[0]
    assert (first["account_id"], first[sides[0]], first[sides[1]]) == (control, 0, 40)
    assert books.amount(control) == -40
    books.verify()

    removed = books.put(f"/{noun}/1/opening-balance", {"opening_balance": ""}).ok
    assert (removed["balance"], removed["opening_balance"]) == (0, 0)
    assert books.ledger(kind, 1) == []
    assert books.amount(control) == 0
    books.verify()


def test_an_opening_balance_without_a_day_is_of_today_and_base_currency_has_no_rate(books: Books) -> None:
    customer = add(books, opening_balance=0.30000000000000004, opening_balance_exchange_rate=2)
    assert customer["opening_balance_at"] == "2024-06-01T00:00:00.000Z"
    assert (customer["opening_balance"], customer["opening_balance_exchange_rate"]) == (Decimal("0.3"), 1)
    books.verify()


def test_the_whole_contact_can_be_sent_back_as_its_opening_balance(books: Books) -> None:
    add(books, currency_code="EUR", opening_balance=10, opening_balance_exchange_rate=1.5)
    lines = books.ledger("CustomerOpeningBalance", 1)
    same = books.put("/customers/1/opening-balance", json.loads(books.get("/customers/1").body)).ok
    assert (same["balance"], same["local_opening_balance"]) == (10, 15)
    assert books.ledger("CustomerOpeningBalance", 1) == lines
    assert books.put("/customers/1/opening-balance", {}).errors == ["VALIDATION_ERROR"]


def test_an_amount_beyond_the_ledger_is_refused(books: Books) -> None:
    body = {"display_name": "X", "currency_code": "EUR", "opening_balance": 10**13, "opening_balance_exchange_rate": 10}
    assert books.post("/customers", body).errors == ["OPENING_BALANCE_TOO_LARGE"]
    assert books.get("/contacts/auto-complete").ok == []


def test_lines_of_other_documents_count_in_the_balance(books: Books) -> None:
    add(books, opening_balance=5)
    journal_id = journal(books, 1)
    assert books.get("/customers/1").ok["balance"] == 15
    books.verify()
    assert books.put("/customers/1/opening-balance", {"opening_balance": 7}).ok["balance"] == 17
    books.delete(f"/manual-journals/{journal_id}").ok  # noqa: B018
    assert books.get("/customers/1").ok["balance"] == 7
    books.verify()


# ---- locks and branches


@pytest.mark.parametrize(("noun", "module"), [("customers", "sales"), ("vendors", "purchases")])
def test_locked_days_refuse_opening_balances(books: Books, noun: str, module: str) -> None:
    add(books, noun, opening_balance=5, opening_balance_at="2024-01-31")
    add(books, noun, opening_balance=5, opening_balance_at="2024-04-01")
    lock = {"module": module, "lock_to_date": "2024-03-31", "reason": "closed"}
    books.put("/transactions-locking/lock", lock).ok  # noqa: B018
    locked = ["TRANSACTIONS_DATE_LOCKED"]
    before = books.get(f"/{noun}").ok

    assert (
        books.post(f"/{noun}", {"display_name": "X", "opening_balance": 1, "opening_balance_at": "2024-03-31"}).errors == locked
    )
    change = {"opening_balance": 1, "opening_balance_at": "2024-05-01"}
    assert books.put(f"/{noun}/1/opening-balance", change).errors == locked
    assert books.put(f"/{noun}/2/opening-balance", change | {"opening_balance_at": "2024-03-31"}).errors == locked
    assert books.delete(f"/{noun}/1").errors == locked
    assert books.get(f"/{noun}").ok == before

    assert books.put(f"/{noun}/2/opening-balance", change).ok["balance"] == 1
    assert books.put(f"/{noun}/1", {"display_name": "New name"}).ok["display_name"] == "New name"
    assert add(books, noun, opening_balance=0, opening_balance_at="2024-01-31")["balance"] == 0
    assert books.delete(f"/{noun}/2").status == 200
    books.verify()


def test_branches_of_opening_balances(books: Books) -> None:
    assert add(books, opening_balance=5, opening_balance_branch_id=77)["opening_balance_branch_id"] is None
    books.post("/branches/activate").created  # noqa: B018
    assert books.get("/customers/1").ok["opening_balance_branch_id"] == 1
    other = books.post("/branches", {"name": "Leeds"}).created["id"]
    assert add(books, opening_balance=5)["opening_balance_branch_id"] == 1
    assert add(books, opening_balance=5, opening_balance_branch_id=other)["opening_balance_branch_id"] == other
    assert {line["branch_id"] for line in books.ledger("CustomerOpeningBalance", 3)} == {other}
    assert add(books)["opening_balance_branch_id"] is None
    unknown = {"opening_balance": 5, "opening_balance_branch_id": 77}
    assert books.post("/vendors", {"display_name": "X"} | unknown).errors == ["BRANCH_ID_NOT_FOUND"]
    assert books.put("/customers/2/opening-balance", unknown).errors == ["BRANCH_ID_NOT_FOUND"]
    moved = books.put("/customers/2/opening-balance", unknown | {"opening_balance_branch_id": other}).ok
    assert moved["opening_balance_branch_id"] == other
    books.verify()


def test_a_contact_in_base_currency_counts_lines_of_other_currencies(books: Books) -> None:
    """accounting.md 3.5: base amounts of all its lines on control accounts."""
    add(books, opening_balance=5)
    entries = [
        {"account_id": books.account("accounts-receivable"), "debit": "10", "contact_id": 1},
        {"account_id": books.account("owner-equity"), "credit": "10"},
    ]
    body = {"date": "2024-05-01", "publish": True, "currency_code": "EUR", "exchange_rate": "1.1", "entries": entries}
    books.post("/manual-journals", body).created  # noqa: B018
    assert books.get("/customers/1").ok["balance"] == books.amount(books.account("accounts-receivable")) == 16
    books.verify()
