"""The worked examples of reports-tables.md, sections F, G, K, L and Q, and what holds for any books."""

from datetime import date

import pytest

from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.ledger.model import ReferenceType
from domain.reports.bulk_text import JsonNumbers
from domain.reports.entries import choose, stored_type, transaction_label
from domain.reports.sheets import cash_transactions, journal, reference_transactions
from domain.reports.sheets.contact_transactions import statements as contact_transactions
from domain.reports.sheets.contact_transactions.writers import ContactTransactionsWriter
from domain.reports.sheets.general_ledger import ledger as general_ledger
from tests.domain.reports.factories import make_posting
from tests.domain.reports.listing_factories import (
    NUMBERS,
    acme,
    books_of,
    cash_page,
    journal_data,
    ledger_data,
    ledger_outline,
    make_words,
    read_data,
    words_of,
)

FROM, TO = date(2023, 1, 1), date(2023, 3, 31)
BOTH = {"from_date": FROM, "to_date": TO}


def gl(**fields):
    return general_ledger.Query(**BOTH | fields)


# ---- general ledger


def test_general_ledger_of_the_worked_example():
    data = ledger_data(*acme(), gl(accounts=frozenset({3, 12}), none_transactions=True))
    assert ledger_outline(data) == [
        "Accounts Receivable | $500.00",
        "  Opening | $0.00",
        "  2023 Jan 15 | Manual journal | J-4 | 0.00 | 1,100.00 | 1,100.00 | 1,100.00",
        "  2023 Feb 01 | Manual journal | J-6 | 600.00 | 0.00 | -600.00 | 500.00",
        "  Closing Accounts Receivable | $500.00",
        "Rent | $500.00",
        "  Closing Rent | $500.00",
        "  Office Rent | $300.00",
        "    Opening | $0.00",
        "    2023 Feb 03 | Manual journal | J-7 | 0.00 | 300.00 | 300.00 | 300.00",
        "    Closing Office Rent | $300.00",
        "  With sub-accounts | $800.00",
    ]


def test_running_balances_on_both_sides():
    data = {account["id"]: account for account in ledger_data(*acme(), gl())}
    bank = data[1]
    assert bank["opening_balance"]["formatted_amount"] == "$9,500.00"
    assert [row["formatted_running_balance"] for row in bank["transactions"]] == [
        "10,100.00", "9,800.00", "8,300.00", "13,300.00", "13,320.00", "13,315.00", "12,515.00",
    ]  # fmt: skip
    payable = data[6]["transactions"]
    assert [row["formatted_amount"] for row in payable] == ["2,000.00", "-800.00"]
    assert [row["running_balance"] for row in payable] == [2000, 1200]


def test_accounts_are_listed_by_name():
    names = [account["name"] for account in ledger_data(*acme(), gl(none_transactions=True))]
    assert names == [
        "Accounts Payable", "Accounts Receivable", "Bank Account", "Bank Loan", "Cost of Goods Sold", "Equipment", "FX Loss",
        "Interest Income", "Inventory Asset", "Rent", "Sales", "Sales Tax Payable",
    ]  # fmt: skip
    assert "Owner Equity" in [account["name"] for account in ledger_data(*acme(), gl())]


def test_a_chosen_sub_account_stands_under_its_header():
    (rent,) = ledger_data(*acme(), gl(accounts=frozenset({15})))
    assert ledger_outline([rent])[0] == "Rent | $500.00"
    assert "closing_balance_subaccounts" not in rent
    assert not rent["transactions"]
    assert rent["children"][0]["closing_balance"]["amount"] == 300


def test_unknown_accounts_select_nothing():
    assert ledger_data(*acme(), gl(accounts=frozenset({4711}))) == []


