"""Balances the transactions of a whole journal, and checks or fulfils its balance assertions.

Assertions hold in the order of dates, and in that of the file within a day (hledger's rule). A transaction whose amounts come from
an assigned balance (`= 100` without an amount) can only be balanced when its day is reached.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Date  # noqa: N812 - as in the model
from decimal import Decimal

from domain.journal_files.balancing import balance
from domain.journal_files.errors import BalanceAssertionError, JournalFileError
from domain.journal_files.model import Amount, BalanceAssertion, JournalTransaction, Posting
from domain.journal_files.numbers import EXACT

_ZERO = Decimal(0)


class RunningBalances:
    """What each account holds as the days go by."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, Decimal]] = {}

    def add(self, posting: Posting) -> None:
        """Count a posting."""
        if posting.amount is not None:
            held = self._held.setdefault(posting.account, {})
            commodity = posting.amount.commodity
            held[commodity] = EXACT.add(held.get(commodity, _ZERO), posting.amount.quantity)

    def of(self, account: str, *, with_subaccounts: bool) -> dict[str, Decimal]:
        """What the account holds, by commodity."""
        if not with_subaccounts:
            return self._held.get(account, {})
        sums: dict[str, Decimal] = {}
        for name, held in self._held.items():
            if name == account or name.startswith(account + ":"):
                for commodity, total in held.items():
                    sums[commodity] = EXACT.add(sums.get(commodity, _ZERO), total)
        return sums


def settle(transactions: Sequence[JournalTransaction], watch: Callable[[], None]) -> tuple[JournalTransaction, ...]:
    """All transactions balanced, in the same order, their assertions holding. `watch` is called for each of them, and may raise ValueError.

    Raises:
        UnbalancedTransactionError: a transaction does not balance.
        BalanceAssertionError: an asserted balance is not the account's.

    """
    settled = [_balanced(entry, watch) for entry in transactions]
    if not any(posting.assertion for entry in settled for posting in entry.postings):
        return tuple(settled)
    running = RunningBalances()
    for _, index, posting in sorted(_events(settled), key=lambda event: event[0]):
        _watched(watch, settled[index])
        if posting is not None:
            _count(running, posting)
        else:
            settled[index] = _assign(running, settled[index])
    return tuple(settled)


def _balanced(entry: JournalTransaction, watch: Callable[[], None]) -> JournalTransaction:
    _watched(watch, entry)
    return entry if _assigns(entry) else balance(entry)


def _watched(watch: Callable[[], None], entry: JournalTransaction) -> None:
    try:
        watch()
    except ValueError as problem:
        raise JournalFileError(str(problem), file=entry.file, line=entry.line) from problem


def _assigns(entry: JournalTransaction) -> bool:
    return any(posting.amount is None and posting.assertion is not None for posting in entry.postings)


def _events(settled: Iterable[JournalTransaction]) -> Iterator[tuple[Date, int, Posting | None]]:
    """What happens to balances: single postings on their own dates, and whole transactions that assign a balance."""
    for index, entry in enumerate(settled):
        if _assigns(entry):
            yield entry.date, index, None
        else:
            for posting in entry.postings:
                yield posting.date or entry.date, index, posting


def _count(running: RunningBalances, posting: Posting) -> None:
    running.add(posting)
    assertion = posting.assertion
    if assertion is None:
        return
    held = running.of(posting.account, with_subaccounts=assertion.with_subaccounts)
    expected = {assertion.amount.commodity: assertion.amount.quantity}
    commodities = [*expected, *held] if assertion.total else [*expected]
    for commodity in commodities:
        actual, asserted = held.get(commodity, _ZERO), expected.get(commodity, _ZERO)
        if actual != asserted:
            raise BalanceAssertionError(
                f"the balance of {posting.account} is {Amount(actual, commodity)}, but {Amount(asserted, commodity)} is asserted",
                file=posting.file,
                line=posting.line,
            )


def _assign(running: RunningBalances, entry: JournalTransaction) -> JournalTransaction:
    postings: list[Posting] = []
    for posting in entry.postings:
        assertion = posting.assertion
        if posting.amount is not None or assertion is None:
            if posting.amount is not None:
                _count(running, posting)
            postings.append(posting)
            continue
        if posting.date is not None:
            raise JournalFileError(
                "a balance cannot be assigned on a posting with a date of its own", file=posting.file, line=posting.line
            )
        assigned = _assigned_postings(running, posting, assertion)
        for each in assigned:
            running.add(each)
        postings += assigned
    balanced = balance(replace(entry, postings=tuple(postings)))
    left_out = {posting.line for posting in postings if posting.amount is None}
    for posting in balanced.postings:
        if posting.line in left_out:
            running.add(posting)
    return balanced


def _assigned_postings(running: RunningBalances, posting: Posting, assertion: BalanceAssertion) -> list[Posting]:
    """The posting with the amount that brings its account to the assigned balance; `==` also empties other commodities."""
    held = running.of(posting.account, with_subaccounts=assertion.with_subaccounts)
    target = assertion.amount
    difference = Amount(EXACT.subtract(target.quantity, held.get(target.commodity, _ZERO)), target.commodity)
    emptied = [
        replace(posting, amount=Amount(EXACT.copy_negate(total), commodity), assertion=None)
        for commodity, total in held.items()
        if assertion.total and commodity != target.commodity and total
    ]
    return [*emptied, replace(posting, amount=difference, cost=assertion.cost)]
