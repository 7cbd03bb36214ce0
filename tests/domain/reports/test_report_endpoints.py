"""The statements over the wire."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.ledger.model import Journal, ReferenceType, line
from domain.ledger.service import post
from tests.books import SteadyClock

PATHS = ("/reports/trial-balance-sheet", "/reports/balance-sheet", "/reports/profit-loss-sheet")


def entry(books, reference_id: int, day: str, sides: tuple[str, str], amount: str, *, currency: str = "USD") -> None:
    def run(ctx):
        amounts = zip(sides, (Decimal(amount), -Decimal(amount)), strict=True)
        lines = tuple(
            line(account_id=books.account(slug), amount=value, currency=currency, rate=Decimal(1), base_currency=currency)
            for slug, value in amounts
        )
        post(
            ctx,
            Journal(
                reference_type=ReferenceType.JOURNAL,
                reference_id=reference_id,
                date=date.fromisoformat(day),
                base_currency=currency,
                lines=lines,
            ),
        )

    books.command(run)


def find(nodes, id_):
    for node in nodes:
        if node["id"] == id_:
            return node
        found = find(node.get("children") or [], id_)
        if found:
            return found
    return None


@pytest.fixture
def traded(books):
    entry(books, 1, "2023-11-02", ("bank-account", "owner-equity"), "1000")
    entry(books, 2, "2023-12-02", ("rent", "bank-account"), "120.50")
    entry(books, 3, "2024-02-29", ("bank-account", "sales-of-product-income"), "333.33")
    return books


def test_trial_balance(traded):
    answer = traded.get("/reports/trial-balance-sheet").ok
    bank = traded.account("bank-account")
    first = answer["data"]["accounts"][0]
    assert first == {
        "id": bank, "parent_account_id": None, "name": "Bank Account", "formatted_name": "Bank Account - 10001",
        "code": "10001", "account_normal": "debit", "credit": Decimal("120.5"), "debit": Decimal("1333.33"),
        "balance": Decimal("1212.83"), "currency_code": "USD", "formatted_credit": "120.50", "formatted_debit": "1,333.33",
        "formatted_balance": "1,212.83", "children": [],
    }  # fmt: skip
    assert answer["data"]["total"]["formatted_debit"] == answer["data"]["total"]["formatted_credit"] == "$1,453.83"
    assert len(answer["data"]["accounts"]) == 4
    assert answer["query"] == {
        "from_date": "2024-01-01", "to_date": "2024-06-01", "none_zero": False, "none_transactions": True, "only_active": False,
        "basis": "accrual", "account_ids": [],
        "number_format": {
            "precision": 2, "divide_on1000": False, "show_zero": False, "format_money": "total", "negative_format": "mines",
        },
    }  # fmt: skip
    assert answer["meta"] == {
        "organization_name": "Analytical Engines", "base_currency": "USD", "date_format": "DD MMM yyyy",
        "is_cost_compute_running": False, "basis": "accrual", "sheet_name": "Trial Balance Sheet",
        "formatted_from_date": "2024/01/01", "formatted_to_date": "2024/06/01",
        "formatted_date_range": "From 2024/01/01 to 2024/06/01",
    }  # fmt: skip


def test_balance_sheet(traded):
    answer = traded.get("/reports/balance-sheet?to_date=2024-03-31&none_zero=true").ok
    assets, claims = answer["data"]
    assert assets["total"] == {"amount": Decimal("1212.83"), "formatted_amount": "$1,212.83", "currency_code": "USD"}
    assert claims["total"] == assets["total"]
    assert find([claims], "RETAINED_EARNINGS")["total"]["formatted_amount"] == "-$120.50"
    assert find([claims], "NET_INCOME")["total"]["formatted_amount"] == "$333.33"
    assert answer["meta"]["formatted_date_range"] == "As 2024/03/31"
    assert (answer["query"]["basis"], answer["meta"]["basis"]) == ("cash", "accrual")
    assert find(answer["data"], "OTHER_CURRENT_ASSET") is None


def test_profit_and_loss(traded):
    answer = traded.get("/reports/profit-loss-sheet?fromDate=2023-12-01&toDate=2024-02-29").ok
    assert find(answer["data"], "NET_INCOME")["total"]["formatted_amount"] == "$212.83"
    assert answer["meta"]["formatted_date_range"] == "From 2023/12/01 | To 2024/02/29"


def test_defaults_follow_fiscal_year_and_time_zone(make_books):
    clock = SteadyClock(datetime(2024, 3, 31, 23, 30, tzinfo=UTC))
    books = make_books(clock=clock, fiscal_year="april", timezone="Asia/Tokyo")  # there it is the 1st of April already
    query = books.get("/reports/profit-loss-sheet").ok["query"]
    assert (query["from_date"], query["to_date"]) == ("2024-04-01", "2024-04-01")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "query",
    [
        "from_date=2024-02-01&to_date=2024-01-31", "from_date=tomorrow", "to_date=0001-01-01", "to_date=9999-12-31", "to_date=",
        "to_date=2023-02-29", "from_date[]=2024-01-01", "branches_ids[]=x", "number_format[precision]=6",
        "number_format[format_money]=much", "number_format[negative_format]=red", "number_format=1",
    ],
)  # fmt: skip
def test_senseless_questions_are_refused(books, path, query):
    answer = books.get(f"{path}?{query}")
    assert answer.status == 400
    assert answer.errors


def test_inverted_range_has_its_own_code(books):
    assert books.get(f"{PATHS[0]}?from_date=2024-02-01&to_date=2024-01-31").errors == ["DATE_RANGE_INVERTED"]


def test_number_format_and_unknown_keys(traded):
    query = "number_format[precision]=0&number_format[divideOn1000]=1&number_format[format_money]=always&only_active=x&week=3"
    answer = traded.get(f"/reports/trial-balance-sheet?{query}").ok
    assert answer["data"]["accounts"][0]["formatted_debit"] == "$1"
    assert answer["query"]["number_format"]["divide_on1000"] is True


def test_yen_have_no_cents(make_books):
    books = make_books(base_currency="JPY")
    entry(books, 1, "2024-02-01", ("bank-account", "owner-equity"), "5000", currency="JPY")
    answer = books.get("/reports/trial-balance-sheet").ok
    assert answer["data"]["total"]["formatted_debit"] == "¥5,000"
    assert answer["query"]["number_format"]["precision"] == 0


def test_reports_need_their_permission(books):
    staff = books.sql("SELECT id FROM roles WHERE slug = 'staff'")[0][0]
    books.add_member(user_id=7, role_id=staff)
    for path in PATHS:
        assert books.get(path, user_id=7).status == 403
    assert books.get("/verification", user_id=7).status == 403


def test_a_report_is_answered_from_memory_once_loaded(traded):
    traded.get(PATHS[0])
    before = traded.runtime.counters["warm_reads"]
    entry(traded, 9, "2024-05-01", ("bank-account", "owner-equity"), "1")
    answer = traded.get(PATHS[0])
    assert answer.json["data"]["total"]["debit"] == Decimal("1454.83")
    assert traded.runtime.counters["warm_reads"] == before + 1
