from decimal import Decimal

from domain.journal_export.service import export_journal
from domain.journal_files.parser import parse_text
from domain.journal_import.service import import_journal
from tests.domain.journal_import.test_journal_import_service import FOREIGN, base_balances


def at_cost(hledger, text):
    """Balances in base currency, as hledger adds them up."""
    result = hledger.run(text, "bal", "--flat", "--no-total", "--cost", "-O", "json")
    assert result.returncode == 0, result.stderr
    import json

    return {
        account: sum(Decimal(a["aquantity"]["decimalMantissa"]).scaleb(-a["aquantity"]["decimalPlaces"]) for a in amounts)
        for account, *_, amounts in json.loads(result.stdout)[0]
    }


def test_hledger_reads_the_hack_club_books_back(books, hackclub, hackclub_path, hledger):
    books.command(lambda ctx: import_journal(ctx, hackclub))
    text = books.query(export_journal)
    expected = {account: held["$"] for account, held in hledger.balances(hackclub_path).items()}
    assert {account: held["USD"] for account, held in hledger.balances(text).items()} == expected
    assert "Carmelina's Taqueria" in text


def test_foreign_amounts_carry_their_worth(books, hledger):
    journal = parse_text(FOREIGN)
    books.command(lambda ctx: import_journal(ctx, journal))
    text = books.query(export_journal)
    assert at_cost(hledger, text) == base_balances(books)
    assert hledger.balances(text)["Assets:Bank:Euro"] == {"EUR": Decimal("89.99")}
    assert "10.01 EUR @@ 11.01 USD" in text


def test_the_export_can_be_imported_into_other_books(make_books):
    first, second = make_books(), make_books(tenant_id=2)
    journal = parse_text(FOREIGN)
    first.command(lambda ctx: import_journal(ctx, journal))
    exported = parse_text(first.query(export_journal))
    second.command(lambda ctx: import_journal(ctx, exported))
    assert base_balances(second) == base_balances(first)


def test_empty_books_are_an_empty_journal(books, hledger):
    text = books.query(export_journal)
    assert hledger.accepts(text)
    assert parse_text(text).transactions == ()
