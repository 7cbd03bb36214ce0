from decimal import Decimal

import pytest

from domain.accounts.repository import CHART
from domain.journal_files.mapping import parse_mapping
from domain.journal_files.parser import parse_text
from domain.journal_import.service import IMPORT_REHEARSED, import_journal, rehearse_import
from domain.kit.errors import DomainError

SMALL = """
2024-01-05 Opening
  Assets:Bank:Giro     1,000.00 USD
  Equity:Opening balance

2024-01-06 (12) Rent | January
  Expenses:Rent  250.00 USD  ; paid late
  Assets:Bank:Giro
"""


def bring_in(books, text, mapping=None, **options):
    journal = parse_text(text)
    account_mapping = parse_mapping(mapping, file="map.toml") if mapping else None
    return books.command(lambda ctx: import_journal(ctx, journal, account_mapping, **options))


def base_balances(books):
    """Debit less credit in base currency by account name, without zeros."""
    rows = books.sql(
        "SELECT a.name, SUM(l.debit - l.credit) FROM ledger_lines l JOIN accounts a ON a.id = l.account_id GROUP BY a.name"
    )
    return {name: Decimal(total).scaleb(-4) for name, total in rows if total}


def counts(books):
    tables = ("accounts", "manual_journals", "ledger_lines", "imported_transactions", "audit_trail")
    return [books.sql(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables]


def test_accounts_and_journals(books):
    seen = []
    result = bring_in(books, SMALL, progress=lambda done, total: seen.append((done, total)))
    assert result.accounts_created == ("Assets:Bank:Giro", "Equity:Opening balance", "Expenses:Rent")
    assert (result.journals_created, result.already_there, result.left_out) == (2, 0, ())
    assert seen == [(1, 2), (2, 2)]
    accounts = {account["name"]: account for account in books.get("/accounts?structure=flat").ok["accounts"]}
    assert [accounts[name]["account_type"] for name in result.accounts_created] == ["bank", "equity", "expense"]
    assert accounts["Assets:Bank:Giro"]["amount"] == 750
    journals = books.get("/manual-journals").ok["manual_journals"]
    rent = next(journal for journal in journals if journal["reference"] == "12")
    assert (rent["description"], rent["amount"], rent["is_published"]) == ("Rent | January", 250, True)
    assert "paid late" in [entry["note"] for entry in rent["entries"]]
    books.verify()


def test_a_second_import_adds_nothing_and_a_longer_file_only_the_rest(books):
    bring_in(books, SMALL)
    before = counts(books)
    again = bring_in(books, SMALL)
    assert (again.changed, again.already_there) == (False, 2)
    assert counts(books) == before
    more = bring_in(books, SMALL + "\n2024-02-06 Rent\n  Expenses:Rent  250 USD\n  Assets:Bank:Giro\n")
    assert (more.accounts_created, more.journals_created, more.already_there) == ((), 1, 2)
    books.verify()


def test_a_deleted_journal_can_be_imported_again(books):
    bring_in(books, SMALL)
    journals = books.get("/manual-journals").ok["manual_journals"]
    assert books.delete(f"/manual-journals/{journals[0]['id']}").status == 200
    assert bring_in(books, SMALL).journals_created == 1


def test_failure_in_the_middle_leaves_nothing(books):
    locking = {"lock_to_date": "2024-02-01", "reason": "closed"}
    assert books.put("/transactions-locking/lock", {"module": "all", **locking}).status == 200
    before = counts(books)
    text = "2024-03-05 open\n  Assets:New  5 USD\n  Equity:Opening\n" + SMALL
    with pytest.raises(DomainError, match=r"^journal:5: ") as caught:
        bring_in(books, text)
    assert caught.value.code.type == "JOURNAL_FILE_REFUSED"
    assert counts(books) == before
    assert books.query(lambda ctx: len(ctx.warm.get(CHART).accounts)) == before[0]
    books.verify()


def test_a_rehearsal_leaves_nothing(books):
    before = counts(books)
    journal = parse_text(SMALL)
    with pytest.raises(DomainError) as caught:
        books.command(lambda ctx: rehearse_import(ctx, journal))
    assert caught.value.code is IMPORT_REHEARSED
    assert caught.value.meta.journals_created == 2
    assert counts(books) == before
    assert bring_in(books, SMALL).journals_created == 2


def test_existing_accounts_by_name_and_code(books):
    mapping = '[accounts]\n"Assets:Bank:Giro" = { account = "bank account" }\n"Expenses:Rent" = { code = "40004" }\n'
    result = bring_in(books, SMALL, mapping)
    assert result.accounts_created == ("Equity:Opening balance",)
    assert books.amount(books.account("bank-account")) == 750
    assert books.amount(books.account("rent")) == 250


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ('"Expenses:Rent" = { account = "No such" }', "journal:6: .*mapped to the account No such"),
        ('"Expenses:Rent" = { code = "99999" }', "journal:6: .*code 99999"),
        ('"Expenses:Rent" = { account = "Accounts Payable (A/P)" }', "journal:6: .*customer or vendor"),
        ('"Expenses:Rent" = { type = "expense", name = "Bank Account" }', "journal:6: .*give it another name"),
    ],
)
def test_wrong_mappings_name_file_and_line(books, mapping, words):
    before = counts(books)
    with pytest.raises(DomainError, match=words):
        bring_in(books, SMALL, "[accounts]\n" + mapping)
    assert counts(books) == before


