"""Table JSON against the worked examples of reports-tables.md, sections C to E and H."""

from domain.reports.layout import Compare
from domain.reports.number_format import NumberFormat
from domain.reports.periods import Unit
from domain.reports.rendering import table_json
from domain.reports.sheets import balance_sheet, cash_flow, profit_loss, trial_balance
from tests.domain.reports.rendering.factories import (
    outline,
    prepared_balance_sheet,
    prepared_cash_flow,
    prepared_profit_loss,
    prepared_trial_balance,
)

EVERY = Compare(*[True] * 6)


def rendered(adapter, statement):
    return table_json.render(adapter(statement))


def lines(adapter, statement):
    return outline(rendered(adapter, statement)["rows"])


def found(rows, id_):
    for row in rows:
        if row.get("id") == id_ and row["row_types"] != ("TOTAL",):
            return [cell["value"] for cell in row["cells"]][1:]
        below = found(row["children"], id_)
        if below:
            return below
    return None


def test_balance_sheet():
    statement = prepared_balance_sheet()
    assert rendered(balance_sheet.table, statement)["columns"] == [
        {"key": "name", "label": "Account name", "cell_index": 0},
        {"key": "total", "label": "Total", "children": [], "cell_index": 1},
    ]
    assert lines(balance_sheet.table, statement) == [
        "AGGREGATE #ASSETS  Assets | $15,915.00",
        "  AGGREGATE #CURRENT_ASSETS  Current Asset | $14,415.00",
        "    AGGREGATE #CASH_EQUIVALENTS  Cash and cash equivalents | $12,515.00",
        "      ACCOUNT #1  Bank Account | 12,515.00",
        "      TOTAL #CASH_EQUIVALENTS  Total Cash and cash equivalents | $12,515.00",
        "    AGGREGATE #ACCOUNTS_RECEIVABLE  Accounts Receivable | $500.00",
        "      ACCOUNT #3  Accounts Receivable | 500.00",
        "      TOTAL #ACCOUNTS_RECEIVABLE  Total Accounts Receivable | $500.00",
        "    AGGREGATE #INVENTORY  Inventory | $1,400.00",
        "      ACCOUNT #4  Inventory Asset | 1,400.00",
        "      TOTAL #INVENTORY  Total Inventory | $1,400.00",
        "    AGGREGATE #OTHER_CURRENT_ASSET  Other current assets | $0.00",
        "    TOTAL #CURRENT_ASSETS  Total Current Asset | $14,415.00",
        "  AGGREGATE #FIXED_ASSET  Fixed Asset | $1,500.00",
        "    ACCOUNT #5  Equipment | 1,500.00",
        "    TOTAL #FIXED_ASSET  Total Fixed Asset | $1,500.00",
        "  AGGREGATE #NON_CURRENT_ASSET  Non-Current Assets | $0.00",
        "  TOTAL #ASSETS  Total Assets | $15,915.00",
        "AGGREGATE #LIABILITY_EQUITY  Liabilities and Equity | $15,915.00",
        "  AGGREGATE #LIABILITY  Liabilities | $6,300.00",
        "    AGGREGATE #CURRENT_LIABILITY  Current Liabilties | $1,300.00",
        "      ACCOUNT #6  Accounts Payable | 1,200.00",
        "      ACCOUNT #7  Sales Tax Payable | 100.00",
        "      TOTAL #CURRENT_LIABILITY  Total Current Liabilties | $1,300.00",
        "    AGGREGATE #LOGN_TERM_LIABILITY  Long-Term Liabilities | $5,000.00",
        "      ACCOUNT #8  Bank Loan | 5,000.00",
        "      TOTAL #LOGN_TERM_LIABILITY  Total Long-Term Liabilities | $5,000.00",
        "    AGGREGATE #NON_CURRENT_LIABILITY  Non-Current Liabilities | $0.00",
        "    TOTAL #LIABILITY  Total Liabilities | $6,300.00",
        "  AGGREGATE #EQUITY  Equity | $9,615.00",
        "    ACCOUNT #9  Owner Equity | 10,000.00",
        "    RETAINED_EARNINGS #RETAINED_EARNINGS  Retained Earnings | -$500.00",  # Net Income in two (DECISIONS 14)
        "    NET_INCOME #NET_INCOME  Net Income | $115.00",
        "    TOTAL #EQUITY  Total Equity | $9,615.00",
        "  TOTAL #LIABILITY_EQUITY  Total Liabilities and Equity | $15,915.00",
    ]


