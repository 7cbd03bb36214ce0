"""Aging of receivables and payables (reports.md section 17, DECISIONS 12): how long what is open has been due, as of a day.

Replayed from the ledger: what increases a contact's balance is a charge, due on its day; what decreases it pays the oldest charges
first, whatever came first. What is paid beyond all charges stands as a negative amount in `current`. So the total is always the
balance of the control accounts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from domain.accounts.model import Normal
from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.ledger.control import ControlLines, control_lines
from domain.ledger.daily import Numbers
from domain.reports.sheet import Books, Figures

DAYS_BEFORE_MAX = 500
PERIODS_MAX = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`days_before` days a period (1 to 500), `periods` of them (1 to 12), the last one open-ended. `contacts` lists exactly these."""

    service: ContactService
    as_date: date
    days_before: int = 30
    periods: int = 3
    contacts: frozenset[int] | None = None
    branches: frozenset[int] | None = None
    none_zero: bool = False
    """Hide contacts who owe nothing."""


@dataclass(frozen=True, slots=True)
class AgingPeriod:
    """Days overdue from `before_days` to `to_days`, both included, as days of the calendar from the later to the earlier one."""

    before_days: int
    to_days: int | None
    from_period: date
    to_period: date | None

    @property
    def label(self) -> str:
        """The heading of its column."""
        return f"{self.before_days} - {'And Over' if self.to_days is None else self.to_days}"


@dataclass(frozen=True, slots=True)
class ContactAge:
    """What one contact owes. `figures`: not yet due, then by period; None stands for what was posted without a contact."""

    contact: ContactName | None
    figures: Figures

    @property
    def total(self) -> int:
        """All together."""
        return sum(self.figures)


@dataclass(frozen=True, slots=True)
class Aging:
    """The contacts shown, by id, and their sums. Amounts are scaled base currency on the kind's normal side."""

    service: ContactService
    periods: tuple[AgingPeriod, ...]
    contacts: tuple[ContactAge, ...]
    total: ContactAge


def periods(query: Query) -> tuple[AgingPeriod, ...]:
    """The periods before the day."""
    return tuple(_period(query, number) for number in range(1, query.periods + 1))


def _period(query: Query, number: int) -> AgingPeriod:
    last, days = number == query.periods, query.days_before
    return AgingPeriod(
        0 if number == 1 else (number - 1) * days + 1,
        None if last else number * days,
        query.as_date - timedelta(days=(number - 1) * days),
        None if last else query.as_date - timedelta(days=number * days),
    )


def lines_of(books: Books, query: Query) -> ControlLines:
    """The lines on the control accounts that the sheet is made of."""
    accounts = (account.id for account in books.chart if account.account_type == query.service.control_type)
    return control_lines(books.ledger, accounts, until=query.as_date, branches=query.branches)


def build(lines: ControlLines, contacts: Iterable[ContactName], query: Query) -> Aging:
    """What the contacts given owe as of the day, by age."""
    by_contact = _ages(lines, query)
    listed = sorted(contacts, key=lambda contact: contact.id)
    nothing: Figures = (0,) * (query.periods + 1)
    ages = [ContactAge(contact, by_contact.get(contact.id, nothing)) for contact in listed]
    if query.contacts is not None:
        ages = [age for age in ages if age.contact is not None and age.contact.id in query.contacts]
    else:
        ages = [age for age in ages if any(age.figures) or (age.contact is not None and age.contact.service is query.service)]
        known = {contact.id for contact in listed}
        stray = _sum([figures for contact, figures in by_contact.items() if contact not in known], nothing)
        ages += [ContactAge(None, stray)] if any(stray) else []
        ages = [age for age in ages if not query.none_zero or age.total]
    return Aging(query.service, periods(query), tuple(ages), ContactAge(None, _sum([age.figures for age in ages], nothing)))


def _sum(rows: Sequence[Figures], nothing: Figures) -> Figures:
    return tuple(map(sum, zip(*rows, strict=True))) if rows else nothing


def _ages(lines: ControlLines, query: Query) -> dict[int, Figures]:
    """Open amounts by contact: not yet due, then by period."""
    starts = lines.starts
    if not len(starts):
        return {}
    movement = lines.movement if query.service.normal is Normal.DEBIT else -lines.movement
    charges, credits_ = np.maximum(movement, 0), np.maximum(-movement, 0)
    group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(movement)))
    paid = np.add.reduceat(credits_, starts)
    charged = np.add.reduceat(charges, starts)
    so_far = _running(charges, starts, group)
    # Of each charge, what the payments have not reached when they go through the charges from the oldest on.
    still_open = np.clip(so_far - paid[group], 0, charges)
    ages = np.zeros((len(starts), query.periods + 1), dtype=np.int64)
    np.add.at(ages, (group, _places(lines.day, query)), still_open)
    ages[:, 0] -= np.maximum(paid - charged, 0)
    return dict(zip(lines.contact[starts].tolist(), map(tuple, ages.tolist()), strict=True))


def _running(amounts: Numbers, starts: Numbers, group: Numbers) -> Numbers:
    """Sums from the first line of each contact on."""
    running = np.cumsum(amounts)
    before: Numbers = (running - amounts)[starts]
    return running - before[group]


def _places(days: Numbers, query: Query) -> Numbers:
    """Column of each line by its due day: 0 not overdue, else the number of its period."""
    overdue = query.as_date.toordinal() - days
    places: Numbers = np.minimum((overdue + query.days_before - 1) // query.days_before, query.periods)
    return places
