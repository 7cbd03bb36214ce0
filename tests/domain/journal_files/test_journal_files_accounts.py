import pytest

from domain.journal_files.account_types import ACCOUNT_TYPES, HLEDGER_TYPES, guess_type
from domain.journal_files.accounts import plan_accounts
from domain.journal_files.errors import JournalFileError, UnmappedAccountError, UnmappedCommodityError
from domain.journal_files.mapping import parse_mapping
from domain.journal_files.parser import parse_text


def plan(*accounts, mapping="", commodity="USD", before="", default_currency=None):
    text = before + "".join(f"2020-01-01 x\n  {account}  1 {commodity}\n  Equity:Other side\n\n" for account in accounts)
    result = plan_accounts(parse_text(text), parse_mapping(mapping, file="map.toml"), default_currency=default_currency)
    return {entry.ledger_account: entry for entry in result.entries}


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("Assets:Current:Cash", "cash"),
        ("assets:petty cash", "cash"),
        ("Assets:Cashmere", "other-current-asset"),
        ("Assets:Chase:Checking", "bank"),
        ("Assets:Bank", "bank"),
        ("Assets:Savings", "bank"),
        ("Assets:PayPal", "bank"),
        ("Assets:Accounts Receivable", "other-current-asset"),
        ("Assets:Bank:Receivable", "other-current-asset"),
        ("Assets:Inventory", "other-current-asset"),
        ("Assets:Fixed:Van", "fixed-asset"),
        ("Assets:Equipment", "fixed-asset"),
        ("Assets:Vehicles", "fixed-asset"),
        ("Assets:Property", "fixed-asset"),
        ("Assets", "other-current-asset"),
        ("Liabilities:Credit Card:Visa", "credit-card"),
        ("Liabilities:CreditCard", "credit-card"),
        ("Liabilities:Loan", "long-term-liability"),
        ("Liability:Mortgage", "long-term-liability"),
        ("Liabilities:Tax", "tax-payable"),
        ("Liabilities:Accounts Payable", "other-current-liability"),
        ("Liabilities:Reimbursement:Zach", "other-current-liability"),
        ("Equity:Opening", "equity"),
        ("Income:Sales", "income"),
        ("Revenues:Cash", "income"),
        ("Revenue", "income"),
        ("Expenses:COGS", "cost-of-goods-sold"),
        ("Expenses:Cost of goods sold:Paper", "cost-of-goods-sold"),
        ("Expenses:Tax", "expense"),
        ("Foo:Cash", None),
    ],
)
def test_type_by_name(account, expected):
    assert guess_type(account) == expected


def test_every_type_has_a_letter_in_hledger():
    assert set(HLEDGER_TYPES) == set(ACCOUNT_TYPES)


def test_declared_type_speaks_for_an_unknown_root():
    entries = plan("Kasse:Laden", "Vermögen:Bank", before="account Kasse  ; type: C\naccount Vermögen  ; type: A\n")
    assert (entries["Kasse:Laden"].type, entries["Vermögen:Bank"].type) == ("cash", "bank")


def test_unknown_root_names_the_mapping_file_and_the_posting():
    with pytest.raises(UnmappedAccountError, match=r'^journal:2: .*mapping file, add "Foo:Bar" = "bank"'):
        plan("Foo:Bar")


def test_mapping_overrides_names():
    mapping = """
[accounts]
"Assets:FOO" = "bank"
"Assets:Till" = { type = "cash", name = "Till in the shop" }
"Assets:Named" = { name = "Only a name" }
"Assets:Petty" = { account = "Petty Cash" }
"Assets:Float" = { code = "10004" }
[rules]
"Assets:Chase" = "credit-card"
"*:reimbursement:*" = "expense"
"""
    entries = plan("Assets:FOO", "Assets:Till", "Assets:Named", "Assets:Petty", "Assets:Float", mapping=mapping)
    assert entries["Assets:FOO"].type == "bank"
    assert (entries["Assets:Till"].type, entries["Assets:Till"].name) == ("cash", "Till in the shop")
    assert (entries["Assets:Named"].type, entries["Assets:Named"].name) == ("other-current-asset", "Only a name")
    assert (entries["Assets:Petty"].existing_name, entries["Assets:Petty"].name) == ("Petty Cash", None)
    assert (entries["Assets:Float"].existing_code, entries["Assets:Float"].is_new) == ("10004", False)
    entries = plan("Assets:Chase:Checking", "Assets:Chases", "Liabilities:Reimbursement:Zach", mapping=mapping)
    assert [entry.type for entry in entries.values()] == ["credit-card", "equity", "other-current-asset", "expense"]


