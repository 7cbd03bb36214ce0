"""Bodies of expenses with sane defaults."""

from typing import Any

from tests.books import Books


def category(account_id: int, amount: Any, **more: Any) -> dict[str, Any]:
    return {"expense_account_id": account_id, "amount": amount} | more


def expense(payment_account_id: int, *categories: dict[str, Any], **more: Any) -> dict[str, Any]:
    numbered = [{"index": index} | item for index, item in enumerate(categories, start=1)]
    return {
        "payment_date": "2024-05-02",
        "payment_account_id": payment_account_id,
        "publish": True,
        "categories": numbered,
    } | more


def simple(books: Books, amount: Any = 60, **more: Any) -> dict[str, Any]:
    """Rent paid from petty cash."""
    return expense(books.account("petty-cash"), category(books.account("rent"), amount), **more)