def test_a_balance_of_zero_does_not_start_again():
    changes = [
        make_posting(1, "2022-12-01", (1, 100), (9, -100)),
        make_posting(2, "2023-01-02", (1, -100), (9, 100)),
        make_posting(3, "2023-01-03", (1, 50), (9, -50)),
    ]
    bank, _ = ledger_data(*books_of(changes), gl(accounts=frozenset({1, 9})))
    assert [row["formatted_running_balance"] for row in bank["transactions"]] == ["0.00", "50.00"]


def test_a_row_carries_its_document():
    held, words = acme()
    row = ledger_data(held, words, gl(accounts=frozenset({3})))[0]["transactions"][0]
    line = choose(held.ledger, accounts=frozenset({3}), until=date(2023, 1, 31)).line_ids[0]
    assert row == {
        "id": line, "date": "2023-01-15T00:00:00.000Z", "date_formatted": "2023 Jan 15", "reference_type": "Journal",
        "reference_id": 4, "transaction_number": "J-4", "transaction_type_formatted": "Manual journal", "contact_name": None,
        "contact_type": None, "transaction_type": "Journal", "index": 1, "note": None, "credit": 0, "debit": 1100, "amount": 1100,
        "running_balance": 1100, "formatted_amount": "1,100.00", "formatted_credit": "0.00", "formatted_debit": "1,100.00",
        "formatted_running_balance": "1,100.00", "currency_code": "USD",
    }  # fmt: skip


def test_branches_choose_lines_and_opening_balances():
    changes = [
        make_posting(1, "2022-12-01", (1, 100), (9, -100), branch_id=1),
        make_posting(2, "2022-12-02", (1, 7), (9, -7)),
        make_posting(3, "2023-01-02", (1, 20), (9, -20), branch_id=1),
        make_posting(4, "2023-01-02", (1, 40), (9, -40), branch_id=2),
    ]
    bank, _ = ledger_data(*books_of(changes), gl(branches=frozenset({1}), none_transactions=True))
    assert (bank["opening_balance"]["amount"], bank["closing_balance"]["amount"]) == (100, 120)
    assert bank["closing_balance_subaccounts"]["amount"] == 120


def test_lines_of_a_day_stand_as_they_were_posted():
    changes = [make_posting(number, "2023-01-02", (1, number), (9, -number)) for number in (1, 2, 3)]
    held, words = books_of(changes)
    late = {key: (*line[:7], "2023-04-02 08:00:00.000000") if line[4] == "J-1" else line for key, line in words.items()}
    bank, _ = ledger_data(held, late, gl(none_transactions=True))
    assert [row["reference_id"] for row in bank["transactions"]] == [2, 3, 1]


# ---- journal


def sides(data):
    return [(entry["account_name"], entry["formatted_debit"], entry["formatted_credit"]) for g in data for entry in g["entries"]]


def test_journal_of_the_worked_example():
    data = journal_data(*acme(), journal.Query(from_date=FROM, to_date=date(2023, 1, 15)))
    assert [(group["date_formatted"], group["reference_id"], group["formatted_debit"]) for group in data] == [
        ("2023 Jan 05", 3, "$2,000.00"), ("2023 Jan 15", 4, "$1,100.00"), ("2023 Jan 15", 5, "$600.00"),
    ]  # fmt: skip
    assert sides(data) == [
        ("Inventory Asset", "2,000.00", ""), ("Accounts Payable", "", "2,000.00"),
        ("Accounts Receivable", "1,100.00", ""), ("Sales", "", "1,000.00"), ("Sales Tax Payable", "", "100.00"),
        ("Cost of Goods Sold", "600.00", ""), ("Inventory Asset", "", "600.00"),
    ]  # fmt: skip
    assert data[0]["reference_type_formatted"] == "Manual journal"
    assert data[0]["entries"][0]["created_at"] == "2023-04-01T08:02:00.000Z"


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"amount_min": 1050_0000}, [2000, 2000, 1100]),
        ({"amount_max": 100_0000}, [100]),
        ({"amount_min": 600_0000, "amount_max": 1000_0000}, [1000, 600, 600]),
    ],
)
def test_journal_amounts_are_bounded_line_by_line(bounds, expected):
    data = journal_data(*acme(), journal.Query(from_date=FROM, to_date=date(2023, 1, 15), **bounds))
    assert [entry["debit"] or entry["credit"] for group in data for entry in group["entries"]] == expected
    if "amount_min" in bounds and "amount_max" not in bounds:
        assert (data[1]["formatted_debit"], data[1]["formatted_credit"]) == ("$1,100.00", "$0.00")


