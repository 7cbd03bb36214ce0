"""Checks of the values kept in memory against the database."""

import time
from typing import Any

import numpy as np
from sqlalchemy import Connection

from domain.accounts.repository import AMOUNTS, CHART
from domain.audit.repository import CHAIN_HEAD
from domain.branches.repository import BRANCHES
from domain.kit.warm import WarmKey, WarmState
from domain.ledger.columns import LEDGER, LedgerColumns
from domain.ledger.repository_columns import FIELDS
from domain.members.repository import TEAM
from domain.organization.repository import ORGANIZATION
from domain.settings.repository import SETTINGS
from domain.verification import repository
from domain.verification.model import Check

_VALUES: tuple[WarmKey[Any], ...] = (ORGANIZATION, CHART, AMOUNTS, SETTINGS, TEAM, BRANCHES, CHAIN_HEAD)
PUBLICATION_WAITS_MAX = 2
"""Tenths of a second that a commit is given to reach memory."""


def memory_equals_database(connection: Connection, warm: WarmState, version: int) -> Check:
    """What is in memory is what a reload would bring. `version` is the memory's before the transaction began to read.

    A difference while a write went on is no finding: memory changes just after the commit.
    """
    check = Check("memory", "Values in memory equal the database")
    held = dict(warm.values)
    for key in _VALUES:
        if key.name in held:
            check.checked += 1
            if held[key.name] != key.load(connection):
                check.problem(f"{key.name} differs from the database")
    _compare_counters(connection, check, held)
    columns = held.get(LEDGER.name)
    if isinstance(columns, LedgerColumns):
        check.checked += 1
        check.problem_each(ledger_differences(columns, LedgerColumns.load(connection)))
    if check.problems and _written_meanwhile(warm, version):
        return Check(check.name, check.title, notes=["was not compared: writes were under way"])
    return check


def _written_meanwhile(warm: WarmState, version: int) -> bool:
    for _ in range(PUBLICATION_WAITS_MAX):
        if warm.version != version:
            return True
        time.sleep(1 / 10)
    return warm.version != version


def _compare_counters(connection: Connection, check: Check, held: dict[str, Any]) -> None:
    for table, name in repository.counted_tables():
        if name in held:
            check.checked += 1
            highest = repository.highest_id(connection, table)
            if held[name] <= highest:
                check.problem(f"the next id of {table.name} would be {held[name]}, but {highest} is in use")


def ledger_differences(held: LedgerColumns, stored: LedgerColumns) -> list[str]:
    """How two columnar ledgers differ, line by line and in their daily balances."""
    first, second = held.view(), stored.view()
    if first.lines != second.lines:
        return [f"the ledger in memory has {first.lines} lines, the database {second.lines}"]
    orders = [np.argsort(view.column("line_id"), kind="stable") for view in (first, second)]
    problems = [
        f"the ledger in memory differs from the database in {name}"
        for name in FIELDS
        if not np.array_equal(first.column(name)[orders[0]], second.column(name)[orders[1]])
    ]
    if first.sums(since=None, until=None) != second.sums(since=None, until=None):
        problems.append("the daily balances in memory differ from the database")
    return problems
