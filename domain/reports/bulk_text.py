"""Long listings as JSON text: their amounts and words, each distinct value written once.

A hundred thousand rows as dictionaries would cost seconds and stop the actor while the collector walks them, so listings are written
as text directly. Every word is escaped here. An instance lives as long as one answer, and holds no more than the answer does. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping

from domain.contacts.repository_names import ContactName
from domain.kit.money import LEDGER_SCALE
from domain.kit.wire import dump_json
from domain.reports.entries import Entry, transaction_label
from domain.reports.number_format import NumberFormat, Style

_UNIT = 10**LEDGER_SCALE


class AmountTexts(dict[int, str]):
    """Display texts of scaled amounts in one style."""

    def __init__(self, numbers: NumberFormat, style: Style) -> None:
        super().__init__()
        self._numbers = numbers
        self._style = style

    def __missing__(self, scaled: int) -> str:
        text = self._numbers.text(scaled, self._style)
        self[scaled] = text
        return text


class JsonNumbers(dict[int, str]):
    """JSON numbers of scaled amounts, exact digits, no trailing zeros."""

    def __missing__(self, scaled: int) -> str:
        whole, part = divmod(abs(scaled), _UNIT)
        digits = f"{whole}.{part:0{LEDGER_SCALE}d}".rstrip("0") if part else str(whole)
        text = f"-{digits}" if scaled < 0 else digits
        self[scaled] = text
        return text


class JsonWords(dict[str | None, str]):
    """JSON strings, and `null`."""

    def __missing__(self, words: str | None) -> str:
        text = dump_json(words).decode()
        self[words] = text
        return text


class JsonLabels(dict[tuple[str, str | None], str]):
    """Display names of kinds of transactions as JSON strings, by reference type and sub-type."""

    def __missing__(self, kind: tuple[str, str | None]) -> str:
        text = dump_json(transaction_label(*kind)).decode()
        self[kind] = text
        return text


class JsonContacts(dict[int, str]):
    """Name and kind of a line's contact, two members of a JSON object; 0 is no contact."""

    def __init__(self, contacts: Mapping[int, ContactName]) -> None:
        super().__init__()
        self._contacts = contacts
        self[0] = '"contact_name":null,"contact_type":null'

    def __missing__(self, contact_id: int) -> str:
        contact = self._contacts[contact_id]
        text = f'"contact_name":{dump_json(contact.name).decode()},"contact_type":{dump_json(contact.service.value).decode()}'
        self[contact_id] = text
        return text


class Writer:
    """The texts of one answer. Amounts as text need no escaping: they are digits, separators and a currency's sign."""

    def __init__(self, numbers: NumberFormat, *, absent: str = "null") -> None:
        self.currency = dump_json(numbers.currency).decode()
        self.number = JsonNumbers()
        self.word = JsonWords({None: absent})
        self.label = JsonLabels()
        self.plain = AmountTexts(numbers, Style.PLAIN0)
        self.row = AmountTexts(numbers, Style.ROW)
        self.total = AmountTexts(numbers, Style.TOTAL)

    def amount(self, scaled: int, texts: AmountTexts) -> str:
        """An amount object, without its closing brace."""
        return f'{{"amount":{self.number[scaled]},"formatted_amount":"{texts[scaled]}","currency_code":{self.currency}'

    def document(self, entry: Entry) -> str:
        """What fetches the other lines of a line's document: two members of a JSON object."""
        return f'"reference_type":{self.word[entry.reference_type]},"reference_id":{entry.reference_id}'


class TableWriter(Writer):
    """The same for a table, where an absent word is an empty one."""

    def __init__(self, numbers: NumberFormat) -> None:
        super().__init__(numbers, absent='""')


def separated(items: Iterable[str]) -> Iterator[str]:
    """The members of a JSON array, with commas."""
    for place, item in enumerate(items):
        yield f",{item}" if place else item


def joined(items: Iterable[str]) -> Iterator[str]:
    """A JSON array."""
    yield "["
    yield from separated(items)
    yield "]"


def blank_cells(keys: Iterable[str]) -> str:
    """Empty cells of a table, as JSON."""
    return ",".join(f'{{"key":"{key}","value":""}}' for key in keys)
