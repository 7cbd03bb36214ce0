"""The JSON border: key folding, extended query strings, exact numbers (`platform.md` section 1).

Requests may spell keys in camelCase, snake_case or kebab-case; they are folded to snake_case at every depth. Numbers are read as
decimals, never as binary floats; amounts are written as JSON numbers with their exact digits.
"""

import itertools
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

import orjson

from domain.kit.errors import MALFORMED_BODY, QUERY_PARTS_MAX, QUERY_TOO_LONG
from domain.kit.money import decimal_text

DEPTH_MAX = 32
"""Deepest nesting accepted in bodies and queries."""
DIGITS_MAX = 1000
"""Longest number accepted, written out without exponent."""
_SEPARATED = re.compile(r"[_-](\w)")
_CAPITAL = re.compile(r"(?<!^)([A-Z])")
_POSITION = re.compile(r"[0-9]{1,9}")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


@lru_cache(maxsize=8192)
def fold_key(key: str) -> str:
    """One internal name for all spellings of a key: `invoice_no`, `invoiceNo`, `invoice-no` → `invoice_no`.

    There is no underscore before digits: `billing_address_1` → `billing_address1`.
    """
    camel = _SEPARATED.sub(lambda match: match.group(1).upper(), key)
    camel = camel[:1].lower() + camel[1:]
    return _CAPITAL.sub(r"_\1", camel).lower()


def fold_keys(value: Any) -> Any:
    """The same structure with all keys folded; empty keys are dropped. Values are untouched."""
    if isinstance(value, dict):
        return {fold_key(key): fold_keys(item) for key, item in value.items() if key}
    if isinstance(value, list):
        return [fold_keys(item) for item in value]
    return value


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"{text} is not a JSON number")


def _bounded_int(text: str) -> int | Decimal:
    return int(text) if len(text) < 40 else _bounded_decimal(text)  # noqa: PLR2004 - longer than any amount


def _bounded_decimal(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > DIGITS_MAX or abs(number.adjusted()) > DIGITS_MAX:
        raise ValueError(f"a number has more than {DIGITS_MAX} digits")
    return number


def read_json(text: str) -> Any:
    """JSON with exact numbers and folded keys.

    Raises:
        ValueError: not JSON, `NaN` or `Infinity`, nested too deeply, a number of more than 1,000 digits, written out, or half of
            a surrogate pair, which is no text and cannot be stored.

    """
    try:
        parsed = json.loads(text, parse_float=_bounded_decimal, parse_int=_bounded_int, parse_constant=_refuse_constant)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(parsed, default=str, ensure_ascii=False).encode()
        return fold_keys(parsed)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ArithmeticError as problem:
        raise ValueError(f"a number cannot be read: {problem!r}") from None


def parse_json(body: bytes) -> Any:
    """A request body with folded keys. An empty body is an empty object.

    Raises:
        MALFORMED_BODY: not UTF-8, not JSON, or refused by :func:`read_json`.

    """
    if not body.strip():
        return {}
    try:
        return read_json(body.decode("utf-8-sig"))
    except ValueError as problem:
        raise MALFORMED_BODY(f"The body is not valid JSON: {problem}") from None


def parse_query(query: str) -> dict[str, Any]:
    """Query parameters in the extended syntax: `a[]=1&a[]=2`, `a[0]=1`, `a[b]=c`; repeated keys make a list. Keys are folded.

    Raises:
        QUERY_TOO_LONG: more than 1,000 parameters. Answering some of them would answer another question.

    """
    tree: dict[str, Any] = {}
    parts = [part for part in query.split("&") if part]
    if len(parts) > QUERY_PARTS_MAX:
        raise QUERY_TOO_LONG()
    for part in parts:
        raw_key, _, raw_value = part.partition("=")
        key = unquote_plus(raw_key, errors="replace")
        head, *_ = key.partition("[")
        path = [head, *_BRACKETS.findall(key[len(head) :])][:DEPTH_MAX]
        if head:
            _plant(tree, path, unquote_plus(raw_value, errors="replace"))
    return {fold_key(key): _folded_branch(item) for key, item in tree.items()}


def _plant(tree: dict[str, Any], path: list[str], value: str) -> None:
    node = tree
    for step, following in itertools.pairwise(path):
        child = node.get(step)
        if not isinstance(child, dict):
            child = {}
            node[step] = child
        node = child
        if following == "":
            _append(node, value)
            return
    last = path[-1]
    if last in node:
        present = node[last]
        node[last] = [*present, value] if isinstance(present, list) else [present, value]
    else:
        node[last] = value


def _append(node: dict[str, Any], value: str) -> None:
    node[str(len(node))] = value


def _folded_branch(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(_POSITION.fullmatch(key) for key in node):
        return [_folded_branch(item) for _, item in sorted(node.items(), key=lambda pair: int(pair[0]))]
    return {fold_key(key): _folded_branch(item) for key, item in node.items() if key}


def iso_instant(value: datetime) -> str:
    """An instant as ISO text with milliseconds and `Z`. Naive values are UTC."""
    moment = value.astimezone(UTC) if value.tzinfo else value
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def iso_day(value: date) -> str:
    """A calendar day as ISO text at UTC midnight, as the reference's DATE columns travel."""
    return f"{value.isoformat()}T00:00:00.000Z"


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(decimal_text(value).encode())
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, date):
        return iso_day(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    msg = f"cannot put a {type(value).__name__} on the wire"
    raise TypeError(msg)


_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


def dump_json(value: Any) -> bytes:
    """JSON bytes: decimals as numbers with their exact digits, instants and days as ISO text with `Z`."""
    try:
        return orjson.dumps(value, default=_encode, option=_OPTIONS)
    except TypeError:  # a lone surrogate or an integer beyond 64 bits, as echoed input may hold
        return json.dumps(value, default=str, ensure_ascii=True).encode()
