from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.journal_files.accounts import plan_accounts
from domain.journal_files.parser import parse_text
from domain.journal_import import rules
from domain.kit.money import minor_unit


def planned(text, base="USD"):
    journal = parse_text(text)
    plan = plan_accounts(journal, default_currency=base)
    rates = rules.base_rates(journal, plan, None, base)
    return [
        rules.plan_journal(entry, currencies=plan.currencies, base_currency=base, rates=rates) for entry in journal.transactions
    ]


def amounts(journal):
    return [(line.ledger_account, str(line.amount)) for line in journal.lines]


def test_a_journal_in_base_currency():
    (journal,) = planned("2024-01-05 (77) Lyft | airport\n  Expenses:Travel  $12.5  ; late\n  Assets:Bank\n")
    assert (journal.currency, journal.rate) == ("USD", 1)
    assert amounts(journal) == [("Expenses:Travel", "12.50"), ("Assets:Bank", "-12.50")]
    assert (journal.description, journal.reference, journal.lines[0].note) == ("Lyft | airport", "77", "late")


def test_a_transaction_in_one_foreign_currency_takes_the_latest_price():
    prices = "P 2024-01-01 € $1.1\nP 2024-02-01 € $1.25\n"
    first, second = planned(
        prices + "2024-01-31 x\n  Expenses:A  €3\n  Assets:Bank\n\n2024-02-01 x\n  Expenses:A  €3\n  Assets:Bank\n"
    )
    assert (first.currency, first.rate) == ("EUR", Decimal("1.1"))
    assert second.rate == Decimal("1.25")
    assert amounts(second) == [("Expenses:A", "3.00"), ("Assets:Bank", "-3.00")]


def test_a_price_of_the_base_currency_is_turned_round():
    (journal,) = planned("P 2024-01-01 $ €0.8\n2024-01-31 x\n  Expenses:A  €3\n  Assets:Bank\n")
    assert journal.rate == Decimal("1.25")


def test_without_a_price_the_posting_is_named():
    with pytest.raises(rules.UnknownRateError, match=r"^journal:2: what EUR was worth on 2024-01-31"):
        planned("2024-01-31 x\n  Expenses:A  €3\n  Assets:Bank\n\nP 2024-02-01 € $1.1\n")


def test_mixed_currencies_are_posted_at_cost_and_the_note_keeps_the_amount():
    (journal,) = planned("2024-01-31 x\n  Assets:Euros  €100 @ $1.1  ; trip\n  Assets:Bank\n")
    assert journal.currency == "USD"
    assert amounts(journal) == [("Assets:Euros", "110.00"), ("Assets:Bank", "-110.00")]
    assert [line.note for line in journal.lines] == ["100 € @ 1.1 $\ntrip", ""]


def test_currencies_that_balance_apart_are_converted_and_still_balance():
    text = "P 2024-01-01 € $1.111\n2024-01-31 x\n  Expenses:A  €0.05\n  Expenses:B  €0.05\n  Assets:E  €-0.10\n  Expenses:C  $9\n  Assets:D  $-9\n"
    (journal,) = planned(text)
    assert amounts(journal) == [
        ("Expenses:A", "0.05"),
        ("Expenses:B", "0.06"),
        ("Assets:E", "-0.11"),
        ("Expenses:C", "9.00"),
        ("Assets:D", "-9.00"),
    ]
    assert [line.note for line in journal.lines] == ["0.05 €", "0.05 €", "-0.10 €", "", ""]


def test_fractions_of_a_cent_are_rounded_together():
    (journal,) = planned("2024-01-31 x\n  Expenses:A  $1.005\n  Expenses:B  $1.005\n  Assets:C  $-2.01\n")
    assert amounts(journal) == [("Expenses:A", "1.00"), ("Expenses:B", "1.01"), ("Assets:C", "-2.01")]


@given(st.lists(st.decimals(-1000, 1000, places=6), min_size=1, max_size=30), st.sampled_from(["USD", "JPY", "KWD"]))
def test_rounding_together_keeps_the_balance(amounts, currency):
    amounts = [*amounts, -sum(amounts)]
    rounded = rules.round_together(amounts, currency)
    unit = Decimal(1).scaleb(-minor_unit(currency))
    assert sum(rounded) == 0
    assert all(
        abs(after - before) < unit and after == after.quantize(unit) for after, before in zip(rounded, amounts, strict=True)
    )


def test_nothing_to_post():
    assert planned("2024-01-31 x\n  Expenses:A  0\n  Assets:B\n") == [None]
    assert planned("2024-01-31 x\n") == [None]


def test_currency_of_a_new_account():
    assert rules.account_currency("bank", {"EUR"}, "USD") == "EUR"
    assert rules.account_currency("bank", {"EUR", "USD"}, "USD") == "USD"
    assert rules.account_currency("expense", {"EUR"}, "USD") == "USD"
    assert rules.account_currency("bank", set(), "USD") == "USD"
