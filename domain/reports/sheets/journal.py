"""The journal sheet: the lines of a period, grouped by the document that posted them (reports.md section 15, reports-tables.md
section G).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

from domain.accounts.model import Chart
from domain.contacts.repository_names import names_by_id
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.money import to_scaled
from domain.kit.schemas import OptionalAmount, OptionalId, OptionalText, WireModel
from domain.ledger.repository_words import Words, read_words
from domain.reports.bulk_text import JsonContacts, TableWriter, Writer, blank_cells, joined, separated
from domain.reports.entries import Entries, Entry, Lines, choose, day_texts, stored_type
from domain.reports.listing import Contacts, Listing, as_table, day_cell, filled, listing_of, table_text
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, Row, Table
from domain.reports.report import Pack, Report
from domain.reports.rules import DATE_RANGE_INVERTED
from domain.reports.schemas import IdList, MetaOut, PeriodQuery
from domain.reports.sheet import Books
from domain.reports.statement import books_of, period_of
from domain.reports.statement_table import headed, money


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """None asks for nothing. `reference_id` counts only beside `reference_type`; amounts are scaled, and bound the posted side."""

    from_date: date
    to_date: date
    branches: frozenset[int] | None = None
    reference_type: str | None = None
    reference_id: int | None = None
    amount_min: int | None = None
    amount_max: int | None = None


@dataclass(frozen=True, slots=True)
class JournalGroup:
    """The listed lines of one document, in order; the date is the first line's."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The line that names the group."""
        return self.entries[0]

    @property
    def debit(self) -> int:
        """Σ of the listed lines."""
        return sum(entry.debit for entry in self.entries)

    @property
    def credit(self) -> int:
        """Σ of the listed lines."""
        return sum(entry.credit for entry in self.entries)


@dataclass(frozen=True, slots=True)
class JournalSheet:
    """The lines, those of a document together at its first line."""

    from_date: date
    to_date: date
    entries: Entries

    def groups(self) -> Iterator[JournalGroup]:
        """The documents, by their first lines."""
        for _, entries in groupby(self.entries, key=lambda entry: (entry.reference_type, entry.reference_id)):
            yield JournalGroup(tuple(entries))


def needed(books: Books, query: Query) -> Lines:
    """The lines whose words the sheet needs."""
    lines = choose(
        books.ledger,
        since=query.from_date,
        until=query.to_date,
        branches=query.branches,
        reference_type=None if query.reference_type is None else stored_type(query.reference_type),
        reference_id=query.reference_id if query.reference_type is not None else None,
    )
    return lines.within(query.amount_min, query.amount_max)


def build(lines: Lines, words: Words, query: Query) -> JournalSheet:
    """The journal of a period, from the lines that it needs and their words."""
    return JournalSheet(query.from_date, query.to_date, lines.entries(words, documents=True))


# ---- the wire


class JournalQuery(PeriodQuery):
    """`GET /reports/journal`. `transaction_id` counts only beside `transaction_type`."""

    transaction_type: OptionalText = None
    transaction_id: OptionalId = None
    from_range: OptionalAmount = None
    to_range: OptionalAmount = None
    accounts_ids: IdList = ()
    branches_ids: IdList = ()


class JournalEntryOut(WireModel):
    """A line of the journal sheet."""

    entry_id: int
    index: int
    note: str | None
    contact_name: str | None
    contact_type: str | None
    account_id: int
    account_name: str
    account_code: str | None
    transaction_number: str | None
    currency_code: str
    formatted_credit: str
    formatted_debit: str
    credit: Decimal
    debit: Decimal
    created_at: str


class JournalGroupOut(WireModel):
    """The lines of one document."""

    date: str
    date_formatted: str
    transaction_type: str
    reference_type: str
    reference_id: int
    reference_type_formatted: str
    entries: list[JournalEntryOut]
    currency_code: str
    credit: Decimal
    debit: Decimal
    formatted_credit: str
    formatted_debit: str


