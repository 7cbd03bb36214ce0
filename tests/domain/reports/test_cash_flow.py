"""The statement of cash flow: the worked examples of reports-tables.md section H, and what holds for any books."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.reports.number_format import NumberFormat
from domain.reports.periods import Unit
from domain.reports.sheet import RowFilter
from domain.reports.sheets import cash_flow
from domain.reports.sheets.cash_flow import CASH_TYPES
from tests.domain.reports.factories import acme_books
from tests.domain.reports.test_statement_columns import UNITS, find, spans
from tests.domain.reports.test_statements import BOTH, any_books, flat

NUMBERS = NumberFormat(currency="USD", precision=2)


def forms_of(**options):
    return cash_flow.plain_json(cash_flow.build(acme_books(), cash_flow.Query(**BOTH | options)), NUMBERS)


def outline(forms, depth=0):
    for form in forms:
        text = form["total"]["formatted_amount"] or "∅"
        yield f"{'  ' * depth}{form['section_type']} {form['id']}  {form['label']} | {text}"
        yield from outline(form.get("children", []), depth + 1)
        if form.get("footer_label"):
            yield f"{'  ' * depth}  {form['footer_label']}"


def test_cash_flow_of_the_worked_example():
    assert list(outline(forms_of())) == [
        "AGGREGATE OPERATING  OPERATING ACTIVITIES | -$485.00",
        "  NET_INCOME NET_INCOME  Net income | 115.00",
        "  ACCOUNTS OPERATING_ACCOUNTS  Adjustments net income by operating activities. | -$600.00",
        "    ACCOUNT 3  Accounts Receivable | -500.00",
        "    ACCOUNT 4  Inventory Asset | -1,400.00",
        "    ACCOUNT 6  Accounts Payable | 1,200.00",
        "    ACCOUNT 7  Sales Tax Payable | 100.00",
        "  Net cash provided by operating activities",
        "ACCOUNTS INVESTMENT  INVESTMENT ACTIVITIES | -$1,500.00",
        "  ACCOUNT 5  Equipment | -1,500.00",
        "  Net cash provided by investing activities",
        "ACCOUNTS FINANCIAL  FINANCIAL ACTIVITIES | $5,000.00",
        "  ACCOUNT 8  Bank Loan | 5,000.00",
        "  ACCOUNT 9  Owner Equity | ∅",
        "  Net cash provided by financing activities",
        "CASH_AT_BEGINNING CASH_BEGINNING_PERIOD  Cash at beginning of period | $9,500.00",
        "  ACCOUNT 1  Bank Account | 9,500.00",
        "TOTAL NET_CASH_INCREASE  NET CASH INCREASE FOR PERIOD | $3,015.00",
        "TOTAL CASH_END_PERIOD  CASH AT END OF PERIOD | $12,515.00",
    ]


def test_cash_flow_by_month():
    forms = forms_of(unit=Unit.MONTH)
    expected = {
        "OPERATING": ["", "$300.00", "-$785.00", "-$485.00"],
        "NET_INCOME": ["400.00", "-300.00", "15.00", "115.00"],
        "OPERATING_ACCOUNTS": ["-$400.00", "$600.00", "-$800.00", "-$600.00"],
        3: ["-1,100.00", "600.00", "", "-500.00"],
        4: ["-1,400.00", "", "", "-1,400.00"],
        6: ["2,000.00", "", "-800.00", "1,200.00"],
        7: ["100.00", "", "", "100.00"],
        "INVESTMENT": ["", "-$1,500.00", "", "-$1,500.00"],
        "FINANCIAL": ["", "$5,000.00", "", "$5,000.00"],
        "CASH_BEGINNING_PERIOD": ["$9,500.00", "$9,500.00", "$13,300.00", "$9,500.00"],
        1: ["$9,500.00", "$9,500.00", "$13,300.00", "9,500.00"],
        "NET_CASH_INCREASE": ["", "$3,800.00", "-$785.00", "$3,015.00"],
        "CASH_END_PERIOD": ["$9,500.00", "$13,300.00", "$12,515.00", "$12,515.00"],
    }
    found = {id_: find(forms, id_) for id_ in expected}
    shown = {id_: [part["total"]["formatted_amount"] for part in (*form["periods"], form)] for id_, form in found.items()}
    assert shown == expected
    assert found[3]["periods"][0]["to_date"]["formatted_date"] == "2023-01-31"


def test_an_account_line_says_how_it_changes_cash():
    forms = forms_of()
    assert find(forms, 3) == {
        "id": 3, "code": "10007", "label": "Accounts Receivable", "account_type": "accounts-receivable",
        "adjustment_type": "mines", "section_type": "ACCOUNT",
        "total": {"amount": -500, "formatted_amount": "-500.00", "currency_code": "USD"},
    }  # fmt: skip
    assert find(forms, 6)["adjustment_type"] == "plus"


def test_filters_hide_lines_and_empty_sections_but_no_amount():
    forms = forms_of(rows=RowFilter(none_transactions=True))
    assert find(forms, 9) is None
    march = forms_of(from_date=date(2023, 3, 1), rows=RowFilter(none_zero=True))
    assert find(march, "INVESTMENT") is find(march, "FINANCIAL") is None
    assert find(march, "CASH_END_PERIOD")["total"]["amount"] == 12515
    early = forms_of(to_date=date(2022, 11, 1), from_date=date(2022, 11, 1), rows=RowFilter(none_zero=True))
    assert [form["id"] for form in early] == ["OPERATING", "CASH_BEGINNING_PERIOD", "NET_CASH_INCREASE", "CASH_END_PERIOD"]


@given(
    books=any_books(),
    span=spans(),
    unit=st.none() | UNITS,
    month=st.integers(1, 12),
    branches=st.none(),
    rows=st.sampled_from([RowFilter(), RowFilter(none_zero=True), RowFilter(none_transactions=True)]),
)
def test_cash_at_the_end_is_the_balance_of_the_cash_accounts(books, span, rows, **options):
    sheet = cash_flow.build(
        books,
        cash_flow.Query(
            from_date=span[0], to_date=span[1], rows=rows, unit=options["unit"], fiscal_month=options["month"],
            branches=options["branches"],
        ),
    )  # fmt: skip
    cash = {account.id for account in books.chart if account.account_type in CASH_TYPES}
    nodes = {node.id: node.figures for node in flat(sheet.nodes) if node.account is None}
    for figure, window in enumerate(sheet.columns):
        at_end = books.ledger.sums(since=None, until=window.until)
        assert nodes["CASH_END_PERIOD"][figure] == sum(sums.movement for account, sums in at_end.items() if account in cash)
    if sheet.layout.periods is not None:
        for id_ in ("OPERATING", "NET_CASH_INCREASE", "NET_INCOME"):
            assert sum(nodes[id_][column.figure] for column in sheet.layout.periods) == nodes[id_][0]
