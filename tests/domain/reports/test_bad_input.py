"""Bad input to every report of the catalogue: a new report is tested here without being named."""

from types import UnionType
from typing import Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from domain.catalog import tenant_endpoints
from domain.kit.endpoint import Endpoint
from domain.reports.periods import PERIODS_MAX
from domain.reports.rendering.negotiation import MEDIA_TYPES, Form
from tests.domain.reports.test_report_endpoints import entry

REPORTS = {item.path: item for item in tenant_endpoints() if item.group == "Reports"}
NEEDED = {"/reports/transactions-by-reference": "reference_type=Journal&reference_id=1", "/banking/transactions": "account_id=1"}
"""Without which there is no question."""
DAYS = {"from_date", "to_date", "as_date"}
NO_DAYS = (
    "2026-02-30", "0000-00-00", "99999-01-01", "1899-12-31", "2200-01-01", "2026-13-01", "2026-1-1", "-2026-01-01", "NaN", "null",
    "", "%00", "2026-01-01T25:00:00", "2026-01-01'--", "１２34-01-01",
)  # fmt: skip
NO_IDS = ("x", "0", "-1", "1.5", "2147483648", "true", "NaN", "1e400", "1,2")
NO_CHOICES = ("", "weekly", "%00", "TOTAL;", "9" * 500)


def url(endpoint: Endpoint, *parts: str) -> str:
    return f"{endpoint.path}?{'&'.join(part for part in (NEEDED.get(endpoint.path, ''), *parts) if part)}"


