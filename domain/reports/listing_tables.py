"""Listings of ledger lines as tables, for every renderer (reports-tables.md sections F, G and K). Rows are made as they are read."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from domain.accounts.model import Chart
from domain.contacts.model import ContactService
from domain.kit.money import from_scaled
from domain.reports.contact_transactions import ContactStatement, ContactTransactions
from domain.reports.entries import Entry, day_texts
from domain.reports.general_ledger import GeneralLedger, LedgerAccount
from domain.reports.journal import JournalGroup, JournalSheet
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.adapters import style_of
from domain.reports.rendering.table import Cell, Column, Emphasis, Heading, Kind, Row, Table

LEDGER_COLUMNS = (
    Column("date", "Date", Kind.DATE),
    Column("account_name", "Account Name"),
    Column("reference_type", "Transaction Type"),
    Column("reference_number", "Transaction #"),
    Column("description", "Description"),
    Column("credit", "Credit", Kind.MONEY),
    Column("debit", "Debit", Kind.MONEY),
    Column("amount", "Amount", Kind.MONEY),
    Column("running_balance", "Running Balance", Kind.MONEY),
)
JOURNAL_COLUMNS = (
    Column("date", "Date", Kind.DATE),
    Column("transaction_type", "Transaction Type"),
    Column("transaction_number", "Num."),
    Column("description", "Description"),
    Column("account_code", "Acc. Code"),
    Column("account_name", "Account"),
    Column("debit", "Debit", Kind.MONEY),
    Column("credit", "Credit", Kind.MONEY),
)
_CONTACT_COLUMNS = (
    Column("account_name", "Account Name"),
    Column("ref_type", "Reference Type"),
    Column("transaction_type", "Transaction Type"),
    Column("credit", "Credit", Kind.MONEY),
    Column("debit", "Debit", Kind.MONEY),
    Column("running_balance", "Running Balance", Kind.MONEY),
)


class _Cells:
    """Cells under one number format."""

    def __init__(self, numbers: NumberFormat) -> None:
        self._numbers = numbers

    def money(self, key: str, scaled: int, style: Style) -> Cell:
        return Cell(key, self._numbers.text(scaled, style), from_scaled(scaled), Kind.MONEY)

    @staticmethod
    def day(key: str, ordinal: int) -> Cell:
        return Cell(key, day_texts(ordinal)[1], date.fromordinal(ordinal), Kind.DATE)


def _filled(columns: tuple[Column, ...], given: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """The cells by column, the missing ones empty."""
    return tuple(given.get(column.key) or Cell(column.key, "") for column in columns)


def _table(columns: tuple[Column, ...], rows: Iterator[Row], meta: Mapping[str, Any], numbers: NumberFormat) -> Table:
    style, indexed = style_of(numbers), columns[0].key == "date"
    return Table(heading=Heading.of(meta), columns=columns, rows=rows, numbers=style, indexed=indexed)


# ---- general ledger


def general_ledger(sheet: GeneralLedger, meta: Mapping[str, Any], numbers: NumberFormat) -> Table:
    """The general ledger."""
    cells = _Cells(numbers)
    return _table(LEDGER_COLUMNS, (_ledger_account(item, cells) for item in sheet.accounts), meta, numbers)


def _ledger_account(item: LedgerAccount, cells: _Cells) -> Row:
    name = item.account.name
    children: list[Row] = []
    if len(item.entries):
        children.append(_balance("OPENING_BALANCE", "Opening Balance", item.opening, cells))
        children.extend(_ledger_rows(item, cells))
    children.append(_balance("CLOSING_BALANCE", f"Closing balance for {name}", item.closing, cells))
    children.extend(_ledger_account(child, cells) for child in item.children)
    if item.children and item.closing_below is not None:
        label = f"Closing Balance for {name} with sub-accounts"
        children.append(_balance("CLOSING_BALANCE", label, item.closing_below, cells))
    head = {"date": Cell("date", name), "running_balance": cells.money("running_balance", item.closing, Style.TOTAL)}
    return Row(_filled(LEDGER_COLUMNS, head), ("ACCOUNT",), item.account.id, tuple(children), Emphasis.HEADING)


def _ledger_rows(item: LedgerAccount, cells: _Cells) -> Iterator[Row]:
    for entry, amount, running in item.rows():
        yield Row(
            (
                cells.day("date", entry.day),
                Cell("account_name", item.account.name),
                Cell("reference_type", entry.label),
                Cell("reference_number", entry.transaction_number or ""),
                Cell("description", entry.note or ""),
                cells.money("credit", entry.credit, Style.PLAIN0),
                cells.money("debit", entry.debit, Style.PLAIN0),
                cells.money("amount", amount, Style.PLAIN0),
                cells.money("running_balance", running, Style.PLAIN0),
            ),
            ("TRANSACTION",),
            document=(entry.reference_type, entry.reference_id),
        )


def _balance(kind: str, label: str, scaled: int, cells: _Cells) -> Row:
    given = {key: cells.money(key, scaled, Style.TOTAL) for key in ("amount", "running_balance")}
    emphasis = Emphasis.TOTAL if kind == "CLOSING_BALANCE" else Emphasis.NONE
    return Row(_filled(LEDGER_COLUMNS, given | {"date": Cell("date", label)}), (kind,), emphasis=emphasis)


# ---- journal


def journal(sheet: JournalSheet, chart: Chart, meta: Mapping[str, Any], numbers: NumberFormat) -> Table:
    """The journal sheet."""
    cells = _Cells(numbers)
    rows = (row for group in sheet.groups() for row in _journal_group(group, chart, cells))
    return _table(JOURNAL_COLUMNS, rows, meta, numbers)


def _journal_group(group: JournalGroup, chart: Chart, cells: _Cells) -> Iterator[Row]:
    for place, entry in enumerate(group.entries):
        account = chart.accounts[entry.account_id]
        given = {
            "transaction_number": Cell("transaction_number", entry.transaction_number or ""),
            "description": Cell("description", entry.note or ""),
            "account_code": Cell("account_code", account.code or ""),
            "account_name": Cell("account_name", account.name),
            "debit": cells.money("debit", entry.debit, Style.ROW),
            "credit": cells.money("credit", entry.credit, Style.ROW),
        }
        if not place:
            label = Cell("transaction_type", entry.label)
            given |= {"date": cells.day("date", entry.day), "transaction_type": label}
        document = (entry.reference_type, entry.reference_id)
        yield Row(_filled(JOURNAL_COLUMNS, given), ("ENTRY",), document=document)
    totals = {
        "debit": cells.money("debit", group.debit, Style.TOTAL),
        "credit": cells.money("credit", group.credit, Style.TOTAL),
    }
    yield Row(_filled(JOURNAL_COLUMNS, totals), ("TOTAL",), emphasis=Emphasis.TOTAL)
    yield Row(_filled(JOURNAL_COLUMNS, {}))


# ---- contacts


def contact_columns(service: ContactService) -> tuple[Column, ...]:
    """The columns of transactions by contacts of a kind."""
    return (Column(f"{service.value}_name", f"{service.label} name"), *_CONTACT_COLUMNS)


def contact_transactions(sheet: ContactTransactions, chart: Chart, meta: Mapping[str, Any], numbers: NumberFormat) -> Table:
    """Transactions by customers, or by vendors."""
    cells = _Cells(numbers)
    return _table(contact_columns(sheet.service), (_contact(item, chart, cells) for item in sheet.contacts), meta, numbers)


def _contact(item: ContactStatement, chart: Chart, cells: _Cells) -> Row:
    service = item.contact.service
    children: list[Row] = []
    if len(item.entries):
        children.append(_contact_balance("OPENING_BALANCE", "openingBalance", "Opening balance", item.opening, cells))
        children.extend(_contact_row(entry, running, chart, cells) for entry, running in item.rows())
    children.append(_contact_balance("CLOSING_BALANCE", "closingBalance", "Closing balance", item.closing, cells))
    name = Cell("customerName" if service is ContactService.CUSTOMER else "vendorName", item.contact.name)
    closing = cells.money("closingBalanceValue", item.closing, Style.TOTAL)
    types = (service.value.upper(),)
    return Row((name, *_EMPTY, closing), types, item.contact.id, tuple(children), Emphasis.HEADING)


_EMPTY = (Cell("empty", ""),) * 5


def _contact_balance(kind: str, key: str, label: str, scaled: int, cells: _Cells) -> Row:
    emphasis = Emphasis.TOTAL if kind == "CLOSING_BALANCE" else Emphasis.NONE
    value = cells.money(f"{key}Value", scaled, Style.TOTAL)
    return Row((Cell(f"{key}Label", label), *_EMPTY, value), (kind,), emphasis=emphasis)


def _contact_row(entry: Entry, running: int, chart: Chart, cells: _Cells) -> Row:
    return Row(
        (
            cells.day("date", entry.day),
            Cell("account", chart.accounts[entry.account_id].name),
            Cell("transactionType", entry.label),
            Cell("transactionNumber", entry.transaction_number or ""),
            cells.money("credit", entry.credit, Style.ROW),
            cells.money("debit", entry.debit, Style.ROW),
            cells.money("runningBalance", running, Style.TOTAL),
        ),
        ("TRANSACTION",),
        document=(entry.reference_type, entry.reference_id),
    )
