"""The audit trail: who changed what, chained by hash, so that tampering is found (DECISIONS 13)."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.rules import GENESIS_HASH, canonical_json, entry_hash
from domain.audit.service import check_chain
from domain.kit.context import ActingUser
from tests.books import START, SteadyClock
from tests.domain.accounts.factories import add, pay


def entries(books, query=""):
    return books.get(f"/audit-trail?{query}").ok["data"]


def problems(books):
    return books.query(lambda ctx: check_chain(ctx.db))


def filled(books):
    account = add(books)
    books.clock.advance(days=1)
    books.put(f"/accounts/{account}", {"name": "Tea", "account_type": "expense"})
    pay(books, account)
    books.post(f"/accounts/{account}/inactivate")
    return account


def test_an_entry_says_who_what_and_when(books):
    account = filled(books)
    switched, posted, edited, created = entries(books)[:4]
    assert (created["action"], created["subject"], created["subject_id"]) == ("created", "Account", account)
    assert (created["before"], created["after"]["name"]) == (None, "Coffee")
    assert (edited["action"], edited["before"]["name"], edited["after"]["name"]) == ("edited", "Coffee", "Tea")
    assert (created["at"], edited["at"]) == ("2024-06-01T12:00:00.000Z", "2024-06-02T12:00:00.000Z")
    assert (edited["formatted_at"], edited["user_id"]) == ("02 Jun 2024", 1)
    assert edited["user_name"]
    assert (posted["subject"], posted["after"]["amount"]) == ("ManualJournal", 10)
    assert (switched["before"], switched["after"]) == ({"active": True}, {"active": False})


def test_what_is_refused_or_read_leaves_no_entry(books):
    count = books.get("/audit-trail").ok["pagination"]["total"]
    assert books.post("/accounts", {"name": "Rent", "account_type": "expense"}).status == 400
    assert books.get("/accounts").ok
    assert books.get("/audit-trail").ok["pagination"]["total"] == count


def test_each_hash_covers_the_one_before(books):
    filled(books)
    chain = entries(books, "page_size=1000")[::-1]
    assert [entry["id"] for entry in chain] == list(range(1, len(chain) + 1))
    assert chain[0]["previous_hash"] == GENESIS_HASH
    assert [entry["previous_hash"] for entry in chain[1:]] == [entry["hash"] for entry in chain[:-1]]
    assert problems(books) == []


def test_filters(books):
    account = filled(books)
    books.command(lambda ctx: ctx.audit("met", "Auditor", 7), user=ActingUser(2, 2, "Eve"))
    assert {entry["subject"] for entry in entries(books, "subject=Account")} == {"Account"}
    assert [entry["action"] for entry in entries(books, f"subject=Account&subject_id={account}")] == [
        "inactivated", "edited", "created",
    ]  # fmt: skip
    assert [entry["subject_id"] for entry in entries(books, "action=edited&subject=Account")] == [account]
    assert [entry["user_name"] for entry in entries(books, "user_id=2")] == ["Eve"]
    assert {entry["at"][:10] for entry in entries(books, "from_date=2024-06-02")} == {"2024-06-02"}
    assert {entry["at"][:10] for entry in entries(books, "to_date=2024-06-01")} == {"2024-06-01"}
    assert entries(books, "from_date=2024-06-03") == []
    assert entries(books, "subject=Nothing") == []


def test_days_are_the_organizations(make_books):
    books = make_books(timezone="Asia/Tokyo", clock=SteadyClock(START.replace(hour=20)))  # 5 o'clock on the 2nd in Tokyo
    account = add(books)
    (entry,) = entries(books, f"subject=Account&subject_id={account}&from_date=2024-06-02&to_date=2024-06-02")
    assert (entry["at"], entry["formatted_at"]) == ("2024-06-01T20:00:00.000Z", "02 Jun 2024")
    assert entries(books, f"subject=Account&subject_id={account}&to_date=2024-06-01") == []


def test_pages(books):
    filled(books)
    total = books.get("/audit-trail").ok["pagination"]["total"]
    pages = [entries(books, f"page_size=2&page={page}") for page in range(1, total // 2 + 2)]
    ids = [entry["id"] for page in pages for entry in page]
    assert ids == list(range(total, 0, -1))
    assert entries(books, "page=1000") == []
    for query in ("page=0", "page_size=0", "page_size=1001", "from_date=x", "user_id=x"):
        assert books.get(f"/audit-trail?{query}").errors == ["VALIDATION_ERROR"]


def test_only_who_may_see_it(books):
    role = {"role_name": "Clerk", "role_description": "", "permissions": [{"subject": "Item", "ability": "View", "value": True}]}
    books.add_member(user_id=2, role_id=books.post("/roles", role).created["data"]["id"])
    assert books.get("/audit-trail", user_id=2).status == 403


_LAST = "(SELECT MAX(id) FROM audit_trail)"
_TAMPERED = {
    "before": ("UPDATE audit_trail SET before = '{}' WHERE id = 3", "audit entry 3 was changed"),
    "after": ("UPDATE audit_trail SET after = REPLACE(after, '10', '11') WHERE subject = 'ManualJournal'", "was changed"),
    "who": ("UPDATE audit_trail SET user_name = 'Eve' WHERE id = 3", "audit entry 3 was changed"),
    "whom": ("UPDATE audit_trail SET user_id = 2 WHERE id = 3", "audit entry 3 was changed"),
    "when": ("UPDATE audit_trail SET at = '2024-05-31 12:00:00' WHERE id = 3", "audit entry 3 was changed"),
    "what": ("UPDATE audit_trail SET action = 'deleted' WHERE id = 3", "audit entry 3 was changed"),
    "of what": ("UPDATE audit_trail SET subject_id = subject_id + 1 WHERE id = 3", "audit entry 3 was changed"),
    "removed": ("DELETE FROM audit_trail WHERE id = 3", "audit entries 3 to 3 are missing"),
    "first removed": ("DELETE FROM audit_trail WHERE id = 1", "audit entries 1 to 1 are missing"),
    "rehashed": ("UPDATE audit_trail SET hash = previous_hash WHERE id = 3", "audit entry 4 does not follow"),
    "added": (
        (
            "INSERT INTO audit_trail (id, at, user_id, user_name, action, subject, subject_id, previous_hash, hash) "
            f"SELECT {_LAST} + 1, at, user_id, user_name, action, subject, subject_id, previous_hash, hash FROM audit_trail "
            "WHERE id = 3"
        ),
        "does not follow the entry before it",
    ),
    "another organization's": ("UPDATE organization SET organization_id = 'other'", "audit entry 1 was changed"),
}


@pytest.mark.parametrize("name", _TAMPERED)
def test_tampering_is_found(books, name):
    statement, expected = _TAMPERED[name]
    filled(books)
    assert problems(books) == []
    books.sql(statement)
    assert any(expected in problem for problem in problems(books)), problems(books)


def test_a_forged_entry_with_a_right_hash_breaks_what_follows(books):
    filled(books)
    row = books.sql("SELECT * FROM audit_trail WHERE id = 3")[0]._mapping
    forged = {name: row[name] for name in ("id", "user_id", "user_name", "action", "subject", "subject_id", "before", "after")}
    forged |= {"at": datetime.fromisoformat(str(row["at"])), "user_name": "Eve", "organization_id": "org-1"}
    digest = entry_hash(row["previous_hash"], forged)
    books.sql("UPDATE audit_trail SET user_name = 'Eve', hash = :hash WHERE id = 3", hash=digest)
    assert problems(books) == ["audit entry 4 does not follow the entry before it"]


def test_problems_are_bounded(books):
    for _ in range(40):
        books.command(lambda ctx: [ctx.audit("met", "Auditor", number) for number in range(1, 6)])
    books.sql("UPDATE audit_trail SET user_name = 'Eve'")
    assert len(problems(books)) == 100


@pytest.mark.mariadb
def test_the_chain_holds_on_mariadb(mariadb_books):
    books = mariadb_books
    filled(books)
    add(books, "Überfall 🧾")
    assert problems(books) == []
    books.sql("UPDATE audit_trail SET user_name = UPPER(user_name) WHERE id = 3")  # equal to the collation, not to the hash
    assert problems(books) == ["audit entry 3 was changed after it was written"]


def test_canonical_json():
    value = {
        "b": [1, Decimal("1.50"), True, None], "a": 'é\n"', "day": date(2024, 1, 2), 3: (),
        "at": datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=2))),
    }  # fmt: skip
    text = '{"3":[],"a":"é\\n\\"","at":"2024-01-02T01:04:05.000006Z","b":[1,1.5,true,null],"day":"2024-01-02"}'
    assert canonical_json(value) == text
    assert canonical_json(datetime(2024, 1, 2, tzinfo=UTC)) == '"2024-01-02T00:00:00.000000Z"'
    with pytest.raises(TypeError, match="float"):
        canonical_json({"amount": 1.5})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False, places=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_canonical_json_is_json_of_the_same_value(value):
    assert json.loads(canonical_json(value), parse_float=Decimal, parse_int=Decimal) == value


@given(st.dictionaries(st.text(), JSON, min_size=1), st.randoms())
def test_the_order_of_keys_does_not_matter(value, random):
    keys = list(value)
    random.shuffle(keys)
    assert canonical_json({key: value[key] for key in keys}) == canonical_json(value)
