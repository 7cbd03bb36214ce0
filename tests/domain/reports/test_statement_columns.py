"""Period columns, comparisons and percentages: the worked examples of reports-tables.md C, D and S, and what holds for any books."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.errors import DomainError
from domain.reports.cells import CellRules
from domain.reports.layout import Compare, lay_out
from domain.reports.number_format import NumberFormat, Style, percent_text
from domain.reports.periods import PERIODS_MAX, Range, Unit, label, periods
from domain.reports.sheet import Books, RowFilter
from domain.reports.sheets import balance_sheet, profit_loss
from domain.reports.sheets.balance_sheet import percentages_of as balance_percentages
from tests.domain.reports.factories import ACME, acme_books, acme_postings, make_ledger
from tests.domain.reports.test_statements import BOTH, DAYS, any_books, flat

NUMBERS = NumberFormat(currency="USD", precision=2)
BOTH_CHANGES = Compare(previous_period=True, previous_period_change=True, previous_period_percentage=True)
ALL = Compare(*(True,) * 6)


def days(first: str, last: str) -> Range:
    return Range(date.fromisoformat(first), date.fromisoformat(last))


def spelt(ranges) -> list[str]:
    return [f"{item.first}..{item.last}" for item in ranges]


def find(forms, id_):
    for form in forms:
        if form["id"] == id_:
            return form
        found = find(form.get("children", []), id_)
        if found:
            return found
    return None


def texts(form, *keys: str) -> list[str]:
    return [form[key]["formatted_amount"] for key in keys]


def across(forms, id_, key: str = "total") -> list[str]:
    return [total[key]["formatted_amount"] for total in find(forms, id_)["horizontal_totals"]]


def balance(books=None, wanted=(), **options):
    sheet = balance_sheet.build(books or acme_books(), balance_sheet.Query(**BOTH | options))
    return balance_sheet.plain_json(sheet, NUMBERS, wanted)


def profit(books=None, wanted=(), **options):
    sheet = profit_loss.build(books or acme_books(), profit_loss.Query(**BOTH | options))
    return profit_loss.plain_json(sheet, NUMBERS, wanted)


# ---- periods (reports.md section 7, reports-tables.md section S)


@pytest.mark.parametrize(
    ("first", "last", "unit", "month", "expected", "labels"),
    [
        ("2023-01-15", "2023-03-10", "month", 1,
         ["2023-01-01..2023-01-31", "2023-02-01..2023-02-28", "2023-03-01..2023-03-31"], ["2023-01", "2023-02", "2023-03"]),
        ("2023-01-15", "2023-08-10", "quarter", 1,
         ["2023-01-01..2023-03-31", "2023-04-01..2023-06-30", "2023-07-01..2023-09-30"], ["2023-03", "2023-06", "2023-09"]),
        ("2022-11-01", "2024-02-01", "year", 1,
         ["2022-01-01..2022-12-31", "2023-01-01..2023-12-31", "2024-01-01..2024-12-31"], ["2022", "2023", "2024"]),
        ("2023-01-30", "2023-02-02", "day", 1,
         ["2023-01-30..2023-01-30", "2023-01-31..2023-01-31", "2023-02-01..2023-02-01", "2023-02-02..2023-02-02"],
         ["2023-01-30", "2023-01-31", "2023-02-01", "2023-02-02"]),
        ("2023-01-01", "2023-01-10", "week", 1,
         ["2022-12-26..2023-01-01", "2023-01-02..2023-01-08", "2023-01-09..2023-01-15"], ["2023-01-01", "2023-01-08", "2023-01-15"]),
        ("2023-01-15", "2023-06-10", "quarter", 5,
         ["2022-11-01..2023-01-31", "2023-02-01..2023-04-30", "2023-05-01..2023-07-31"], ["2023-01", "2023-04", "2023-07"]),
        ("2023-01-15", "2023-06-10", "year", 4, ["2022-04-01..2023-03-31", "2023-04-01..2024-03-31"], ["2023", "2024"]),
        ("2023-03-10", "2023-01-01", "month", 1, [], []),
    ],
)  # fmt: skip
def test_periods(first, last, *, unit, month, expected, labels):
    found = periods(days(first, last), Unit(unit), month)
    assert spelt(found) == expected
    assert [label(period, Unit(unit)) for period in found] == labels


def test_absurd_numbers_of_columns_are_refused_with_the_limit():
    assert len(periods(days("2024-01-01", "2024-12-31"), Unit.DAY)) == PERIODS_MAX
    with pytest.raises(DomainError) as refusal:
        periods(days("1924-01-01", "2023-12-31"), Unit.DAY)
    assert (refusal.value.code.type, refusal.value.status, refusal.value.payload) == (
        "REPORT_TOO_MANY_PERIODS",
        400,
        {"limit": 366},
    )


def test_what_stands_beside_each_amount_counts_against_the_limit():
    assert [compare.periods_max for compare in (Compare(), Compare(previous_year=True), ALL)] == [366, 366, 142]
    with pytest.raises(DomainError) as refusal:
        lay_out(days("2023-01-01", "2023-05-23"), unit=Unit.DAY, compare=ALL)
    assert refusal.value.payload == {"limit": 142}
    assert len(lay_out(days("2023-01-01", "2023-05-22"), unit=Unit.DAY, compare=ALL).periods) == 142


@pytest.mark.parametrize(
    ("first", "last", "before", "year"),
    [
        ("2023-01-01", "2023-03-31", "2022-10-03..2022-12-31", "2022-01-01..2022-03-31"),
        ("2024-02-01", "2024-02-29", "2024-01-03..2024-01-31", "2023-02-01..2023-02-28"),
        ("2023-03-31", "2023-03-31", "2023-03-30..2023-03-30", "2022-03-31..2022-03-31"),
    ],
)
def test_comparisons_of_the_total(first, last, before, year):
    total = lay_out(days(first, last), compare=ALL).total
    assert spelt([total.previous_period.shown, total.previous_year.shown]) == [before, year]


@pytest.mark.parametrize(
    ("first", "last", "unit", "counted", "shown", "year"),
    [
        ("2023-02-01", "2023-03-31", "month", ["2023-01-01..2023-01-31", "2023-02-01..2023-02-28"], ["2023-01-31", "2023-02-28"],
         ["2022-02-01..2022-02-28", "2022-03-01..2022-03-31"]),
        ("2023-02-10", "2023-03-15", "month", ["2023-01-10..2023-01-31", "2023-02-01..2023-02-15"], ["2023-01-31", "2023-02-28"],
         ["2022-02-10..2022-02-28", "2022-03-01..2022-03-15"]),
        ("2023-04-01", "2023-06-30", "quarter", ["2023-01-01..2023-03-31"], ["2023-03-31"], ["2022-04-01..2022-06-30"]),
        ("2022-01-01", "2023-12-31", "year", ["2021-01-01..2021-12-31", "2022-01-01..2022-12-31"], ["2021-12-31", "2022-12-31"],
         ["2021-01-01..2021-12-31", "2022-01-01..2022-12-31"]),
        ("2023-03-01", "2023-03-02", "day", ["2023-02-28..2023-02-28", "2023-03-01..2023-03-01"], ["2023-02-28", "2023-03-01"],
         ["2022-03-01..2022-03-01", "2022-03-02..2022-03-02"]),
        ("2023-01-02", "2023-01-08", "week", ["2022-12-26..2023-01-01"], ["2023-01-01"], ["2022-01-03..2022-01-09"]),
        ("2023-02-28", "2023-02-28", "month", ["2023-01-28..2023-01-31"], ["2023-01-31"], ["2022-02-28..2022-02-28"]),
    ],
)  # fmt: skip
def test_comparisons_of_periods(first, last, *, unit, counted, shown, year):
    layout = lay_out(days(first, last), unit=Unit(unit), compare=ALL)
    assert spelt(layout.ranges[column.previous_period.figure] for column in layout.periods) == counted
    assert [column.previous_period.shown.last.isoformat() for column in layout.periods] == shown
    assert spelt(layout.ranges[column.previous_year.figure] for column in layout.periods) == year


# ---- the balance sheet


def test_balance_sheet_by_month():
    forms = balance(unit=Unit.MONTH)
    assert across(forms, "ASSETS") == across(forms, "LIABILITY_EQUITY") == ["$12,000.00", "$16,700.00", "$15,915.00"]
    assert across(forms, "CURRENT_ASSETS") == ["$12,000.00", "$15,200.00", "$14,415.00"]
    assert across(forms, 1) == ["$9,500.00", "$13,300.00", "$12,515.00"]
    assert across(forms, 3) == ["$1,100.00", "$500.00", "$500.00"]
    assert across(forms, 4) == ["$1,400.00", "$1,400.00", "$1,400.00"]
    assert across(forms, "FIXED_ASSET") == ["", "$1,500.00", "$1,500.00"]
    assert across(forms, "LIABILITY") == ["$2,100.00", "$7,100.00", "$6,300.00"]
    assert across(forms, "EQUITY") == ["$9,900.00", "$9,600.00", "$9,615.00"]
    # The reference's net income of -100, -400 and -385 is in two lines (DECISIONS 14).
    assert across(forms, "RETAINED_EARNINGS") == ["-$500.00"] * 3
    assert across(forms, "NET_INCOME") == ["$400.00", "$100.00", "$115.00"]
    assert find(forms, 1)["total"]["formatted_amount"] == "12,515.00"
    first = find(forms, 1)["horizontal_totals"][0]
    assert first["from_date"] == {"formatted_date": "2023-01-01", "date": "2023-01-01T00:00:00.000Z"}
    assert first["to_date"]["formatted_date"] == "2023-01-31"


def test_postings_of_the_first_day_count_once():
    forms = balance(from_date=date(2023, 1, 5), to_date=date(2023, 2, 10), unit=Unit.MONTH)
    assert across(forms, 4) == ["$1,400.00", "$1,400.00"]


def test_balance_sheet_against_the_previous_period():
    forms = balance(compare=BOTH_CHANGES)
    keys = ("total", "previous_period", "previous_period_change", "previous_period_percentage")
    expected = {
        "ASSETS": ["$15,915.00", "$9,500.00", "$6,415.00", "67.53%"],
        "CURRENT_ASSETS": ["$14,415.00", "$9,500.00", "$4,915.00", "51.74%"],
        1: ["12,515.00", "9,500.00", "3,015.00", "31.74%"],
        3: ["500.00", "", "500.00", ""],
        "FIXED_ASSET": ["$1,500.00", "$0.00", "$1,500.00", "0.00%"],
        9: ["10,000.00", "10,000.00", "", ""],
        "EQUITY": ["$9,615.00", "$9,500.00", "$115.00", "1.21%"],
        "LIABILITY_EQUITY": ["$15,915.00", "$9,500.00", "$6,415.00", "67.53%"],
    }
    assert {id_: texts(find(forms, id_), *keys) for id_ in expected} == expected
    # 2022 is a fiscal year of its own: its loss of 500 was net income then and is retained now.
    assert texts(find(forms, "NET_INCOME"), *keys) == ["$115.00", "-500.00", "615.00", "-123.00%"]
    assert texts(find(forms, "RETAINED_EARNINGS"), *keys) == ["-$500.00", "", "-500.00", ""]
    assert "previous_year" not in find(forms, "ASSETS")


def test_percentages_of_the_balance_sheet():
    forms = balance(wanted={"percentage_of_column", "percentage_of_row"})
    expected = {
        "ASSETS": "100.00%", "CURRENT_ASSETS": "90.57%", "CASH_EQUIVALENTS": "78.64%", "FIXED_ASSET": "9.43%",
        "LIABILITY": "39.59%", "EQUITY": "60.41%", 9: "62.83%", "NON_CURRENT_ASSET": "",
    }  # fmt: skip
    assert {id_: find(forms, id_)["percentage_column"]["formatted_amount"] for id_ in expected} == expected
    assert find(forms, "ASSETS")["percentage_row"] == {"amount": 1, "formatted_amount": "100.00%"}
    by_month = balance(to_date=date(2023, 2, 28), unit=Unit.MONTH, wanted={"percentage_of_column", "percentage_of_row"})
    january = find(by_month, "ASSETS")["horizontal_totals"][0]
    assert texts(january, "percentage_column", "percentage_row") == ["100.00%", "71.86%"]


# ---- profit and loss


def test_profit_and_loss_by_month_rolls_sub_accounts_up():
    forms = profit(unit=Unit.MONTH)
    expected = {
        "INCOME": ["$1,000.00", "", ""],
        "COST_OF_SALES": ["$600.00", "", ""],
        "GROSS_PROFIT": ["$400.00", "", ""],
        "EXPENSES": ["", "$300.00", ""],
        12: ["", "$300.00", ""],
        15: ["", "$300.00", ""],
        "NET_OPERATING_INCOME": ["$400.00", "-$300.00", ""],
        "OTHER_INCOME": ["", "", "$20.00"],
        "OTHER_EXPENSES": ["", "", "$5.00"],
        "NET_INCOME": ["$400.00", "-$300.00", "$15.00"],
    }
    assert {id_: across(forms, id_) for id_ in expected} == expected


def test_percentages_of_profit_and_loss():
    keys = ("percentage_income", "percentage_expense", "percentage_column", "percentage_row")
    forms = profit(wanted=set(keys))
    expected = {
        "INCOME": ["100.00%", "333.33%", "869.57%", "100.00%"],
        "COST_OF_SALES": ["60.00%", "200.00%", "521.74%", "100.00%"],
        "GROSS_PROFIT": ["40.00%", "133.33%", "347.83%", "100.00%"],
        "EXPENSES": ["30.00%", "100.00%", "260.87%", "100.00%"],
        "NET_OPERATING_INCOME": ["10.00%", "33.33%", "86.96%", "100.00%"],
        14: ["0.50%", "1.67%", "4.35%", "100.00%"],
        "NET_INCOME": ["11.50%", "38.33%", "100.00%", "100.00%"],
    }
    assert {id_: texts(find(forms, id_), *keys) for id_ in expected} == expected


def test_profit_and_loss_against_the_previous_period():
    forms = profit(compare=BOTH_CHANGES)
    keys = ("total", "previous_period", "previous_period_change", "previous_period_percentage")
    expected = {
        "EXPENSES": ["$300.00", "$500.00", "-$200.00", "-40.00%"],
        12: ["300.00", "500.00", "-200.00", "-40.00%"],
        15: ["300.00", "", "300.00", ""],
        "INCOME": ["$1,000.00", "$0.00", "$1,000.00", "0.00%"],
        "NET_INCOME": ["$115.00", "-$500.00", "$615.00", "-123.00%"],
    }
    assert {id_: texts(find(forms, id_), *keys) for id_ in expected} == expected


def test_profit_and_loss_by_month_against_the_previous_period():
    forms = profit(from_date=date(2023, 2, 1), unit=Unit.MONTH, compare=BOTH_CHANGES)
    keys = ("total", "previous_period", "previous_period_change", "previous_period_percentage")
    expected = {
        "INCOME": [["", "$1,000.00", "-$1,000.00", "-100.00%"], ["", "$0.00", "$0.00", "0.00%"]],
        "EXPENSES": [["$300.00", "$0.00", "$300.00", "0.00%"], ["", "$300.00", "-$300.00", "-100.00%"]],
        15: [["$300.00", "", "300.00", ""], ["", "300.00", "-300.00", "-100.00%"]],
        "NET_INCOME": [["-$300.00", "$400.00", "-$700.00", "-175.00%"], ["$15.00", "-$300.00", "$315.00", "-105.00%"]],
    }
    assert {id_: [texts(total, *keys) for total in find(forms, id_)["horizontal_totals"]] for id_ in expected} == expected
    march = find(forms, "INCOME")["horizontal_totals"][1]
    assert (march["previous_period_from_date"]["formatted_date"], march["previous_period_to_date"]["formatted_date"]) == (
        "2023-02-01", "2023-02-28",
    )  # fmt: skip


def test_percent_texts_and_period_style():
    assert [percent_text(value, zero=False) for value in map(Decimal, ("0.125", "-0.4", "2.5", "0"))] == [
        "12.50%",
        "-40.00%",
        "250.00%",
        "",
    ]
    assert percent_text(Decimal(0), zero=True) == "0.00%"
    hidden = [NumberFormat(currency="USD", precision=2, money=money).text(-45_5000, Style.PERIOD) for money in ("none", "total")]
    assert hidden == ["-$45.50"] * 2
    small = NumberFormat(currency="USD", precision=1, divide_on_1000=True, show_zero=True, money="always", parentheses=True)
    assert [small.row(1_234_567_8910), small.row(-45_5000), small.total(0), small.text(0, Style.PERIOD)] == [
        "$1,234.6", "$0.0", "$0.0", "$0.0",  # never a negative zero (DECISIONS 19)
    ]  # fmt: skip


def test_headings_of_comparisons_and_percentages():
    sheet = balance_sheet.build(acme_books(), balance_sheet.Query(**BOTH, compare=ALL))
    percentages = balance_percentages(sheet.nodes[0], {"percentage_of_row", "percentage_of_column"})
    rules = CellRules(sheet.layout, NUMBERS)
    assert rules.headings(sheet.layout.total, percentages) == (
        ("total", "Total"), ("percentage_of_column", "% of Column"), ("percentage_of_row", "% of Row"),
        ("previous_year", "2022-03-31 (PY)"), ("previous_year_change", "Change (PY)"), ("previous_year_percentage", "% Change (PY)"),
        ("previous_period", "2022-12-31 (PP)"), ("previous_period_change", "Change (PP)"), ("previous_period_percentage", "% Change (PP)"),
    )  # fmt: skip
    assert len(rules.cells(sheet.nodes[0], sheet.layout.total, percentages)) == 9
    by_month = lay_out(days("2023-02-01", "2023-03-31"), unit=Unit.MONTH, compare=BOTH_CHANGES)
    january, february = (CellRules(by_month, NUMBERS).headings(column, ())[1] for column in by_month.periods)
    assert (january, february) == (("previous_period", "2023-01-31 (PP)"), ("previous_period", "2023-02-28 (PP)"))
    assert [column.key for column in by_month.shown] == ["date-range-0", "date-range-1"]


# ---- any books

UNITS = st.sampled_from(Unit)


@st.composite
def spans(draw, most_days: int = 140):
    first = draw(DAYS)
    return first, first + timedelta(days=draw(st.integers(0, most_days)))


@given(
    books=any_books(),
    span=spans(),
    unit=UNITS,
    month=st.integers(1, 12),
    rows=st.sampled_from([RowFilter(), RowFilter(none_zero=True)]),
)
def test_assets_equal_liabilities_and_equity_in_every_column(books, span, unit, month, rows):
    sheet = balance_sheet.build(
        books, balance_sheet.Query(from_date=span[0], to_date=span[1], fiscal_month=month, unit=unit, compare=ALL, rows=rows)
    )
    if sheet.nodes:
        assets, claims = sheet.nodes
        assert assets.figures == claims.figures
        assert len(assets.figures) == 3 + 3 * len(sheet.layout.periods)


@given(books=any_books(), span=spans(), unit=UNITS, month=st.integers(1, 12))
def test_period_columns_sum_to_the_total(books, span, unit, month):
    sheet = profit_loss.build(books, profit_loss.Query(from_date=span[0], to_date=span[1], fiscal_month=month, unit=unit))
    for node in flat(sheet.nodes):
        assert sum(node.figures[column.figure] for column in sheet.layout.periods) == node.figures[0]


@given(books=any_books(), span=spans(), unit=UNITS, month=st.integers(1, 12))
def test_a_column_is_the_sheet_of_its_days(books, span, unit, month):
    asked = {"from_date": span[0], "to_date": span[1], "fiscal_month": month}
    whole = profit_loss.build(books, profit_loss.Query(**asked, unit=unit, compare=ALL))
    balances = balance_sheet.build(books, balance_sheet.Query(**asked, unit=unit, compare=ALL))
    columns = [column for column in whole.layout.periods[:3] if whole.nodes]
    for figure in [column.figure for column in columns] + [column.previous_year.figure for column in columns]:
        counted = whole.layout.ranges[figure]
        alone = profit_loss.build(books, profit_loss.Query(from_date=counted.first, to_date=counted.last))
        amounts = {node.id: node.figures[0] for node in flat(alone.nodes)}
        assert all(node.figures[figure] == amounts.get(node.id, 0) for node in flat(whole.nodes))
        there = balance_sheet.build(books, balance_sheet.Query(from_date=counted.first, to_date=counted.last, fiscal_month=month))
        amounts = {node.id: node.figures[0] for node in flat(there.nodes)}
        assert all(node.figures[figure] == amounts.get(node.id, 0) for node in flat(balances.nodes))


@given(
    books=any_books(),
    spans_=st.lists(spans(), min_size=1, max_size=5),
    branches=st.sampled_from([None, frozenset({1}), frozenset({1, 2})]),
)
def test_the_grid_is_what_single_questions_answer(books, spans_, branches):
    grid = books.ledger.grid(spans_, branches)
    for place, (first, last) in enumerate(spans_):
        alone = books.ledger.sums(since=first, until=last, branches=branches)
        assert {account: sums for account in books.chart.accounts if any(sums := grid.sums(account)[place])} == alone


def test_the_grid_sees_lines_posted_since_the_ledger_was_loaded():
    ledger = make_ledger(acme_postings()[:6])
    ledger.view()
    for change in acme_postings()[6:]:
        ledger.follow([change])
    forms = balance(Books(chart=ACME, ledger=ledger.view()), unit=Unit.MONTH)
    assert across(forms, "ASSETS") == ["$12,000.00", "$16,700.00", "$15,915.00"]
