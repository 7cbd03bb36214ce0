"""The JSON border: keys, queries, exact numbers (platform.md 1)."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.errors import QUERY_PARTS_MAX, QUERY_TOO_LONG, DomainError
from domain.kit.wire import (
    DEPTH_MAX,
    dump_json,
    fold_key,
    fold_keys,
    iso_day,
    parse_json,
    parse_query,
    read_json,
)


@pytest.mark.parametrize(
    ("sent", "folded"),
    [
        ("invoice_no", "invoice_no"), ("invoiceNo", "invoice_no"), ("invoice-no", "invoice_no"), ("InvoiceNo", "invoice_no"),
        ("address_1", "address1"), ("billing_address_1", "billing_address1"), ("billingAddress1", "billing_address1"),
        ("SKU", "s_k_u"), ("ISOCode", "i_s_o_code"), ("iSOCode", "i_s_o_code"), ("a-b", "a_b"), ("id", "id"), ("", ""),
        ("Sale Invoice", "sale _invoice"),
    ],
)  # fmt: skip
def test_keys_fold_to_one_name(sent, folded):
    assert fold_key(sent) == folded


@given(st.from_regex(r"[a-z]{1,6}(_[a-z]{1,6}){0,3}", fullmatch=True))
def test_every_spelling_of_a_key_is_one(key):
    head, *rest = key.split("_")
    camel = head + "".join(part.capitalize() for part in rest)
    assert {fold_key(key), fold_key(camel), fold_key(key.replace("_", "-"))} == {key}
    assert fold_key(fold_key(camel)) == fold_key(camel)


def test_keys_fold_at_every_depth_and_values_do_not():
    sent = {"entries": [{"itemId": "itemId", "tax-code": {"rateId": 1}}], "": 1, "stringified_filter_roles": '[{"fieldKey":1}]'}
    assert fold_keys(sent) == {
        "entries": [{"item_id": "itemId", "tax_code": {"rate_id": 1}}],
        "stringified_filter_roles": '[{"fieldKey":1}]',
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a=1&b=x%20y+z", {"a": "1", "b": "x y z"}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        ("a[0]=1&a[1]=2", {"a": ["1", "2"]}),
        ("a[1]=2&a[0]=1", {"a": ["1", "2"]}),
        ("a[10]=3&a[9]=2", {"a": ["2", "3"]}),
        ("a=1&a=2&a=3", {"a": ["1", "2", "3"]}),
        ("a[b]=c&a[dE]=f", {"a": {"b": "c", "d_e": "f"}}),
        ("pageSize=5&page-number=2", {"page_size": "5", "page_number": "2"}),
        ("a%5Bb%5D=c", {"a": {"b": "c"}}),
        ("a[b][c][]=1", {"a": {"b": {"c": ["1"]}}}),
        ("a", {"a": ""}),
        ("a=&b==", {"a": "", "b": "="}),
        ("&&", {}),
        ("=x&[a]=1", {}),
        ("q=%C3%A9&r=%FF", {"q": "é", "r": "\ufffd"}),
    ],
)
def test_queries(query, expected):
    assert parse_query(query) == expected


@given(st.text(max_size=200))
def test_any_query_is_read(query):
    assert isinstance(parse_query(query), dict)


def test_queries_are_bounded():
    many = [f"k{number}=1" for number in range(QUERY_PARTS_MAX + 1)]
    assert len(parse_query("&".join(many[1:]))) == QUERY_PARTS_MAX
    with pytest.raises(DomainError) as problem:  # not cut: a part of the filters is another question
        parse_query("&".join(many))
    assert problem.value.code is QUERY_TOO_LONG
    node, depth = parse_query("a" + "[b]" * 100 + "=1"), 0
    while isinstance(node, dict):
        node, depth = next(iter(node.values())), depth + 1
    assert depth == DEPTH_MAX


@pytest.mark.parametrize("text", ["0.1", "0.30000000000000004", "1e3", "12345678901234567890.12345678", "-0.0"])
def test_numbers_are_exact(text):
    assert parse_json(b'{"amount":%s}' % text.encode()) == {"amount": Decimal(text)}


def test_whole_numbers_stay_whole():
    assert parse_json(b'{"a":12,"b":' + b"9" * 45 + b"}") == {"a": 12, "b": Decimal("9" * 45)}
    assert type(parse_json(b"[12]")[0]) is int


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_an_empty_body_is_an_empty_object(body):
    assert parse_json(body) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"nonsense", b"{'a':1}", b'{"a":NaN}', b'{"a":Infinity}', b'{"a":1e9999}', b"\xff\xfe", b'{"a":"\\ud800"}',
        b'{"\\udfff":1}', b"[" * 100_000, b'{"a":1' + b"0" * 1001 + b"}",
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_body(body):
    with pytest.raises(DomainError) as refusal:
        parse_json(body)
    assert refusal.value.code.type == "MALFORMED_BODY"


def test_a_byte_order_mark_and_pairs_of_surrogates_are_read():
    assert parse_json(b'\xef\xbb\xbf{"a":"\\ud83e\\uddfe"}') == {"a": "🧾"}


@given(st.binary(max_size=60))
def test_any_body_is_read_or_refused(body):
    with suppress(DomainError):
        parse_json(body)


class Colour(Enum):
    RED = "red"


def test_what_is_written():
    east = timezone(timedelta(hours=2))
    value = {
        "amount": Decimal("1.50"), "big": Decimal("1E+13"), "zero": Decimal("-0.00"), "tiny": Decimal("0.00000001"),
        "at": datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=east), "naive": datetime(2024, 1, 2, 3, 4, 5),
        "day": date(2024, 1, 15), "colour": Colour.RED, "ids": (1, 2), "set": {3}, 7: True, "none": None,
    }  # fmt: skip
    assert dump_json(value).decode() == (
        '{"amount":1.5,"big":10000000000000,"zero":0,"tiny":0.00000001,'
        '"at":"2024-01-02T01:04:05.678Z","naive":"2024-01-02T03:04:05.000Z",'
        '"day":"2024-01-15T00:00:00.000Z","colour":"red","ids":[1,2],"set":[3],"7":true,"none":null}'
    )
    assert iso_day(date(2024, 1, 15)) == "2024-01-15T00:00:00.000Z"
    assert datetime(2024, 1, 1, tzinfo=UTC)


@given(st.decimals(-(10**17), 10**17, places=8))
def test_amounts_come_back_as_they_went(amount):
    assert read_json(dump_json({"amount": amount}).decode())["amount"] == amount


def test_what_was_echoed_is_written():
    for echoed in ("\ud800", 2**70):
        assert json.loads(dump_json({"value": echoed}))["value"] in {"\ud800", 2**70}