def test_transactions_without_amounts_are_left_out_and_said(books):
    result = bring_in(books, SMALL + "\n2024-01-09 nothing\n  Expenses:Rent  0\n  Assets:Bank:Giro\n")
    assert (result.journals_created, result.left_out) == (2, ("journal:10: the transaction has no amounts",))


FOREIGN = """
P 2024-01-01 EUR 1.10 USD
2024-01-02 capital
  Assets:Bank:Euro      100.00 EUR
  Equity:Capital

2024-01-03 trip
  Expenses:Travel        10.01 EUR
  Assets:Bank:Euro

2024-01-04 exchange
  Assets:Cash:Pounds     50.00 GBP @ 1.25 USD
  Assets:Bank:Dollar    -62.50 USD
"""


def test_foreign_currencies(books):
    bring_in(books, FOREIGN)
    accounts = {account["name"]: account for account in books.get("/accounts?structure=flat").ok["accounts"]}
    euro, pounds = accounts["Assets:Bank:Euro"], accounts["Assets:Cash:Pounds"]
    assert (euro["currency_code"], euro["amount"]) == ("EUR", Decimal("89.99"))
    assert (pounds["currency_code"], pounds["amount"]) == ("USD", Decimal("62.5"))
    assert base_balances(books) == {
        "Assets:Bank:Euro": Decimal("98.99"),
        "Equity:Capital": -110,
        "Expenses:Travel": Decimal("11.01"),
        "Assets:Cash:Pounds": Decimal("62.5"),
        "Assets:Bank:Dollar": Decimal("-62.5"),
    }
    books.verify()


def test_the_hack_club_ledger_as_hledger_reads_it(books, hackclub, hackclub_path, hledger):
    result = books.command(lambda ctx: import_journal(ctx, hackclub))
    assert result.journals_created == len(hackclub.transactions) - len(result.left_out)
    expected = {account: held["$"] for account, held in hledger.balances(hackclub_path).items()}
    assert base_balances(books) == expected
    assert not books.command(lambda ctx: import_journal(ctx, hackclub)).changed
    books.verify()


@pytest.mark.mariadb
def test_the_same_on_mariadb(mariadb_books, hackclub):
    assert mariadb_books.command(lambda ctx: import_journal(ctx, hackclub)).changed
    assert not mariadb_books.command(lambda ctx: import_journal(ctx, hackclub)).changed
    bring_in(mariadb_books, FOREIGN)
    mariadb_books.verify()
