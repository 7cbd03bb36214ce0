"""The tables of reports-tables.md, sections F, G and K."""

import json
from datetime import date

import pytest

from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.kit.wire import dump_json
from domain.reports.number_format import NumberFormat
from domain.reports.rendering import table_json
from domain.reports.rendering.table import flatten
from domain.reports.sheets import journal
from domain.reports.sheets.contact_transactions import statements as contact_transactions
from domain.reports.sheets.contact_transactions import writers as contact_writers
from domain.reports.sheets.general_ledger import ledger as general_ledger
from domain.reports.sheets.general_ledger import writers as ledger_writers
from tests.domain.reports.contact_factories import statements_of, summary_books
from tests.domain.reports.factories import make_posting
from tests.domain.reports.listing_factories import NUMBERS, acme, books_of, journal_sheet, ledger_sheet, words_of

META = {"organization_name": "Acme Books", "sheet_name": "Sheet", "formatted_date_range": "From | To", "base_currency": "USD"}
FROM, TO = date(2023, 1, 1), date(2023, 3, 31)


def outline(table):
    return [
        f"{'  ' * (flat.depth - 1)}{','.join(flat.row.types)}  {' | '.join(cell.text or '∅' for cell in flat.row.cells)}"
        for flat in flatten(table.rows)
    ]


def test_general_ledger():
    query = general_ledger.Query(from_date=FROM, to_date=TO, accounts=frozenset({3, 12}), none_transactions=True)
    table = ledger_writers.table(ledger_sheet(*acme(), query), META, NUMBERS)
    assert [(column.key, column.label) for column in table.columns][:3] == [
        ("date", "Date"), ("account_name", "Account Name"), ("reference_type", "Transaction Type"),
    ]  # fmt: skip
    blank = " | ∅" * 6
    assert outline(table) == [
        f"ACCOUNT  Accounts Receivable{blank} | ∅ | $500.00",
        f"  OPENING_BALANCE  Opening Balance{blank} | $0.00 | $0.00",
        "  TRANSACTION  2023 Jan 15 | Accounts Receivable | Manual journal | J-4 | ∅ | 0.00 | 1,100.00 | 1,100.00 | 1,100.00",
        "  TRANSACTION  2023 Feb 01 | Accounts Receivable | Manual journal | J-6 | ∅ | 600.00 | 0.00 | -600.00 | 500.00",
        f"  CLOSING_BALANCE  Closing balance for Accounts Receivable{blank} | $500.00 | $500.00",
        f"ACCOUNT  Rent{blank} | ∅ | $500.00",
        f"  CLOSING_BALANCE  Closing balance for Rent{blank} | $500.00 | $500.00",
        f"  ACCOUNT  Office Rent{blank} | ∅ | $300.00",
        f"    OPENING_BALANCE  Opening Balance{blank} | $0.00 | $0.00",
        "    TRANSACTION  2023 Feb 03 | Office Rent | Manual journal | J-7 | ∅ | 0.00 | 300.00 | 300.00 | 300.00",
        f"    CLOSING_BALANCE  Closing balance for Office Rent{blank} | $300.00 | $300.00",
        f"  CLOSING_BALANCE  Closing Balance for Rent with sub-accounts{blank} | $800.00 | $800.00",
    ]


def test_journal():
    held, words = acme()
    sheet = journal_sheet(held, words, journal.Query(from_date=FROM, to_date=date(2023, 1, 15)))
    table = journal.table(sheet, held.chart, META, NUMBERS)
    assert outline(table)[:8] == [
        "ENTRY  2023 Jan 05 | Manual journal | J-3 | ∅ | 10008 | Inventory Asset | 2,000.00 | ∅",
        "ENTRY  ∅ | ∅ | J-3 | ∅ | 20001 | Accounts Payable | ∅ | 2,000.00",
        "TOTAL  ∅ | ∅ | ∅ | ∅ | ∅ | ∅ | $2,000.00 | $2,000.00",
        "  ∅ | ∅ | ∅ | ∅ | ∅ | ∅ | ∅ | ∅",
        "ENTRY  2023 Jan 15 | Manual journal | J-4 | ∅ | 10007 | Accounts Receivable | 1,100.00 | ∅",
        "ENTRY  ∅ | ∅ | J-4 | ∅ | 50001 | Sales | ∅ | 1,000.00",
        "ENTRY  ∅ | ∅ | J-4 | ∅ | 20006 | Sales Tax Payable | ∅ | 100.00",
        "TOTAL  ∅ | ∅ | ∅ | ∅ | ∅ | ∅ | $1,100.00 | $1,100.00",
    ]


