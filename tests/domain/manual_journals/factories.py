"""Bodies of manual journals with sane defaults, and what they leave in the ledger."""

from typing import Any

from tests.books import Books

TABLES = ("manual_journals", "manual_journal_entries", "expenses", "expense_categories", "ledger_lines", "audit_trail")


def entry(account_id: int, debit: Any = 0, credit: Any = 0, **more: Any) -> dict[str, Any]:
    return {"account_id": account_id, "debit": debit, "credit": credit} | more


def journal(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    numbered = [{"index": index} | item for index, item in enumerate(entries, start=1)]
    return {"date": "2024-05-02", "publish": True, "entries": numbered} | more


def simple(books: Books, amount: Any = 100, **more: Any) -> dict[str, Any]:
    """Owner's equity paid in at the bank."""
    bank, equity = books.account("bank-account"), books.account("owner-equity")
    return journal(entry(bank, debit=amount), entry(equity, credit=amount), **more)


def lines(books: Books, kind: str, document_id: int) -> list[tuple[Any, ...]]:
    """Account, debit, credit in base, then in the document's currency, of each ledger line."""
    return [
        (row["account_id"], row["debit"], row["credit"], row["foreign_debit"], row["foreign_credit"])
        for row in books.ledger(kind, document_id)
    ]


def trace(books: Books) -> dict[str, Any]:
    """All that a refused write must leave as it was: rows, balances, and the next numbers and ids."""
    counts = {table: books.sql(f"SELECT COUNT(*), MAX(id) FROM {table}")[0] for table in TABLES}
    amounts = [tuple(row) for row in books.sql("SELECT id, amount FROM accounts ORDER BY id")]
    settings = sorted(map(tuple, books.sql('SELECT "group", key, value FROM settings')))
    return {"counts": counts, "amounts": amounts, "settings": settings}


def euro_bank(books: Books) -> int:
    """A bank account that holds euros."""
    body = {"name": "Euro bank", "account_type": "bank", "currency_code": "EUR"}
    return int(books.post("/accounts", body).created["id"])


def customer(books: Books, **more: Any) -> int:
    return int(books.post("/customers", {"display_name": "Kestrel"} | more).created["id"])


def vendor(books: Books, **more: Any) -> int:
    return int(books.post("/vendors", {"display_name": "Anvil"} | more).created["id"])
