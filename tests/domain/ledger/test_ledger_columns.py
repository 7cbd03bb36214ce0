"""The columnar ledger stays equal to what a rebuild makes, whatever it followed, and readers keep what they hold."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.context import LedgerChange
from domain.ledger import columns as module
from domain.ledger.columns import LedgerColumns, LedgerView, currency_code, currency_text
from domain.ledger.daily import Sums
from domain.ledger.repository_columns import FIELDS
from tests.domain.reports.factories import make_posting, make_row

START = date(2023, 1, 1)


def content(view: LedgerView) -> list[tuple[int, ...]]:
    return sorted(zip(*(view.column(name).tolist() for name in FIELDS), strict=True))


def rebuilt(rows) -> LedgerColumns:
    return LedgerColumns(np.array([module._numbers(row) for row in rows], dtype=np.int64).reshape(len(rows), len(FIELDS)))


def expected_sums(rows, *, since=None, until=None, branches=None):
    sums: dict[int, list[int]] = {}
    for row in rows:
        day = row["date"]
        if (since and day < since) or (until and day > until) or (branches is not None and row["branch_id"] not in branches):
            continue
        entry = sums.setdefault(row["account_id"], [0, 0, 0])
        entry[0] += int(row["debit"] * 10**4)
        entry[1] += int(row["credit"] * 10**4)
        entry[2] += 1
    return {account: Sums(*entry) for account, entry in sums.items()}


AMOUNTS = st.decimals(-(10**6), 10**6, places=4)
DAYS = st.integers(0, 60).map(lambda days: START + timedelta(days=days))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["post", "remove", "replace"]),
        st.sampled_from(["Journal", "Expense", "SaleInvoice"]),
        st.integers(1, 6),
        st.lists(st.tuples(st.integers(1000, 1004), AMOUNTS), min_size=1, max_size=4),
        DAYS,
        st.sampled_from([None, 1, 2]),
    ),
    max_size=40,
)


def play(steps):
    """The changes of the steps, and the rows that stand in the end."""
    standing: dict[tuple[str, int], list] = {}
    for action, kind, number, lines, day, branch in steps:
        change = LedgerChange()
        if action != "post" and (kind, number) in standing:
            change.removed.append((kind, number))
            del standing[kind, number]
        if action != "remove":
            change.added = make_posting(number, day, *lines, reference_type=kind, branch_id=branch).added
            standing.setdefault((kind, number), []).extend(change.added)
        yield change, [row for rows in standing.values() for row in rows]


@given(steps=STEPS, split=st.integers(0, 40), since=st.none() | DAYS, until=st.none() | DAYS)
def test_following_equals_rebuilding(steps, split, since, until):
    played = list(play(steps))
    split = min(split, len(played))
    followed = rebuilt(played[split - 1][1] if split else [])
    held = []
    for change, rows in played[split:]:
        followed.follow([change])
        held.append((followed.view(), rows))
    for view, rows in held:  # each view still says what it said when it was taken
        assert content(view) == content(rebuilt(rows).view())
        assert view.lines == len(rows)
        for branches in (None, frozenset({1}), frozenset({1, 2})):
            assert view.sums(since=since, until=until, branches=branches) == expected_sums(
                rows, since=since, until=until, branches=branches
            )


@given(steps=STEPS, loaded=st.integers(0, 40))
def test_following_what_was_loaded_already_changes_nothing(steps, loaded):
    played = list(play(steps))
    loaded = min(loaded, len(played))
    columns = rebuilt(played[loaded - 1][1] if loaded else [])
    for change, _ in played:
        columns.follow([change])
    rows = played[-1][1] if played else []
    assert content(columns.view()) == content(rebuilt(rows).view())
    assert columns.view().sums(since=None, until=None) == expected_sums(rows)


@pytest.fixture
def small_bounds(monkeypatch):
    for name, bound in (("CAPACITY_MIN", 4), ("RECENT_CELLS_MAX", 6), ("RECENT_REFERENCES_MAX", 5)):
        monkeypatch.setattr(module, name, bound)


def test_growth_merging_and_clearing_away_lose_nothing(small_bounds):
    columns, standing = LedgerColumns(), {}
    for number in range(400):
        if number % 3 == 2:
            gone = number - 2
            columns.follow([LedgerChange(removed=[("Journal", gone)])])
            standing.pop(gone)
        else:
            change = make_posting(number, START + timedelta(days=number % 50), (1000 + number % 7, number), (1001, -number))
            columns.follow([change])
            standing[number] = change.added
        if number % 11 == 0:
            rows = [row for group in standing.values() for row in group]
            assert content(columns.view()) == content(rebuilt(rows).view())
            assert columns.view().sums(since=None, until=None) == expected_sums(rows)
    assert columns.view().count < 800 * 2 / 3  # removed lines were cleared away


def test_readers_see_whole_transactions_while_the_writer_goes_on(small_bounds):
    columns, stop, torn = LedgerColumns(), threading.Event(), []

    def read():
        while not stop.is_set():
            view = columns.view()
            sums = view.sums(since=None, until=None)
            if (
                sum(item.movement for item in sums.values())
                or view.lines % 2
                or int(view.column("debit").sum()) != int(view.column("credit").sum())
            ):
                torn.append(view.version)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(600):
        columns.follow([make_posting(number, START, (1000, number + 1), (1001, -number - 1))])
        if number % 4 == 3:
            columns.follow([LedgerChange(removed=[("Journal", number - 1), ("Journal", number - 2)])])
    stop.set()
    for reader in readers:
        reader.join()
    assert not torn


def test_view_is_the_same_until_something_changes_and_cannot_be_written():
    columns = LedgerColumns()
    columns.follow([make_posting(1, START, (1000, 5), (1001, -5))])
    view = columns.view()
    assert columns.view() is view
    with pytest.raises(ValueError, match="read-only"):
        view.columns["debit"][0] = 1


def test_exact_beyond_the_precision_of_binary_floats():
    big = Decimal("9999999999999.9999")
    columns = LedgerColumns()
    columns.follow([LedgerChange(added=[make_row(1, START, 1000, big), make_row(1, START, 1000, Decimal("0.0001"))])])
    assert columns.view().sums(since=None, until=None)[1000].debit == 10**17


def test_currency_codes():
    assert [currency_text(currency_code(code)) for code in ("USD", "JPY", "KWD")] == ["USD", "JPY", "KWD"]
