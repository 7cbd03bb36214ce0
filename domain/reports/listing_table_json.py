"""Listings' tables as JSON text: what the web application shows (reports-tables.md sections F, G and K).

The same as `rendering.table_json` makes of the tables of `listing_tables`, without an object a cell: a year has a million of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain.accounts.model import Chart
from domain.kit.wire import dump_json
from domain.reports.bulk_text import AmountTexts, JsonLabels, JsonWords
from domain.reports.contact_transactions import ContactRow, ContactStatement, ContactTransactions
from domain.reports.entries import Entry, day_texts
from domain.reports.general_ledger import GeneralLedger, LedgerAccount
from domain.reports.journal import JournalGroup, JournalSheet
from domain.reports.listing_tables import JOURNAL_COLUMNS, LEDGER_COLUMNS, contact_columns
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering import table_json
from domain.reports.rendering.table import Column

_KEYS = [column.key for column in LEDGER_COLUMNS]
_PLACES = {key: place for place, key in enumerate(_KEYS)}


def general_ledger(sheet: GeneralLedger, query: Mapping[str, Any], meta: Mapping[str, Any], numbers: NumberFormat) -> bytes:
    """The answer of the general ledger in form of a table."""
    return _answer(LEDGER_COLUMNS, _LedgerWriter(numbers).accounts(sheet.accounts), query, meta, indexed=True)


def journal(sheet: JournalSheet, chart: Chart, query: Mapping[str, Any], meta: Mapping[str, Any], numbers: NumberFormat) -> bytes:
    """The answer of the journal sheet in form of a table."""
    groups = _separated(map(_JournalWriter(numbers, chart).group, sheet.groups()))
    return _answer(JOURNAL_COLUMNS, groups, query, meta, indexed=True)


def contact_transactions(
    sheet: ContactTransactions, chart: Chart, query: Mapping[str, Any], meta: Mapping[str, Any], numbers: NumberFormat
) -> bytes:
    """The answer of transactions by customers, or by vendors, in form of a table."""
    contacts = _separated(map(_ContactWriter(numbers, chart).contact, sheet.contacts))
    return _answer(contact_columns(sheet.service), contacts, query, meta, indexed=False)


def _answer(
    columns: Iterable[Column], rows: Iterator[str], query: Mapping[str, Any], meta: Mapping[str, Any], *, indexed: bool
) -> bytes:
    head = b'{"table":{"columns":' + dump_json(table_json.columns(columns, indexed=indexed)) + b',"rows":['
    tail = b']},"query":' + dump_json(query) + b',"meta":' + dump_json(meta) + b"}"
    return b"".join([head, *map(str.encode, rows), tail])


def _separated(items: Iterable[str]) -> Iterator[str]:
    for place, item in enumerate(items):
        yield f",{item}" if place else item


class _Texts:
    """The texts of one answer. Amounts as text need no escaping: they are digits, separators and a currency's sign."""

    def __init__(self, numbers: NumberFormat) -> None:
        self._word = JsonWords({None: '""'})
        self._label = JsonLabels()
        self._plain = AmountTexts(numbers, Style.PLAIN0)
        self._line = AmountTexts(numbers, Style.ROW)
        self._total = AmountTexts(numbers, Style.TOTAL)

    def _document(self, entry: Entry) -> str:
        """What fetches the other lines of a line's document: two members of a JSON object."""
        return f'"reference_type":{self._word[entry.reference_type]},"reference_id":{entry.reference_id}'


class _LedgerWriter(_Texts):
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
        values = [f'"{self._total[amounts[key]]}"' if key in amounts else '""' for key in _KEYS]
        values[_PLACES["date"]] = self._word[label]
        cells = ",".join(f'{{"key":"{key}","value":{value}}}' for key, value in zip(_KEYS, values, strict=True))
        known = "" if id_ is None else f'"id":{id_},'
        return f'{{"cells":[{cells}],"row_types":["{kind}"],{known}"children":['

    def _entries(self, item: LedgerAccount) -> Iterator[str]:
        word, label, plain, name = self._word, self._label, self._plain, self._word[item.account.name]
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


def _blank(keys: Iterable[str]) -> str:
    return ",".join(f'{{"key":"{key}","value":""}}' for key in keys)


