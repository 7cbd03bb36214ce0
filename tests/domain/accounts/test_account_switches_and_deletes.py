"""Activating, inactivating and deleting accounts (accounting.md 2.3 and 2.4)."""

import pytest

from tests.domain.accounts.factories import add, family, listed, names, pay

PREDEFINED, USED = "account_predefined", "account_has_associated_transactions"


def active(books, *account_ids):
    return [books.get(f"/accounts/{account_id}").ok["active"] for account_id in account_ids]


def test_a_switch_reaches_all_below_and_none_above(books):
    top, middle, low, lowest = line = family(books, 4)
    for _ in range(2):  # doing it twice changes nothing
        answer = books.post(f"/accounts/{middle}/inactivate")
        assert (answer.status, answer.body) == (200, b"")
        assert active(books, *line) == [True, False, False, False]
    entries = books.get("/audit-trail?subject=Account&action=inactivated").ok["data"]
    assert sorted(entry["subject_id"] for entry in entries) == [middle, low, lowest]
    assert books.post(f"/accounts/{low}/activate").status == 200
    assert active(books, *line) == [True, False, True, True]
    assert books.post(f"/accounts/{top}/activate").status == 200
    assert active(books, *line) == [True] * 4
    books.verify()


@pytest.mark.parametrize("verb", ["activate", "inactivate"])
def test_what_is_not_there_is_not_switched(books, verb):
    assert books.post(f"/accounts/4242/{verb}").errors == ["NOT_FOUND"]


def test_delete_makes_children_roots(books):
    top, middle, low = family(books, 3)
    answer = books.delete(f"/accounts/{top}")
    assert (answer.status, answer.body) == (200, b"")
    assert books.get(f"/accounts/{top}").errors == ["NOT_FOUND"]
    assert books.get(f"/accounts/{middle}").ok["parent_account_id"] is None
    assert books.get(f"/accounts/{low}").ok["flatten_name"] == "Generation 2: Generation 3"
    assert add(books, "Generation 1") > low
    books.verify()


def test_delete_of_what_is_not_there(books):
    assert books.delete("/accounts/4242").errors == ["NOT_FOUND"]
    assert books.delete("/accounts/abc").errors == ["NUMERIC_ID_EXPECTED"]


def test_predefined_accounts_stay(books):
    for account in listed(books):
        answer = books.delete(f"/accounts/{account['id']}")
        assert answer.status == (400 if account["predefined"] else 200)
        if account["predefined"]:
            assert answer.errors == [PREDEFINED]


def _draft_journal(books, account_id):
    pay(books, account_id, publish=False)


def _expense(books, account_id, **body):
    category = {"index": 1, "expense_account_id": account_id, "amount": 5}
    bank = books.account("bank-account")
    assert books.post(
        "/expenses", {"payment_date": "2024-05-03", "payment_account_id": bank, "categories": [category], "publish": False} | body
    ).created


def _expense_payment(books, account_id):
    rent = books.account("rent")
    category = {"index": 1, "expense_account_id": rent, "amount": 5}
    _expense(books, rent, payment_account_id=account_id, categories=[category])


@pytest.mark.parametrize(
    ("refer", "kind"),
    [(pay, "expense"), (_draft_journal, "expense"), (_expense, "expense"), (_expense_payment, "bank")],
    ids=["ledger", "draft journal", "draft expense", "paid from"],
)
def test_what_is_referred_to_stays(books, refer, kind):
    account_id = add(books, "Used", kind)
    refer(books, account_id)
    answer = books.delete(f"/accounts/{account_id}")
    assert (answer.status, answer.errors) == (409, [USED])
    assert books.get(f"/accounts/{account_id}").ok["name"] == "Used"
    books.verify()


def test_what_is_no_longer_referred_to_goes(books):
    account_id = add(books)
    journal = pay(books, account_id)
    assert books.delete(f"/manual-journals/{journal}").status == 200
    assert books.delete(f"/accounts/{account_id}").status == 200
    books.verify()


def test_settings_that_prefer_it_are_cleared(books):
    account_id, other = add(books, "Preferred", "income"), add(books, "Other", "income")
    options = [
        {"group": "items", "key": "preferred_sell_account", "value": account_id},
        {"group": "expenses", "key": "preferred_payment_account", "value": str(account_id)},
        {"group": "bill_payments", "key": "withdrawal_account", "value": other},
        {"group": "manual_journals", "key": "next_number", "value": str(account_id)},
    ]
    assert books.put("/settings", {"options": options}).status == 200
    assert books.delete(f"/accounts/{account_id}").status == 200
    stored = {(item["group"], item["key"]): item["value"] for item in books.get("/settings").ok}
    assert ("items", "preferred_sell_account") not in stored
    assert ("expenses", "preferred_payment_account") not in stored
    assert stored["bill_payments", "withdrawal_account"] == other
    assert stored["manual_journals", "next_number"] == str(account_id)
    books.verify()


def test_bulk_delete(books):
    free, used, predefined = add(books, "Free"), add(books, "Used"), books.account("bank-account")
    pay(books, used)
    ids = [used, free, predefined, 4242]
    assert books.post("/accounts/validate-bulk-delete", {"ids": ids}).ok == {
        "deletable_count": 1,
        "non_deletable_count": 3,
        "deletable_ids": [free],
        "non_deletable_ids": [used, predefined, 4242],
    }
    assert books.post("/accounts/bulk-delete", {"ids": [free, used]}).errors == [USED]
    assert "Free" in names(books)
    assert books.post("/accounts/bulk-delete", {"ids": ids, "skip_undeletable": "yes"}).status == 200
    assert "Free" not in names(books)
    assert {"Used", "Bank Account"} <= set(names(books))
    for body in ({}, {"ids": []}, {"ids": ["x"]}):
        assert books.post("/accounts/bulk-delete", body).errors == ["VALIDATION_ERROR"]
    books.verify()


def test_a_parent_and_its_child_are_deleted_together(books):
    line = family(books, 2)
    for ids in (line, family_again(books)[::-1]):
        assert books.post("/accounts/bulk-delete", {"ids": ids}).status == 200
    assert not [name for name in names(books) if name.startswith("Generation")]


def family_again(books):
    top = add(books, "Generation one")
    return [top, add(books, "Generation two", parent_account_id=top)]
