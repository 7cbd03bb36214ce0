"""Settings and the numbers of documents (platform.md 10 and 3.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.settings.model import DECLARED, GUARDED_GROUPS, Kind, successor
from domain.settings.service import advance_number, next_number
from tests.domain.manual_journals.factories import simple


def stored(books):
    return {(item["group"], item["key"]): item["value"] for item in books.get("/settings").ok}


def save(books, group, key, value):
    return books.put("/settings", {"options": [{"group": group, "key": key, "value": value}]})


def test_seeded_settings(books):
    found = stored(books)
    prefixes = {
        "manual_journals": "J-", "sales_invoices": "INV-", "sales_receipts": "REC-", "sales_estimates": "EST-",
        "payment_receives": "PAY-", "cashflow": "CF-", "warehouse_transfers": "WT-", "credit_note": "CN-", "vendor_credit": "VC-",
    }  # fmt: skip
    for group, prefix in prefixes.items():
        series = tuple(found[group, key] for key in ("number_prefix", "next_number", "auto_increment"))
        assert series == (prefix, "00001", True)
    assert found["organization", "accounting_basis"] == "accrual"


def test_the_group_of_the_query_is_ignored(books):
    assert books.get("/settings?group=items").ok == books.get("/settings").ok


@pytest.mark.parametrize(
    ("group", "key", "sent", "kept"),
    [
        ("sales_invoices", "customer_notes", "Tack så mycket 🧾", "Tack så mycket 🧾"),
        ("expenses", "preferred_payment_account", "1000", 1000),
        ("expenses", "preferred_payment_account", 1000, 1000),
        ("accounts", "account_code_required", True, True),
        ("accounts", "account_code_required", "0", False),
        ("accounts", "account_code_required", 1, True),
        ("manual_journals", "next_number", 7, "7"),
        ("sms-notification", "sms-notification-enable.customer-balance", "yes", True),
    ],
)
def test_values_have_their_declared_type(books, group, key, sent, kept):
    answer = save(books, group, key, sent)
    assert (answer.status, answer.body) == (200, b"")
    value = stored(books)[group, key]
    assert (value, type(value)) == (kept, type(kept))
    books.verify()


@pytest.mark.parametrize("blank", [None, ""])
def test_blank_values_clear(books, blank):
    assert save(books, "organization", "accounting_basis", blank).status == 200
    assert ("organization", "accounting_basis") not in stored(books)
    books.verify()


def test_booleans_are_stored_as_digits(books):
    save(books, "accounts", "account_code_required", value := True)
    text = "SELECT value FROM settings WHERE \"group\" = 'accounts' AND key = 'account_code_required'"
    assert (books.sql(text), value) == ([("1",)], True)


def test_undeclared_keys_refuse_all(books):
    options = [
        {"group": "sales_invoices", "key": "customer_notes", "value": "Thanks"},
        {"group": "sales_invoices", "key": "colour", "value": "red"},
        {"group": "features", "key": "branches", "value": True},
        {"group": "transactions-locking", "key": "locking-type", "value": "all"},
    ]
    answer = books.put("/settings", {"options": options})
    assert (answer.status, answer.errors) == (400, ["OPTIONS.KEY.NOT.DEFINED"])
    assert [item["key"] for item in answer.json["errors"][0]["payload"]["keys"]] == ["colour", "branches", "locking-type"]
    assert ("sales_invoices", "customer_notes") not in stored(books)


def test_what_has_not_the_form_is_refused(books):
    for body in ({}, {"options": {}}, {"options": [{"group": "", "key": "x"}]}, {"options": [{"key": "x"}]}):
        assert books.put("/settings", body).errors == ["VALIDATION_ERROR"]


def test_every_declared_key_can_be_set_and_cleared(books):
    values = {Kind.TEXT: "text", Kind.NUMBER: 5, Kind.FLAG: True}
    keys = [(group, key, kind) for (group, key), kind in DECLARED.items() if group not in GUARDED_GROUPS]
    options = [{"group": group, "key": key, "value": values[kind]} for group, key, kind in keys]
    assert books.put("/settings", {"options": options}).status == 200
    found = stored(books)
    assert all(found[group, key] == values[kind] for group, key, kind in keys)
    assert books.put("/settings", {"options": [option | {"value": None} for option in options]}).status == 200
    assert not set(stored(books)) & {(group, key) for group, key, _ in keys}
    books.verify()


def test_changes_are_in_the_audit_trail_and_repetitions_are_not(books):
    for _ in range(2):
        save(books, "sales_invoices", "customer_notes", "Thanks")
    (entry,) = books.get("/audit-trail?subject=Settings").ok["data"]
    assert entry["before"] == {"sales_invoices.customer_notes": None}
    assert entry["after"] == {"sales_invoices.customer_notes": "Thanks"}


def test_members_read_and_do_not_write(books):
    role = {"role_name": "Clerk", "role_description": "", "permissions": [{"subject": "Item", "ability": "View", "value": True}]}
    books.add_member(user_id=2, role_id=books.post("/roles", role).created["data"]["id"])
    assert books.get("/settings", user_id=2).ok == books.get("/settings").ok
    answer = books.put("/settings", {"options": []}, user_id=2)
    assert answer.status == 403


@pytest.mark.parametrize(
    ("number", "after"),
    [("00009", "00010"), ("99", "100"), ("99999", "100000"), ("ABC", "ABC1"), ("", "1"), ("12A", "12A1"), ("A-09", "A-10")],
)
def test_the_number_after(number, after):
    assert successor(number) == after


@given(st.text(st.characters(exclude_categories=["Nd"]), max_size=8), st.integers(0, 10**12), st.integers(0, 6))
def test_numbers_go_up_by_one_and_keep_their_width(head, digits, zeros):
    number = f"{head}{'0' * zeros}{digits}"
    after = successor(number)
    assert after.startswith(head)
    assert int(after[len(head) :]) == digits + 1
    assert len(after) in {len(number), len(number) + 1}


def test_a_series(books):
    assert books.command(lambda ctx: next_number(ctx, "sales_invoices")) == "INV-00001"
    books.command(lambda ctx: advance_number(ctx, "sales_invoices"))
    assert books.command(lambda ctx: next_number(ctx, "sales_invoices")) == "INV-00002"
    save(books, "sales_invoices", "next_number", "2024/99")
    save(books, "sales_invoices", "number_prefix", "")
    books.command(lambda ctx: advance_number(ctx, "sales_invoices"))
    assert books.query(lambda ctx: next_number(ctx, "sales_invoices")) == "2024/100"
    save(books, "sales_invoices", "auto_increment", value=False)
    books.command(lambda ctx: advance_number(ctx, "sales_invoices"))
    assert books.query(lambda ctx: next_number(ctx, "sales_invoices")) is None
    assert stored(books)["sales_invoices", "next_number"] == "2024/100"
    books.verify()


def test_a_refused_document_takes_no_number(books):
    assert books.post("/manual-journals", simple(books, branch_id="x")).status == 400
    assert books.post("/manual-journals", simple(books, currency_code="EUR", entries=[])).status == 400
    assert stored(books)["manual_journals", "next_number"] == "00001"
    assert books.post("/manual-journals", simple(books)).created["journal_number"] == "J-00001"
    assert books.post("/manual-journals", simple(books, journal_number="J-00001")).errors[0] == "journal_number_exists"
    assert stored(books)["manual_journals", "next_number"] == "00002"


def test_numbers_that_differ_in_accents_are_one(books):
    assert books.post("/manual-journals", simple(books, journal_number="Ä-1")).created
    assert books.post("/manual-journals", simple(books, journal_number="a-1")).errors[0] == "journal_number_exists"
