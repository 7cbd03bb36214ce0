"""The wire of expenses: shapes, statuses, life cycle."""

from decimal import Decimal

import pytest
from sqlalchemy import event

from tests.domain.expenses.factories import category, expense, simple
from tests.domain.manual_journals.factories import euro_bank, lines, vendor

STORED = {
    "id", "currency_code", "exchange_rate", "description", "payment_account_id", "payee_id", "reference_no", "total_amount",
    "landed_cost_amount", "allocated_cost_amount", "invoiced_amount", "published_at", "payment_date", "user_id", "branch_id",
    "project_id", "created_at", "updated_at", "is_published", "local_amount", "local_landed_cost_amount",
    "local_allocated_cost_amount", "local_unallocated_cost_amount", "unallocated_cost_amount", "billable_amount", "categories",
}  # fmt: skip
CATEGORY = {
    "id", "expense_id", "index", "expense_account_id", "amount", "description", "landed_cost", "allocated_cost_amount",
    "unallocated_cost_amount", "project_id", "created_at", "updated_at",
}  # fmt: skip
FORMATTED = {
    "formatted_amount", "formatted_landed_cost_amount", "formatted_allocated_cost_amount", "formatted_date",
    "formatted_created_at", "formatted_published_at", "payment_account", "attachments",
}  # fmt: skip


def create(books, body=None, **more):
    return books.post("/expenses", body or simple(books, **more))


def test_create_answers_the_saved_expense(books):
    payee = vendor(books)
    body = expense(
        books.account("petty-cash"),
        category(books.account("rent"), "40.005", landed_cost=1, description="May", project_id=3),
        category(books.account("office-expenses"), -10),
        reference_no="R1", description="Month", payee_id=payee, beneficiary=77,
    )  # fmt: skip
    answer = create(books, body)
    assert answer.status == 201
    saved = answer.json
    assert set(saved) == STORED
    assert set(saved["categories"][0]) == CATEGORY
    assert (saved["id"], saved["total_amount"], saved["landed_cost_amount"]) == (1000, Decimal("30.01"), Decimal("40.01"))
    assert (saved["payment_date"], saved["published_at"], saved["user_id"]) == ("2024-05-02", "2024-06-01", 1)
    assert (saved["payee_id"], saved["local_amount"], saved["billable_amount"]) == (payee, Decimal("30.01"), Decimal("30.01"))
    assert [item["landed_cost"] for item in saved["categories"]] == [True, False]
    assert [item["id"] for item in saved["categories"]] == [1000, 1001]
    books.verify()


def test_e1_an_expense_in_base_currency(books):
    cash, rent, office = (books.account(slug) for slug in ("petty-cash", "rent", "office-expenses"))
    made = create(books, expense(cash, category(rent, "100.10", description="May"), category(office, 50))).created
    paid, spent = Decimal("150.10"), Decimal("100.10")
    assert lines(books, "Expense", made["id"]) == [
        (cash, 0, paid, 0, paid),
        (rent, spent, 0, spent, 0),
        (office, 50, 0, 50, 0),
    ]
    assert [(row["line_index"], row["note"], row["contact_id"]) for row in books.ledger("Expense", made["id"])] == [
        (1, None, None),
        (2, "May", None),
        (3, None, None),
    ]
    assert [books.amount(account) for account in (cash, rent, office)] == [-paid, spent, 50]
    assert books.put(f"/expenses/{made['id']}", expense(cash, category(rent, 90), category(office, 50))).ok
    assert [books.amount(account) for account in (cash, rent, office)] == [-140, 90, 50]
    books.verify()


def test_e2_an_expense_from_a_euro_account(books):
    bank, rent = euro_bank(books), books.account("rent")
    body = expense(bank, category(rent, 100), currency_code="EUR", exchange_rate=1.1)
    made = create(books, body).created
    assert lines(books, "Expense", made["id"]) == [(bank, 0, 110, 0, 100), (rent, 110, 0, 100, 0)]
    assert {(row["currency_code"], row["exchange_rate"]) for row in books.ledger("Expense", made["id"])} == {
        ("EUR", Decimal("1.1"))
    }
    assert (books.amount(bank), books.amount(rent), made["local_amount"]) == (-100, 110, 110)
    books.verify()