def test_journal_of_one_document():
    data = journal_data(*acme(), journal.Query(**BOTH, reference_type="journal", reference_id=7))
    assert [group["reference_id"] for group in data] == [7]
    assert journal_data(*acme(), journal.Query(**BOTH, reference_type="Bill")) == []
    assert len(journal_data(*acme(), journal.Query(**BOTH, reference_id=7))) == 10, "an id alone chooses nothing"


# ---- contacts

ACME_BIRD, BETA, ZED = (
    ContactName(101, "Acme", ContactService.CUSTOMER),
    ContactName(102, "Beta", ContactService.CUSTOMER),
    ContactName(103, "Zed", ContactService.CUSTOMER),
)


def receivable(number, day, contact, amount, kind="SaleInvoice", *, account=3):
    change = make_posting(number, day, (account, amount), (10, -amount), reference_type=kind)
    change.added[0]["contact_id"] = contact
    return change


def customer_changes():
    return [
        receivable(1, "2022-12-28", 101, 200),
        receivable(2, "2023-01-01", 101, 50),
        receivable(3, "2023-01-15", 101, 1100),
        receivable(4, "2023-01-20", 101, -300, "PaymentReceive"),
        receivable(5, "2022-11-01", 102, 75),
    ]


def contact_data(changes, known, **fields):
    held, words = books_of(changes)
    query = contact_transactions.Query(
        **{"service": ContactService.CUSTOMER, "from_date": FROM, "to_date": date(2023, 1, 31), **fields}
    )
    lines = contact_transactions.needed(held, query)
    sheet = contact_transactions.build(held, lines, words_of(words, lines), known, query)
    return read_data(ContactTransactionsWriter(NUMBERS, held.chart).data(sheet))


def test_transactions_by_customers_of_the_worked_example():
    first, second = contact_data(customer_changes(), [ACME_BIRD, BETA, ZED], none_transactions=False, none_zero=True)
    assert first["opening_balance"]["formatted_amount"] == "$200.00"
    assert [
        (row["date"][:10], row["transaction_type"], row["credit"]["formatted_amount"], row["debit"]["formatted_amount"],
         row["running_balance"]["formatted_amount"]) for row in first["transactions"]
    ] == [
        ("2023-01-01", "Sale invoice", "", "50.00", "$250.00"),
        ("2023-01-15", "Sale invoice", "", "1,100.00", "$1,350.00"),
        ("2023-01-20", "Payment received", "300.00", "", "$1,050.00"),
    ]  # fmt: skip
    assert first["closing_balance"]["formatted_amount"] == "$1,050.00"
    assert (second["customer_name"], second["closing_balance"]["amount"], second["transactions"]) == ("Beta", 75, [])


def test_contacts_without_lines_are_hidden_unless_named():
    def names(**fields):
        return [item["customer_name"] for item in contact_data(customer_changes(), [ACME_BIRD, BETA, ZED], **fields)]

    assert names() == ["Acme"]
    assert names(contacts=frozenset({102, 103})) == ["Beta", "Zed"]
    assert names(none_transactions=False) == ["Acme", "Beta", "Zed"]
    assert names(contacts=frozenset({4711})) == []


