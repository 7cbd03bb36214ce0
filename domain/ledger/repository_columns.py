"""The bulk read of the ledger: a million lines in seconds, as whole numbers, without an object a row.

The server writes a page of lines as one text of numbers, which numpy reads; decimals come scaled by 10^4, days as proleptic
ordinals, currencies as their three letters in base 256, reference types as their position in `ReferenceType` plus one.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from domain.kit.money import LEDGER_SCALE
from domain.ledger.model import ReferenceType

PAGE_LINES = 20_000
"""Lines a round trip: at most some 4 MB of text, below any server's packet size."""
_TEXT_BYTES_MAX = 12_000_000

FIELDS = (
    "line_id", "day", "account", "contact", "branch", "item", "tax_rate", "reference_type", "reference_id", "currency", "debit",
    "credit", "foreign",
)  # fmt: skip
"""Order of the numbers of a line."""
REFERENCE_TYPES: tuple[str, ...] = tuple(item.value for item in ReferenceType)


class LedgerReadError(RuntimeError):
    """The ledger holds what the columns cannot, or the server cut a page short. Nothing is answered from it."""


def _type_cases() -> str:
    cases = " ".join(f"WHEN '{value}' THEN {code}" for code, value in enumerate(REFERENCE_TYPES, start=1))
    return f"CASE reference_type {cases} ELSE 0 END"


_PLAIN = "COALESCE(contact_id, 0)", "COALESCE(branch_id, 0)", "COALESCE(item_id, 0)", "COALESCE(tax_rate_id, 0)"
_SQLITE = (
    "id", "CAST(julianday(date) - 1721424.5 AS INTEGER)", "account_id", *_PLAIN, _type_cases(), "reference_id",
    " + ".join(f"unicode(substr(currency_code, {place}, 1)) * {256 ** (3 - place)}" for place in (1, 2, 3)),
    "debit", "credit", "foreign_debit - foreign_credit",
)  # fmt: skip
_MYSQL = (
    "id", "TO_DAYS(date) - 365", "account_id", *_PLAIN, _type_cases(), "reference_id",
    " + ".join(f"ASCII(SUBSTR(currency_code, {place}, 1)) * {256 ** (3 - place)}" for place in (1, 2, 3)),
    *(f"CAST(({amount}) * {10**LEDGER_SCALE} AS SIGNED)" for amount in ("debit", "credit", "foreign_debit - foreign_credit")),
)  # fmt: skip


def _page_statement(columns: tuple[str, ...], joined: str) -> str:
    named = ", ".join(f"{column} AS c{place}" for place, column in enumerate(columns))
    page = f"SELECT {named} FROM ledger_lines WHERE id > :after ORDER BY id LIMIT {PAGE_LINES}"
    return f"SELECT COUNT(*), MAX(c0), {joined} FROM ({page}) AS page"


_NAMES = tuple(f"c{place}" for place in range(len(FIELDS)))
_PAGES = {
    "sqlite": text(_page_statement(_SQLITE, f"group_concat({' || char(44) || '.join(_NAMES)}, ',')")),
    "mysql": text(_page_statement(_MYSQL, f"GROUP_CONCAT({', CHAR(44), '.join(_NAMES)} SEPARATOR ',')")),
}


def count_lines(connection: Connection) -> int:
    """How many lines the ledger has. Reads an index from end to end: a second for ten millions."""
    return int(connection.execute(text("SELECT COUNT(*) FROM ledger_lines")).scalar_one())


def read_pages(connection: Connection) -> Iterator[NDArray[np.int64]]:
    """The whole ledger by line id, in pages: one row a line, one column a field of `FIELDS`. Memory is bounded by a page.

    Raises:
        LedgerReadError: a page is cut short, or holds a reference type that this program does not know.

    """
    dialect = "sqlite" if connection.dialect.name == "sqlite" else "mysql"
    if dialect == "mysql":
        connection.execute(text(f"SET SESSION group_concat_max_len = {_TEXT_BYTES_MAX}"))
    after = 0
    while True:
        count, last, numbers = connection.execute(_PAGES[dialect], {"after": after}).one()
        if not count:
            return
        body = numbers.decode() if isinstance(numbers, bytes) else numbers
        page: NDArray[np.int64] = np.fromstring(body, dtype=np.int64, sep=",")
        if page.size != count * len(FIELDS):
            msg = f"of {count} ledger lines after {after}, {page.size} numbers came instead of {count * len(FIELDS)}"
            raise LedgerReadError(msg)
        page = page.reshape(count, len(FIELDS))
        if not page[:, FIELDS.index("reference_type")].all():
            msg = f"between ledger lines {after} and {last} stands a reference type that this program does not know"
            raise LedgerReadError(msg)
        after = int(last)
        yield page
