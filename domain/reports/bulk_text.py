"""Amounts and words of long listings as text, each distinct value written once.

An instance lives as long as one answer, and holds no more than the answer does. Pure.
"""

from collections.abc import Mapping

from domain.contacts.repository_names import ContactName
from domain.kit.money import LEDGER_SCALE
from domain.kit.wire import dump_json
from domain.reports.entries import transaction_label
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
