"""Each refusal of a manual journal, in its order; each leaves no trace."""

import pytest
import sqlalchemy as sa

from domain.manual_journals import repository
from tests.domain.manual_journals.factories import customer, entry, euro_bank, journal, simple, trace, vendor


@pytest.fixture
def shop(books):
    """A published journal, a draft, a euro account and a contact of each kind; everything that could be cold is warm."""
    books.euro, books.customer, books.vendor = euro_bank(books), customer(books), vendor(books)
    books.published = books.post("/manual-journals", simple(books, journal_number="TAKEN")).created["id"]
    books.draft = books.post("/manual-journals", simple(books, publish=False)).created["id"]
    books.bank, books.equity, books.rent = (books.account(slug) for slug in ("bank-account", "owner-equity", "rent"))
    books.receivable, books.payable = books.account("accounts-receivable"), books.account("accounts-payable")
    return books


REFUSALS = {
    "credit_debit_not_equal_zero": lambda b: journal(entry(b.bank), entry(9999)),
    "credit_debit_not_equal": lambda b: journal(entry(b.bank, debit=1), entry(9999, credit="1.01")),
    "contacts_not_found": lambda b: journal(entry(b.bank, debit=1, contact_id=99), entry(9999, credit=1)),
    "accounts_ids_not_found": lambda b: journal(entry(b.bank, debit=1), entry(9999, credit=1), journal_number="taken"),
    "journal_number_exists": lambda b: journal(entry(b.receivable, debit=1), entry(b.bank, credit=1), journal_number=" taken "),
    "ENTRIES_SHOULD_ASSIGN_WITH_CONTACT": lambda b: journal(entry(b.receivable, debit=1), entry(b.euro, credit=1)),
    "COULD_NOT_ASSIGN_DIFFERENT_CURRENCY_TO_ACCOUNTS": lambda b: journal(
        entry(b.euro, debit=10**13), entry(b.bank, credit=10**13), currency_code="KWD", exchange_rate=10**9
    ),
    "DOCUMENT_AMOUNT_TOO_LARGE": lambda b: simple(b, 10**13, currency_code="EUR", exchange_rate="1.00000001"),
    "DOCUMENT_KEYS_INVALID": lambda b: simple(b, attachments=[{"key": "none"}]),
    "TRANSACTIONS_DATE_LOCKED": lambda b: simple(b, date="2024-03-31"),
    "VALIDATION_ERROR": lambda b: simple(b, exchange_rate=-1),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_leaves_no_trace(shop, code):
    lock = {"module": "financial", "lock_to_date": "2024-03-31", "reason": "closed"}
    assert shop.put("/transactions-locking/lock", lock).ok
    body, before = REFUSALS[code](shop), trace(shop)
    answers = [shop.post("/manual-journals", body), shop.put(f"/manual-journals/{shop.draft}", body)]
    if code != "journal_number_exists":  # the published one owns that number
        answers.append(shop.put(f"/manual-journals/{shop.published}", body))
    for answer in answers:
        assert (answer.status, answer.errors[0]) == (400, code)
    assert trace(shop) == before
    shop.verify()


def test_the_client_finds_its_own_name_of_the_number_error(shop):
    answer = shop.post("/manual-journals", simple(shop, journal_number="TAKEN"))
    assert answer.errors == ["journal_number_exists", "JOURNAL.NUMBER.ALREADY.EXISTS"]


def test_payload_and_meta_of_missing_contacts(shop):
    body = journal(
        entry(shop.receivable, debit=1, contact_id=shop.vendor),
        entry(shop.receivable, debit=1, contact_id=shop.customer),
        entry(shop.payable, credit=1, index=7),
        entry(shop.payable, credit=1, contact_id=shop.customer),
    )
    error = shop.post("/manual-journals", body).json["errors"][0]
    assert error["payload"] == [
        {"accountSlug": "accounts-receivable", "contactType": "customer", "indexes": [1]},
        {"accountSlug": "accounts-payable", "contactType": "vendor", "indexes": [7, 4]},
    ]
    assert error["meta"] == [{"contact_type": "customer", "indexes": [1]}, {"contact_type": "vendor", "indexes": [7, 4]}]
    unknown = shop.post("/manual-journals", journal(entry(shop.bank, debit=1, contact_id=99), entry(shop.rent, credit=1)))
    assert unknown.json["errors"][0]["payload"] == {"contactsIds": [99]}


def test_a_number_is_needed_where_journals_are_not_numbered(books):
    option = {"key": "auto_increment", "value": False, "group": "manual_journals"}
    assert books.put("/settings", {"options": [option]}).status == 200
    assert books.post("/manual-journals", simple(books)).errors == ["MANUAL_JOURNAL_NO_REQUIRED"]
    assert books.post("/manual-journals", simple(books, journal_number="Z9")).created["journal_number"] == "Z9"


def test_numbers_advance_whatever_was_typed_and_pass_over_typed_ones(books):
    numbers = [
        books.post("/manual-journals", simple(books, journal_number=typed)).created["journal_number"]
        for typed in (None, "J-00009", None, "j-00004", "J-00005", "", "  ")
    ]
    assert numbers == ["J-00001", "J-00009", "J-00003", "j-00004", "J-00005", "J-00006", "J-00007"]
    assert books.post("/manual-journals", simple(books)).created["journal_number"] == "J-00008"
    assert books.post("/manual-journals", simple(books)).created["journal_number"] == "J-00010"


def test_a_long_run_of_typed_numbers_is_passed_over(books):
    option = {"key": "auto_increment", "value": False, "group": "manual_journals"}
    assert books.put("/settings", {"options": [option]}).status == 200
    for number in range(1, 6):
        assert books.post("/manual-journals", simple(books, journal_number=f"J-{number:05}")).created
    assert books.put("/settings", {"options": [option | {"value": True}]}).status == 200
    assert books.post("/manual-journals", simple(books)).created["journal_number"] == "J-00006"
    assert books.post("/manual-journals", simple(books)).created["journal_number"] == "J-00007"


def test_e12_locking(shop):
    def lock(module, day):
        assert shop.put("/transactions-locking/lock", {"module": module, "lock_to_date": day, "reason": "r"}).ok

    lock("financial", "2024-12-31")
    assert shop.post("/manual-journals", simple(shop)).errors == ["TRANSACTIONS_DATE_LOCKED"]
    lock("all", "2023-12-31")
    assert shop.post("/manual-journals", simple(shop)).created
    assert shop.put("/transactions-locking/cancel-lock", {"module": "all", "reason": "r"}).ok
    refused = shop.post("/manual-journals", simple(shop))
    assert refused.json["errors"][0]["payload"]["lockedToDate"] == "2024-12-31"
    assert shop.post("/manual-journals", simple(shop, publish=False)).created


def test_locked_days_hold_for_every_change_of_a_published_journal(shop):
    lock = {"module": "financial", "lock_to_date": "2024-05-02", "reason": "closed"}
    assert shop.put("/transactions-locking/lock", lock).ok
    before = trace(shop)
    published, draft = f"/manual-journals/{shop.published}", f"/manual-journals/{shop.draft}"
    for refused in (
        shop.put(published, simple(shop, date="2024-05-03")),
        shop.put(draft, simple(shop)),
        shop.delete(published),
        shop.patch(f"{draft}/publish"),
        shop.post("/manual-journals/bulk-delete", {"ids": [shop.draft, shop.published]}),
    ):
        assert refused.errors == ["TRANSACTIONS_DATE_LOCKED"]
    assert trace(shop) == before
    assert shop.put(draft, simple(shop, publish=False)).ok
    assert shop.delete(draft).ok
    shop.verify()


def test_a_matched_journal_stays(shop, monkeypatch):
    matched = sa.Table(
        "matched_bank_transactions", sa.MetaData(), sa.Column("reference_type", sa.Text), sa.Column("reference_id", sa.Integer)
    )
    shop.sql("CREATE TABLE matched_bank_transactions (reference_type TEXT, reference_id INTEGER)")
    shop.sql("INSERT INTO matched_bank_transactions VALUES ('ManualJournal', :id)", id=shop.published)
    monkeypatch.setattr(repository, "_matched", lambda: matched)
    assert shop.delete(f"/manual-journals/{shop.published}").errors == ["CANNOT_DELETE_TRANSACTION_MATCHED"]
    assert shop.delete(f"/manual-journals/{shop.draft}").ok
    shop.verify()


def test_branches(shop):
    def branches_of(made):
        return made["branch_id"], [item["branch_id"] for item in made["entries"]]

    body = simple(shop, branch_id=77)
    assert branches_of(shop.post("/manual-journals", body).created) == (None, [None, None])
    assert shop.post("/branches/activate").status == 201
    head = shop.get("/branches").ok[0]["id"]
    other = shop.post("/branches", {"name": "North"}).created["id"]
    assert shop.post("/manual-journals", body).errors == ["BRANCH_ID_NOT_FOUND"]
    assert branches_of(shop.post("/manual-journals", simple(shop)).created) == (head, [head, head])
    body = journal(entry(shop.bank, debit=1, branch_id=other), entry(shop.equity, credit=1), branch_id=head)
    made = shop.post("/manual-journals", body).created
    assert branches_of(made) == (head, [other, head])
    assert [line["branch_id"] for line in shop.ledger("Journal", made["id"])] == [other, head]
    assert shop.get(f"/manual-journals/{made['id']}").ok["entries"][0]["branch"]["name"] == "North"
    body["entries"][0]["branch_id"] = 77
    assert shop.put(f"/manual-journals/{made['id']}", body).errors == ["BRANCH_ID_NOT_FOUND"]
    shop.verify()
