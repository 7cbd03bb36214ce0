"""Whatever is sent, the answer is typed: below 500, JSON, with an `errors` array where it is a refusal; and the books stay right."""

import json
import logging
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest

from domain.catalog import list_resources, tenant_endpoints
from domain.kit.endpoint import Endpoint
from domain.kit.exchange import WireRequest
from domain.kit.lists import ListQuery, Resource
from tests.books import Books
from tests.fuzz.hostile import (
    HOSTILE_BODIES,
    HOSTILE_IDS,
    HOSTILE_JSON,
    HOSTILE_QUERY,
    MUST_BE_REFUSED,
    field_paths,
    planted,
    sample_body,
)

ENDPOINTS = tenant_endpoints()
BATCH = 200
BOOKS = [
    pytest.param("books", id="sqlite"),
    pytest.param("mariadb_books", id="mariadb", marks=pytest.mark.slow),
]
COMPARATORS = (
    "equal", "equals", "not_equal", "not_equals", "is", "is_not", "contain", "contains", "not_contain", "not_contains",
    "starts_with", "ends_with", "bigger", "bigger_than", "bigger_or_equals", "smaller", "smaller_than", "smaller_or_equals",
    "after", "before", "in", "", "LIKE", "= 1 OR 1 = 1 --",
)  # fmt: skip
FILTER_VALUES: tuple[Any, ...] = (
    "'; DROP TABLE accounts; --", '"', "\\", "%", "_", "a\x00b", "🧾", "x" * 5_000, "", None, True, 0, -1, 10**30, "1e999999999",
    "NaN", "2024-02-30", "9999-12-31", "0001-01-01", "2024-06-01T00:00:00Z", [], [1, "a"], {"$ne": 1}, {"a": {"b": {}}},
)  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture(params=BOOKS)
def used_books(request: pytest.FixtureRequest) -> Books:
    """Books with something of everything in them, so that lists have rows and ids exist."""
    books: Books = request.getfixturevalue(request.param)
    books.post("/branches", {"name": "Second"})
    books.post("/tax-rates", {"name": "Value added", "code": "VAT", "rate": 20})
    books.post("/exchange-rates", {"from_currency": "EUR", "rate": "1.1"})
    books.post("/customers", {"customer_type": "business", "display_name": "Café “Ω”", "opening_balance": 100, **OPENED})
    books.post("/vendors", {"display_name": "100% O'Brien", "opening_balance": 40, **OPENED})
    for publish in (True, False):
        books.post(
            "/manual-journals",
            {
                "date": "2024-05-02",
                "publish": publish,
                "entries": [{"account_id": 1000, "debit": 10}, {"account_id": 1016, "credit": 10}],
            },
        )
        books.post(
            "/expenses",
            {
                "payment_date": "2024-05-03",
                "payment_account_id": 1003,
                "publish": publish,
                "categories": [{"expense_account_id": 1021, "amount": 5}],
            },
        )
    return books


OPENED = {"currency_code": "USD", "opening_balance_at": "2024-01-01"}


def concrete(endpoint: Endpoint, **values: str) -> str:
    """The path with an id that exists where the seeds or the fixture made one."""
    small = endpoint.path.split("/")[1] not in {"accounts", "manual-journals", "expenses", "currencies", "exchange-rates"}
    plain = {int: "1" if small else "1000", str: "all"}
    return "/".join(
        values.get(part[1:-1], plain[endpoint.path_types[part[1:-1]]]) if part.startswith("{") else part
        for part in endpoint.path.split("/")
    )


JOURNAL_FILE = "2026-01-05 Opening\n  assets:bank  10 USD\n  equity:opening  -10 USD\n"
FILES = {"files": [{"name": "books.journal", "text": JOURNAL_FILE}, {"name": "more.journal", "text": ""}]}
FITTING: dict[str, dict[str, Any]] = {
    "/currencies": {"currency_code": "CHF"},
    "/journal-imports": FILES,
    "/journal-imports/preview": FILES,
}
"""What no sample knows: values that fit each other."""
NAMING = ("attachments", "mapping", "commodities")
"""Lists that name what the books do not have."""


def fitting_body(endpoint: Endpoint) -> dict[str, Any]:
    """A body with all fields, that the endpoint can take as far as samples go."""
    assert endpoint.body is not None
    return sample_body(endpoint.body) | FITTING.get(endpoint.path, {})


def check_answers(books: Books, cases: list[tuple[str, WireRequest]]) -> list[tuple[str, int]]:
    """Send all; every answer must be typed. Returns what each case was answered."""
    wrong: list[str] = []
    seen: list[tuple[str, int]] = []
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        answers = books.execute([request for _, request in batch])
        for (label, request), answer in zip(batch, answers, strict=True):
            seen.append((label, answer.status))
            problem = _untyped(answer.status, answer.headers, answer.body)
            if problem:
                wrong.append(
                    f"{label}: {request.method} {request.path[:80]}?{request.query[:200]} {request.body[:300]!r}: {problem}"
                )
    assert not wrong, f"{len(wrong)} of {len(cases)}:\n" + "\n".join(wrong[:10])
    return seen


