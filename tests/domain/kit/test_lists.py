"""Comparators, joining, sorting and paging of lists, on SQLite and on MariaDB (platform.md 15)."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from domain.kit.errors import DomainError, ValidationFailedError
from domain.kit.lists import ListField, ListQuery, ListView, Resource, amount_is, compose, contains, fetch_page
from domain.kit.schemas import validate
from domain.kit.tables import MYSQL_OPTIONS, UtcDateTime, amount_type
from tenancy.tenant_database import open_engine

animals = sa.Table(
    "animals",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(50)),
    sa.Column("weight", amount_type()),
    sa.Column("tame", sa.Boolean(create_constraint=False)),
    sa.Column("born_on", sa.Date),
    sa.Column("created_at", UtcDateTime()),
    **MYSQL_OPTIONS,
)
_c = animals.c
ANIMALS = Resource(
    name="Animal",
    list_key="animals",
    table=animals,
    fields=(
        ListField("name", "Name", "text", _c.name),
        ListField("weight", "Weight", "number", _c.weight),
        ListField("tame", "Tame", "boolean", _c.tame),
        ListField("bornOn", "Born on", "date", _c.born_on),
        ListField("created_at", "Created at", "date", _c.created_at),
        ListField("secret", "Secret", "text", _c.name, filterable=False, sortable=False),
    ),
    views=(ListView("wild", "Wild", "tame", "false"),),
    search=(contains(_c.name), amount_is(_c.weight)),
)
ROWS = [
    (1, "Cat", "4.5", True, date(2024, 1, 1), datetime(2024, 1, 1, 0, 0, tzinfo=UTC)),
    (2, "cät 100%", "5", True, date(2024, 1, 2), datetime(2024, 1, 1, 23, 59, 59, tzinfo=UTC)),
    (3, "Éland_", "600", False, date(2024, 1, 3), datetime(2024, 1, 2, 0, 0, tzinfo=UTC)),
    (4, "zebra", "300.25", False, date(2024, 1, 3), datetime(2024, 1, 2, 12, 0, tzinfo=UTC)),
    (5, None, None, None, None, datetime(2024, 1, 3, 0, 0, tzinfo=UTC)),
]
COMPARATORS = [
    *((("name", word, "CAT"), {1}) for word in ("equal", "equals", "is", "resembles", None)),
    (("name", "equals", "CÄT 100%"), {2}),
    *((("name", word, "cát"), {2, 3, 4}) for word in ("not_equal", "not_equals", "is_not")),
    *((("name", word, "AT"), {1, 2}) for word in ("contain", "contains")),
    *((("name", word, "at"), {3, 4}) for word in ("not_contain", "not_contains")),
    *((("name", word, "e"), {3}) for word in ("starts_with", "start_with")),
    *((("name", word, "T"), {1}) for word in ("ends_with", "end_with")),
    (("name", "contains", "%"), {2}),
    (("name", "contains", "_"), {3}),
    (("name", "contains", "\\"), set()),
    *((("weight", word, "5.00"), {2}) for word in ("equal", "equals", "resembles")),
    *((("weight", word, 5), {1, 3, 4}) for word in ("not_equal", "not_equals")),
    *((("weight", word, 300.25), {3}) for word in ("bigger_than", "bigger")),
    *((("weight", word, 5), {1}) for word in ("smaller_than", "smaller")),
    *((("weight", word, "300.25"), {3, 4}) for word in ("bigger_or_equals", "bigger_or_equal")),
    *((("weight", word, "5"), {1, 2}) for word in ("smaller_or_equals", "smaller_or_equal")),
    *((("tame", word, "yes"), {1, 2}) for word in ("equal", "equals", "is", "resembles")),
    *((("tame", word, True), {3, 4}) for word in ("not_equal", "not_equals", "is_not")),
    (("born_on", "in", "2024-01-03"), {3, 4}),
    (("bornOn", "after", "2024-01-02"), {3, 4}),
    (("born-on", "before", "2024-01-02T10:00:00.000Z"), {1}),
    (("born_on", "is_not", "2024-01-03"), {1, 2}),
    (("created_at", "in", "2024-01-01"), {1, 2}),
    (("created_at", "after", "2024-01-01"), {3, 4, 5}),
    (("created_at", "before", "2024-01-02"), {1, 2}),
]  # fmt: skip


def filled(url):
    engine = open_engine(url)
    with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        animals.create(connection)
        keys = ("id", "name", "weight", "tame", "born_on", "created_at")
        rows = [dict(zip(keys, row, strict=True)) for row in ROWS]
        connection.execute(animals.insert(), [row | {"weight": row["weight"] and Decimal(row["weight"])} for row in rows])
    return engine


@pytest.fixture
def engine(tmp_path):
    engine = filled(f"sqlite:///{tmp_path / 'animals.db'}")
    yield engine
    engine.dispose()


def found(engine, **query):
    """Ids, in order, and the pagination."""
    listing = compose(ANIMALS, validate(ListQuery, query))
    with engine.connect() as connection:
        rows, pagination = fetch_page(connection, listing, sa.select(animals))
    return [row["id"] for row in rows], pagination


def role(field, comparator, value, condition=None):
    form = {"fieldKey": field, "comparator": comparator, "value": value, "condition": condition}
    return {key: item for key, item in form.items() if item is not None}


def ids(engine, *roles, **query):
    return found(engine, stringified_filter_roles=json.dumps([role(*item) for item in roles]), **query)[0]


@pytest.mark.parametrize(("condition", "expected"), COMPARATORS)
def test_comparators(engine, condition, expected):
    assert set(ids(engine, condition)) == expected


@pytest.mark.mariadb
def test_mariadb_finds_and_sorts_the_same(mariadb_url):
    engine = filled(mariadb_url)
    for condition, expected in COMPARATORS:
        assert set(ids(engine, condition)) == expected, condition
    assert found(engine, column_sort_by="name", sort_order="asc")[0] == [5, 1, 2, 3, 4]
    assert found(engine, search_keyword="CAT")[0] == [2, 1]
    assert found(engine, view_slug="wild")[0] == [4, 3]
    engine.dispose()


def test_roles_are_joined_left_to_right(engine):
    tame_or_heavy = [("tame", "is", True), ("weight", "bigger", 500, "OR")]
    assert set(ids(engine, *tame_or_heavy)) == {1, 2, 3}
    assert set(ids(engine, *tame_or_heavy, ("name", "contains", "a", "and"))) == {1, 2, 3}
    assert set(ids(engine, *tame_or_heavy, ("weight", "smaller", 5))) == {1}  # (A or B) and C; no condition is "and"
    assert set(ids(engine, ("name", "is", "zebra", "or"), ("tame", "is", False))) == {4}  # the first one's is ignored


def test_one_role_or_none(engine):
    assert found(engine, stringified_filter_roles=json.dumps(role("name", "is", "cat")))[0] == [1]
    assert len(found(engine, stringified_filter_roles="[]")[0]) == 5
    assert len(found(engine, stringified_filter_roles="")[0]) == 5


@pytest.mark.parametrize(
    "text",
    ["nonsense", "5", '"x"', "[1]", '[{"value": 1}]', '[{"fieldKey": "name"}]', '[{"fieldKey": "name", "value": ""}]',
     '[{"fieldKey": "name", "value": ["x"]}]', '[{"fieldKey": "weight", "value": "x"}]', '[{"fieldKey": "weight", "value": 1e20}]',
     '[{"fieldKey": "tame", "value": "perhaps"}]', '[{"fieldKey": "bornOn", "value": "yesterday"}]',
     json.dumps([role("name", "is", "x")] * 51)],
)  # fmt: skip
def test_filters_that_are_none(engine, text):
    with pytest.raises(DomainError) as refusal:
        found(engine, stringified_filter_roles=text)
    assert refusal.value.code.type == "stringified_filter_roles_invalid"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"stringified_filter_roles": '[{"fieldKey":"colour","value":1}]'}, "filter_roles_fields_not_found"),
        ({"stringified_filter_roles": '[{"fieldKey":"secret","value":1}]'}, "filter_roles_fields_not_found"),
        ({"view_slug": "blue"}, "view_not_found"),
        ({"column_sort_by": "colour"}, "sort_column_not_found"),
        ({"column_sort_by": "secret"}, "sort_column_not_found"),
        ({"column_sort_by": "name", "sort_order": "up"}, "sort_column_not_found"),
    ],
)
def test_what_the_list_has_not(engine, query, code):
    with pytest.raises(DomainError) as refusal:
        found(engine, **query)
    assert refusal.value.code.type == code


def test_sort(engine):
    assert found(engine)[0] == [5, 4, 3, 2, 1]  # newest first
    assert found(engine, sort_order="asc")[0] == [1, 2, 3, 4, 5]
    assert found(engine, column_sort_by="name", sort_order="ASC")[0] == [5, 1, 2, 3, 4]
    assert found(engine, column_sort_by="name")[0] == [4, 3, 2, 1, 5]
    assert found(engine, column_sort_by="bornOn", sort_order="desc")[0] == [4, 3, 2, 1, 5]  # equal days: newest id first
    assert found(engine, column_sort_by="born_on", sort_order="asc")[0][-2:] == [3, 4]


def test_search(engine):
    assert found(engine, search_keyword="CAT")[0] == [2, 1]
    assert found(engine, search_keyword="300.25")[0] == [4]
    assert found(engine, search_keyword="1,000.123456789")[0] == []
    assert found(engine, search_keyword="100%")[0] == [2]
    assert found(engine, search_keyword="cat", view_slug="wild")[0] == []


def test_pages(engine):
    assert found(engine, page=2, page_size=2) == ([3, 2], {"total": 5, "page": 2, "page_size": 2})
    assert found(engine, page="9", page_size="2") == ([], {"total": 5, "page": 9, "page_size": 2})
    for query in ({"page": 0}, {"page_size": 0}, {"page_size": 10_001}, {"page": "x"}, {"page": 2_000_000}):
        with pytest.raises(ValidationFailedError):
            found(engine, **query)


def test_what_is_told_of_the_list():
    roles = json.dumps([role("name", "is", "cat")])
    query = {"view_slug": "wild", "column_sort_by": "name", "search_keyword": "x", "stringified_filter_roles": roles}
    meta = compose(ANIMALS, validate(ListQuery, query)).filter_meta
    assert (meta["field_key"], meta["order"], meta["search_keyword"]) == ("name", "desc", "x")
    assert meta["view"]["filter_roles"] == [{"index": 1, "field_key": "tame", "comparator": "equals", "value": "false"}]
    assert meta["filter_roles"] == [{"field_key": "name", "comparator": "is", "value": "cat"}]


def test_inactive_is_asked_in_two_ways():
    for query in ({"inactive_mode": "true"}, {"only_inactive": 1}):
        assert validate(ListQuery, query).inactive
    assert not validate(ListQuery, {"inactive_mode": "", "only_inactive": "0"}).inactive
    assert validate(ListQuery, {"page": 3}).plain
