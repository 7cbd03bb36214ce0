"""Hostile input, and where it goes: every field of a declared body, every parameter of a declared query, every id of a path."""

import itertools
import json
import typing
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel

MARK = "@@hostile@@"

_TEXTS = {
    "empty": "",
    "blank": " \t\n",
    "long": "x" * 70_000,
    "thousand": "y" * 1_000,
    "emoji": "Crème 🧾💶👩‍👩‍👧‍👦",
    "right-to-left": "\u202eحساب المدينين\u202c שלום",
    "nul": "a\x00b",
    "controls": "\x01\x1b[31m\x7f\x85\u2028",
    "quote": 'O\'Brien "the" `back` \\ slash',
    "injection": "'; DROP TABLE accounts; --",
    "or": "1' OR '1'='1",
    "comment": "/* */ UNION SELECT * FROM settings #",
    "percent": "100%_\\%",
    "format": "%s %(x)s {0} {x} ${y}",
    "nan text": "NaN",
    "infinity text": "-Infinity",
    "exponent text": "1e999999999",
    "many digits": "9" * 5_000,
    "minus zero text": "-0",
    "other digits": "٣٤",
    "fraction": "1/3",
    "thousands": "1,000.00",
    "underscored": "1_000",
    "hexadecimal": "0x10",
    "not a day": "2024-02-30",
    "day zero": "0000-00-00",
    "far day": "9999-12-31T23:59:60Z",
    "week": "2024-W01-1",
    "zone": "2024-05-01T10:00:00+99:99",
    "path": "../../etc/passwd",
}
_RAW = {
    "null": "null",
    "true": "true",
    "zero": "0",
    "minus zero": "-0",
    "minus zero point": "-0.0",
    "minus one": "-1",
    "half": "0.5",
    "10^30": "1" + "0" * 30,
    "1e30": "1e30",
    "1e400": "1e400",
    "exponent": "-1e999999999",
    "tiny": "1e-999999999",
    "tiny step": "0.000000001",
    "digits": "7" * 4_500,
    "31 bits": "2147483648",
    "63 bits": "9223372036854775808",
    "63 bits down": "-9223372036854775809",
    "64 bits": "18446744073709551616",
    "nan": "NaN",
    "infinity": "Infinity",
    "minus infinity": "-Infinity",
    "lone surrogate": '"\\ud800"',
    "surrogates reversed": '"\\udc00\\ud800 text"',
    "list": "[]",
    "list of null": "[null]",
    "list of lists": "[[],[[]]]",
    "list of text": '["a","b"]',
    "list of numbers": "[1,2,3]",
    "list of objects": "[{},{}]",
    "object": "{}",
    "operator": '{"$ne":null}',
    "prototype": '{"__proto__":{"a":1},"":{"":1}}',
    "deep list": "[" * 60 + "]" * 60,
    "very deep list": "[" * 5_000 + "]" * 5_000,
    "very deep object": '{"a":' * 3_000 + "1" + "}" * 3_000,
}
HOSTILE_JSON: dict[str, str] = {**{name: json.dumps(text) for name, text in _TEXTS.items()}, **_RAW}
"""JSON text to put where a value belongs; some of it is no JSON."""

HOSTILE_BODIES: dict[str, bytes] = {
    "not JSON": b"{",
    "trailing": b'{"name":"a"} x',
    "single quotes": b"{'name':'a'}",
    "bare word": b"name",
    "not UTF-8": b'{"name":"\xff\xfe"}',
    "byte order mark": b'\xef\xbb\xbf{"name":"a"}',
    "UTF-16": '{"name":"a"}'.encode("utf-16"),
    "nul bytes": b"\x00\x00\x00",
    "form": b"name=a&code=b",
    "duplicate keys": b'{"name":"a","name":[],"name":{}}',
    **{f"top level {name}": text.encode() for name, text in HOSTILE_JSON.items()},
}
MUST_BE_REFUSED = {"not JSON", "trailing", "single quotes", "bare word", "not UTF-8", "nul bytes", "form"}
"""No JSON at all: 400 from every endpoint that takes a body."""

