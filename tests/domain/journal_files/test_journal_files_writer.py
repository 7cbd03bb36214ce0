from datetime import date
from decimal import Decimal

import pytest

from domain.journal_files.model import Amount
from domain.journal_files.parser import parse_text
from domain.journal_files.writer import ExportedAccount, ExportedLine, ExportedTransaction, UnbalancedExportError, write_journal

DAY = date(2020, 1, 5)


def usd(quantity):
    return Amount(Decimal(quantity), "USD")


def make_entry(*lines, **overrides):
    return ExportedTransaction(
        DAY, lines or (ExportedLine("Bank", usd("5.00")), ExportedLine("Sales", usd("-5.00"))), **overrides
    )


def test_golden_journal():
    entry = make_entry(
        ExportedLine("Assets:Euro", Amount(Decimal("-10.00"), "EUR"), usd("-11.50"), note="in Berlin"),
        ExportedLine("Expenses:Food", usd("11.50")),
        number="INV-7",
        description="Lunch",
        reference="R 1",
        note="two\nlines",
    )
    accounts = [ExportedAccount("Assets:Euro", "bank", "our account"), ExportedAccount("Income:Sales", "income")]
    assert write_journal([entry], accounts, title="Books of Acme").splitlines() == [
        "; Books of Acme",
        "decimal-mark .",
        "",
        "commodity 1000.00 EUR",
        "commodity 1000.00 USD",
        "",
        "account Assets:Euro  ; type: C",
        "    ; our account",
        "account Income:Sales  ; type: R",
        "account Expenses:Food",
        "",
        "2020-01-05 * (INV-7) Lunch",
        "    ; reference: R 1",
        "    ; two",
        "    ; lines",
        "    Assets:Euro  -10.00 EUR @@ 11.50 USD",
        "    ; in Berlin",
        "    Expenses:Food  11.50 USD",
    ]


def test_entry_that_does_not_balance_is_refused():
    with pytest.raises(UnbalancedExportError, match=r"entry 9 of 2020-01-05 is off by 0\.01 USD"):
        write_journal([make_entry(ExportedLine("a", usd("5.01")), ExportedLine("b", usd("-5.00")), number="9")])


def test_commodities_that_would_merge_are_refused():
    lines = [ExportedLine("a", Amount(Decimal(number), name)) for name in ('x"1', "x'1") for number in (1, -1)]
    with pytest.raises(ValueError, match="two commodities"):
        write_journal([make_entry(*lines)])


def test_difference_of_exchange_has_worth_but_no_units(hledger):
    lines = [ExportedLine("Assets:Euro", Amount(Decimal(0), "EUR"), usd("1.25")), ExportedLine("Income:Exchange", usd("-1.25"))]
    expected = {"Assets:Euro": {"USD": Decimal("1.25")}, "Income:Exchange": {"USD": Decimal("-1.25")}}
    assert hledger.balances(write_journal([make_entry(*lines)])) == expected


def test_currencies_of_no_and_three_decimals(hledger):
    lines = [ExportedLine(f"a{number}", Amount(Decimal(number), name)) for name, number in [("JPY", "1234"), ("JPY", "-1234")]]
    lines += [ExportedLine(f"b{number}", Amount(Decimal(number), "KWD")) for number in ("1.234", "-1.234")]
    balances = hledger.balances(write_journal([make_entry(*lines)]))
    assert (balances["a1234"], balances["b1.234"]) == ({"JPY": Decimal(1234)}, {"KWD": Decimal("1.234")})


HOSTILE = [
    "two  spaces", "tab\there", "semi;colon", "semi ;colon", "line\nbreak", "\r\n2020-01-01 hack", "(virtual)", "[virtual]", "* star",
    "! mark", "; comment", "# number", "= equals", "~ period", "=x", "{lot}", "@ cost", '"quoted"', "'", "| bar", "a|b", "%", "&", "a  = 5",
    "a  $5", "$", "$5", "1", "-1", "2020-01-01", "include x", "comment", "end comment", "account x", "alias a=b", "حساب البنك", "שלום (ב)",
    "\u202eright to left", "🎉 emoji 🏠", "\u200bzero width", "no\u00a0break", "\u2028line", "\x00nul", "\x1b[31m", "\udc80", "", " ", ":",
    "::", "a::b", ": a", "a :b", "A", "a", "é", "e\u0301", "\ufeffmark", "(half", "half)", "(a) b", "/regex/", "\\", "date:2020-13-45",
    "type:Z", "[2020-13-45]", "[=2020-99]", "x" * 255,
]  # fmt: skip


def test_hostile_account_names_stay_apart(hledger, nonzero):
    lines = [ExportedLine(name, usd(number)) for number, name in enumerate(HOSTILE, start=1)]
    lines.append(ExportedLine("the other side", usd(-len(HOSTILE) * (len(HOSTILE) + 1) // 2)))
    written = write_journal([make_entry(*lines)], [ExportedAccount(name, "cash", name) for name in HOSTILE])
    balances = hledger.balances(written)
    assert sorted(held["USD"] for held in balances.values())[1:] == [Decimal(number) for number in range(1, len(HOSTILE) + 1)]
    assert nonzero(parse_text(written)) == balances


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_change_nothing(hledger, nonzero, text):
    lines = [ExportedLine("a", usd("5.00"), note=text), ExportedLine("b", usd("-5.00"), note=f"{text}, {text} {text}")]
    entry = make_entry(*lines, number=text, description=text, reference=text, note=text)
    written = write_journal([entry, make_entry()], [ExportedAccount("a", "bank", text)], title=text)
    expected = {name: {"USD": Decimal(number)} for name, number in [("a", 5), ("b", -5), ("Bank", 5), ("Sales", -5)]}
    assert nonzero(parse_text(written)) == expected
    assert hledger.balances(written) == expected
    assert len(parse_text(written).transactions) == 2


@pytest.mark.parametrize("name", ["USD", "$", "AB1", "a b", 'quo"te', "semi;colon", "-", "@", "", "₿", "Ö", "1", "=", "🎉"])
def test_hostile_commodities(hledger, nonzero, name):
    lines = [ExportedLine("a", Amount(Decimal("1.5"), name), usd("3")), ExportedLine("b", usd("-3"))]
    written = write_journal([make_entry(*lines)])
    balances = hledger.balances(written)
    assert [*balances["a"].values()] == [Decimal("1.5")]
    assert nonzero(parse_text(written)) == balances


@pytest.mark.parametrize("text", ["حساب البنك", "🎉 Party (paid)", "Müller & Söhne", "a - b, c: d"])
def test_harmless_texts_are_kept(text):
    entry = parse_text(write_journal([make_entry(number="7", description=text, note=text)])).transactions[0]
    assert (entry.payee, entry.code, entry.comment) == (text, "7", text)