class JournalOut(WireModel):
    """The journal sheet."""

    query: dict[str, Any]
    data: list[JournalGroupOut]
    meta: MetaOut


class JournalWriter(Writer):
    """`data` of the journal sheet."""

    def __init__(self, numbers: NumberFormat, chart: Chart, contacts: Contacts) -> None:
        super().__init__(numbers)
        self._chart = chart
        self._contacts = JsonContacts(contacts)

    def data(self, sheet: JournalSheet) -> Iterator[str]:
        """The groups."""
        return joined(map(self._group, sheet.groups()))

    def _group(self, group: JournalGroup) -> str:
        first, word, number = group.first, self.word, self.number
        iso, text = day_texts(first.day)
        return (
            f'{{"date":"{iso}T00:00:00.000Z","date_formatted":"{text}","transaction_type":{word[first.reference_type]},'
            f'"reference_type":{word[first.reference_type]},"reference_id":{first.reference_id},'
            f'"reference_type_formatted":{self.label[first.reference_type, first.transaction_type]},"entries":[{",".join(map(self._entry, group.entries))}],'
            f'"currency_code":{self.currency},"credit":{number[group.credit]},"debit":{number[group.debit]},'
            f'"formatted_credit":"{self.total[group.credit]}","formatted_debit":"{self.total[group.debit]}"}}'
        )

    def _entry(self, entry: Entry) -> str:
        word, number = self.word, self.number
        account = self._chart.accounts[entry.account_id]
        return (
            f'{{"entry_id":{entry.line_id},"index":{entry.line_index},"note":{word[entry.note]},'
            f'{self._contacts[entry.contact_id]},"account_id":{account.id},"account_name":{word[account.name]},'
            f'"account_code":{word[account.code]},"transaction_number":{word[entry.transaction_number]},'
            f'"currency_code":{self.currency},"formatted_credit":"{self.row[entry.credit]}",'
            f'"formatted_debit":"{self.row[entry.debit]}","credit":{number[entry.credit]},"debit":{number[entry.debit]},'
            f'"created_at":"{entry.created_at_iso}"}}'
        )


# ---- the table

_COLUMNS = (
    Column("date", "Date", Kind.DATE),
    Column("transaction_type", "Transaction Type"),
    Column("transaction_number", "Num."),
    Column("description", "Description"),
    Column("account_code", "Acc. Code"),
    Column("account_name", "Account"),
    Column("debit", "Debit", Kind.MONEY),
    Column("credit", "Credit", Kind.MONEY),
)


def table(sheet: JournalSheet, chart: Chart, meta: Mapping[str, Any], numbers: NumberFormat) -> Table:
    """For all renderers of files."""
    rows = (row for group in sheet.groups() for row in _group(group, chart, numbers))
    return headed(meta, numbers, _COLUMNS, rows, indexed=True)


def _group(group: JournalGroup, chart: Chart, numbers: NumberFormat) -> Iterator[Row]:
    for place, entry in enumerate(group.entries):
        account = chart.accounts[entry.account_id]
        given = {
            "transaction_number": Cell("transaction_number", entry.transaction_number or ""),
            "description": Cell("description", entry.note or ""),
            "account_code": Cell("account_code", account.code or ""),
            "account_name": Cell("account_name", account.name),
            "debit": money("debit", entry.debit, numbers, Style.ROW),
            "credit": money("credit", entry.credit, numbers, Style.ROW),
        }
        if not place:
            label = Cell("transaction_type", entry.label)
            given |= {"date": day_cell("date", entry.day), "transaction_type": label}
        document = (entry.reference_type, entry.reference_id)
        yield Row(filled(_COLUMNS, given), ("ENTRY",), document=document)
    totals = {
        "debit": money("debit", group.debit, numbers, Style.TOTAL),
        "credit": money("credit", group.credit, numbers, Style.TOTAL),
    }
    yield Row(filled(_COLUMNS, totals), ("TOTAL",), emphasis=Emphasis.TOTAL)
    yield Row(filled(_COLUMNS, {}))


# ---- the same table as JSON text


