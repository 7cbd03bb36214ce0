"""The wire of manual journals: shapes, statuses, life cycle."""

from decimal import Decimal

import pytest
from sqlalchemy import event

from tests.domain.manual_journals.factories import customer, entry, euro_bank, journal, lines, simple

STORED = {
    "id", "journal_number", "reference", "journal_type", "amount", "currency_code", "exchange_rate", "date", "description",
    "published_at", "attachment_file", "user_id", "branch_id", "created_at", "updated_at", "is_published", "entries",
}  # fmt: skip
ENTRY = {
    "id", "manual_journal_id", "index", "account_id", "debit", "credit", "note", "contact_id", "branch_id", "project_id",
}  # fmt: skip
FORMATTED = {
    "formatted_amount", "amount_formatted", "formatted_date", "formatted_published_at", "formatted_created_at", "attachments",
}  # fmt: skip


def create(books, body=None, **more):
    return books.post("/manual-journals", body or simple(books, **more))


def test_create_answers_the_saved_journal(books):
    body = simple(books, "100.5", journal_number="J-77", reference="R1", description="Capital", journal_type="Journal")
    answer = create(books, body)
    assert answer.status == 201
    saved = answer.json
    assert set(saved) == STORED
    assert set(saved["entries"][0]) == ENTRY
    assert (saved["id"], saved["journal_number"], saved["amount"]) == (1000, "J-77", Decimal("100.5"))
    assert (saved["date"], saved["published_at"], saved["is_published"]) == ("2024-05-02", "2024-06-01", True)
    assert (saved["currency_code"], saved["exchange_rate"], saved["user_id"]) == ("USD", 1, 1)
    assert [item["id"] for item in saved["entries"]] == [1000, 1001]
    books.verify()


def test_ledger_lines_of_a_base_journal(books):
    bank, equity = books.account("bank-account"), books.account("owner-equity")
    body = journal(entry(bank, debit="0.30000000000000004", note="In", project_id=7), entry(equity, credit="0.3"), reference="R1")
    made = create(books, body).created
    first, second = books.ledger("Journal", made["id"])
    assert (first["account_id"], first["debit"], first["credit"], first["note"], first["project_id"]) == (
        bank, Decimal("0.3"), 0, "In", 7,
    )  # fmt: skip
    assert (second["account_id"], second["debit"], second["credit"], second["line_index"]) == (equity, 0, Decimal("0.3"), 2)
    assert (first["transaction_number"], first["reference_number"], first["user_id"]) == ("J-00001", "R1", 1)
    assert str(first["date"]) == "2024-05-02"
    assert books.amount(bank) == books.amount(equity) == Decimal("0.3")
    books.verify()


def test_e9_a_euro_journal(books):
    bank, equity = euro_bank(books), books.account("owner-equity")
    body = journal(entry(bank, debit=100), entry(equity, credit=100), currency_code="EUR", exchange_rate=1.1)
    made = create(books, body).created
    assert made["amount"] == 100
    assert lines(books, "Journal", made["id"]) == [(bank, 110, 0, 100, 0), (equity, 0, 110, 0, 100)]
    assert (books.amount(bank), books.amount(equity)) == (100, 110)
    assert books.get(f"/manual-journals/{made['id']}").ok["formatted_amount"] == "100.00"
    books.verify()


def test_formatting_by_the_currencys_minor_unit(books):
    rent = books.account("rent")
    cases = (("JPY", 1234567, "1,234,567"), ("KWD", "2.6755", "2.676"), ("EUR", "1234.5", "1,234.50"), ("USD", "2.675", "2.68"))
    for currency, total, text in cases:
        body = journal(entry(rent, debit=total), entry(rent, credit=total), currency_code=currency, exchange_rate=2)
        detail = books.get(f"/manual-journals/{create(books, body).created['id']}").ok
        assert (detail["formatted_amount"], detail["amount_formatted"]) == (text, text)
    books.verify()


