"""Customer and vendor balance summaries (reports.md section 18, reports-tables.md section J): what each contact owes, or is owed, as of
a day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from domain.accounts.model import Normal
from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.schemas import WireModel
from domain.ledger.control import ControlLines
from domain.reports.cells import percent_cell
from domain.reports.contacts import id_of, identity, name_of, read
from domain.reports.number_format import NumberFormat, Style
from domain.reports.plain_json import cell_object
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, Row, Table
from domain.reports.report import Pack, Report
from domain.reports.schemas import AmountOut, DayQuery, IdList, MetaOut, PercentageOut, ReportFlag
from domain.reports.statement import Statement, as_of_day, statement_of
from domain.reports.statement_table import figure, money, table_of, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`contacts` lists exactly these, whatever the two filters say; None is all. Unknown ids select nothing."""

    service: ContactService
    as_date: date
    contacts: frozenset[int] | None = None
    branches: frozenset[int] | None = None
    none_zero: bool = False
    """Hide contacts with a balance of zero."""
    none_transactions: bool = True
    """Hide contacts without a line on the control accounts."""


@dataclass(frozen=True, slots=True)
class ContactBalance:
    """One contact; None stands for what was posted to the control accounts without one. Scaled, on the kind's normal side."""

    contact: ContactName | None
    balance: int


@dataclass(frozen=True, slots=True)
class ContactBalances:
    """The contacts shown, by name, and their sum; `listed` is the sum before rows were hidden."""

    service: ContactService
    contacts: tuple[ContactBalance, ...]
    total: int
    listed: int


def build(lines: ControlLines, contacts: Sequence[ContactName], query: Query) -> ContactBalances:
    """The balances of the contacts given, in their order. Together they are the balance of the control accounts."""
    sign = 1 if query.service.normal is Normal.DEBIT else -1
    balances = {contact: (sign * movement, count) for contact, (movement, count) in lines.balances().items()}
    listed = [ContactBalance(contact, balances.get(contact.id, (0, 0))[0]) for contact in contacts if _chosen(contact, query)]
    if query.contacts is None:
        stray = without_contact(balances, contacts)
        listed += [ContactBalance(None, stray)] if stray else []
    shown = tuple(item for item in listed if _shows(item, balances, query))
    return ContactBalances(query.service, shown, sum(item.balance for item in shown), sum(item.balance for item in listed))


def without_contact(balances: Mapping[int, tuple[int, int]], contacts: Sequence[ContactName]) -> int:
    """What stands on the control accounts beside the contacts given."""
    known = {contact.id for contact in contacts}
    return sum(balance for contact, (balance, _) in balances.items() if contact not in known)


def _chosen(contact: ContactName, query: Query) -> bool:
    return query.contacts is None or contact.id in query.contacts


def _shows(item: ContactBalance, balances: Mapping[int, tuple[int, int]], query: Query) -> bool:
    if query.contacts is not None or item.contact is None:
        return True
    if query.none_transactions and item.contact.id not in balances:
        return False
    # A contact of the other kind has no place in the list but for what it owes here.
    return bool(item.balance) or (not query.none_zero and item.contact.service is query.service)


# ---- the wire


class BalanceSummaryQuery(DayQuery):
    """What both balance summaries take."""

    none_zero: ReportFlag = False
    none_transactions: ReportFlag = True
    percentage_column: ReportFlag = False


class CustomerBalanceQuery(BalanceSummaryQuery):
    """`GET /reports/customer-balance-summary`."""

    customers_ids: IdList = ()


class VendorBalanceQuery(BalanceSummaryQuery):
    """`GET /reports/vendor-balance-summary`."""

    vendors_ids: IdList = ()


class BalanceTotalOut(WireModel):
    """A balance, and its share of all."""

    total: AmountOut
    percentage_of_column: PercentageOut | None = None


class ContactBalanceOut(BalanceTotalOut):
    """One contact; without an id, what was posted to the control accounts without one."""

    id: int | None
    customer_name: str | None = None
    vendor_name: str | None = None


