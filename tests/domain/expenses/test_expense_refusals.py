"""Each refusal of an expense, in its order; each leaves no trace."""

import pytest
import sqlalchemy as sa

from domain.manual_journals import repository
from tests.domain.expenses.factories import category, expense, simple
from tests.domain.manual_journals.factories import euro_bank, trace


@pytest.fixture
def shop(books):
    """A published expense, a draft, and a euro account."""
    books.euro = euro_bank(books)
    books.cash, books.rent, books.equity = (books.account(slug) for slug in ("petty-cash", "rent", "owner-equity"))
    books.published = books.post("/expenses", simple(books)).created["id"]
    books.draft = books.post("/expenses", simple(books, publish=False)).created["id"]
    return books


REFUSALS = {
    "some_expenses_not_found": lambda b: expense(b.equity, category(9999, 0)),
    "payment_account_has_invalid_type": lambda b: expense(b.equity, category(b.cash, 0)),
    "expenses_account_has_invalid_type": lambda b: expense(b.cash, category(b.cash, 0)),
    "total_amount_equals_zero": lambda b: expense(b.euro, category(b.rent, 5), category(b.rent, -5)),
    "COULD_NOT_ASSIGN_DIFFERENT_CURRENCY_TO_ACCOUNTS": lambda b: expense(b.euro, category(b.rent, 5)),
    "DOCUMENT_AMOUNT_TOO_LARGE": lambda b: simple(b, 10**13, currency_code="EUR", exchange_rate="1.00000001"),
    "contacts_not_found": lambda b: simple(b, payee_id=99),
    "DOCUMENT_KEYS_INVALID": lambda b: simple(b, attachments=[{"key": "none"}]),
    "TRANSACTIONS_DATE_LOCKED": lambda b: simple(b, payment_date="2024-03-31"),
    "VALIDATION_ERROR": lambda b: simple(b, description="x" * 1001),
    "NOT_FOUND": lambda b: expense(9999, category(b.cash, 0)),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_leaves_no_trace(shop, code):
    lock = {"module": "financial", "lock_to_date": "2024-03-31", "reason": "closed"}
    assert shop.put("/transactions-locking/lock", lock).ok
    body, before = REFUSALS[code](shop), trace(shop)
    status = 404 if code == "NOT_FOUND" else 400
    for answer in (
        shop.post("/expenses", body),
        shop.put(f"/expenses/{shop.draft}", body),
        shop.put(f"/expenses/{shop.published}", body),
    ):
        assert (answer.status, answer.errors[0]) == (status, code)
    assert trace(shop) == before
    shop.verify()


def test_locked_days_hold_for_every_change_of_a_published_expense(shop):
    lock = {"module": "financial", "lock_to_date": "2024-05-02", "reason": "closed"}
    assert shop.put("/transactions-locking/lock", lock).ok
    before = trace(shop)
    published, draft = f"/expenses/{shop.published}", f"/expenses/{shop.draft}"
    for refused in (
        shop.put(published, simple(shop, payment_date="2024-05-03")),
        shop.put(draft, simple(shop)),
        shop.delete(published),
        shop.post(f"{draft}/publish"),
        shop.post("/expenses/bulk-delete", {"ids": [shop.draft, shop.published]}),
    ):
        assert refused.errors == ["TRANSACTIONS_DATE_LOCKED"]
    assert trace(shop) == before
    assert shop.put(draft, simple(shop, publish=False)).ok
    assert shop.delete(draft).status == 200
    shop.verify()


def test_branches(shop):
    assert shop.post("/expenses", simple(shop, branch_id=77)).created["branch_id"] is None
    assert shop.post("/branches/activate").status == 201
    head = shop.get("/branches").ok[0]["id"]
    assert shop.post("/expenses", simple(shop, branch_id=77)).errors == ["BRANCH_ID_NOT_FOUND"]
    made = shop.post("/expenses", simple(shop)).created
    assert made["branch_id"] == head
    assert {line["branch_id"] for line in shop.ledger("Expense", made["id"])} == {head}
    assert shop.get(f"/expenses/{made['id']}").ok["branch"]["id"] == head
    other = shop.post("/branches", {"name": "North"}).created["id"]
    assert shop.put(f"/expenses/{made['id']}", simple(shop, branch_id=other)).ok["branch_id"] == other
    assert shop.put(f"/expenses/{made['id']}", simple(shop)).ok["branch_id"] == other
    shop.verify()


def test_a_matched_expense_stays(shop, monkeypatch):
    matched = sa.Table(
        "matched_bank_transactions", sa.MetaData(), sa.Column("reference_type", sa.Text), sa.Column("reference_id", sa.Integer)
    )
    shop.sql("CREATE TABLE matched_bank_transactions (reference_type TEXT, reference_id INTEGER)")
    shop.sql("INSERT INTO matched_bank_transactions VALUES ('Expense', :id)", id=shop.published)
    monkeypatch.setattr(repository, "_matched", lambda: matched)
    assert shop.delete(f"/expenses/{shop.published}").errors == ["CANNOT_DELETE_TRANSACTION_MATCHED"]
    assert shop.delete(f"/expenses/{shop.draft}").status == 200
    shop.verify()


# ---- allocated costs


@pytest.fixture
def landed(shop):
    """An expense of two categories; 30 of the first were allocated to a bill."""
    body = expense(shop.cash, category(shop.rent, 50, landed_cost=True), category(shop.account("office-expenses"), 20))
    made = shop.post("/expenses", body).created
    shop.made, shop.first, shop.second = made["id"], *(item["id"] for item in made["categories"])
    shop.sql("UPDATE expenses SET allocated_cost_amount = 300000 WHERE id = :id", id=shop.made)
    shop.sql("UPDATE expense_categories SET allocated_cost_amount = 300000 WHERE id = :id", id=shop.first)
    return shop


def test_categories_keep_identity_and_allocated_cost(landed):
    office = landed.account("office-expenses")
    body = expense(landed.cash, category(office, 5), category(landed.rent, 30, landed_cost=True), category(office, 20))
    edited = landed.put(f"/expenses/{landed.made}", body).ok
    first, second, third = edited["categories"]
    assert (first["id"], second["id"]) == (landed.second, landed.first)
    assert third["id"] not in {landed.first, landed.second}
    assert (second["allocated_cost_amount"], second["unallocated_cost_amount"]) == (30, 0)
    assert (edited["allocated_cost_amount"], edited["unallocated_cost_amount"]) == (30, 25)
    landed.verify()


def test_a_named_category_is_the_one_that_changes(landed):
    office = landed.account("office-expenses")
    body = expense(
        landed.cash, category(landed.rent, 1), category(landed.rent, 40, landed_cost=True, id=landed.first), category(office, 2)
    )
    edited = landed.put(f"/expenses/{landed.made}", body).ok
    assert [item["id"] for item in edited["categories"]][1:] == [landed.first, landed.second]
    assert edited["categories"][1]["allocated_cost_amount"] == 30


@pytest.mark.parametrize(
    "categories",
    [
        lambda b: [category(b.account("office-expenses"), 20)],
        lambda b: [category(b.rent, "29.99", landed_cost=True)],
        lambda b: [category(b.rent, 50, landed_cost=False)],
        lambda b: [category(b.account("bank-fees-and-charges"), 50, landed_cost=True)],
    ],
    ids=["removed", "lowered", "no landed cost", "another account"],
)
def test_an_allocated_category_may_not_shrink_below_it(landed, categories):
    before = trace(landed)
    answer = landed.put(f"/expenses/{landed.made}", expense(landed.cash, *categories(landed)))
    assert answer.errors == ["ENTRIES_ALLOCATED_COST_COULD_NOT_DELETED"]
    assert landed.delete(f"/expenses/{landed.made}").errors == ["EXPENSE_HAS_ASSOCIATED_LANDED_COST"]
    assert trace(landed) == before
