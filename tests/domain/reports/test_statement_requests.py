"""Columns, cash flow, contact balances and aging over the wire."""

from datetime import date
from decimal import Decimal

import pytest

from domain.ledger.model import Journal, ReferenceType, line
from domain.ledger.service import post
from tests.domain.reports.test_report_endpoints import entry, find

NEW = (
    "/reports/cashflow-statement", "/reports/receivable-aging-summary", "/reports/payable-aging-summary",
    "/reports/customer-balance-summary", "/reports/vendor-balance-summary", "/reports/receivable_aging_summary",
)  # fmt: skip
WITH_COLUMNS = ("/reports/balance-sheet", "/reports/profit-loss-sheet", "/reports/cashflow-statement")


@pytest.fixture
def traded(books):
    entry(books, 1, "2023-11-02", ("bank-account", "owner-equity"), "1000")
    entry(books, 2, "2023-12-02", ("rent", "bank-account"), "120.50")
    entry(books, 3, "2024-02-29", ("bank-account", "sales-of-product-income"), "333.33")
    return books


def owe(books, number: int, day: str, amount: str, contact_id: int) -> None:
    def run(ctx):
        lines = tuple(
            line(
                account_id=books.account(slug), amount=value, currency="USD", rate=Decimal(1), base_currency="USD",
                contact_id=contact_id,
            )
            for slug, value in (("accounts-receivable", Decimal(amount)), ("owner-equity", -Decimal(amount)))
        )  # fmt: skip
        post(
            ctx,
            Journal(
                reference_type=ReferenceType.JOURNAL, reference_id=number, date=date.fromisoformat(day), base_currency="USD",
                lines=lines,
            ),
        )  # fmt: skip

    books.command(run)


def contact(books, kind: str, name: str, **fields) -> int:
    body = (
        {"display_name": name, "currency_code": "USD"} | ({"customer_type": "business"} if kind == "customers" else {}) | fields
    )
    return books.post(f"/{kind}", body).created["id"]


def test_balance_sheet_by_month_against_the_year_before(traded):
    query = (
        "from_date=2024-01-01&to_date=2024-03-31&display_columns_type=date_periods&display_columns_by=month&previous_year=true"
        "&previous_year_amount_change=1&previousYearPercentageChange=true&percentage_of_column=true"
    )
    answer = traded.get(f"/reports/balance-sheet?{query}").ok
    assets = find(answer["data"], "ASSETS")
    assert [total["total"]["formatted_amount"] for total in assets["horizontal_totals"]] == ["$879.50", "$1,212.83", "$1,212.83"]
    assert set(assets["horizontal_totals"][0]) == {
        "from_date", "to_date", "total", "percentage_column", "previous_year_from_date", "previous_year_to_date", "previous_year",
        "previous_year_change", "previous_year_percentage",
    }  # fmt: skip
    assert assets["previous_year_change"]["amount"] == Decimal("1212.83")
    echo = answer["query"]
    assert (echo["display_columns_by"], echo["previous_year"], echo["previous_period"]) == ("month", True, False)
    assert echo["previous_year_percentage_change"] is echo["percentage_of_column"] is True


def test_columns_follow_the_fiscal_year(make_books):
    books = make_books(fiscal_year="april")
    entry(books, 1, "2023-11-02", ("bank-account", "sales-of-product-income"), "1000")
    query = "from_date=2023-03-01&to_date=2024-03-31&display_columns_type=date_periods&display_columns_by=year"
    answer = books.get(f"/reports/profit-loss-sheet?{query}").ok
    totals = find(answer["data"], "NET_INCOME")["horizontal_totals"]
    assert [total["to_date"]["formatted_date"] for total in totals] == ["2023-03-31", "2024-03-31"]
    assert [total["total"]["amount"] for total in totals] == [0, 1000]


def test_cash_flow(traded):
    answer = traded.get("/reports/cashflow-statement?from_date=2023-12-01&to_date=2024-03-31&none_transactions=true").ok
    ends = [find(answer["data"], id_)["total"]["formatted_amount"] for id_ in ("CASH_BEGINNING_PERIOD", "CASH_END_PERIOD")]
    assert ends == ["$1,000.00", "$1,212.83"]
    assert answer["meta"]["sheet_name"] == "Statement of Cash Flow"
    assert answer["meta"]["formatted_date_range"] == "From 2023/12/01 | To 2024/03/31"
    assert answer["query"]["basis"] == "cash"


