"""Accounts and what is posted to them, with sane defaults."""

from typing import Any

from tests.books import Books


def add(books: Books, name: str = "Coffee", account_type: str = "expense", **more: Any) -> int:
    """Id of a new account."""
    return int(books.post("/accounts", {"name": name, "account_type": account_type} | more).created["id"])


def family(books: Books, length: int, account_type: str = "expense") -> list[int]:
    """Ids of a root, its child, the child's child and so on."""
    line: list[int] = []
    for generation in range(1, length + 1):
        parent = {"parent_account_id": line[-1]} if line else {}
        line.append(add(books, f"Generation {generation}", account_type, **parent))
    return line


def pay(books: Books, account_id: int, amount: Any = 10, **more: Any) -> int:
    """Id of a published journal: the account debited, owner's equity credited."""
    entries = [
        {"index": 1, "account_id": account_id, "debit": amount, "credit": 0},
        {"index": 2, "account_id": books.account("owner-equity"), "debit": 0, "credit": amount},
    ]
    body = {"date": "2024-05-02", "publish": True, "entries": entries} | more
    return int(books.post("/manual-journals", body).created["id"])


def listed(books: Books, query: str = "") -> list[dict[str, Any]]:
    """The accounts of a list, flat."""
    return list(books.get(f"/accounts?structure=flat&{query}").ok["accounts"])


def names(books: Books, query: str = "") -> list[str]:
    return [account["name"] for account in listed(books, query)]
