"""Right books pass; each stored value that is corrupted is found, and named."""

import sqlite3
from contextlib import closing

import pytest

from domain.verification.presenter import render_text
from domain.verification.service import verify_books
from tests.books import Books


def fill(books: Books) -> None:
    """A little of everything: base and foreign currency, drafts, an edit, a deletion, opening balances."""
    bank, equity, rent = (books.account(slug) for slug in ("bank-account", "owner-equity", "rent"))
    customer = books.post(
        "/customers",
        {
            "customer_type": "business",
            "display_name": "Kestrel",
            "currency_code": "USD",
            "opening_balance": 250,
            "opening_balance_at": "2024-01-01",
        },
    ).created["id"]
    opening = {"opening_balance": 40, "opening_balance_at": "2024-01-02", "opening_balance_exchange_rate": 1.1}
    assert books.post("/vendors", {"display_name": "Anvil", "currency_code": "EUR"} | opening).created
    assert books.post("/customers", {"customer_type": "individual", "display_name": "No Balance"}).created

    def journal(number: str, debit: int, credit: int, amount: float, **more: object) -> int:
        body = {
            "date": "2024-05-02",
            "journal_number": number,
            "publish": True,
            "entries": [
                {"index": 1, "account_id": debit, "debit": amount, "credit": 0},
                {"index": 2, "account_id": credit, "debit": 0, "credit": amount},
            ],
        }
        return int(books.post("/manual-journals", body | more).created["id"])

    journal("J-00001", bank, equity, 1000)
    journal("J-00002", bank, equity, 99.99, currency_code="EUR", exchange_rate=1.0875)
    journal("J-00003", bank, equity, 5, publish=False)
    gone = journal("J-00004", bank, equity, 7)
    journal("J-00005", rent, bank, 12.34)
    receivable = books.account("accounts-receivable")
    journal(
        "J-00006", receivable, equity, 30,
        entries=[
            {"index": 1, "account_id": receivable, "debit": 30, "credit": 0, "contact_id": customer},
            {"index": 2, "account_id": equity, "debit": 0, "credit": 30},
        ],
    )  # fmt: skip
    assert books.delete(f"/manual-journals/{gone}").status == 200
    for publish in (True, False):
        body = {
            "payment_date": "2024-05-03",
            "payment_account_id": bank,
            "publish": publish,
            "categories": [
                {"index": 1, "expense_account_id": rent, "amount": 60},
                {"index": 2, "expense_account_id": books.account("office-expenses"), "amount": 40.5},
            ],
        }
        assert books.post("/expenses", body, headers={"idempotency-key": f"expense-{publish}"}).created


@pytest.fixture
def filled(books):
    fill(books)
    assert books.get("/reports/trial-balance-sheet").ok  # the ledger is in memory from here on
    assert books.get("/branches").ok == []
    return books


def report(books, *, memory=True):
    return books.query(lambda ctx: verify_books(ctx.db, warm=books.runtime.state if memory else None))