def test_names_are_full_paths_that_differ_in_more_than_case():
    entries = plan("Assets:Food", "assets:FOOD")
    assert [entry.name for entry in entries.values()] == ["Assets:Food", "Equity:Other side", "assets:FOOD (2)"]


def test_names_have_3_to_255_characters():
    long = "Assets:" + "x" * 300
    entries = plan("A", long, long + "y", mapping='[rules]\n"A" = "cash"\n')
    names = [entry.name for entry in entries.values()]
    assert all(3 <= len(name) <= 255 for name in names)
    assert len({name.casefold() for name in names}) == 4


def test_generated_name_gives_way_to_a_given_one():
    entries = plan("Assets:A", "Assets:B", mapping='[accounts]\n"Assets:B" = { type = "cash", name = "assets:a" }\n')
    assert (entries["Assets:A"].name, entries["Assets:B"].name) == ("Assets:A (2)", "assets:a")


def test_two_accounts_cannot_be_given_one_name():
    mapping = '[accounts]\n"Assets:A" = { name = "Till" }\n"Assets:B" = { name = "till" }\n'
    with pytest.raises(JournalFileError, match="both named"):
        plan("Assets:A", "Assets:B", mapping=mapping)


def test_currency_is_hinted_where_there_is_one_only():
    text = "2020-01-01 x\n  Assets:A  1 €\n  Assets:B  1 kr\n  Assets:B  1 USD\n  Equity:C\n"
    result = plan_accounts(parse_text(text), parse_mapping('[commodities]\n"kr" = "SEK"\n'))
    assert [(entry.currency, entry.currencies) for entry in result.entries[:2]] == [("EUR", ("EUR",)), (None, ("SEK", "USD"))]
    assert result.currencies == {"€": "EUR", "kr": "SEK", "USD": "USD"}


def test_commodity_without_a_currency_is_refused():
    with pytest.raises(UnmappedCommodityError, match=r'^journal:2: .*"gold" = "USD"'):
        plan("Assets:A", commodity="gold")


def test_amounts_without_a_commodity_are_of_the_default_currency():
    assert plan("Assets:A", commodity="", default_currency="EUR")["Assets:A"].currency == "EUR"
    with pytest.raises(UnmappedCommodityError, match="without a commodity"):
        plan("Assets:A", commodity="")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[accounts]\n"a" = ', 2, "TOML"),
        ('x = 1\n[accounts]\n"a" = "bank"\n', 1, "unknown section"),
        ('[accounts]\n"a:b" = "banc"\n', 2, "banc is no account type"),
        ('[accounts]\n"a:b" = 3\n', 2, "expected a type"),
        ('[accounts]\n"a:b" = { account = "x", type = "bank" }\n', 2, "expected either"),
        ('[accounts]\n"a:b" = { name = "x" }\n', 2, "3 to 255"),
        ('[rules]\n\n"a:*" = { name = "xyz" }\n', 3, "type only"),
        ('[commodities]\n"kr" = "sek"\n', 2, "capital letters"),
    ],
)
def test_wrong_mapping_names_file_and_line(text, line, words):
    with pytest.raises(JournalFileError) as caught:
        parse_mapping(text, file="map.toml")
    assert (caught.value.file, caught.value.line) == ("map.toml", line)
    assert words in caught.value.message