def test_formatting_by_the_currencys_minor_unit(books):
    cases = (("JPY", 1234567, "1,234,567"), ("KWD", "2.6755", "2.676"), ("EUR", "1234.5", "1,234.50"), ("USD", "2.675", "2.68"))
    for currency, total, text in cases:
        made = create(books, simple(books, total, currency_code=currency, exchange_rate=2)).created["id"]
        detail = books.get(f"/expenses/{made}").ok
        assert (detail["formatted_amount"], detail["categories"][0]["amount_formatted"]) == (text, text)
    books.verify()


def test_detail(books):
    made = create(books, simple(books, landed_cost=True)).created["id"]
    detail = books.get(f"/expenses/{made}").ok
    assert set(detail) == STORED | FORMATTED | {"branch"}
    assert set(detail["categories"][0]) == CATEGORY | {"amount_formatted", "expense_account"}
    assert detail["payment_account"]["slug"] == "petty-cash"
    assert detail["categories"][0]["expense_account"]["slug"] == "rent"
    assert (detail["formatted_date"], detail["formatted_published_at"]) == ("02 May 2024", "01 Jun 2024")
    assert (detail["branch"], detail["attachments"]) == (None, [])
    assert (detail["formatted_amount"], detail["formatted_allocated_cost_amount"]) == ("60.00", "0.00")
    assert detail["payment_date"] == "2024-05-02T00:00:00.000Z"


def test_draft_publish_edit_delete(books):
    cash = books.account("petty-cash")
    made = create(books, publish=False).created
    path = f"/expenses/{made['id']}"
    assert (made["published_at"], books.ledger("Expense", made["id"]), books.amount(cash)) == (None, [], None)
    answer = books.post(f"{path}/publish")
    assert (answer.status, answer.body, books.amount(cash)) == (201, b"", -60)
    assert books.post(f"{path}/publish").errors == ["expense_already_published", "EXPENSE.ALREADY.PUBLISHED"]
    books.clock.advance(days=3)
    edited = books.put(path, simple(books, 50))
    assert edited.status == 200
    assert set(edited.json) == STORED
    assert (edited.json["total_amount"], edited.json["published_at"]) == (50, "2024-06-01T00:00:00.000Z")
    books.verify()
    gone = books.delete(path)
    assert (gone.status, gone.body, books.amount(cash), books.ledger("Expense", made["id"])) == (200, b"", 0, [])
    for answer in (books.get(path), books.delete(path), books.post(f"{path}/publish"), books.put(path, simple(books))):
        assert (answer.status, answer.json["message"]) == (404, "NotFoundError")
    books.verify()


def test_an_edit_keeps_what_it_does_not_name(books):
    payee, bank = vendor(books), euro_bank(books)
    rent = books.account("rent")
    more = {"currency_code": "EUR", "exchange_rate": "1.25", "reference_no": "R", "description": "D", "payee_id": payee}
    path = f"/expenses/{create(books, expense(bank, category(rent, 10), **more)).created['id']}"
    kept = books.put(path, expense(bank, category(rent, 10))).ok
    assert {key: str(kept[key]) for key in more} == {key: str(value) for key, value in more.items()}
    cleared = books.put(path, expense(bank, category(rent, 10), payee_id="", description=None)).ok
    assert (cleared["payee_id"], cleared["description"], cleared["reference_no"]) == (None, None, "R")
    base = books.put(path, simple(books, currency_code="USD")).ok
    assert (base["currency_code"], base["exchange_rate"]) == ("USD", 1)
    books.verify()


# ---- lists


