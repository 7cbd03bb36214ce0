"""Branches: records, the primary one, activation, and what documents carry (accounting.md 12)."""

import pytest

from tests.domain.manual_journals.factories import customer, entry, journal, simple

OSLO = {"name": "Oslo", "code": "OSL"}
PLACE = {
    "address": "Storgata 1", "city": "Oslo", "country": "NO", "phone_number": "+47 22 33 44 55", "email": "oslo@example.com",
    "website": "example.com/oslo",
}  # fmt: skip


def add(books, name="Oslo", **more):
    return books.post("/branches", {"name": name} | more).created["id"]


def primaries(books):
    return [branch["id"] for branch in books.get("/branches").ok if branch["primary"]]


def activate(books):
    answer = books.post("/branches/activate")
    assert (answer.status, answer.json["code"]) == (201, 200)
    return primaries(books)[0]


def test_create_read_edit_delete(books):
    assert books.get("/branches").ok == []
    made = books.post("/branches", OSLO | PLACE).created
    assert made.items() >= (OSLO | PLACE | {"primary": True}).items()
    assert books.get(f"/branches/{made['id']}").ok == made
    books.clock.advance(hours=1)
    changed = books.put(f"/branches/{made['id']}", {"name": "Bergen", "city": "", "email": ""}).ok
    assert (changed["name"], changed["city"], changed["email"], changed["phone_number"]) == (
        "Bergen", None, None, PLACE["phone_number"],
    )  # fmt: skip
    assert (changed["created_at"], changed["updated_at"]) == ("2024-06-01T12:00:00.000Z", "2024-06-01T13:00:00.000Z")
    other = add(books, "Aarhus")
    answer = books.delete(f"/branches/{other}")
    assert (answer.status, answer.body) == (200, b"")
    assert books.get(f"/branches/{other}").errors == ["NOT_FOUND"]
    books.verify()


def test_listed_by_name_descending(books):
    for name in ("alpha", "Émile", "Zeta", "Echo", "Ëcho 2"):
        add(books, name)
    assert [branch["name"] for branch in books.get("/branches").ok] == ["Zeta", "Émile", "Ëcho 2", "Echo", "alpha"]


def test_a_name_is_needed(books):
    for body in ({}, {"name": ""}, {"name": None}):
        assert books.post("/branches", body).errors == ["VALIDATION_ERROR"]
    oslo = add(books)
    assert books.put(f"/branches/{oslo}", {"name": ""}).errors == ["VALIDATION_ERROR"]
    assert books.put(f"/branches/{oslo}", {"city": "Moss"}).ok["name"] == "Oslo"


@pytest.mark.parametrize("wrong", [{"email": "no"}, {"website": "javascript://x"}, {"website": "no url"}, {"phone_number": []}])
def test_what_has_not_the_form_is_refused(books, wrong):
    assert books.post("/branches", OSLO | wrong).errors == ["VALIDATION_ERROR"]


def test_codes_are_there_once(books):
    add(books, code="ÓSL")
    other = add(books, "Other", code="")
    add(books, "Third", code="")
    assert books.post("/branches", {"name": "Moss", "code": " osl "}).errors == ["BRANCH_CODE_NOT_UNIQUE"]
    assert books.put(f"/branches/{other}", {"code": "osl"}).errors == ["BRANCH_CODE_NOT_UNIQUE"]
    assert books.put(f"/branches/{other}", {"code": "MOS"}).ok["code"] == "MOS"
    assert books.put(f"/branches/{other}", {"code": "mos"}).ok["code"] == "mos"


def test_exactly_one_is_primary(books):
    first, second = add(books), add(books, "Moss")
    assert primaries(books) == [first]
    assert books.put(f"/branches/{second}/mark-as-primary").ok["primary"] is True
    assert primaries(books) == [second]
    answer = books.post(f"/branches/{first}/mark-primary")
    assert (answer.status, answer.json["primary"]) == (200, True)
    third = add(books, "Bergen", primary=True)
    assert primaries(books) == [third]
    books.put(f"/branches/{second}", {"primary": True})
    assert primaries(books) == [second]
    books.put(f"/branches/{second}", {"primary": False})
    assert primaries(books) == [second]
    assert books.delete(f"/branches/{second}").status == 200
    assert primaries(books) == [first]  # the lowest id takes over
    books.verify()


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", ""), ("DELETE", ""), ("PUT", "/mark-as-primary"), ("POST", "/mark-primary"), ("GET", "")]
)
def test_what_is_not_there(books, method, path):
    assert books.call(method, f"/branches/4242{path}", {}).errors == ["NOT_FOUND"]


