"""Transactions by contacts as plain JSON and as a table (reports.md section 19, reports-tables.md section K). Rows are made as they are read."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.accounts.model import Chart
from domain.contacts.model import ContactService
from domain.reports.bulk_text import TableWriter, Writer, blank_cells, joined, separated
from domain.reports.entries import Entry, day_texts
from domain.reports.listing import day_cell, table_text
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, Row, Table
from domain.reports.sheets.contact_transactions.statements import ContactRow, ContactStatement, ContactTransactions
from domain.reports.statement_table import headed, money


class ContactTransactionsWriter(Writer):
    """`data` of transactions by customers or by vendors."""

    def __init__(self, numbers: NumberFormat, chart: Chart) -> None:
        super().__init__(numbers)
        self._chart = chart

    def data(self, sheet: ContactTransactions) -> Iterator[str]:
        """The contacts."""
        customers = sheet.service is ContactService.CUSTOMER
        return joined(self._contact(item, "customer_name" if customers else "vendor_name") for item in sheet.contacts)

    def _contact(self, item: ContactStatement, name_key: str) -> str:
        rows = ",".join(self._row(row.entry, row.running) for row in item.rows())
        return (
            f'{{"id":{item.contact.id},"{name_key}":{self.word[item.contact.name]},'
            f'"opening_balance":{self.amount(item.opening, self.total)}}},'
            f'"closing_balance":{self.amount(item.closing, self.total)}}},"transactions":[{rows}]}}'
        )

    def _row(self, entry: Entry, running: int) -> str:
        word = self.word
        account = self._chart.accounts[entry.account_id]
        return (
            f'{{"id":{entry.line_id},"credit":{self.amount(entry.credit, self.row)}}},'
            f'"debit":{self.amount(entry.debit, self.row)}}},"account_id":{account.id},"account_name":{word[account.name]},'
            f'"currency_code":{self.currency},"transaction_number":{word[entry.transaction_number]},'
            f'"transaction_type":{self.label[entry.reference_type, entry.transaction_type]},"reference_type":{word[entry.reference_type]},'
            f'"reference_id":{entry.reference_id},"date":"{day_texts(entry.day)[0]}T00:00:00.000Z",'
            f'"created_at":"{entry.created_at_iso}","running_balance":{self.amount(running, self.total)}}}}}'
        )


# ---- the table

_COLUMNS = (
    Column("account_name", "Account Name"),
    Column("ref_type", "Reference Type"),
    Column("transaction_type", "Transaction Type"),
    Column("credit", "Credit", Kind.MONEY),
    Column("debit", "Debit", Kind.MONEY),
    Column("running_balance", "Running Balance", Kind.MONEY),
)


def _columns(service: ContactService) -> tuple[Column, ...]:
    """The columns of transactions by contacts of a kind."""
    return (Column(f"{service.value}_name", f"{service.label} name"), *_COLUMNS)


def table(sheet: ContactTransactions, chart: Chart, meta: Mapping[str, Any], numbers: NumberFormat) -> Table:
    """For all renderers of files."""
    rows = (_contact(item, chart, numbers) for item in sheet.contacts)
    return headed(meta, numbers, _columns(sheet.service), rows, indexed=False)


def _contact(item: ContactStatement, chart: Chart, numbers: NumberFormat) -> Row:
    service = item.contact.service
    children: list[Row] = []
    if len(item.entries):
        children.append(_balance("OPENING_BALANCE", "openingBalance", "Opening balance", item.opening, numbers))
        children.extend(_row(entry, running, chart, numbers) for entry, running in item.rows())
    children.append(_balance("CLOSING_BALANCE", "closingBalance", "Closing balance", item.closing, numbers))
    name = Cell("customerName" if service is ContactService.CUSTOMER else "vendorName", item.contact.name)
    closing = money("closingBalanceValue", item.closing, numbers, Style.TOTAL)
    types = (service.value.upper(),)
    return Row((name, *_EMPTY, closing), types, item.contact.id, tuple(children), Emphasis.HEADING)


_EMPTY = (Cell("empty", ""),) * 5


def _balance(kind: str, key: str, label: str, scaled: int, numbers: NumberFormat) -> Row:
    emphasis = Emphasis.TOTAL if kind == "CLOSING_BALANCE" else Emphasis.NONE
    value = money(f"{key}Value", scaled, numbers, Style.TOTAL)
    return Row((Cell(f"{key}Label", label), *_EMPTY, value), (kind,), emphasis=emphasis)


def _row(entry: Entry, running: int, chart: Chart, numbers: NumberFormat) -> Row:
    return Row(
        (
            day_cell("date", entry.day),
            Cell("account", chart.accounts[entry.account_id].name),
            Cell("transactionType", entry.label),
            Cell("transactionNumber", entry.transaction_number or ""),
            money("credit", entry.credit, numbers, Style.ROW),
            money("debit", entry.debit, numbers, Style.ROW),
            money("runningBalance", running, numbers, Style.TOTAL),
        ),
        ("TRANSACTION",),
        document=(entry.reference_type, entry.reference_id),
    )


# ---- the same table as JSON text


def table_json(
    sheet: ContactTransactions, chart: Chart, query: Mapping[str, Any], meta: Mapping[str, Any], numbers: NumberFormat
) -> bytes:
    """The answer in form of a table."""
    contacts = separated(map(_TableWriter(numbers, chart).contact, sheet.contacts))
    return table_text(_columns(sheet.service), contacts, query, meta, indexed=False)


_EMPTY_TEXT = blank_cells(["empty"] * 5)


class _TableWriter(TableWriter):
    """Rows of transactions by contacts."""

    def __init__(self, numbers: NumberFormat, chart: Chart) -> None:
        super().__init__(numbers)
        self._accounts = {account.id: self.word[account.name] for account in chart.accounts.values()}

    def contact(self, item: ContactStatement) -> str:
        """A contact with its balances and lines."""
        rows = [self._balance("CLOSING_BALANCE", "closingBalance", "Closing balance", item.closing)]
        if len(item.entries):
            opening = self._balance("OPENING_BALANCE", "openingBalance", "Opening balance", item.opening)
            rows = [opening, *map(self._row, item.rows()), *rows]
        service = item.contact.service
        name = f'{{"key":"{service.value}Name","value":{self.word[item.contact.name]}}}'
        closing = f'{{"key":"closingBalanceValue","value":"{self.total[item.closing]}"}}'
        head = f'{{"cells":[{name},{_EMPTY_TEXT},{closing}],"row_types":["{service.value.upper()}"],'
        head = f'{head}"id":{item.contact.id},"children":['
        return f"{head}{','.join(rows)}]}}"

    def _balance(self, kind: str, key: str, label: str, scaled: int) -> str:
        cells = f'{{"key":"{key}Label","value":"{label}"}},{_EMPTY_TEXT},{{"key":"{key}Value","value":"{self.total[scaled]}"}}'
        return f'{{"cells":[{cells}],"row_types":["{kind}"],"children":[]}}'

    def _row(self, row: ContactRow) -> str:
        entry, line = row.entry, self.row
        return (
            f'{{"cells":[{{"key":"date","value":"{day_texts(entry.day)[1]}"}},'
            f'{{"key":"account","value":{self._accounts[entry.account_id]}}},'
            f'{{"key":"transactionType","value":{self.label[entry.reference_type, entry.transaction_type]}}},'
            f'{{"key":"transactionNumber","value":{self.word[entry.transaction_number]}}},'
            f'{{"key":"credit","value":"{line[entry.credit]}"}},{{"key":"debit","value":"{line[entry.debit]}"}},'
            f'{{"key":"runningBalance","value":"{self.total[row.running]}"}}],"row_types":["TRANSACTION"],'
            f'{self.document(entry)},"children":[]}}'
        )
