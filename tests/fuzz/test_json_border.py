"""The JSON border and numbers: short texts that mean enormous things are refused before anything writes them out."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.errors import DomainError, ValidationFailedError
from domain.kit.money import parse_decimal
from domain.kit.schemas import OptionalAmount, OptionalId, WireModel, validate
from domain.kit.wire import dump_json, parse_json, parse_query, read_json


class Sample(WireModel):
    amount: OptionalAmount = None
    record_id: OptionalId = None


@pytest.mark.parametrize(
    "text",
    [
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e1001",
        "9" * 1_001,
        "0." + "1" * 1_001,
        "[1e99999999999999999999]",
        "NaN",
        "[-Infinity]",
        '"\\ud800"',
        '{"a":["\\uDC00\\uD800"]}',
        "[" * 100_000,
        "{'a':1}",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_json(text)
    with pytest.raises(DomainError, match="not valid JSON") as refused:
        parse_json(text.encode())
    assert len(dump_json(refused.value.body())) < 2_000


@pytest.mark.parametrize("body", [b'"\xff"', b'"\xed\xa0\x80"', '{"a":1}'.encode("utf-16"), b"\x00"])
def test_not_utf8_is_refused(body: bytes) -> None:
    with pytest.raises(DomainError):
        parse_json(body)


def test_accepted() -> None:
    assert parse_json(b"") == parse_json(b" \n") == {}
    assert parse_json(b'\xef\xbb\xbf{"aB":1}') == {"a_b": 1}
    assert parse_json(b'{"a":"\\ud83d\\ude00 \\\\ud800"}') == {"a": "😀 \\ud800"}
    assert parse_json(b"0.30000000000000004") == Decimal("0.30000000000000004")
    assert read_json("1" + "0" * 999) == Decimal(10) ** 999


@pytest.mark.parametrize(
    "value", ["1e65", "1e-65", "1e999999999", Decimal("1e500"), "9" * 65, "NaN", "sNaN", "-Infinity", True, None, []]
)
def test_no_amount(value: object) -> None:
    with pytest.raises(ValueError, match="must be"):
        parse_decimal(value)


@pytest.mark.parametrize("value", ["-0", "-0.00", "0e999999999", "-0e-999999999", Decimal("-0"), 0])
def test_zero_is_zero(value: object) -> None:
    assert str(parse_decimal(value)) == "0"


def test_a_refused_value_is_echoed_short() -> None:
    for value in (Decimal(10) ** 900, "x" * 100_000, ["x" * 100_000], 10**38, Decimal("1e-900")):
        with pytest.raises(ValidationFailedError) as refused:
            validate(Sample, {"record_id": value})
        assert len(dump_json(refused.value.body())) < 2_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, JSON)
def test_any_json_is_taken_or_refused_by_field(amount: object, record_id: object) -> None:
    body = parse_json(dump_json({"amount": amount, "record_id": record_id}))
    with contextlib.suppress(ValidationFailedError):
        validate(Sample, body)


@pytest.mark.parametrize("query", ["a[²]=1", "a[٣]=1", f"a[{'9' * 5_000}]=1", "a" + "[b]" * 5_000 + "=1", "&" * 5_000])
def test_odd_queries_are_read(query: str) -> None:
    assert isinstance(parse_query(query), dict)


@given(st.text(alphabet="ab[]=&%0129.\x00é²٣", max_size=60))
def test_any_query_is_read(query: str) -> None:
    assert isinstance(parse_query(query), dict)