class ContactBalancesData(WireModel):
    """The contacts, under the name of their kind, and their total."""

    customers: list[ContactBalanceOut] | None = None
    vendors: list[ContactBalanceOut] | None = None
    total: BalanceTotalOut


class ContactBalancesOut(WireModel):
    """A balance summary."""

    query: dict[str, Any]
    data: ContactBalancesData
    meta: MetaOut


def plain_json(sheet: ContactBalances, numbers: NumberFormat, *, shares: bool) -> dict[str, Any]:
    """`data`, with each contact's share of all if wanted."""
    kind = sheet.service.value

    def figures(balance: int, whole: int, style: Style) -> dict[str, Any]:
        form: dict[str, Any] = {"total": numbers.amount(balance, style)}
        if shares:
            form["percentage_of_column"] = cell_object(percent_cell(balance, whole, zero=False), numbers.currency)
        return form

    return {
        f"{kind}s": [
            {**identity(kind, item.contact), **figures(item.balance, sheet.listed, Style.MONEY)} for item in sheet.contacts
        ],
        "total": figures(sheet.total, sheet.total, Style.MONEY0),
    }


def table(statement: Statement) -> Table:
    """For all renderers, with the share of each contact if wanted; no total without a contact."""
    sheet: ContactBalances = statement.sheet
    numbers, shares = statement.numbers, "percentage_column" in statement.percentages

    def figures(balance: int, whole: int, style: Style) -> Iterator[Cell]:
        yield money("total", balance, numbers, style)
        if shares:
            yield figure("percentageOfColumn", percent_cell(balance, whole, zero=False))

    types = (sheet.service.value.upper(),)
    rows = [
        Row((words("name", name_of(item.contact)), *figures(item.balance, sheet.listed, Style.MONEY)), types, id_of(item.contact))
        for item in sheet.contacts
    ]
    if rows:
        total = (words("name", "Total"), *figures(sheet.total, sheet.total, Style.MONEY0))
        rows.append(Row(total, ("TOTAL",), emphasis=Emphasis.CLOSING))
    columns = [Column("name", "Account name"), Column("total", "Total", Kind.MONEY)]
    if shares:
        columns.append(Column("percentage_of_column", "% of Column", Kind.PERCENT))
    return table_of(statement, columns, rows, indexed=False)


# ---- the reports


def _make(ctx: TenantContext, service: ContactService, query: BalanceSummaryQuery, contacts: tuple[int, ...]) -> Statement:
    asked = Query(
        service=service,
        as_date=query.as_date or ctx.today(),
        contacts=frozenset(contacts) or None,
        none_zero=query.none_zero,
        none_transactions=query.none_transactions,
    )
    sheet, shares = build(*read(ctx, asked), asked), query.percentage_column
    made = statement_of(
        ctx,
        query,
        f"{service.label} Balance Summary",
        sheet,
        as_of_day(asked.as_date),
        data=partial(plain_json, shares=shares),
        as_date=asked.as_date,
    )
    return replace(made, percentages=frozenset({"percentage_column"} if shares else ()))


REPORTS = (
    Report(
        name="customer-balances",
        operation="customer_balance_summary",
        title="The balances of customers",
        path="/reports/customer-balance-summary",
        permission=permissions.Report["read-customers-summary-balance"],
        query=CustomerBalanceQuery,
        returns=ContactBalancesOut,
        make=lambda ctx, query: _make(ctx, ContactService.CUSTOMER, query, query.customers_ids),
        table=table,
        pack=Pack.DAY,
        place=90,
    ),
    Report(
        name="vendor-balances",
        operation="vendor_balance_summary",
        title="The balances of vendors",
        path="/reports/vendor-balance-summary",
        permission=permissions.Report["read-vendors-summary-balance"],
        query=VendorBalanceQuery,
        returns=ContactBalancesOut,
        make=lambda ctx, query: _make(ctx, ContactService.VENDOR, query, query.vendors_ids),
        table=table,
        pack=Pack.DAY,
        place=100,
    ),
)