def _untyped(status: int, headers: dict[str, str], body: bytes) -> str | None:
    """What is wrong with an answer; None where it is typed."""
    if status >= 500:
        return f"{status} {body[:300]!r}"
    if status < 400:
        return None if status in {200, 201, 304} else f"unexpected success {status}"
    media_type = next((value for key, value in headers.items() if key.lower() == "content-type"), "")
    if not media_type.startswith("application/json"):
        return f"{status} with content type {media_type!r}"
    try:
        errors = json.loads(body.decode())["errors"]
    except (ValueError, KeyError, TypeError) as problem:
        return f"{status} without readable errors ({problem!r}): {body[:300]!r}"
    if not errors or not all(isinstance(error.get("type"), str) and error["type"] for error in errors):
        return f"{status} without typed errors: {body[:300]!r}"
    return None


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No internal error was logged."""
    with caplog.at_level(logging.ERROR):
        yield
        records = [record for when in ("call", "teardown") for record in caplog.get_records(when)]  # type: ignore[arg-type]
        assert not [record.getMessage() for record in records if record.levelno >= logging.ERROR]


def _name(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def _groups(endpoints: list[Endpoint]) -> list[Any]:
    """One test a noun: opening books costs more than asking them."""
    nouns = dict.fromkeys(endpoint.path.split("/")[1] for endpoint in endpoints)
    return [pytest.param([item for item in endpoints if item.path.split("/")[1] == noun], id=noun) for noun in nouns]


WITH_BODY = [endpoint for endpoint in ENDPOINTS if endpoint.body is not None]
WITH_QUERY = [endpoint for endpoint in ENDPOINTS if endpoint.query is not None]
WITH_PATH = [endpoint for endpoint in ENDPOINTS if endpoint.path_types]


@pytest.mark.parametrize("endpoints", _groups(WITH_BODY))
def test_hostile_bodies(used_books: Books, endpoints: list[Endpoint]) -> None:
    for endpoint in endpoints:
        path = concrete(endpoint)
        seen = check_answers(
            used_books,
            [(name, used_books.request(endpoint.method, path, body)) for name, body in HOSTILE_BODIES.items()],
        )
        accepted = [name for name, status in seen if name in MUST_BE_REFUSED and status < 400]
        assert not accepted, (_name(endpoint), accepted)
    used_books.verify()


@pytest.mark.parametrize("endpoints", _groups(WITH_BODY))
def test_hostile_fields(used_books: Books, endpoints: list[Endpoint]) -> None:
    for endpoint in endpoints:
        assert endpoint.body is not None
        path, body = concrete(endpoint), fitting_body(endpoint)
        cases = [
            (f"{'.'.join(map(str, place))}: {name}", used_books.request(endpoint.method, path, planted(body, place, raw)))
            for place in field_paths(endpoint.body)
            for name, raw in HOSTILE_JSON.items()
        ]
        check_answers(used_books, cases)
    used_books.verify()


@pytest.mark.parametrize("endpoints", _groups(WITH_QUERY))
def test_hostile_query_parameters(used_books: Books, endpoints: list[Endpoint]) -> None:
    for endpoint in endpoints:
        assert endpoint.query is not None
        path, names = concrete(endpoint), list(endpoint.query.model_fields)
        queries = [f"{name}={value}" for name, value in product(names, HOSTILE_QUERY.values())]
        queries += [f"{name}{suffix}" for name in names for suffix in SHAPES]
        queries += ["&" * 5_000, "=", "[]", "[a]=1", "&".join(f"p{number}=1" for number in range(3_000)), "a" * 50_000]
        check_answers(used_books, [(query, used_books.request(endpoint.method, f"{path}?{query}")) for query in queries])
    used_books.verify()


SHAPES = ("[]=1&{0}[]=2", "[a]=1", "[a][b][c]=1", "[0]=1", "[999999999]=1", "[-1]=1", "[", "]=1", "[[]]=1", "[]" * 500 + "=1")
SHAPES = tuple(shape.replace("{0}", "x") for shape in SHAPES)


def _resource_of(endpoint: Endpoint) -> Resource | None:
    noun = endpoint.path.strip("/").replace("-", "_")
    return next((item for item in list_resources() if noun in {item.name, item.list_key, *item.aliases}), None)


LISTS = [
    endpoint
    for endpoint in ENDPOINTS
    if endpoint.query is not None and issubclass(endpoint.query, ListQuery) and _resource_of(endpoint) is not None
]


def _filtered(path: str, roles: Any) -> str:
    return f"{path}?stringified_filter_roles={quote(json.dumps(roles))}"


@pytest.mark.parametrize("endpoint", LISTS, ids=_name)
def test_hostile_filters(used_books: Books, endpoint: Endpoint) -> None:
    resource = _resource_of(endpoint)
    assert resource is not None
    path = concrete(endpoint)
    roles: list[Any] = [
        [{"fieldKey": item.key, "comparator": comparator, "value": value, "condition": "and"}]
        for item in resource.fields
        for comparator in COMPARATORS
        for value in FILTER_VALUES
    ]
    role = {"fieldKey": resource.fields[0].key, "comparator": "equals", "value": "a"}
    roles += [None, 1, "a", {}, [1], [None], ["a"], [[]], [{}], [{"fieldKey": 1, "value": 1}], [{"fieldKey": None, "value": 1}]]
    roles += [[{**role, "condition": condition}] * 2 for condition in ("or", "xor", "; DROP TABLE accounts", None, 1, [])]
    roles += [[{**role, "comparator": comparator}] for comparator in (None, 1, [], {})]
    roles += [[role] * 49, [role] * 1_000]
    check_answers(used_books, [(str(item)[:100], used_books.request("GET", _filtered(path, item))) for item in roles])
    for raw in ("[", "NaN", "[NaN]", "%00", "[" * 5_000, quote('[{"fieldKey":"' + "x" * 15_000 + '","value":1}]')):
        assert used_books.get(f"{path}?stringified_filter_roles={raw}").status == 400, raw[:100]
    used_books.verify()


@pytest.mark.parametrize("endpoint", LISTS, ids=_name)
def test_only_declared_columns_and_views(used_books: Books, endpoint: Endpoint) -> None:
    path = concrete(endpoint)
    for name in ("password", "id; DROP TABLE accounts", "name'--", "1", "(SELECT 1)", "name DESC, id", "🧾", "accounts.name"):
        key = quote(name)
        assert used_books.get(f"{path}?column_sort_by={key}").errors == ["sort_column_not_found"], name
        assert used_books.get(f"{path}?view_slug={key}").errors == ["view_not_found"], name
        role = {"fieldKey": name, "comparator": "equals", "value": "a"}
        assert used_books.get(_filtered(path, [role])).errors == ["filter_roles_fields_not_found"], name
    for order in ("sideways", "asc; DROP TABLE accounts", "asc,desc", "%00"):
        assert used_books.get(f"{path}?column_sort_by=created_at&sort_order={quote(order)}").status == 400, order


@pytest.mark.parametrize("endpoint", LISTS, ids=_name)
def test_wildcards_and_quotes_in_a_search_are_plain_text(used_books: Books, endpoint: Endpoint) -> None:
    resource = _resource_of(endpoint)
    assert resource is not None
    for keyword in ("%%", "_______", "' OR '1'='1", '" OR ""="', "\\", "*", "%' --"):
        rows = used_books.get(f"{concrete(endpoint)}?search_keyword={quote(keyword)}").ok[resource.list_key]
        assert rows == [], (keyword, len(rows))


@pytest.mark.parametrize("endpoint", LISTS, ids=_name)
def test_pages_out_of_bounds(used_books: Books, endpoint: Endpoint) -> None:
    path = concrete(endpoint)
    for query in ("page=0", "page=-1", "page_size=0", "page_size=-1", "page_size=100000000", f"page={10**30}", "page=1.5x"):
        assert used_books.get(f"{path}?{query}").status == 400, query
    assert used_books.get(f"{path}?page=1000000&page_size=10000").status == 200


@pytest.mark.parametrize("endpoints", _groups(WITH_PATH))
def test_hostile_path_ids(used_books: Books, endpoints: list[Endpoint]) -> None:
    for endpoint in endpoints:
        body = sample_body(endpoint.body) if endpoint.body is not None else None
        cases = [
            (f"{name}={label}", used_books.request(endpoint.method, concrete(endpoint, **{name: value}), body))
            for name in endpoint.path_types
            for label, value in HOSTILE_IDS.items()
        ]
        seen = check_answers(used_books, cases)
        numeric = {name for name, kind in endpoint.path_types.items() if kind is int}
        accepted = [(label, status) for label, status in seen if label.partition("=")[0] in numeric and status < 400]
        assert not accepted, (_name(endpoint), accepted)
    used_books.verify()


def test_sample_bodies_are_mostly_good(used_books: Books) -> None:
    """The field tests reach the use cases only if the rest of the body is right."""
    creations = [item for item in WITH_BODY if item.method == "POST" and "{" not in item.path and "bulk" not in item.path]
    refused = {}
    for endpoint in creations:
        assert endpoint.body is not None
        body = fitting_body(endpoint)
        answer = used_books.post(endpoint.path, body | {name: [] for name in NAMING if name in body})
        if answer.status >= 400:
            refused[endpoint.path] = answer.body[:300]
    assert len(refused) <= len(creations) // 4, refused
    used_books.verify()