def test_balance_sheet_with_comparisons():
    statement = prepared_balance_sheet(compare=EVERY)
    statement.percentages = frozenset({"percentage_of_row", "percentage_of_column"})
    form = rendered(balance_sheet.table, statement)
    assert form["columns"][1] == {
        "key": "total", "label": "Total", "children": [
            {"key": "total", "label": "Total", "cell_index": 1},
            {"key": "percentage_of_column", "label": "% of Column", "cell_index": 2},
            {"key": "percentage_of_row", "label": "% of Row", "cell_index": 3},
            {"key": "previous_year", "label": "2022-03-31 (PY)", "cell_index": 4},
            {"key": "previous_year_change", "label": "Change (PY)", "cell_index": 5},
            {"key": "previous_year_percentage", "label": "% Change (PY)", "cell_index": 6},
            {"key": "previous_period", "label": "2022-12-31 (PP)", "cell_index": 7},
            {"key": "previous_period_change", "label": "Change (PP)", "cell_index": 8},
            {"key": "previous_period_percentage", "label": "% Change (PP)", "cell_index": 9},
        ],
    }  # fmt: skip
    assets = form["rows"][0]
    assert [cell["key"] for cell in assets["cells"]][1:] == [child["key"] for child in form["columns"][1]["children"]]
    assert found(form["rows"], "ASSETS")[0:2] == ["$15,915.00", "100.00%"]
    assert found(form["rows"], "ASSETS")[6:] == ["$9,500.00", "$6,415.00", "67.53%"]
    assert found(form["rows"], 3)[6:] == ["", "500.00", ""]


def test_balance_sheet_by_month():
    form = rendered(balance_sheet.table, prepared_balance_sheet(unit=Unit.MONTH))
    assert [column["key"] for column in form["columns"]] == ["name", "date-range-0", "date-range-1", "date-range-2"]
    assert [column["label"] for column in form["columns"]][1:] == ["2023-01", "2023-02", "2023-03"]
    assert found(form["rows"], 1) == ["$9,500.00", "$13,300.00", "$12,515.00"]
    assert found(form["rows"], "FIXED_ASSET") == ["", "$1,500.00", "$1,500.00"]


def test_percentages_of_periods_carry_the_period_in_their_keys():
    statement = prepared_balance_sheet(unit=Unit.MONTH)
    statement.percentages = frozenset({"percentage_of_column"})
    keys = [cell["key"] for cell in rendered(balance_sheet.table, statement)["rows"][0]["cells"]]
    assert keys[:5] == ["name", "date-range-0", "percentage_of_column-0", "date-range-1", "percentage_of_column-1"]
    statement = prepared_profit_loss(unit=Unit.MONTH)
    statement.percentages = frozenset({"percentage_row", "percentage_income"})
    keys = [cell["key"] for cell in rendered(profit_loss.table, statement)["rows"][0]["cells"]]
    assert keys[:4] == ["name", "date-range-0", "percentage_income-0", "percentage_of_row-0"]


def test_nothing_posted_leaves_the_columns():
    for adapter, statement in (
        (balance_sheet.table, prepared_balance_sheet(to_date=prepared_from())),
        (trial_balance.table, prepared_trial_balance(to_date=prepared_from())),
    ):
        form = rendered(adapter, statement)
        assert form["rows"] == []
        assert len(form["columns"]) >= 2


def prepared_from():
    from datetime import date

    return date(2022, 11, 30)


def test_profit_and_loss():
    assert lines(profit_loss.table, prepared_profit_loss()) == [
        "ACCOUNTS #INCOME  Income | $1,000.00",
        "  ACCOUNT #10  Sales | 1,000.00",
        "  TOTAL #INCOME  Total Income | $1,000.00",
        "ACCOUNTS #COST_OF_SALES  Cost of sales | $600.00",
        "  ACCOUNT #11  Cost of Goods Sold | 600.00",
        "  TOTAL #COST_OF_SALES  Total Cost of sales | $600.00",
        "TOTAL #GROSS_PROFIT  GROSS PROFIT | $400.00",
        "ACCOUNTS #EXPENSES  Expenses | $300.00",
        "  ACCOUNT #12  Rent | 300.00",
        "    ACCOUNT #15  Office Rent | 300.00",
        "    TOTAL #12  Total Rent | 300.00",
        "  TOTAL #EXPENSES  Total Expenses | $300.00",
        "TOTAL #NET_OPERATING_INCOME  NET OPERATING INCOME | $100.00",
        "ACCOUNTS #OTHER_INCOME  Other income | $20.00",
        "  ACCOUNT #13  Interest Income | 20.00",
        "  TOTAL #OTHER_INCOME  Total Other income | $20.00",
        "ACCOUNTS #OTHER_EXPENSES  Other expenses | $5.00",
        "  ACCOUNT #14  FX Loss | 5.00",
        "  TOTAL #OTHER_EXPENSES  Total Other expenses | $5.00",
        "TOTAL #NET_INCOME  NET INCOME | $115.00",
    ]


