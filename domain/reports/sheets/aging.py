"""Aging of receivables and payables (reports.md section 17, reports-tables.md section I, DECISIONS 12): how long what is open has been
due, as of a day.

Replayed from the ledger: what increases a contact's balance is a charge, due on its day; what decreases it pays the oldest charges
first, whatever came first. What is paid beyond all charges stands as a negative amount in `current`. So the total is always the
balance of the control accounts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from domain.accounts.model import Normal
from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.schemas import WireModel
from domain.ledger.control import ControlLines
from domain.ledger.daily import Numbers
from domain.reports.contacts import id_of, identity, name_of, read
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, Row, Table
from domain.reports.report import Pack, Report
from domain.reports.schemas import AmountOut, DayQuery, IdList, MetaOut, ReportFlag
from domain.reports.sheet import Figures
from domain.reports.statement import Statement, as_of_day, statement_of
from domain.reports.statement_table import money, table_of, words

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


# ---- the wire


class AgingQuery(DayQuery):
    """What both aging summaries take."""

    none_zero: ReportFlag = False
    aging_days_before: Annotated[int, Field(ge=1, le=DAYS_BEFORE_MAX)] = 30
    aging_periods: Annotated[int, Field(ge=1, le=PERIODS_MAX)] = 3
    branches_ids: IdList = ()


class ReceivableAgingQuery(AgingQuery):
    """`GET /reports/receivable-aging-summary`."""

    customers_ids: IdList = ()


class PayableAgingQuery(AgingQuery):
    """`GET /reports/payable-aging-summary`."""

    vendors_ids: IdList = ()


class AgingPeriodOut(WireModel):
    """A period of days overdue."""

    from_period: str
    to_period: str | None
    before_days: int
    to_days: int | None


class AgedOut(AgingPeriodOut):
    """What is overdue by so many days."""

    total: AmountOut


class AgingTotalOut(WireModel):
    """What is open: not overdue, by period, together."""

    current: AmountOut
    aging: list[AgedOut]
    total: AmountOut


class ContactAgeOut(AgingTotalOut):
    """One contact."""

    id: int | None
    customer_name: str | None = None
    vendor_name: str | None = None


class AgingData(WireModel):
    """The contacts, under the name of their kind, and their total."""

    customers: list[ContactAgeOut] | None = None
    vendors: list[ContactAgeOut] | None = None
    total: AgingTotalOut


class AgingOut(WireModel):
    """An aging summary."""

    query: dict[str, Any]
    columns: list[AgingPeriodOut]
    data: AgingData
    meta: MetaOut


def plain_json(sheet: Aging, numbers: NumberFormat) -> dict[str, Any]:
    """`data`."""
    kind = sheet.service.value
    return {
        f"{kind}s": [{**identity(kind, age.contact), **_form(age, sheet, numbers, total=False)} for age in sheet.contacts],
        "total": _form(sheet.total, sheet, numbers, total=True),
    }


def _form(age: ContactAge, sheet: Aging, numbers: NumberFormat, *, total: bool) -> dict[str, Any]:
    style = Style.MONEY0 if total else Style.ROW
    current, *overdue = age.figures
    return {
        "current": numbers.amount(current, style),
        "aging": [
            period_form(period) | {"total": numbers.amount(amount, style)}
            for period, amount in zip(sheet.periods, overdue, strict=True)
        ],
        "total": numbers.amount(age.total, Style.MONEY0),
    }


def period_form(period: AgingPeriod) -> dict[str, Any]:
    """One of `columns`."""
    return {
        "from_period": period.from_period.isoformat(),
        "to_period": None if period.to_period is None else period.to_period.isoformat(),
        "before_days": period.before_days,
        "to_days": period.to_days,
    }


def table(statement: Statement) -> Table:
    """For all renderers; no total without a contact. All periods have the same key, as on the wire."""
    sheet: Aging = statement.sheet
    numbers, name_key = statement.numbers, f"{sheet.service.value}_name"

    def figures(age: ContactAge, style: Style) -> Iterator[Cell]:
        for place, amount in enumerate(age.figures):
            yield money("aging_period" if place else "current", amount, numbers, style)
        yield money("total", age.total, numbers, Style.MONEY0)

    rows = [
        Row((words(name_key, name_of(age.contact)), *figures(age, Style.ROW)), ("contact",), id_of(age.contact))
        for age in sheet.contacts
    ]
    if rows:
        rows.append(Row((words("blank", ""), *figures(sheet.total, Style.MONEY0)), ("total",), emphasis=Emphasis.CLOSING))
    columns = (
        Column(name_key, f"{sheet.service.label} name"),
        Column("current", "Current", Kind.MONEY),
        *(Column("aging_period", period.label, Kind.MONEY) for period in sheet.periods),
        Column("total", "Total", Kind.MONEY),
    )
    return table_of(statement, columns, rows)


# ---- the reports


def _make(ctx: TenantContext, service: ContactService, query: AgingQuery, contacts: tuple[int, ...], title: str) -> Statement:
    asked = Query(
        service=service,
        as_date=query.as_date or ctx.today(),
        days_before=query.aging_days_before,
        periods=query.aging_periods,
        contacts=frozenset(contacts) or None,
        branches=frozenset(query.branches_ids) or None,
        none_zero=query.none_zero,
    )
    sheet = build(*read(ctx, asked), asked)
    made = statement_of(ctx, query, title, sheet, as_of_day(asked.as_date), data=plain_json, as_date=asked.as_date)
    return replace(made, columns=[period_form(period) for period in sheet.periods])


REPORTS = (
    Report(
        name="receivable-aging",
        operation="receivable_aging_summary",
        title="The aging of receivables",
        path="/reports/receivable-aging-summary",
        # What the reference's client asks for PDFs (reports.md section 27).
        aliases={"/reports/receivable_aging_summary": "The aging of receivables"},
        permission=permissions.Report["read-ar-aging-summary"],
        query=ReceivableAgingQuery,
        returns=AgingOut,
        make=lambda ctx, query: _make(ctx, ContactService.CUSTOMER, query, query.customers_ids, "A/R Aging Summary"),
        table=table,
        pack=Pack.DAY,
        place=70,
    ),
    Report(
        name="payable-aging",
        operation="payable_aging_summary",
        title="The aging of payables",
        path="/reports/payable-aging-summary",
        permission=permissions.Report["read-ap-aging-summary"],
        query=PayableAgingQuery,
        returns=AgingOut,
        make=lambda ctx, query: _make(ctx, ContactService.VENDOR, query, query.vendors_ids, "A/P Aging Summary"),
        table=table,
        pack=Pack.DAY,
        place=80,
    ),
)
