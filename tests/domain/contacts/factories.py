"""Contacts and what refers to them, with sane defaults."""

from typing import Any

from tests.books import Books


def add(books: Books, noun: str = "customers", **fields: Any) -> dict[str, Any]:
    body = {"display_name": "Kestrel"} | fields
    created: dict[str, Any] = books.post(f"/{noun}", body).created
    return created


def names(books: Books, noun: str, query: str = "") -> list[str]:
    return [item["display_name"] for item in books.get(f"/{noun}?{query}").ok[noun]]


def journal(books: Books, contact_id: int, *, publish: bool = True) -> int:
    entries = [
        {"account_id": books.account("accounts-receivable"), "debit": "10", "contact_id": contact_id},
        {"account_id": books.account("owner-equity"), "credit": "10"},
    ]
    created: int = books.post("/manual-journals", {"date": "2024-05-01", "publish": publish, "entries": entries}).created["id"]
    return created
