"""The worked examples of reports-tables.md, sections C to E, and what holds for any books."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.accounts.model import ACCOUNT_TYPES, Chart
from domain.kit.money import from_scaled
from domain.reports.number_format import NumberFormat
from domain.reports.rules import fiscal_year_start
from domain.reports.sheet import Books, Node, RowFilter, Sheet
from domain.reports.sheets import balance_sheet, profit_loss, trial_balance
from domain.reports.sheets.trial_balance import TrialLine
from tests.domain.reports.factories import acme_books, acme_postings, make_account, make_ledger, make_posting

NUMBERS = NumberFormat(currency="USD", precision=2)
FROM, TO = date(2023, 1, 1), date(2023, 3, 31)
BOTH = {"from_date": FROM, "to_date": TO}


def outline(forms, key="total", depth=0):
    lines = []
    for form in forms:
        text = form[key]["formatted_amount"] if key == "total" else None
        lines.append(f"{'  ' * depth}{form['id']}  {form['name']} | {text or '∅'}")
        lines.extend(outline(form.get("children", []), key, depth + 1))
    return lines


def flat(nodes):
    for node in nodes:
        yield node
        yield from flat(node.children)


def figure(sheet: Sheet, id_) -> int:
    (found,) = [node for node in flat(sheet.nodes) if node.id == id_]
    return found.figures[0]


def test_balance_sheet_of_the_worked_example():
    sheet = balance_sheet.build(acme_books(), balance_sheet.Query(**BOTH))
    assert outline(balance_sheet.plain_json(sheet, NUMBERS)) == [
        "ASSETS  Assets | $15,915.00",
        "  CURRENT_ASSETS  Current Asset | $14,415.00",
        "    CASH_EQUIVALENTS  Cash and cash equivalents | $12,515.00",
        "      1  Bank Account | 12,515.00",
        "    ACCOUNTS_RECEIVABLE  Accounts Receivable | $500.00",
        "      3  Accounts Receivable | 500.00",
        "    INVENTORY  Inventory | $1,400.00",
        "      4  Inventory Asset | 1,400.00",
        "    OTHER_CURRENT_ASSET  Other current assets | $0.00",
        "  FIXED_ASSET  Fixed Asset | $1,500.00",
        "    5  Equipment | 1,500.00",
        "  NON_CURRENT_ASSET  Non-Current Assets | $0.00",
        "LIABILITY_EQUITY  Liabilities and Equity | $15,915.00",
        "  LIABILITY  Liabilities | $6,300.00",
        "    CURRENT_LIABILITY  Current Liabilties | $1,300.00",
        "      6  Accounts Payable | 1,200.00",
        "      7  Sales Tax Payable | 100.00",
        "    LOGN_TERM_LIABILITY  Long-Term Liabilities | $5,000.00",
        "      8  Bank Loan | 5,000.00",
        "    NON_CURRENT_LIABILITY  Non-Current Liabilities | $0.00",
        "  EQUITY  Equity | $9,615.00",
        "    9  Owner Equity | 10,000.00",
        "    RETAINED_EARNINGS  Retained Earnings | -$500.00",  # the reference's Net Income of -385 in two (DECISIONS 14)
        "    NET_INCOME  Net Income | $115.00",
    ]


def test_fiscal_year_splits_earnings():
    april = balance_sheet.Query(**BOTH, fiscal_month=4)
    sheet = balance_sheet.build(acme_books(), april)
    assert (figure(sheet, "RETAINED_EARNINGS"), figure(sheet, "NET_INCOME")) == (0, -385_0000)


def test_balance_sheet_hides_zero_rows():
    sheet = balance_sheet.build(acme_books(), balance_sheet.Query(**BOTH, rows=RowFilter(none_zero=True)))
    ids = {node.id for node in flat(sheet.nodes)}
    assert not ids & {"OTHER_CURRENT_ASSET", "NON_CURRENT_ASSET", "NON_CURRENT_LIABILITY"}
    assert {"ASSETS", "CURRENT_ASSETS", "FIXED_ASSET", "LIABILITY", "EQUITY", "NET_INCOME", 1, 9} <= ids


def test_statements_before_the_first_posting_are_empty():
    early = {"from_date": date(2022, 1, 1), "to_date": date(2022, 11, 30)}
    assert balance_sheet.build(acme_books(), balance_sheet.Query(**early)).nodes == ()
    assert profit_loss.build(acme_books(), profit_loss.Query(**early)).nodes == ()
    assert trial_balance.build(acme_books(), trial_balance.Query(**early)).lines == ()


def test_sub_account_that_cancels_its_parent_keeps_it():
    chart = Chart(
        {
            item.id: item
            for item in (
                make_account(1, "Bank", "bank"),
                make_account(20, "Parent FA", "fixed-asset"),
                make_account(21, "Child FA", "fixed-asset", parent=20),
            )
        }
    )
    books = Books(chart=chart, ledger=make_ledger([make_posting(1, "2023-01-05", (21, 30), (20, -30))]).view())
    sheet = balance_sheet.build(books, balance_sheet.Query(**BOTH, rows=RowFilter(none_zero=True)))
    forms = outline(balance_sheet.plain_json(sheet, NUMBERS))
    assert "  FIXED_ASSET  Fixed Asset | $0.00" in forms
    assert forms[forms.index("    20  Parent FA | ∅") + 1] == "      21  Child FA | 30.00"


def test_profit_and_loss_of_the_worked_example():
    sheet = profit_loss.build(acme_books(), profit_loss.Query(**BOTH))
    assert outline(profit_loss.plain_json(sheet, NUMBERS)) == [
        "INCOME  Income | $1,000.00",
        "  10  Sales | 1,000.00",
        "COST_OF_SALES  Cost of sales | $600.00",
        "  11  Cost of Goods Sold | 600.00",
        "GROSS_PROFIT  GROSS PROFIT | $400.00",
        "EXPENSES  Expenses | $300.00",
        "  12  Rent | 300.00",
        "    15  Office Rent | 300.00",
        "NET_OPERATING_INCOME  NET OPERATING INCOME | $100.00",
        "OTHER_INCOME  Other income | $20.00",
        "  13  Interest Income | 20.00",
        "OTHER_EXPENSES  Other expenses | $5.00",
        "  14  FX Loss | 5.00",
        "NET_INCOME  NET INCOME | $115.00",
    ]


def test_profit_and_loss_without_zero_rows_keeps_equations_and_fixed_sections():
    march = {"from_date": date(2023, 3, 1), "to_date": TO}
    for rows in (RowFilter(none_zero=True), RowFilter(none_transactions=True)):
        sheet = profit_loss.build(acme_books(), profit_loss.Query(**march, rows=rows))
        assert [node.id for node in sheet.nodes] == [
            "INCOME", "GROSS_PROFIT", "EXPENSES", "NET_OPERATING_INCOME", "OTHER_INCOME", "OTHER_EXPENSES", "NET_INCOME",
        ]  # fmt: skip
        assert figure(sheet, "NET_INCOME") == 15_0000


def test_none_zero_and_none_transactions_differ():
    postings = [make_posting(1, "2023-01-05", (1, 50), (10, -50)), make_posting(2, "2023-01-06", (1, -50), (10, 50))]
    moved = profit_loss.build(acme_books(postings), profit_loss.Query(**BOTH, rows=RowFilter(none_transactions=True)))
    nonzero = profit_loss.build(acme_books(postings), profit_loss.Query(**BOTH, rows=RowFilter(none_zero=True)))
    assert 10 in {node.id for node in flat(moved.nodes)}
    assert 10 not in {node.id for node in flat(nonzero.nodes)}


def trial_outline(lines: tuple[TrialLine, ...], depth=0):
    for line in lines:
        sums = line.sums
        debit, credit, balance = (NUMBERS.row(value) or "∅" for value in (sums.debit, sums.credit, sums.movement))
        yield f"{'  ' * depth}{line.account.id} | {debit} | {credit} | {balance}"
        yield from trial_outline(line.children, depth + 1)


def test_trial_balance_of_the_worked_example():
    sheet = trial_balance.build(acme_books(), trial_balance.Query(**BOTH))
    assert list(trial_outline(sheet.lines)) == [
        "1 | 15,620.00 | 3,105.00 | 12,515.00",
        "3 | 1,100.00 | 600.00 | 500.00",
        "4 | 2,000.00 | 600.00 | 1,400.00",
        "5 | 1,500.00 | ∅ | 1,500.00",
        "6 | 800.00 | 2,000.00 | -1,200.00",
        "7 | ∅ | 100.00 | -100.00",
        "8 | ∅ | 5,000.00 | -5,000.00",
        "9 | ∅ | 10,000.00 | -10,000.00",
        "10 | ∅ | 1,000.00 | -1,000.00",
        "11 | 600.00 | ∅ | 600.00",
        "12 | 800.00 | ∅ | 800.00",
        "  15 | 300.00 | ∅ | 300.00",
        "13 | ∅ | 20.00 | -20.00",
        "14 | 5.00 | ∅ | 5.00",
    ]
    assert [NUMBERS.total(value) for value in (sheet.total.debit, sheet.total.credit, sheet.total.movement)] == [
        "$22,425.00", "$22,425.00", "$0.00",
    ]  # fmt: skip


def test_trial_balance_keeps_the_parent_of_a_kept_account():
    postings = [change for change in acme_postings() if change.added[0]["reference_id"] != 2]
    sheet = trial_balance.build(acme_books(postings), trial_balance.Query(**BOTH))
    assert "12 | 300.00 | ∅ | 300.00" in list(trial_outline(sheet.lines))


def test_trial_balance_of_chosen_accounts():
    asked = trial_balance.Query(**BOTH, accounts=frozenset({15, 1}))
    assert [line.split(" ", 1)[0] for line in trial_outline(trial_balance.build(acme_books(), asked).lines)] == ["1", "12", ""]


def test_branches_choose_their_lines_only():
    postings = [
        make_posting(1, "2023-01-05", (1, 50), (9, -50), branch_id=1),
        make_posting(2, "2023-01-06", (1, 7), (9, -7), branch_id=2),
        make_posting(3, "2023-01-07", (1, 1), (9, -1)),
    ]
    for branches, total in ((None, 58), (frozenset({1}), 50), (frozenset({1, 2}), 57), (frozenset({9}), 0)):
        sheet = trial_balance.build(acme_books(postings), trial_balance.Query(**BOTH, branches=branches))
        assert from_scaled(sheet.total.debit) == total


# ---- any books

TYPES = list(ACCOUNT_TYPES)
DAYS = st.integers(0, 1200).map(lambda days: date(2021, 3, 1) + timedelta(days=days))


@st.composite
def any_books(draw):
    accounts = {}
    for number in range(1, draw(st.integers(2, 14)) + 1):
        parent = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        kind = accounts[parent].account_type if parent else draw(st.sampled_from(TYPES))
        accounts[number] = make_account(number, f"Account {number}", kind, parent=parent)
    ids = st.sampled_from(sorted(accounts))
    postings = []
    for reference in range(draw(st.integers(0, 25))):
        lines = draw(st.lists(st.tuples(ids, st.integers(-(10**9), 10**9)), min_size=1, max_size=4))
        lines.append((draw(ids), -sum(amount for _, amount in lines)))
        postings.append(make_posting(reference, draw(DAYS), *lines, branch_id=draw(st.sampled_from([None, 1, 2]))))
    return Books(chart=Chart(accounts), ledger=make_ledger(postings).view())


@given(books=any_books(), day=DAYS, month=st.integers(1, 12), none_zero=st.booleans(), none_transactions=st.booleans())
def test_assets_equal_liabilities_and_equity_at_any_day(books, day, month, none_zero, none_transactions):
    rows = RowFilter(none_zero=none_zero, none_transactions=none_transactions)
    sheet = balance_sheet.build(books, balance_sheet.Query(from_date=day, to_date=day, fiscal_month=month, rows=rows))
    if sheet.nodes:
        assets, claims = sheet.nodes
        assert assets.figures == claims.figures
        assert any(isinstance(node, Node) and node.id == "NET_INCOME" for node in flat(sheet.nodes))
    else:
        assert not books.ledger.sums(since=None, until=day)


@given(books=any_books(), day=DAYS)
def test_trial_balance_balances_at_any_day(books, day):
    sheet = trial_balance.build(books, trial_balance.Query(from_date=day, to_date=day, none_transactions=False))
    assert sheet.total.debit == sheet.total.credit
    assert len(list(trial_outline(sheet.lines))) == len(books.chart.accounts)


@given(books=any_books(), first=DAYS, second=DAYS, month=st.integers(1, 12))
def test_profit_of_the_fiscal_year_is_the_balance_sheets_net_income(books, first, second, month):
    day = max(first, second)
    start = fiscal_year_start(day, month)
    sheet = balance_sheet.build(books, balance_sheet.Query(from_date=day, to_date=day, fiscal_month=month))
    earned = profit_loss.build(books, profit_loss.Query(from_date=start, to_date=day))
    profit = figure(earned, "NET_INCOME") if earned.nodes else 0
    assert profit == (figure(sheet, "NET_INCOME") if sheet.nodes else 0)
