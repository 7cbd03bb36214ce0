"""How much memory a ledger takes is known before it is loaded."""

import numpy as np
import pytest

from domain.ledger.columns import LedgerColumns, measure, memory_bytes
from domain.ledger.repository_columns import FIELDS
from tests.domain.ledger.test_ledger_load import journal, pair


def rows(count: int) -> np.ndarray:
    """Each line an account, day and reference of its own: nothing is saved by adding up."""
    lines = np.ones((count, len(FIELDS)), dtype=np.int64)
    for name in ("line_id", "account", "day", "reference_id"):
        lines[:, FIELDS.index(name)] = np.arange(1, count + 1)
    return lines


def held_bytes(columns: LedgerColumns) -> int:
    balances = columns._balances
    arrays = [*columns._columns.values(), columns._removed, columns._index_keys, columns._index_rows]
    arrays += [balances.keys, balances.branch, balances.debit, balances.credit, balances.lines]
    return sum(array.nbytes for array in arrays)


@pytest.mark.parametrize("lines", [0, 1, 1024, 1025, 40_000, 70_001])
def test_the_estimate_is_what_the_arrays_take(lines: int) -> None:
    columns = LedgerColumns(rows(lines))
    held = held_bytes(columns)
    assert held <= columns.size_bytes() + 64
    assert held >= columns.size_bytes() * 0.99
    assert columns.size_bytes() == memory_bytes(lines)


def test_what_is_measured_is_what_a_load_takes(books) -> None:
    from domain.ledger.service import post

    for number in range(3):
        books.command(lambda ctx, n=number: post(ctx, journal(n + 1, *pair(books, "5"))))
    assert books.query(lambda ctx: measure(ctx.db)) == memory_bytes(6)
    assert books.query(lambda ctx: LedgerColumns.load(ctx.db)).size_bytes() == memory_bytes(6)