def corrupt(books, *statements):
    """Behind the service's back, foreign keys off: as a defect, a bad disk or a hand would."""
    with closing(sqlite3.connect(books.url.removeprefix("sqlite:///"), timeout=10)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_right_books_pass(filled):
    filled.verify()
    found = report(filled)
    assert found.passed
    assert found.counts["documents"] == 5 + 2 + 3
    assert all(found.counts.values()), found.counts
    assert "numbers: Journal: 4 is missing" in found.notes
    assert found.ledger.debit == found.ledger.credit
    text = render_text(found)
    assert "The books are right." in text
    assert "WRONG" not in text


@pytest.mark.mariadb
def test_right_books_pass_on_mariadb(mariadb_books):
    fill(mariadb_books)
    assert mariadb_books.get("/reports/balance-sheet").ok
    mariadb_books.verify()
    assert mariadb_books.get("/verification").ok["passed"] is True


def test_over_the_wire(filled):
    answer = filled.get("/verification").ok
    assert answer["passed"] is True
    assert answer["problems"] == []
    assert {check["name"] for check in answer["checks"]} >= {"postings", "accounts", "contacts", "documents", "memory"}


_LINE = "SELECT MIN(id) FROM ledger_lines WHERE reference_type"
_CORRUPTIONS = {
    "account balance": ("UPDATE accounts SET amount = amount + 1 WHERE slug = 'bank-account'", "accounts: account 1000"),
    "account balance lost": ("UPDATE accounts SET amount = NULL WHERE slug = 'rent'", "accounts: account"),
    "line debit": (f"UPDATE ledger_lines SET debit = debit + 10000 WHERE id = ({_LINE} = 'Journal')", "postings: Journal"),
    "line foreign": (f"UPDATE ledger_lines SET foreign_debit = foreign_debit + 1 WHERE id = ({_LINE} = 'Expense')", "postings: Expense"),
    "line account": (
        f"UPDATE ledger_lines SET account_id = 1001 WHERE id = ({_LINE} = 'Journal')",
        "amounts: Journal",
    ),
    "line date": (f"UPDATE ledger_lines SET date = '2023-01-01' WHERE id = ({_LINE} = 'Expense')", "documents: Expense"),
    "line currency": (f"UPDATE ledger_lines SET currency_code = 'GBP' WHERE id = ({_LINE} = 'Journal')", "documents: Journal"),
    "line contact": (
        "UPDATE ledger_lines SET contact_id = NULL WHERE reference_type = 'CustomerOpeningBalance'",
        "contacts: contact",
    ),
    "one line lost": (f"DELETE FROM ledger_lines WHERE id = ({_LINE} = 'Journal')", "postings: Journal"),
    "posting lost": ("DELETE FROM ledger_lines WHERE reference_type = 'Expense'", "documents: Expense"),
    "opening posting lost": (
        "DELETE FROM ledger_lines WHERE reference_type = 'VendorOpeningBalance'",
        "documents: VendorOpeningBalance",
    ),
    "posting doubled": (
        "UPDATE ledger_lines SET reference_id = 4711 WHERE reference_type = 'Expense'",
        "documents: the ledger has 3 lines of Expense 4711",
    ),
    "journal unpublished": ("UPDATE manual_journals SET published_at = NULL", "documents: Journal"),
    "draft published": ("UPDATE manual_journals SET published_at = created_at", "documents: Journal"),
    "journal lost": ("DELETE FROM manual_journals WHERE journal_number = 'J-00001'", "documents: the ledger has 2 lines of Journal"),
    "journal date": ("UPDATE manual_journals SET date = '2024-05-09'", "documents: Journal"),
    "journal entry": ("UPDATE manual_journal_entries SET debit = debit + 10000 WHERE debit > 0", "amounts: Journal"),
    "journal number twice": ("UPDATE manual_journals SET journal_number = 'J-00001'", "numbers: Journal: the number J-00001"),
    "expense total": ("UPDATE expenses SET total_amount = total_amount + 10000", "amounts: Expense"),
    "expense category": ("UPDATE expense_categories SET amount = amount - 1", "amounts: Expense"),
    "contact balance": ("UPDATE contacts SET balance = balance + 1 WHERE display_name = 'Kestrel'", "contacts: contact 1"),
    "opening balance": ("UPDATE contacts SET opening_balance = 2600000 WHERE display_name = 'Kestrel'", "opening balances: contact 1"),
    "audit entry changed": ("UPDATE audit_trail SET after = '{}' WHERE id = 2", "audit trail: audit entry 2 was changed"),
    "audit entry lost": ("DELETE FROM audit_trail WHERE id = 3", "audit trail: audit entries 3 to 3 are missing"),
    "orphan": ("UPDATE ledger_lines SET branch_id = 99", "references:"),
    "entry orphan": ("UPDATE manual_journal_entries SET account_id = 99999 WHERE debit > 0", "references:"),
    "answer status": ("UPDATE idempotency_keys SET status = 17", "idempotency:"),
    "answer fingerprint": ("UPDATE idempotency_keys SET fingerprint = 'x'", "idempotency:"),
    "account in memory": ("UPDATE accounts SET name = name || '!' WHERE slug = 'rent'", "memory: accounts.chart"),
    "setting in memory": ("UPDATE settings SET value = '7' WHERE value = '00001'", "memory: settings"),
    "organization in memory": ("UPDATE organization SET name = 'Other'", "memory: organization"),
    "ledger in memory": ("UPDATE ledger_lines SET item_id = 3", "memory: the ledger in memory differs from the database in item"),
    "branch in memory": (
        "INSERT INTO branches (id, name, \"primary\", created_at, updated_at) VALUES (5, 'X', 1, '2024-01-01', '2024-01-01')",
        "memory: branches",
    ),
    "id in use": (
        "UPDATE ledger_lines SET id = 900000 WHERE id = (SELECT MAX(id) FROM ledger_lines)",
        "memory: the next id of ledger_lines",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _CORRUPTIONS)
def test_each_corruption_is_found(filled, name):
    statement, problem = _CORRUPTIONS[name]
    corrupt(filled, statement)
    found = report(filled)
    assert not found.passed
    assert any(item.startswith(problem) for item in found.problems), found.problems
    assert "WRONG" in render_text(found)
    if not problem.startswith("memory"):
        assert any(item.startswith(problem) for item in report(filled, memory=False).problems)


def test_findings_are_bounded(filled):
    rows = ", ".join(f"('k{number}', 'x', 200, '{{}}', '', '2024-01-01')" for number in range(300))
    corrupt(filled, f"INSERT INTO idempotency_keys (key, fingerprint, status, headers, body, created_at) VALUES {rows}")
    corrupt(filled, "UPDATE accounts SET amount = 12345")
    assert len(report(filled).problems) <= 300


def test_lines_of_control_accounts_without_a_contact_are_noted(filled):
    corrupt(filled, "UPDATE ledger_lines SET contact_id = NULL WHERE contact_id IS NOT NULL")
    assert any("have no contact" in note for note in report(filled).notes)


def test_differences_during_a_write_are_no_finding(filled):
    corrupt(filled, "UPDATE accounts SET name = name || '!' WHERE slug = 'rent'")
    stale = filled.runtime.state.version - 1
    found = filled.query(lambda ctx: verify_books(ctx.db, warm=filled.runtime.state, version=stale))
    assert "memory: was not compared: writes were under way" in found.notes
    assert not [problem for problem in found.problems if problem.startswith("memory")]