def test_customer_balances_and_aging(books):
    acme = contact(books, "customers", "Acme", opening_balance=200, opening_balance_at="2024-01-10")
    beta = contact(books, "customers", "Beta")
    owe(books, 1, "2024-05-20", "50.25", acme)
    owe(books, 2, "2024-05-25", "-80", acme)
    answer = books.get("/reports/customer-balance-summary?percentage_column=true").ok
    assert answer["data"] == {
        "customers": [
            {
                "id": acme, "customer_name": "Acme",
                "total": {"amount": Decimal("170.25"), "formatted_amount": "$170.25", "currency_code": "USD"},
                "percentage_of_column": {"amount": 1, "formatted_amount": "100.00%"},
            }
        ],
        "total": {
            "total": {"amount": Decimal("170.25"), "formatted_amount": "$170.25", "currency_code": "USD"},
            "percentage_of_column": {"amount": 1, "formatted_amount": "100.00%"},
        },
    }  # fmt: skip
    assert answer["query"]["as_date"] == "2024-06-01"
    assert answer["meta"]["sheet_name"] == "Customer Balance Summary"
    aged = books.get("/reports/receivable-aging-summary?as_date=2024-05-31&aging_periods=2").ok
    assert aged["columns"] == [
        {"from_period": "2024-05-31", "to_period": "2024-05-01", "before_days": 0, "to_days": 30},
        {"from_period": "2024-05-01", "to_period": None, "before_days": 31, "to_days": None},
    ]
    assert [row["customer_name"] for row in aged["data"]["customers"]] == ["Acme", "Beta"]
    first = aged["data"]["customers"][0]
    assert [part["total"]["formatted_amount"] for part in first["aging"]] == ["50.25", "120.00"]
    assert (first["total"]["formatted_amount"], aged["data"]["total"]["total"]["formatted_amount"]) == ("$170.25", "$170.25")
    assert aged["query"] == {
        "as_date": "2024-05-31", "aging_days_before": 30, "aging_periods": 2, "customers_ids": [], "branches_ids": [],
        "none_zero": False,
        "number_format": {
            "precision": 2, "divide_on1000": False, "show_zero": False, "format_money": "total", "negative_format": "mines",
        },
    }  # fmt: skip
    assert aged["meta"]["formatted_date_range"] == "As 2024/05/31"
    before = books.get(f"/reports/receivable-aging-summary?as_date=2024-05-19&customers_ids[]={acme}&customers_ids[]={beta}").ok
    assert [row["total"]["formatted_amount"] for row in before["data"]["customers"]] == ["$200.00", "$0.00"]
    assert books.get("/reports/receivable_aging_summary?none_zero=1").ok["data"]["customers"][0]["customer_name"] == "Acme"


def test_vendor_balances_and_aging(books):
    vendor = contact(books, "vendors", "Supplier", opening_balance=1700, opening_balance_at="2024-01-10")
    contact(books, "vendors", "Idle")
    summary = books.get("/reports/vendor-balance-summary?none_transactions=false").ok
    assert [(row["vendor_name"], row["total"]["formatted_amount"]) for row in summary["data"]["vendors"]] == [
        ("Idle", ""), ("Supplier", "$1,700.00"),
    ]  # fmt: skip
    chosen = books.get(f"/reports/vendor-balance-summary?vendors_ids[]={vendor}").ok
    assert len(chosen["data"]["vendors"]) == 1
    aged = books.get("/reports/payable-aging-summary?none_zero=true").ok
    assert aged["data"]["total"]["total"]["amount"] == 1700
    assert aged["meta"]["sheet_name"] == "A/P Aging Summary"


@pytest.mark.parametrize("path", WITH_COLUMNS)
def test_absurd_periods_are_refused_with_the_limit(books, path):
    answer = books.get(f"{path}?from_date=1924-01-01&to_date=2023-12-31&display_columns_type=date_periods&display_columns_by=day")
    assert (answer.status, answer.errors) == (400, ["REPORT_TOO_MANY_PERIODS"])
    assert answer.json["errors"][0]["payload"] == {"limit": 366}


@pytest.mark.parametrize("path", WITH_COLUMNS)
@pytest.mark.parametrize("query", ["display_columns_type=weekly", "display_columns_by=decade", "display_columns_by="])
def test_unknown_columns_are_refused(books, path, query):
    assert books.get(f"{path}?{query}").status == 400


@pytest.mark.parametrize(
    "query",
    [
        "aging_periods=0",
        "aging_periods=13",
        "aging_days_before=501",
        "aging_days_before=x",
        "as_date=2023-02-29",
        "as_date=",
        "customers_ids[]=x",
    ],
)
def test_senseless_agings_are_refused(books, query):
    assert books.get(f"/reports/receivable-aging-summary?{query}").status == 400


@pytest.mark.parametrize("path", NEW)
def test_new_reports_need_their_permission_and_answer_empty_books(books, path):
    assert books.get(path).ok["data"]
    staff = books.sql("SELECT id FROM roles WHERE slug = 'staff'")[0][0]
    books.add_member(user_id=7, role_id=staff)
    assert books.get(path, user_id=7).status == 403