def choices(model: type[BaseModel], prefix: str = "{}"):
    """The fields of a query that are one of a few words, nested ones as their senders write them."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if get_origin(kind) is Literal:
            yield prefix.format(name)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from choices(kind, f"{name}[{{}}]")


def numbers(model: type[BaseModel]):
    """The fields of a query that are one number."""
    for name, field in model.model_fields.items():
        kinds = get_args(field.annotation) if get_origin(field.annotation) in {Union, UnionType} else (field.annotation,)
        if int in kinds:
            yield name


def cases():
    for endpoint in REPORTS.values():
        fields = endpoint.query.model_fields
        for name in sorted(DAYS & set(fields)):
            yield from ((endpoint, f"{name}={day}", name) for day in NO_DAYS)
            yield from ((endpoint, f"{name}{key}=2024-01-01", name) for key in ("[]", "[a]", f"=2024-01-02&{name}"))
        for name in fields:
            if name.endswith("_ids"):
                yield from ((endpoint, f"{name}[]={value}", name) for value in NO_IDS)
                yield endpoint, f"{name}[]=1&{name}[]=x", name
                yield endpoint, f"{name}[a]=1", name
        for name in choices(endpoint.query):
            yield from ((endpoint, f"{name}={value}", name) for value in NO_CHOICES)
            yield endpoint, f"{name}=total&{name}=none", name
        for name in numbers(endpoint.query):
            yield from ((endpoint, f"{name}={value}", name) for value in ("x", "-1", "9" * 30, "1.5", "NaN"))
            yield endpoint, f"{name}=1&{name}=2", name
        if "number_format" in fields:
            wrong = ("=1", "[]=1", "[precision]=6", "[precision]=-1", "[precision]=x", "[precision]=1.5", "[precision][]=2")
            yield from ((endpoint, f"number_format{value}", "number_format") for value in wrong)


CASES = list(cases())


def test_the_catalogue_was_read():
    assert len(REPORTS) >= 16
    assert {name for _, _, name in CASES} >= DAYS | {
        "branches_ids", "accounts_ids", "customers_ids", "vendors_ids", "display_columns_type", "display_columns_by",
        "number_format[format_money]", "number_format[negative_format]", "aging_periods", "page", "reference_id",
    }  # fmt: skip


@pytest.mark.parametrize("path", REPORTS)
def test_senseless_values_are_refused_in_words_that_name_the_field(books, path):
    asked = [(query, name) for endpoint, query, name in CASES if endpoint.path == path]
    assert asked
    for query, name in asked:
        answer = books.get(url(REPORTS[path], query))
        assert (answer.status, set(answer.errors)) == (400, {"VALIDATION_ERROR"}), (query, answer.status, answer.body[:300])
        field = name.partition("[")[2].rstrip("]") or name
        message = answer.json["errors"][0]["message"]
        assert field in message or "precision" in message, (query, message)
        assert "NumberFormatIn" not in message


@pytest.mark.parametrize("path", REPORTS)
def test_what_is_odd_and_harmless_is_answered(books, path):
    """Unknown keys, flags that are none, and spellings of keys and lists (reports.md section 2)."""
    endpoint = REPORTS[path]
    fields = endpoint.query.model_fields
    odd = [
        "nonsense=1",
        "%zz=%f",
        "a" + "[b]" * 60 + "=1",
        "=1",
        "&&",
        "number_format[show_in_red]=true",
        "number_format[precision]=",
    ]
    odd += [
        f"{name}={value}" for name in fields if name.startswith(("none_", "only_")) for value in ("x", "", "1&" + name + "=1")
    ]
    for name in fields:
        if name.endswith("_ids"):
            keys = (
                f"{name}=1",
                f"{name}[0]=1&{name}[1]=2",
                f"{name}=1&{name}=2",
                f"{name}[]=",
                f"{name.replace('_', '-')}[]=2147483647",
            )
            odd += keys
    for query in odd:
        answer = books.get(url(endpoint, query))
        assert answer.status == 200, (query, answer.body[:300])


WITHOUT_EFFECT = {
    ("/reports/balance-sheet", "account_ids"), ("/reports/profit-loss-sheet", "accounts_ids"), ("/reports/journal", "accounts_ids"),
}  # fmt: skip
"""Parameters that the reference takes and forgets (reports.md sections 11, 12 and 15)."""


@pytest.mark.parametrize("path", REPORTS)
def test_unknown_ids_select_nothing(books, path):
    entry(books, 1, "2024-02-01", ("bank-account", "owner-equity"), "1234.50")
    endpoint = REPORTS[path]
    for name in endpoint.query.model_fields:
        if name.endswith("_ids") and (path, name) not in WITHOUT_EFFECT:
            body = books.get(url(endpoint, f"{name}[]=2147483647")).body
            assert b"1,234.50" not in body, (name, body[:500])
            assert b"2147483647" in body  # the echo of the query


@pytest.mark.parametrize("path", [path for path, item in REPORTS.items() if "from_date" in item.query.model_fields])
def test_an_inverted_range_is_refused_in_every_form(books, path):
    for accept in MEDIA_TYPES:
        answer = books.get(url(REPORTS[path], "from_date=2024-02-01", "to_date=2024-01-31"), headers={"accept": accept})
        assert (answer.status, answer.errors) == (400, ["DATE_RANGE_INVERTED"])
        assert "2024-01-31" in answer.json["errors"][0]["message"]


@pytest.mark.parametrize("path", [path for path, item in REPORTS.items() if "display_columns_by" in item.query.model_fields])
@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_absurd_periods_are_refused_with_the_limit(books, path, unit):
    query = f"from_date=1924-01-01&to_date=2024-12-31&display_columns_type=date_periods&display_columns_by={unit}"
    for accept in MEDIA_TYPES:
        answer = books.get(url(REPORTS[path], query), headers={"accept": accept})
        assert (answer.status, answer.errors) == (400, ["REPORT_TOO_MANY_PERIODS"])
        assert answer.json["errors"][0]["payload"] == {"limit": PERIODS_MAX}
        assert str(PERIODS_MAX) in answer.json["errors"][0]["message"]


@pytest.mark.parametrize("path", REPORTS)
def test_too_many_parameters_are_refused_and_not_cut(books, path):
    answer = books.get(url(REPORTS[path], *(f"branches_ids[]={number}" for number in range(1, 1200))))
    assert (answer.status, answer.errors) == (400, ["QUERY_TOO_LONG"])


@pytest.mark.parametrize("path", REPORTS)
@pytest.mark.parametrize(
    "accept", ["image/png", "text/html, application/xml", "application/json;q=0", "*/*;q=0", "garbage", "application/csv+table"]
)
def test_a_form_that_nobody_offers_is_refused_with_those_that_are(books, path, accept):
    answer = books.get(url(REPORTS[path]), headers={"accept": accept})
    assert (answer.status, answer.errors) == (406, ["NOT_ACCEPTABLE"])
    assert all(offered in answer.json["errors"][0]["message"] for offered in REPORTS[path].media_types)


STARTS = {Form.JSON: b"{", Form.TABLE: b"{", Form.CSV: b"", Form.XLSX: b"PK", Form.PDF: b"%PDF"}


@pytest.mark.parametrize("path", REPORTS)
def test_books_without_a_ledger_have_empty_reports_in_every_form(books, path):
    endpoint = REPORTS[path]
    for form in Form:
        if not set(form.asked) & set(endpoint.media_types):
            continue
        answer = books.get(url(endpoint), headers={"accept": form.asked[0]})
        assert answer.status == 200, (form, answer.body[:300])
        assert answer.body.startswith(STARTS[form])
        if form is Form.CSV:
            heading, *lines = answer.body.decode().splitlines()
            assert heading
            assert not any(figure in line for line in lines for figure in "123456789")
        if form is Form.TABLE:
            assert answer.json["table"]["columns"]