def test_detail_has_all_that_entries_refer_to(books):
    contact, receivable, equity = customer(books), books.account("accounts-receivable"), books.account("owner-equity")
    made = create(books, journal(entry(receivable, debit=30, contact_id=contact), entry(equity, credit=30))).created
    detail = books.get(f"/manual-journals/{made['id']}").ok
    assert set(detail) == STORED | FORMATTED | {"transactions"}
    first, second = detail["entries"]
    assert set(first) == ENTRY | {"account", "contact", "branch"}
    assert first["account"]["slug"] == "accounts-receivable"
    assert (first["contact"]["id"], first["contact"]["display_name"]) == (contact, "Kestrel")
    assert (second["contact"], second["branch"], detail["attachments"]) == (None, None, [])
    assert [(line["account_id"], line["debit"], line["index"]) for line in detail["transactions"]] == [
        (receivable, 30, 1),
        (equity, 0, 2),
    ]
    assert detail["transactions"][0]["date"] == "2024-05-02T00:00:00.000Z"
    assert (detail["date"], detail["formatted_date"]) == ("2024-05-02T00:00:00.000Z", "02 May 2024")
    assert books.get(f"/customers/{contact}").ok["balance"] == 30
    books.verify()


def test_draft_publish_edit_delete(books):
    bank = books.account("bank-account")
    made = create(books, publish=False).created
    path = f"/manual-journals/{made['id']}"
    assert (made["is_published"], made["published_at"], books.ledger("Journal", made["id"])) == (False, None, [])
    answer = books.patch(f"{path}/publish")
    assert (answer.status, answer.body) == (200, b"")
    assert books.patch(f"{path}/publish").errors == ["MANUAL_JOURNAL_ALREADY_PUBLISHED"]
    assert books.amount(bank) == 100
    books.clock.advance(days=3)
    edited = books.put(path, simple(books, 60, reference="new"))
    assert edited.status == 200
    assert set(edited.json) == {"manual_journal", "old_manual_journal"}
    new, old = edited.json["manual_journal"], edited.json["old_manual_journal"]
    assert set(new) == set(old) == STORED
    assert (new["amount"], old["amount"], new["reference"]) == (60, 100, "new")
    assert new["published_at"] == old["published_at"] == "2024-06-01T00:00:00.000Z"
    assert new["journal_number"] == old["journal_number"]
    assert {item["id"] for item in new["entries"]}.isdisjoint(item["id"] for item in old["entries"])
    assert books.amount(bank) == 60
    books.verify()
    gone = books.delete(path)
    assert (gone.status, gone.json["old_manual_journal"]["amount"]) == (200, 60)
    assert (books.amount(bank), books.ledger("Journal", made["id"])) == (0, [])
    for answer in (books.get(path), books.delete(path), books.patch(f"{path}/publish"), books.put(path, simple(books))):
        assert answer.status == 404
        assert answer.json["message"] == "NotFoundError"
    books.verify()


def test_an_edit_keeps_what_it_does_not_name(books):
    bank = euro_bank(books)
    equity = books.account("owner-equity")
    entries = (entry(bank, debit=10), entry(equity, credit=10))
    more = {"currency_code": "EUR", "exchange_rate": "1.25", "reference": "R", "description": "D", "journal_number": "X1"}
    path = f"/manual-journals/{create(books, journal(*entries, **more)).created['id']}"
    kept = books.put(path, journal(*entries)).ok["manual_journal"]
    assert {key: str(kept[key]) for key in more} == more
    assert books.put(path, journal(*entries, reference=None, publish=False)).ok["manual_journal"]["reference"] is None
    assert books.get(path).ok["is_published"] is True
    base = books.put(path, simple(books, currency_code="USD")).ok["manual_journal"]
    assert (base["currency_code"], base["exchange_rate"]) == ("USD", 1)
    books.verify()


def test_entries_without_index_take_their_position_and_come_back_in_order(books):
    bank, equity = books.account("bank-account"), books.account("owner-equity")
    body = {"date": "2024-05-02", "entries": [entry(bank, debit=1), entry(equity, credit=1)]}
    assert [item["index"] for item in create(books, body).created["entries"]] == [1, 2]
    body = {"date": "2024-05-02", "entries": [entry(bank, debit=1, index=9), entry(equity, credit=1, index=3)]}
    made = create(books, body).created
    assert [item["account_id"] for item in made["entries"]] == [equity, bank]
    assert books.get(f"/manual-journals/{made['id']}").ok["entries"][0]["index"] == 3


def test_an_entry_with_both_sides_is_posted_as_given(books):
    rent, bank = books.account("rent"), books.account("bank-account")
    made = create(books, journal(entry(rent, debit=70, credit=20), entry(bank, credit=50))).created
    assert lines(books, "Journal", made["id"])[0] == (rent, 70, 20, 70, 20)
    assert (made["amount"], books.amount(rent)) == (70, 50)
    books.verify()