def shelf(books):
    """Three expenses: the second a draft, the third paid from the bank."""
    rent, bank = books.account("rent"), books.account("bank-account")
    create(books, amount=1, reference_no="ref-1")
    create(books, amount=2, reference_no="ref-2", publish=False)
    create(books, expense(bank, category(rent, 3), reference_no="ref-3"))


def test_list_rows_pages_and_meta(books):
    shelf(books)
    answer = books.get("/expenses?page_size=2").ok
    assert answer["pagination"] == {"total": 3, "page": 1, "page_size": 2}
    assert answer["filter_meta"] == {"field_key": "created_at", "order": "desc"}
    row = answer["expenses"][0]
    assert set(row) == STORED | FORMATTED
    assert row["categories"][0]["expense_account"]["name"] == "Rent"
    assert [item["total_amount"] for item in answer["expenses"]] == [3, 2]


@pytest.mark.parametrize(
    ("query", "amounts"),
    [
        ("search_keyword=REF-2", [2]),
        ("search_keyword=3.00", [3]),
        ("view_slug=draft", [2]),
        ("view_slug=published", [3, 1]),
        ("column_sort_by=amount&sort_order=asc", [1, 2, 3]),
        ("column_sort_by=payment_account&sort_order=asc", [3, 1, 2]),
        ("column_sort_by=status&sort_order=asc", [2, 1, 3]),
        ('stringified_filter_roles=[{"fieldKey":"payment_account","comparator":"equals","value":"Petty-Cash"}]', [2, 1]),
        ('stringified_filter_roles=[{"fieldKey":"payment_account","comparator":"contain","value":"bank"}]', [3]),
        ('stringified_filter_roles=[{"fieldKey":"published","comparator":"in","value":"2024-06-01"}]', [3, 1]),
    ],
)
def test_search_sort_filter_and_views(books, query, amounts):
    shelf(books)
    assert [item["total_amount"] for item in books.get(f"/expenses?{query}").ok["expenses"]] == amounts


def test_views_and_meta(books):
    assert [view["slug"] for view in books.get("/views/resource/expenses").ok] == ["draft", "published"]
    meta = books.get("/resources/expenses/meta").ok["resource_meta"]
    assert meta["default_filter_field"] == "description"
    assert (meta["fields"]["payment_account"]["field_type"], meta["fields"]["payment_account"]["column"]) == (
        "relation",
        "payment_account_id",
    )


def test_a_list_asks_three_times_however_long_it_is(books):
    shelf(books)
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(books.runtime.engine, "before_cursor_execute", note)
    assert books.get("/expenses?page_size=100").ok
    event.remove(books.runtime.engine, "before_cursor_execute", note)
    assert sum("expense" in item for item in seen) == 3


# ---- several at once


def test_bulk_deletion(books):
    made = [create(books).created["id"] for _ in range(3)]
    check = books.post("/expenses/validate-bulk-delete", {"ids": [made[1], 4711]})
    assert check.status == 201
    assert (check.json["deletable_ids"], check.json["non_deletable_ids"]) == ([made[1]], [4711])
    assert books.post("/expenses/bulk-delete", {"ids": [made[0], 4711]}).status == 404
    answer = books.post("/expenses/bulk-delete", {"ids": [made[0], 4711], "skip_undeletable": True})
    assert (answer.status, answer.body) == (201, b"")
    assert books.get("/expenses").ok["pagination"]["total"] == 2
    books.verify()


# ---- what refers to what


def test_accounts_and_contacts_of_drafts_are_in_use(books):
    payee, account = vendor(books), books.post("/accounts", {"name": "Travel", "account_type": "expense"}).created["id"]
    body = expense(books.account("petty-cash"), category(account, 5), publish=False, payee_id=payee)
    made = create(books, body).created["id"]
    assert books.delete(f"/accounts/{account}").status == 409
    assert books.delete(f"/vendors/{payee}").status == 409
    assert books.delete(f"/expenses/{made}").ok is None
    assert books.delete(f"/accounts/{account}").status == 200
    assert books.delete(f"/vendors/{payee}").status == 200
