"""Listings of ledger lines as JSON text (reports.md sections 14, 15 and 19).

Long listings are written as text directly: a hundred thousand rows as dictionaries would cost seconds and stop the actor while the
collector walks them. Every text comes from `bulk_text`, every word is escaped there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from domain.accounts.model import Chart
from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.kit.wire import dump_json
from domain.reports.bulk_text import AmountTexts, JsonContacts, JsonLabels, JsonNumbers, JsonWords
from domain.reports.contact_transactions import ContactStatement, ContactTransactions
from domain.reports.entries import Entry, day_texts
from domain.reports.general_ledger import GeneralLedger, LedgerAccount, LedgerRow
from domain.reports.journal import JournalGroup, JournalSheet
from domain.reports.number_format import NumberFormat, Style

Contacts = Mapping[int, ContactName]


def envelope(query: Mapping[str, Any], data: Iterator[str], meta: Mapping[str, Any]) -> bytes:
    """The answer of a statement, its data given as pieces of JSON text."""
    # Encoded piece by piece: one wide character would make a text of everything four times as large.
    pieces = [b'{"query":', dump_json(query), b',"data":', *map(str.encode, data), b',"meta":', dump_json(meta), b"}"]
    return b"".join(pieces)


def _joined(items: Iterator[str]) -> Iterator[str]:
    """A JSON array."""
    yield "["
    for place, item in enumerate(items):
        if place:
            yield ","
        yield item
    yield "]"


class _Writer:
    """The texts of one answer. Amounts as text need no escaping: they are digits, separators and a currency's sign."""

    def __init__(self, numbers: NumberFormat) -> None:
        self.currency = dump_json(numbers.currency).decode()
        self.number = JsonNumbers()
        self.word = JsonWords()
        self.label = JsonLabels()
        self.plain = AmountTexts(numbers, Style.PLAIN0)
        self.row = AmountTexts(numbers, Style.ROW)
        self.total = AmountTexts(numbers, Style.TOTAL)

    def amount(self, scaled: int, texts: AmountTexts) -> str:
        """An amount object, without its closing brace."""
        return f'{{"amount":{self.number[scaled]},"formatted_amount":"{texts[scaled]}","currency_code":{self.currency}'


class GeneralLedgerWriter(_Writer):
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
            yield from _joined(self._rows(item.rows()))
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


class JournalWriter(_Writer):
    """`data` of the journal sheet."""

    def __init__(self, numbers: NumberFormat, chart: Chart, contacts: Contacts) -> None:
        super().__init__(numbers)
        self._chart = chart
        self._contacts = JsonContacts(contacts)

    def data(self, sheet: JournalSheet) -> Iterator[str]:
        """The groups."""
        return _joined(map(self._group, sheet.groups()))

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


class ContactTransactionsWriter(_Writer):
    """`data` of transactions by customers or by vendors."""

    def __init__(self, numbers: NumberFormat, chart: Chart) -> None:
        super().__init__(numbers)
        self._chart = chart

    def data(self, sheet: ContactTransactions) -> Iterator[str]:
        """The contacts."""
        customers = sheet.service is ContactService.CUSTOMER
        return _joined(self._contact(item, "customer_name" if customers else "vendor_name") for item in sheet.contacts)

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


def _count(value: int | None) -> str:
    return "null" if value is None else str(value)
