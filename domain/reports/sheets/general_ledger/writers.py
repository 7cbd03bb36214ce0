"""The general ledger as plain JSON and as a table (reports.md section 14, reports-tables.md section F). Rows are made as they are read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from domain.reports.bulk_text import JsonContacts, TableWriter, Writer, joined
from domain.reports.entries import day_texts
from domain.reports.listing import Contacts, day_cell, filled, table_text
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, Row, Table
from domain.reports.sheets.general_ledger.ledger import GeneralLedger, LedgerAccount, LedgerRow
from domain.reports.statement_table import headed, money


class GeneralLedgerWriter(Writer):
    """`data` of the general ledger."""

    def __init__(self, numbers: NumberFormat, contacts: Contacts) -> None:
        super().__init__(numbers)
        self._contacts = JsonContacts(contacts)

    def data(self, sheet: GeneralLedger) -> Iterator[str]:
        """The accounts, nested."""
        opening = f',"date":{self.word[sheet.from_date.isoformat()]}}}'
        closing = f',"date":{self.word[sheet.to_date.isoformat()]}}}'
        return self._accounts(sheet.accounts, opening, closing)

    def _accounts(self, items: Sequence[LedgerAccount], opening: str, closing: str) -> Iterator[str]:
        yield "["
        for place, item in enumerate(items):
            account, word = item.account, self.word
            yield (
                f'{"," if place else ""}{{"id":{account.id},"name":{word[account.name]},"code":{word[account.code]},'
                f'"index":{_count(account.index)},"parent_account_id":{_count(account.parent_account_id)},'
                f'"opening_balance":{self.amount(item.opening, self.total)}{opening},"transactions":'
            )
            yield from joined(self._rows(item.rows()))
            yield f',"closing_balance":{self.amount(item.closing, self.total)}{closing}'
            if item.closing_below is not None:
                yield f',"closing_balance_subaccounts":{self.amount(item.closing_below, self.total)}{closing}'
            yield ',"children":'
            yield from self._accounts(item.children, opening, closing)
            yield "}"
        yield "]"

    def _rows(self, rows: Iterable[LedgerRow]) -> Iterator[str]:
        number, word, plain, label, who = self.number, self.word, self.plain, self.label, self._contacts
        zero, currency = plain[0], self.currency
        for fields, amount, running in rows:
            line_id, day, _, contact_id, kind, reference_id, debit, credit, index, sub_type, transaction_number, _, note, _ = (
                fields
            )
            iso, text = day_texts(day)
            yield (
                f'{{"id":{line_id},"date":"{iso}T00:00:00.000Z","date_formatted":"{text}","reference_type":"{kind}",'
                f'"reference_id":{reference_id},"transaction_number":{word[transaction_number]},'
                f'"transaction_type_formatted":{label[kind, sub_type]},{who[contact_id]},"transaction_type":"{kind}",'
                f'"index":{index},"note":{word[note]},"credit":{number[credit]},"debit":{number[debit]},'
                f'"amount":{number[amount]},"running_balance":{number[running]},"formatted_amount":"{plain[amount]}",'
                f'"formatted_credit":"{plain[credit] if credit else zero}","formatted_debit":"{plain[debit] if debit else zero}",'
                f'"formatted_running_balance":"{plain[running]}","currency_code":{currency}}}'
            )


def _count(value: int | None) -> str:
    return "null" if value is None else str(value)


# ---- the table

_COLUMNS = (
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


def table(sheet: GeneralLedger, meta: Mapping[str, Any], numbers: NumberFormat) -> Table:
    """For all renderers of files."""
    return headed(meta, numbers, _COLUMNS, (_account(item, numbers) for item in sheet.accounts), indexed=True)


def _account(item: LedgerAccount, numbers: NumberFormat) -> Row:
    name = item.account.name
    children: list[Row] = []
    if len(item.entries):
        children.append(_balance("OPENING_BALANCE", "Opening Balance", item.opening, numbers))
        children.extend(_rows(item, numbers))
    children.append(_balance("CLOSING_BALANCE", f"Closing balance for {name}", item.closing, numbers))
    children.extend(_account(child, numbers) for child in item.children)
    if item.children and item.closing_below is not None:
        label = f"Closing Balance for {name} with sub-accounts"
        children.append(_balance("CLOSING_BALANCE", label, item.closing_below, numbers))
    head = {"date": Cell("date", name), "running_balance": money("running_balance", item.closing, numbers, Style.TOTAL)}
    return Row(filled(_COLUMNS, head), ("ACCOUNT",), item.account.id, tuple(children), Emphasis.HEADING)


def _rows(item: LedgerAccount, numbers: NumberFormat) -> Iterator[Row]:
    for entry, amount, running in item.rows():
        yield Row(
            (
                day_cell("date", entry.day),
                Cell("account_name", item.account.name),
                Cell("reference_type", entry.label),
                Cell("reference_number", entry.transaction_number or ""),
                Cell("description", entry.note or ""),
                money("credit", entry.credit, numbers, Style.PLAIN0),
                money("debit", entry.debit, numbers, Style.PLAIN0),
                money("amount", amount, numbers, Style.PLAIN0),
                money("running_balance", running, numbers, Style.PLAIN0),
            ),
            ("TRANSACTION",),
            document=(entry.reference_type, entry.reference_id),
        )


def _balance(kind: str, label: str, scaled: int, numbers: NumberFormat) -> Row:
    given = {key: money(key, scaled, numbers, Style.TOTAL) for key in ("amount", "running_balance")}
    emphasis = Emphasis.TOTAL if kind == "CLOSING_BALANCE" else Emphasis.NONE
    return Row(filled(_COLUMNS, given | {"date": Cell("date", label)}), (kind,), emphasis=emphasis)


# ---- the same table as JSON text

_KEYS = [column.key for column in _COLUMNS]
_PLACES = {key: place for place, key in enumerate(_KEYS)}


def table_json(sheet: GeneralLedger, query: Mapping[str, Any], meta: Mapping[str, Any], numbers: NumberFormat) -> bytes:
    """The answer in form of a table."""
    return table_text(_COLUMNS, _TableWriter(numbers).accounts(sheet.accounts), query, meta, indexed=True)


class _TableWriter(TableWriter):
    """Rows of the general ledger."""

    def accounts(self, items: tuple[LedgerAccount, ...]) -> Iterator[str]:
        for place, item in enumerate(items):
            if place:
                yield ","
            yield from self._account(item)

    def _account(self, item: LedgerAccount) -> Iterator[str]:
        name = item.account.name
        yield self._row("ACCOUNT", name, {"running_balance": item.closing}, id_=item.account.id)
        if len(item.entries):
            yield self._balance("OPENING_BALANCE", "Opening Balance", item.opening) + "]},"
            yield from self._entries(item)
        yield self._balance("CLOSING_BALANCE", f"Closing balance for {name}", item.closing) + "]}"
        for child in item.children:
            yield ","
            yield from self._account(child)
        if item.children and item.closing_below is not None:
            label = f"Closing Balance for {name} with sub-accounts"
            yield "," + self._balance("CLOSING_BALANCE", label, item.closing_below) + "]}"
        yield "]}"

    def _balance(self, kind: str, label: str, scaled: int) -> str:
        return self._row(kind, label, {"amount": scaled, "running_balance": scaled})

    def _row(self, kind: str, label: str, amounts: Mapping[str, int], *, id_: int | None = None) -> str:
        """A row up to its children."""
        values = [f'"{self.total[amounts[key]]}"' if key in amounts else '""' for key in _KEYS]
        values[_PLACES["date"]] = self.word[label]
        cells = ",".join(f'{{"key":"{key}","value":{value}}}' for key, value in zip(_KEYS, values, strict=True))
        known = "" if id_ is None else f'"id":{id_},'
        return f'{{"cells":[{cells}],"row_types":["{kind}"],{known}"children":['

    def _entries(self, item: LedgerAccount) -> Iterator[str]:
        word, label, plain, name = self.word, self.label, self.plain, self.word[item.account.name]
        for fields, amount, running in item.rows():
            _, day, _, _, kind, document, debit, credit, _, sub_type, number, _, note, _ = fields
            yield (
                f'{{"cells":[{{"key":"date","value":"{day_texts(day)[1]}"}},{{"key":"account_name","value":{name}}},'
                f'{{"key":"reference_type","value":{label[kind, sub_type]}}},{{"key":"reference_number","value":{word[number]}}},'
                f'{{"key":"description","value":{word[note]}}},{{"key":"credit","value":"{plain[credit]}"}},'
                f'{{"key":"debit","value":"{plain[debit]}"}},{{"key":"amount","value":"{plain[amount]}"}},'
                f'{{"key":"running_balance","value":"{plain[running]}"}}],"row_types":["TRANSACTION"],'
                f'"reference_type":{word[kind]},"reference_id":{document},"children":[]}},'
            )