def test_trial_balance():
    statement = prepared_trial_balance()
    form = rendered(trial_balance.table, statement)
    columns = [(column["key"], column["label"], column["cell_index"]) for column in form["columns"]]
    assert columns == [("account", "Account", 0), ("debit", "Debit", 1), ("credit", "Credit", 2), ("total", "Total", 3)]
    shown = lines(trial_balance.table, statement)
    assert shown[0] == "ACCOUNT #1  Bank Account - 10001 | 15,620.00 | 3,105.00 | 12,515.00"
    assert shown[3] == "ACCOUNT #5  Equipment - 10010 | 1,500.00 | ∅ | 1,500.00"
    assert "  ACCOUNT #15  Office Rent - 40009 | 300.00 | ∅ | 300.00" in shown
    assert shown[-1] == "TOTAL #total  ∅ | $22,425.00 | $22,425.00 | $0.00"
    assert len(shown) == 15


def test_cash_flow():
    form = rendered(cash_flow.table, prepared_cash_flow())
    assert form["columns"] == [{"key": "name", "label": "Account name"}, {"key": "total", "label": "Total"}]
    assert outline(form["rows"]) == [
        "AGGREGATE #OPERATING  OPERATING ACTIVITIES | -$485.00",
        "  NET_INCOME,TOTAL #NET_INCOME  Net income | 115.00",
        "  ACCOUNTS #OPERATING_ACCOUNTS  Adjustments net income by operating activities. | -$600.00",
        "    ACCOUNT #account-3  Accounts Receivable | -500.00",
        "    ACCOUNT #account-4  Inventory Asset | -1,400.00",
        "    ACCOUNT #account-6  Accounts Payable | 1,200.00",
        "    ACCOUNT #account-7  Sales Tax Payable | 100.00",
        "    TOTAL  Total Adjustments net income by operating activities. | -$600.00",
        "  TOTAL  Net cash provided by operating activities | -$485.00",
        "ACCOUNTS #INVESTMENT  INVESTMENT ACTIVITIES | -$1,500.00",
        "  ACCOUNT #account-5  Equipment | -1,500.00",
        "  TOTAL  Net cash provided by investing activities | -$1,500.00",
        "ACCOUNTS #FINANCIAL  FINANCIAL ACTIVITIES | $5,000.00",
        "  ACCOUNT #account-8  Bank Loan | 5,000.00",
        "  ACCOUNT #account-9  Owner Equity | ∅",
        "  TOTAL  Net cash provided by financing activities | $5,000.00",
        "AGGREGATE #CASH_BEGINNING_PERIOD  Cash at beginning of period | $9,500.00",
        "  ACCOUNT #account-1  Bank Account | 9,500.00",
        "  TOTAL  Total Cash at beginning of period | $9,500.00",
        "TOTAL #NET_CASH_INCREASE  NET CASH INCREASE FOR PERIOD | $3,015.00",
        "TOTAL #CASH_END_PERIOD  CASH AT END OF PERIOD | $12,515.00",
    ]
    by_month = rendered(cash_flow.table, prepared_cash_flow(unit=Unit.MONTH))
    assert [column["key"] for column in by_month["columns"]] == ["name", "date-range-0", "date-range-1", "date-range-2", "total"]
    assert found(by_month["rows"], "account-1") == ["$9,500.00", "$9,500.00", "$13,300.00", "9,500.00"]


def test_yen_have_no_cents():
    statement = prepared_trial_balance()
    statement.numbers = NumberFormat(currency="JPY", precision=0)
    assert lines(trial_balance.table, statement)[-1] == "TOTAL #total  ∅ | ¥22,425 | ¥22,425 | ¥0"
