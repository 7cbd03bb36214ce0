"""A control account takes entries of contacts in its own currency: sub-ledgers equal control accounts, by currency (DECISIONS 12)."""

from decimal import Decimal

import pytest

from domain.verification.service import verify_books
from tests.domain.manual_journals.factories import customer, entry, journal, trace, vendor

REFUSED = "COULD_NOT_ASSIGN_DIFFERENT_CURRENCY_TO_CONTACTS"
EURO = {"currency_code": "EUR", "exchange_rate": "1.25"}


def euro_contact(books, make, name="Milan"):
    """A contact in EUR, whose opening balance opens the control account in EUR."""
    opening = {"opening_balance": 40, "opening_balance_at": "2024-01-02", "opening_balance_exchange_rate": "1.1"}
    return make(books, display_name=name, currency_code="EUR", **opening)


def control(books, kind, currency):
    return books.sql(
        "SELECT MIN(id) FROM accounts WHERE account_type = :kind AND currency_code = :currency", kind=kind, currency=currency
    )[0][0]


def owed(books, account_id, contact_id, **more):
    equity = books.account("owner-equity")
    return journal(entry(account_id, debit=10, contact_id=contact_id), entry(equity, credit=10), **more)


@pytest.mark.parametrize(("make", "kind"), [(customer, "accounts-receivable"), (vendor, "accounts-payable")])
@pytest.mark.parametrize("document", [{}, EURO])
def test_contacts_of_another_currency_are_refused(books, make, kind, document):
    european, american = euro_contact(books, make), make(books, display_name="Kestrel")
    in_usd, in_eur = control(books, kind, "USD"), control(books, kind, "EUR")
    before = trace(books)
    for account_id, contact_id in ((in_usd, european), (in_eur, american)):
        answer = books.post("/manual-journals", owed(books, account_id, contact_id, **document))
        assert answer.errors == [REFUSED]
        assert answer.json["errors"][0]["payload"][0]["index"] == 1
    assert trace(books) == before
    books.verify()


def test_contacts_of_the_same_currency_are_not(books):
    european, american = euro_contact(books, customer), customer(books)
    in_usd, in_eur = (control(books, "accounts-receivable", currency) for currency in ("USD", "EUR"))
    assert books.post("/manual-journals", owed(books, in_eur, european, **EURO)).created
    assert books.post("/manual-journals", owed(books, in_usd, american, **EURO)).created
    assert (books.amount(in_eur), books.amount(in_usd)) == (50, Decimal("12.5"))
    assert [Decimal(books.get(f"/customers/{one}").ok["balance"]) for one in (european, american)] == [50, Decimal("12.5")]
    books.verify()


def test_a_journal_is_not_edited_into_it(books):
    european, american = euro_contact(books, customer), customer(books)
    account = books.account("accounts-receivable")
    made = books.post("/manual-journals", owed(books, account, american)).created["id"]
    before = trace(books)
    assert books.put(f"/manual-journals/{made}", owed(books, account, european)).errors == [REFUSED]
    assert trace(books) == before


def test_accounts_that_are_no_control_accounts_take_any_contact(books):
    european = euro_contact(books, customer)
    assert books.post("/manual-journals", owed(books, books.account("bank-account"), european)).created
    books.verify()


def test_the_contact_comes_before_its_currency_and_that_before_the_accounts(books):
    european = euro_contact(books, customer)
    in_eur = control(books, "accounts-receivable", "EUR")
    seller = vendor(books)
    assert books.post("/manual-journals", owed(books, in_eur, seller)).errors[0] == "ENTRIES_SHOULD_ASSIGN_WITH_CONTACT"
    american = customer(books)
    assert books.post("/manual-journals", owed(books, in_eur, american)).errors == [REFUSED]
    only_account_wrong = books.post("/manual-journals", owed(books, in_eur, european)).errors
    assert only_account_wrong == ["COULD_NOT_ASSIGN_DIFFERENT_CURRENCY_TO_ACCOUNTS"]


def test_verification_sees_a_sub_ledger_that_differs(books):
    european, american = customer(books, display_name="Milan", currency_code="EUR"), customer(books)
    assert books.post("/manual-journals", owed(books, books.account("accounts-receivable"), american)).created
    books.verify()
    books.sql("UPDATE ledger_lines SET contact_id = :new WHERE contact_id = :old", new=european, old=american)
    books.sql("UPDATE contacts SET balance = 0 WHERE id = :id", id=american)
    found = books.query(lambda ctx: verify_books(ctx.db))
    assert "contacts: Accounts Receivable in USD come to 10, the balances of their contacts to 0" in found.problems
