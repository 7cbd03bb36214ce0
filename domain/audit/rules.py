"""Canonical JSON, and the chain of hashes over the audit trail. Pure.

Each entry's hash covers the hash before it, the organization's id and everything that the entry says. Changing, removing or
reordering an entry, or moving it to another organization's trail, breaks the chain from there on. What the chain alone cannot
show is the removal of its newest entries; keep the newest hash elsewhere (a backup) to see that.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring
from typing import Any

from domain.kit.money import decimal_text

GENESIS_HASH = "0" * 64
"""What stands before the first entry."""


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no blanks, decimals as numbers with their exact digits.

    Days are ISO text, instants ISO text in UTC with microseconds.

    Raises:
        TypeError: a value that plain JSON does not hold, such as a binary float.

    """
    match value:
        case str() if not isinstance(value, Enum):
            return encode_basestring(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Enum():
            return canonical_json(value.value)
        case int():
            return str(value)
        case Decimal():
            return decimal_text(value)
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            return f'"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}Z"'
        case date():
            return f'"{value.isoformat()}"'
        case Mapping():
            return (
                f"{{{','.join(f'{encode_basestring(str(key))}:{canonical_json(value[key])}' for key in sorted(value, key=str))}}}"
            )
        case list() | tuple():
            return f"[{','.join(map(canonical_json, value))}]"
        case _:
            msg = f"a {type(value).__name__} cannot stand in the audit trail"
            raise TypeError(msg)


def entry_hash(previous_hash: str, entry: Mapping[str, Any]) -> str:
    """SHA-256 over the hash before and the canonical JSON of the entry, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{previous_hash}\n{canonical_json(entry)}".encode()).hexdigest()