def test_the_only_branch_stays(books):
    assert books.delete(f"/branches/{add(books)}").errors == ["COULD_NOT_DELETE_ONLY_BRANCH"]


def test_activation_opens_the_head_branch(books):
    assert books.post("/branches/activate").json["code"] == 200
    (head,) = books.get("/branches").ok
    assert (head["name"], head["code"], head["primary"]) == ("Head Branch", "10001", True)
    assert books.post("/branches/activate").errors == ["MUTLI_BRANCHES_ALREADY_ACTIVATED"]


def test_activation_takes_the_primary_branch_that_is_there(books):
    add(books)
    moss = add(books, "Moss", primary=True)
    assert activate(books) == moss
    assert len(books.get("/branches").ok) == 2


def test_activation_gives_all_that_exists_to_the_head_branch(books):
    opening = {"opening_balance": 10, "opening_balance_at": "2024-01-02"}
    with_opening, without = customer(books, **opening), customer(books, display_name="Anvil")
    made = books.post("/manual-journals", simple(books, branch_id=77)).created  # no branches yet: not looked at
    assert made["branch_id"] is None
    books.post("/manual-journals", simple(books, publish=False))
    category = {"index": 1, "expense_account_id": books.account("rent"), "amount": 5}
    body = {"payment_date": "2024-05-03", "payment_account_id": books.account("bank-account"), "categories": [category]}
    assert books.post("/expenses", body | {"publish": True}).created
    assert books.get("/reports/trial-balance-sheet").ok  # the ledger is in memory from here on
    head = activate(books)
    for table in ("manual_journals", "manual_journal_entries", "expenses", "ledger_lines"):
        assert books.sql(f"SELECT DISTINCT branch_id FROM {table}") == [(head,)], table
    branches = dict(books.sql("SELECT id, opening_balance_branch_id FROM contacts"))
    assert branches == {with_opening: head, without: None}
    books.verify()


def test_documents_of_active_branches(books):
    head = activate(books)
    oslo = add(books)
    assert books.post("/manual-journals", simple(books)).created["branch_id"] == head
    bank, equity = books.account("bank-account"), books.account("owner-equity")
    entries = [entry(bank, debit=5, branch_id=head), entry(equity, credit=5)]
    made = books.post("/manual-journals", journal(*entries, branch_id=oslo)).created
    assert [line["branch_id"] for line in books.ledger("Journal", made["id"])] == [head, oslo]
    assert books.post("/manual-journals", simple(books, branch_id=4242)).errors == ["BRANCH_ID_NOT_FOUND"]
    books.verify()


def test_a_branch_with_documents_stays(books):
    head = activate(books)
    oslo = add(books)
    made = books.post("/manual-journals", simple(books, branch_id=oslo, publish=False)).created
    answer = books.delete(f"/branches/{oslo}")
    assert (answer.status, answer.errors) == (409, ["BRANCH_HAS_ASSOCIATED_TRANSACTIONS"])
    assert books.delete(f"/manual-journals/{made['id']}").status == 200
    assert books.delete(f"/branches/{oslo}").status == 200
    assert primaries(books) == [head]


def test_opening_balances_hold_a_branch(books):
    activate(books)
    oslo = add(books)
    opening = {"opening_balance": 10, "opening_balance_at": "2024-01-02", "opening_balance_branch_id": oslo}
    customer(books, **opening)
    assert books.delete(f"/branches/{oslo}").status == 409
    books.verify()


def test_the_boot_list_says_so(books):
    def flag():
        features = books.get("/dashboard/boot").ok["features"]
        return next(feature["is_accessible"] for feature in features if feature["name"] == "branches")

    assert flag() is False
    activate(books)
    assert flag() is True


def test_members_look_and_do_not_touch(books):
    role = {"role_name": "Clerk", "role_description": "", "permissions": [{"subject": "Item", "ability": "View", "value": True}]}
    books.add_member(user_id=2, role_id=books.post("/roles", role).created["data"]["id"])
    assert books.get("/branches", user_id=2).ok == []
    assert books.post("/branches", OSLO, user_id=2).status == 403
    assert books.post("/branches/activate", user_id=2).status == 403