@pytest.mark.parametrize(("service", "account", "sign"), [(ContactService.CUSTOMER, 3, 1), (ContactService.VENDOR, 6, -1)])
def test_transactions_by_contacts(service, account, sign):
    def entry(number, day, amount, kind, contact=101):
        change = make_posting(number, day, (account, sign * amount), (10, -sign * amount), reference_type=kind)
        change.added[0]["contact_id"] = contact
        return change

    held, words = books_of(
        [
            entry(1, "2022-12-28", 200, "SaleInvoice"),
            entry(2, "2023-01-01", 50, "SaleInvoice"),
            entry(3, "2023-01-15", 1100, "SaleInvoice"),
            entry(4, "2023-01-20", -300, "PaymentReceive"),
            entry(5, "2022-11-01", 75, "SaleInvoice", 102),
        ]
    )
    contacts = [ContactName(101, "Acme", service), ContactName(102, "Beta", service)]
    query = contact_transactions.Query(service=service, from_date=FROM, to_date=date(2023, 1, 31), none_transactions=False)
    lines = contact_transactions.needed(held, query)
    sheet = contact_transactions.build(held, lines, words_of(words, lines), contacts, query)
    table = contact_writers.table(sheet, held.chart, META, NUMBERS)
    name, blank = held.chart.accounts[account].name, " | ∅" * 5

    def sides(amount):
        return f"∅ | {amount}" if sign > 0 else f"{amount} | ∅"

    payment = "300.00 | ∅" if sign > 0 else "∅ | 300.00"
    kind = service.value.upper()
    assert outline(table) == [
        f"{kind}  Acme{blank} | $1,050.00",
        f"  OPENING_BALANCE  Opening balance{blank} | $200.00",
        f"  TRANSACTION  2023 Jan 01 | {name} | Sale invoice | J-2 | {sides('50.00')} | $250.00",
        f"  TRANSACTION  2023 Jan 15 | {name} | Sale invoice | J-3 | {sides('1,100.00')} | $1,350.00",
        f"  TRANSACTION  2023 Jan 20 | {name} | Payment received | J-4 | {payment} | $1,050.00",
        f"  CLOSING_BALANCE  Closing balance{blank} | $1,050.00",
        f"{kind}  Beta{blank} | $75.00",
        f"  CLOSING_BALANCE  Closing balance{blank} | $75.00",
    ]
    assert table.columns[0].key == f"{service.value}_name"
    assert not table.indexed


@pytest.mark.parametrize("accounts", [None, frozenset({3, 12}), frozenset({4711})])
@pytest.mark.parametrize("parentheses", [True, False])
def test_the_quick_way_to_the_table_of_the_general_ledger_says_the_same(accounts, parentheses):
    held, words = acme()
    query = general_ledger.Query(from_date=FROM, to_date=TO, accounts=accounts)
    numbers = NumberFormat(currency="EUR", precision=2, parentheses=parentheses)
    sheet = ledger_sheet(held, words, query)
    quick = json.loads(ledger_writers.table_json(sheet, {"basis": "cash"}, META, numbers))
    slow = {
        "table": table_json.render(ledger_writers.table(sheet, META, numbers)),
        "query": {"basis": "cash"},
        "meta": META,
    }
    assert quick == json.loads(dump_json(slow))


HOSTILE = 'He said "no"\\\n\t\x00<b>\u2028é漢字'
FORMATS = [
    NumberFormat(currency="EUR", precision=2),
    NumberFormat(currency="JPY", precision=0, money="always", show_zero=True, parentheses=True),
    NumberFormat(currency="USD", precision=3, money="none", divide_on_1000=True),
]


def slow_way(table, query):
    return json.loads(dump_json({"table": table_json.render(table), "query": query, "meta": META}))


def noted(held, words, note):
    """Every second line with a note and no number."""
    return held, {id_: (*row[:4], None, row[5], note, row[7]) if id_ % 2 else row for id_, row in words.items()}


@pytest.mark.parametrize("numbers", FORMATS)
@pytest.mark.parametrize("until", [date(2022, 1, 1), FROM, TO])
def test_the_quick_way_to_the_table_of_the_journal_says_the_same(numbers, until):
    held, words = noted(*acme(), HOSTILE)
    sheet = journal_sheet(held, words, journal.Query(from_date=date(2022, 1, 1), to_date=until))
    quick = journal.table_json(sheet, held.chart, {"basis": HOSTILE}, META, numbers)
    assert json.loads(quick) == slow_way(journal.table(sheet, held.chart, META, numbers), {"basis": HOSTILE})


@pytest.mark.parametrize("numbers", FORMATS)
@pytest.mark.parametrize("service", ContactService)
@pytest.mark.parametrize("none_transactions", [True, False])
def test_the_quick_way_to_the_table_of_contacts_says_the_same(numbers, service, none_transactions):
    held, words = noted(*summary_books(), HOSTILE)
    people = [ContactName(id_, name, service) for id_, name in ((101, HOSTILE), (102, "Beta"), (201, "Supplier"), (4711, "Idle"))]
    sheet = statements_of(held, words, people, service=service, none_transactions=none_transactions)
    quick = contact_writers.table_json(sheet, held.chart, {"basis": "cash"}, META, numbers)
    table = contact_writers.table(sheet, held.chart, META, numbers)
    assert json.loads(quick) == slow_way(table, {"basis": "cash"})
    nobody = statements_of(held, words, [], service=service)
    table = contact_writers.table(nobody, held.chart, META, numbers)
    assert json.loads(contact_writers.table_json(nobody, held.chart, {}, META, numbers)) == slow_way(table, {})