def test_blank_entries_are_kept_and_not_posted(books):
    body = simple(books)
    body["entries"].append(entry(books.account("rent"), index=3))
    made = create(books, body).created
    assert (len(made["entries"]), len(books.ledger("Journal", made["id"]))) == (3, 2)
    books.verify()


# ---- lists


def test_list_rows_pages_and_meta(books):
    for number in range(1, 4):
        create(books, amount=number, publish=number != 2, reference=f"ref-{number}")
    answer = books.get("/manual-journals?page_size=2").ok
    assert answer["pagination"] == {"total": 3, "page": 1, "page_size": 2}
    assert answer["filter_meta"] == {"field_key": "created_at", "order": "desc"}
    row = answer["manual_journals"][0]
    assert set(row) == STORED | FORMATTED
    assert [item["journal_number"] for item in answer["manual_journals"]] == ["J-00003", "J-00002"]
    assert set(row["entries"][0]) == ENTRY | {"account"}
    assert row["entries"][0]["account"]["account_normal"] == "debit"
    assert [item["amount"] for item in books.get("/manual-journals?page=2&page_size=2").ok["manual_journals"]] == [1]


@pytest.mark.parametrize(
    ("query", "amounts"),
    [
        ("search_keyword=00002", [2]),
        ("search_keyword=REF-", [3, 2, 1]),
        ("search_keyword=3", [3]),
        ("search_keyword=nothing", []),
        ("column_sort_by=amount&sort_order=asc", [1, 2, 3]),
        ("column_sort_by=status&sort_order=asc", [2, 1, 3]),
        ('stringified_filter_roles=[{"fieldKey":"status","comparator":"is","value":"draft"}]', [2]),
        ('stringified_filter_roles=[{"fieldKey":"status","comparator":"is_not","value":"draft"}]', [3, 1]),
        ('stringified_filter_roles=[{"fieldKey":"amount","comparator":"bigger_than","value":1}]', [3, 2]),
        ('stringified_filter_roles=[{"fieldKey":"date","comparator":"before","value":"2024-05-02"}]', []),
    ],
)
def test_search_sort_and_filter(books, query, amounts):
    for number in range(1, 4):
        create(books, amount=number, publish=number != 2, reference=f"ref-{number}")
    assert [item["amount"] for item in books.get(f"/manual-journals?{query}").ok["manual_journals"]] == amounts


# ---- several at once


def test_bulk_deletion(books):
    made = [create(books).created["id"] for _ in range(3)]
    check = books.post("/manual-journals/validate-bulk-delete", {"ids": [made[1], 4711, made[0]]})
    assert check.status == 201
    assert check.json == {
        "deletable_count": 2,
        "non_deletable_count": 1,
        "deletable_ids": [made[1], made[0]],
        "non_deletable_ids": [4711],
    }
    assert books.post("/manual-journals/bulk-delete", {"ids": [made[0], 4711]}).status == 404
    assert books.get("/manual-journals").ok["pagination"]["total"] == 3
    answer = books.post("/manual-journals/bulk-delete", {"ids": [made[0], 4711], "skip_undeletable": True})
    assert (answer.status, answer.body) == (201, b"")
    assert books.get("/manual-journals").ok["pagination"]["total"] == 2
    books.verify()


# ---- how many statements


def statements_of(books, run):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(books.runtime.engine, "before_cursor_execute", note)
    try:
        run()
    finally:
        event.remove(books.runtime.engine, "before_cursor_execute", note)
    return seen


def test_a_creation_asks_once_and_writes_three_times(books):
    create(books)
    body = simple(books, journal_number="A-1")
    seen = statements_of(books, lambda: create(books, body))
    assert sum("manual_journal" in item and item.startswith("SELECT") for item in seen) == 1
    assert sum("INSERT INTO manual_journal" in item or "INSERT INTO ledger_lines" in item for item in seen) == 3
    assert not [item for item in seen if item.startswith("SELECT") and "accounts" in item]


def test_a_list_asks_three_times_however_long_it_is(books):
    for number in range(6):
        create(books, amount=number + 1)
    seen = statements_of(books, lambda: books.get("/manual-journals?page_size=100").ok)
    assert sum("manual_journal" in item for item in seen) == 3
