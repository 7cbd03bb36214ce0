"""Use cases of contact balances and aging: replay the control accounts from the ledger in memory, put names to the contacts."""

from datetime import date
from typing import Any

from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName, names_by_id, names_of_kind
from domain.kit.context import TenantContext
from domain.kit.formatting import format_date
from domain.ledger.control import ControlLines
from domain.reports import aging, contact_balances, contact_json
from domain.reports.contact_schemas import (
    AgingQuery,
    BalanceSummaryQuery,
    ContactReportQuery,
    CustomerBalanceQuery,
    PayableAgingQuery,
    ReceivableAgingQuery,
    VendorBalanceQuery,
)
from domain.reports.service import DAY_FORMAT, Statement, books, meta_of

_AGING_NAMES = {ContactService.CUSTOMER: "A/R Aging Summary", ContactService.VENDOR: "A/P Aging Summary"}


def receivable_aging(ctx: TenantContext, query: ReceivableAgingQuery) -> Statement:
    """What customers owe, by how long it has been due."""
    return _aging(ctx, ContactService.CUSTOMER, query, query.customers_ids)


def payable_aging(ctx: TenantContext, query: PayableAgingQuery) -> Statement:
    """What is owed to vendors, by how long it has been due."""
    return _aging(ctx, ContactService.VENDOR, query, query.vendors_ids)


def customer_balances(ctx: TenantContext, query: CustomerBalanceQuery) -> Statement:
    """What each customer owes."""
    return _balances(ctx, ContactService.CUSTOMER, query, query.customers_ids)


def vendor_balances(ctx: TenantContext, query: VendorBalanceQuery) -> Statement:
    """What is owed to each vendor."""
    return _balances(ctx, ContactService.VENDOR, query, query.vendors_ids)


def _aging(ctx: TenantContext, service: ContactService, query: AgingQuery, contacts: tuple[int, ...]) -> Statement:
    asked = aging.Query(
        service=service,
        as_date=query.as_date or ctx.today(),
        days_before=query.aging_days_before,
        periods=query.aging_periods,
        contacts=frozenset(contacts) or None,
        branches=frozenset(query.branches_ids) or None,
        none_zero=query.none_zero,
    )
    lines = aging.lines_of(books(ctx), asked)
    ctx.expect_rows(len(lines.contacts))
    sheet = aging.build(lines, _names(ctx, service, lines), asked)
    numbers = query.number_format.settings(ctx.base_currency)
    return Statement(
        query=_echo(ctx, query, asked.as_date),
        meta=_as_of(ctx, _AGING_NAMES[service], asked.as_date),
        sheet=sheet,
        numbers=numbers,
        data=lambda: contact_json.aging(sheet, numbers),
        columns=[contact_json.period_form(period) for period in sheet.periods],
    )


def _balances(ctx: TenantContext, service: ContactService, query: BalanceSummaryQuery, contacts: tuple[int, ...]) -> Statement:
    asked = contact_balances.Query(
        service=service,
        as_date=query.as_date or ctx.today(),
        contacts=frozenset(contacts) or None,
        none_zero=query.none_zero,
        none_transactions=query.none_transactions,
    )
    lines = contact_balances.lines_of(books(ctx), asked)
    ctx.expect_rows(len(lines.contacts))
    sheet = contact_balances.build(lines, _names(ctx, service, lines), asked)
    numbers = query.number_format.settings(ctx.base_currency)
    return Statement(
        query=_echo(ctx, query, asked.as_date),
        meta=_as_of(ctx, f"{service.label} Balance Summary", asked.as_date),
        sheet=sheet,
        numbers=numbers,
        data=lambda: contact_json.contact_balances(sheet, numbers, shares=query.percentage_column),
        percentages=frozenset({"percentage_column"} if query.percentage_column else ()),
    )


def _names(ctx: TenantContext, service: ContactService, lines: ControlLines) -> list[ContactName]:
    """All contacts of the kind by name, then those of the other kind with lines on its control accounts."""
    names = names_of_kind(ctx.db, service)
    others = set(lines.contacts) - {contact.id for contact in names}
    return names + sorted(names_by_id(ctx.db, others).values()) if others else names


def _echo(ctx: TenantContext, query: ContactReportQuery, as_date: date) -> dict[str, Any]:
    echo = query.model_dump() | {"as_date": as_date.isoformat()}
    echo["number_format"]["precision"] = query.number_format.settings(ctx.base_currency).precision
    return echo


def _as_of(ctx: TenantContext, sheet_name: str, as_date: date) -> dict[str, Any]:
    day = format_date(as_date, DAY_FORMAT)
    return meta_of(ctx, sheet_name) | {"formatted_as_date": day, "formatted_date_range": f"As {day}"}