def test_vendors_grow_on_the_credit_side():
    vendor = ContactName(201, "Mill", ContactService.VENDOR)
    changes = [
        receivable(1, "2022-12-01", 201, -500, "Bill", account=6),
        receivable(2, "2023-01-05", 201, -2000, "Bill", account=6),
        receivable(3, "2023-01-25", 201, 800, "BillPayment", account=6),
        receivable(4, "2023-01-26", 201, 999, "SaleInvoice", account=3),  # not on a payable account
    ]
    (mill,) = contact_data(changes, [vendor], service=ContactService.VENDOR)
    assert mill["opening_balance"]["amount"] == 500
    assert [row["running_balance"]["formatted_amount"] for row in mill["transactions"]] == ["$2,500.00", "$1,700.00"]
    assert mill["closing_balance"]["amount"] == 1700


# ---- one document, one account


def test_lines_of_a_document():
    held, words = acme()
    query = reference_transactions.Query(reference_type="journal", reference_id=4)
    found = reference_transactions.needed(held, query)
    lines = reference_transactions.build(found, words_of(words, found))
    assert [(entry.account_id, entry.movement) for entry in lines] == [(3, 1100_0000), (10, -1000_0000), (7, -100_0000)]
    unknown = reference_transactions.Query(reference_type="Bill", reference_id=4)
    assert not len(reference_transactions.needed(held, unknown))
    assert not len(reference_transactions.needed(held, reference_transactions.Query(reference_type="x", reference_id=4)))


def test_cash_transactions_of_the_worked_example():
    from tests.domain.reports.factories import acme_postings

    changes = [change for change in acme_postings() if change.added[0]["reference_id"] in {1, 2, 6, 8}]
    held, words = books_of(changes)
    sheet = cash_page(held, words)
    assert [(row.entry.reference_id, row.balance // 10_000) for row in sheet.rows] == [
        (8, 8600),
        (6, 10100),
        (2, 9500),
        (1, 10000),
    ]
    second = cash_page(held, words, page=2, page_size=2)
    assert [row.balance // 10_000 for row in second.rows] == [9500, 10000]
    assert second.total == 4
    assert cash_page(held, words, page=3, page_size=2).rows == ()
    assert cash_page(held, words, account_id=4711) == cash_transactions.CashTransactions((), 0)


def test_feed_matches_are_shown():
    held, words = acme()
    page = cash_transactions.needed(held, cash_transactions.Query(account_id=8))
    match = cash_transactions.FeedMatch("matched", 77)
    (row,) = cash_transactions.build(page, words_of(words, page.lines), {("Journal", 9): match}).rows
    assert row.match == match


@pytest.mark.parametrize(
    ("reference_type", "transaction_type", "label"),
    [
        ("SaleInvoice", None, "Sale invoice"), ("CashflowTransaction", "owner_contribution", "Owner contribution"),
        ("CashflowTransaction", "OwnerDrawing", "Owner drawing"), ("CashflowTransaction", None, "Cashflow transaction"),
        ("CashflowTransaction", "odd", "odd"), ("WarehouseTransfer", None, "WarehouseTransfer"),
    ],
)  # fmt: skip
def test_labels(reference_type, transaction_type, label):
    assert transaction_label(reference_type, transaction_type) == label


def test_types_are_compared_without_letter_case():
    assert stored_type(" paymentReceive ") == "PaymentReceive"
    assert all(stored_type(kind.value.upper()) == kind.value for kind in ReferenceType)


def test_json_numbers_are_exact():
    numbers = JsonNumbers()
    assert [numbers[value] for value in (0, 1, -1, 10_000, 12_3450, -5_0000)] == ["0", "0.0001", "-0.0001", "1", "12.345", "-5"]


def test_words_belong_to_their_lines():
    changes = [make_posting(1, "2023-01-02", (1, 5), (9, -5))]
    words = make_words(changes, note="paid in cash")
    held, _ = books_of(changes)
    bank, _ = ledger_data(held, words, gl(none_transactions=True))
    assert bank["transactions"][0]["note"] == "paid in cash"