def table_json(
    sheet: JournalSheet, chart: Chart, query: Mapping[str, Any], meta: Mapping[str, Any], numbers: NumberFormat
) -> bytes:
    """The answer in form of a table."""
    groups = separated(map(_TableWriter(numbers, chart).group, sheet.groups()))
    return table_text(_COLUMNS, groups, query, meta, indexed=True)


_KEYS = [column.key for column in _COLUMNS]
_NO_DOCUMENT, _NO_WORDS = blank_cells(_KEYS[:2]), blank_cells(_KEYS[:6])
_BLANK_ROW = f'{{"cells":[{blank_cells(_KEYS)}],"children":[]}}'


class _TableWriter(TableWriter):
    """Rows of the journal sheet."""

    def __init__(self, numbers: NumberFormat, chart: Chart) -> None:
        super().__init__(numbers)
        self._accounts = {
            account.id: f'{{"key":"account_code","value":{self.word[account.code]}}},'
            f'{{"key":"account_name","value":{self.word[account.name]}}}'
            for account in chart.accounts.values()
        }

    def group(self, group: JournalGroup) -> str:
        """The lines of a document, their sums, and a line between it and the next."""
        first, total = group.first, self.total
        document = (
            f'{{"key":"date","value":"{day_texts(first.day)[1]}"}},'
            f'{{"key":"transaction_type","value":{self.label[first.reference_type, first.transaction_type]}}}'
        )
        rows = [self._entry(entry, _NO_DOCUMENT if place else document) for place, entry in enumerate(group.entries)]
        sums = f'{{"key":"debit","value":"{total[group.debit]}"}},{{"key":"credit","value":"{total[group.credit]}"}}'
        return ",".join((*rows, f'{{"cells":[{_NO_WORDS},{sums}],"row_types":["TOTAL"],"children":[]}}', _BLANK_ROW))

    def _entry(self, entry: Entry, document: str) -> str:
        word, line = self.word, self.row
        return (
            f'{{"cells":[{document},{{"key":"transaction_number","value":{word[entry.transaction_number]}}},'
            f'{{"key":"description","value":{word[entry.note]}}},{self._accounts[entry.account_id]},'
            f'{{"key":"debit","value":"{line[entry.debit]}"}},{{"key":"credit","value":"{line[entry.credit]}"}}],'
            f'"row_types":["ENTRY"],{self.document(entry)},"children":[]}}'
        )


# ---- the report


def make(ctx: TenantContext, query: JournalQuery) -> Listing:
    """The journal of a period.

    Raises:
        DATE_RANGE_INVERTED.

    """
    from_date, to_date = period_of(ctx, query)
    asked = Query(
        from_date=from_date,
        to_date=to_date,
        branches=frozenset(query.branches_ids) or None,
        reference_type=query.transaction_type,
        reference_id=query.transaction_id,
        amount_min=_scaled(query.from_range),
        amount_max=_scaled(query.to_range),
    )
    held = books_of(ctx)
    lines = needed(held, asked)
    ctx.expect_rows(len(lines.line_ids))
    sheet = build(lines, read_words(ctx.db, lines.line_ids), asked)
    contacts = names_by_id(ctx.db, lines.contact_ids)
    return listing_of(
        ctx,
        query,
        "Journal Sheet",
        (asked.from_date, asked.to_date),
        data=lambda numbers: JournalWriter(numbers, held.chart, contacts).data(sheet),
        table=partial(table, sheet, held.chart),
        table_json=partial(table_json, sheet, held.chart),
    )


def _scaled(amount: Decimal | None) -> int | None:
    return None if amount is None else to_scaled(round(amount, 4))


REPORT = Report(
    name="journal",
    operation="journal_sheet",
    title="The journal sheet",
    path="/reports/journal",
    permission=permissions.Report["read-journal"],
    query=JournalQuery,
    returns=JournalOut,
    make=make,
    table=as_table,
    raises=(DATE_RANGE_INVERTED,),
    pack=Pack.PERIOD,
    place=60,
)
