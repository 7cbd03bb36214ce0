"""Journals and expenses on MariaDB: types, collation, filters, the unique number."""

from decimal import Decimal

import pytest

from tests.domain.expenses.factories import category, expense
from tests.domain.expenses.factories import simple as simple_expense
from tests.domain.manual_journals.factories import euro_bank, simple

pytestmark = pytest.mark.mariadb


def test_journals(mariadb_books):
    books = mariadb_books
    more = {"currency_code": "EUR", "exchange_rate": "1.23456789", "description": "Überfall 🧾"}
    made = books.post("/manual-journals", simple(books, "10.01", journal_number="Ä-1", **more)).created
    detail = books.get(f"/manual-journals/{made['id']}").ok
    assert detail["exchange_rate"] == Decimal("1.23456789")
    assert (detail["description"], detail["entries"][0]["debit"]) == ("Überfall 🧾", Decimal("10.01"))
    assert books.post("/manual-journals", simple(books, journal_number="ä-1")).errors[0] == "journal_number_exists"
    draft = books.post("/manual-journals", simple(books, publish=False)).created
    assert books.put(f"/manual-journals/{made['id']}", simple(books, 5)).ok
    assert books.patch(f"/manual-journals/{draft['id']}/publish").status == 200
    for query, count in (("search_keyword=J-0", 1), ("search_keyword=5", 1), ("column_sort_by=status&sort_order=asc", 2)):
        assert len(books.get(f"/manual-journals?{query}").ok["manual_journals"]) == count
    books.verify()
    assert books.delete(f"/manual-journals/{made['id']}").ok
    books.verify()


def test_expenses(mariadb_books):
    books = mariadb_books
    rent, bank = books.account("rent"), euro_bank(books)
    made = books.post(
        "/expenses", expense(bank, category(rent, 10, landed_cost=True), category(rent, 5), currency_code="EUR", exchange_rate=3)
    ).created
    draft = books.post("/expenses", simple_expense(books, publish=False)).created
    edited = books.put(f"/expenses/{made['id']}", expense(bank, category(rent, 5, index=2), category(rent, 7, index=3))).ok
    assert [item["id"] for item in edited["categories"]] == [made["categories"][1]["id"], made["categories"][0]["id"]]
    roles = '[{"fieldKey":"payment_account","comparator":"contain","value":"EURO"}]'
    for query in ("view_slug=published", f"stringified_filter_roles={roles}", "search_keyword=12"):
        assert [item["id"] for item in books.get(f"/expenses?{query}").ok["expenses"]] == [made["id"]]
    by_account = books.get("/expenses?column_sort_by=payment_account&sort_order=asc").ok["expenses"]
    assert [item["id"] for item in by_account] == [made["id"], draft["id"]]
    books.verify()
    assert books.delete(f"/expenses/{made['id']}").status == 200
    books.verify()