_JOURNAL_KEYS = [column.key for column in JOURNAL_COLUMNS]
_NO_DOCUMENT, _NO_WORDS = _blank(_JOURNAL_KEYS[:2]), _blank(_JOURNAL_KEYS[:6])
_BLANK_ROW = f'{{"cells":[{_blank(_JOURNAL_KEYS)}],"children":[]}}'


class _JournalWriter(_Texts):
    """Rows of the journal sheet."""

    def __init__(self, numbers: NumberFormat, chart: Chart) -> None:
        super().__init__(numbers)
        self._accounts = {
            account.id: f'{{"key":"account_code","value":{self._word[account.code]}}},'
            f'{{"key":"account_name","value":{self._word[account.name]}}}'
            for account in chart.accounts.values()
        }

    def group(self, group: JournalGroup) -> str:
        """The lines of a document, their sums, and a line between it and the next."""
        first, total = group.first, self._total
        document = (
            f'{{"key":"date","value":"{day_texts(first.day)[1]}"}},'
            f'{{"key":"transaction_type","value":{self._label[first.reference_type, first.transaction_type]}}}'
        )
        rows = [self._entry(entry, _NO_DOCUMENT if place else document) for place, entry in enumerate(group.entries)]
        sums = f'{{"key":"debit","value":"{total[group.debit]}"}},{{"key":"credit","value":"{total[group.credit]}"}}'
        return ",".join((*rows, f'{{"cells":[{_NO_WORDS},{sums}],"row_types":["TOTAL"],"children":[]}}', _BLANK_ROW))

    def _entry(self, entry: Entry, document: str) -> str:
        word, line = self._word, self._line
        return (
            f'{{"cells":[{document},{{"key":"transaction_number","value":{word[entry.transaction_number]}}},'
            f'{{"key":"description","value":{word[entry.note]}}},{self._accounts[entry.account_id]},'
            f'{{"key":"debit","value":"{line[entry.debit]}"}},{{"key":"credit","value":"{line[entry.credit]}"}}],'
            f'"row_types":["ENTRY"],{self._document(entry)},"children":[]}}'
        )


_EMPTY = _blank(["empty"] * 5)


class _ContactWriter(_Texts):
    """Rows of transactions by contacts."""

    def __init__(self, numbers: NumberFormat, chart: Chart) -> None:
        super().__init__(numbers)
        self._accounts = {account.id: self._word[account.name] for account in chart.accounts.values()}

    def contact(self, item: ContactStatement) -> str:
        """A contact with its balances and lines."""
        rows = [self._balance("CLOSING_BALANCE", "closingBalance", "Closing balance", item.closing)]
        if len(item.entries):
            opening = self._balance("OPENING_BALANCE", "openingBalance", "Opening balance", item.opening)
            rows = [opening, *map(self._row, item.rows()), *rows]
        service = item.contact.service
        name = f'{{"key":"{service.value}Name","value":{self._word[item.contact.name]}}}'
        closing = f'{{"key":"closingBalanceValue","value":"{self._total[item.closing]}"}}'
        head = f'{{"cells":[{name},{_EMPTY},{closing}],"row_types":["{service.value.upper()}"],'
        head = f'{head}"id":{item.contact.id},"children":['
        return f"{head}{','.join(rows)}]}}"

    def _balance(self, kind: str, key: str, label: str, scaled: int) -> str:
        cells = f'{{"key":"{key}Label","value":"{label}"}},{_EMPTY},{{"key":"{key}Value","value":"{self._total[scaled]}"}}'
        return f'{{"cells":[{cells}],"row_types":["{kind}"],"children":[]}}'

    def _row(self, row: ContactRow) -> str:
        entry, line = row.entry, self._line
        return (
            f'{{"cells":[{{"key":"date","value":"{day_texts(entry.day)[1]}"}},'
            f'{{"key":"account","value":{self._accounts[entry.account_id]}}},'
            f'{{"key":"transactionType","value":{self._label[entry.reference_type, entry.transaction_type]}}},'
            f'{{"key":"transactionNumber","value":{self._word[entry.transaction_number]}}},'
            f'{{"key":"credit","value":"{line[entry.credit]}"}},{{"key":"debit","value":"{line[entry.debit]}"}},'
            f'{{"key":"runningBalance","value":"{self._total[row.running]}"}}],"row_types":["TRANSACTION"],'
            f'{self._document(entry)},"children":[]}}'
        )