HOSTILE_QUERY: dict[str, str] = {
    **{name: quote(text[:3_000]) for name, text in _TEXTS.items()},
    "raw nul": "%00",
    "raw high bytes": "%ff%fe",
    "surrogate": "%ed%a0%80",
    "half escape": "%",
    "bad escape": "%zz",
    "huge number": "9" * 30,
    "63 bits": "9223372036854775808",
    "exponent": "1e9",
    "minus": "-1",
    "zero": "0",
    "fraction": "1.5",
    "many places": "0.12345678901",
    "large amount": "10000000000001",
    "json": quote('{"a":[1]}'),
}
HOSTILE_IDS = {
    "zero": "0",
    "minus": "-1",
    "huge": "99999999999",
    "31 bits": "2147483648",
    "63 bits": "9223372036854775808",
    "unknown": "2147483647",
    "word": "abc",
    "escaped nul": "%00",
    "nul": "\x00",
    "other digits": "٣",
    "fraction": "1.5",
    "exponent": "1e3",
    "plus": "+1",
    "space": " 1",
    "injection": "1' OR '1'='1",
    "emoji": "🧾",
    "surrogate": "\udcff",
    "long": "9" * 5_000,
}

_SAMPLES: dict[str, Any] = {
    "account_id": 1003,
    "account_type": "expense",
    "currency_code": "USD",
    "from_currency": "EUR",
    "to_currency": "USD",
    "exchange_rate": 1,
    "rate": 1,
    "date": "2024-05-01",
    "payment_date": "2024-05-01",
    "lock_to_date": "2020-01-01",
    "unlock_from_date": "2019-01-01",
    "unlock_to_date": "2019-01-31",
    "module": "sales",
    "reason": "year end",
    "payment_account_id": 1003,
    "expense_account_id": 1021,
    "opening_balance": 12,
    "opening_balance_at": "2024-05-01",
    "customer_type": "business",
    "email": "someone@example.com",
    "website": "https://example.com",
    "publish": True,
    "debit": 10,
    "credit": 10,
    "amount": 10,
    "ids": [2147483647],
    "permissions": [{"subject": "Account", "ability": "View", "value": True}],
    "phone_number": "+1 555 0100",
    "fiscal_year": "january",
    "language": "en",
    "timezone": "UTC",
    "options": [{"group": "organization", "key": "name", "value": "Analytical Engines"}],
}
_OPTIONAL_IDS = ("_id", "_ids")


def _unwrap(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model inside of an annotation, and whether a list of it is meant."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    is_list = typing.get_origin(annotation) in {list, tuple, set}
    for argument in typing.get_args(annotation):
        model, nested = _unwrap(argument)
        if model is not None:
            return model, is_list or nested
    return None, False


def sample_body(model: type[BaseModel], number: int = 0) -> dict[str, Any]:
    """A plausible body: what the name of a field suggests; an unknown optional field stays out."""
    body: dict[str, Any] = {}
    for name, item in model.model_fields.items():
        inner, is_list = _unwrap(item.annotation)
        if name in _SAMPLES:
            body[name] = _SAMPLES[name]
        elif inner is not None and (is_list or item.is_required()):
            body[name] = [sample_body(inner, 1), sample_body(inner, 2)] if is_list else sample_body(inner)
        elif item.is_required() and not name.endswith(_OPTIONAL_IDS):
            body[name] = f"Sample {name}"[:20]
    if number and {"debit", "credit"} <= body.keys():
        body.pop("debit" if number == 1 else "credit")
    return body


def field_paths(model: type[BaseModel], before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to every declared field, through lists and objects."""
    for name, item in model.model_fields.items():
        yield (*before, name)
        inner, is_list = _unwrap(item.annotation)
        if inner is not None and len(before) < 6:
            yield from field_paths(inner, (*before, name, 0) if is_list else (*before, name))


def planted(body: dict[str, Any], path: tuple[str | int, ...], raw: str) -> bytes:
    """The body as JSON text with raw text where the path leads."""
    copy: Any = json.loads(json.dumps(body))
    node = copy
    for step, following in itertools.pairwise(path):
        if isinstance(step, str) and not isinstance(node.get(step), list if isinstance(following, int) else dict):
            node[step] = [{}] if isinstance(following, int) else {}
        node = node[step]
    node[path[-1]] = MARK
    return json.dumps(copy).replace(f'"{MARK}"', raw).encode("utf-8", "surrogatepass")
