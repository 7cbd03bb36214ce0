"""The general ledger's table as JSON text: what the web application shows (reports-tables.md section F).

The same as `rendering.table_json` makes of `listing_tables.general_ledger`, without an object a cell: a year has a million of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.kit.wire import dump_json
from domain.reports.bulk_text import AmountTexts, JsonLabels, JsonWords
from domain.reports.entries import day_texts
from domain.reports.general_ledger import GeneralLedger, LedgerAccount
from domain.reports.listing_tables import LEDGER_COLUMNS
from domain.reports.number_format import NumberFormat, Style

_KEYS = [column.key for column in LEDGER_COLUMNS]
_PLACES = {key: place for place, key in enumerate(_KEYS)}


def general_ledger(sheet: GeneralLedger, query: Mapping[str, Any], meta: Mapping[str, Any], numbers: NumberFormat) -> bytes:
    """The answer in form of a table."""
    columns = [{"key": item.key, "label": item.label, "cell_index": place} for place, item in enumerate(LEDGER_COLUMNS)]
    rows = _Writer(numbers).accounts(sheet.accounts)
    head = b'{"table":{"columns":' + dump_json(columns) + b',"rows":['
    tail = b']},"query":' + dump_json(query) + b',"meta":' + dump_json(meta) + b"}"
    return b"".join([head, *map(str.encode, rows), tail])


class _Writer:
    def __init__(self, numbers: NumberFormat) -> None:
        self._word = JsonWords({None: '""'})
        self._label = JsonLabels()
        self._plain = AmountTexts(numbers, Style.PLAIN0)
        self._total = AmountTexts(numbers, Style.TOTAL)

    def accounts(self, items: tuple[LedgerAccount, ...]) -> Iterator[str]:
        for place, item in enumerate(items):
            if place:
                yield ","
            yield from self._account(item)

    def _account(self, item: LedgerAccount) -> Iterator[str]:
        name = item.account.name
        yield self._row("ACCOUNT", name, {"running_balance": item.closing})
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

    def _row(self, kind: str, label: str, amounts: Mapping[str, int]) -> str:
        """A row up to its children."""
        values = [f'"{self._total[amounts[key]]}"' if key in amounts else '""' for key in _KEYS]
        values[_PLACES["date"]] = self._word[label]
        cells = ",".join(f'{{"key":"{key}","value":{value}}}' for key, value in zip(_KEYS, values, strict=True))
        return f'{{"cells":[{cells}],"row_types":["{kind}"],"children":['

    def _entries(self, item: LedgerAccount) -> Iterator[str]:
        word, label, plain, name = self._word, self._label, self._plain, self._word[item.account.name]
        for fields, amount, running in item.rows():
            _, day, _, _, kind, _, debit, credit, _, sub_type, number, _, note, _ = fields
            yield (
                f'{{"cells":[{{"key":"date","value":"{day_texts(day)[1]}"}},{{"key":"account_name","value":{name}}},'
                f'{{"key":"reference_type","value":{label[kind, sub_type]}}},{{"key":"reference_number","value":{word[number]}}},'
                f'{{"key":"description","value":{word[note]}}},{{"key":"credit","value":"{plain[credit]}"}},'
                f'{{"key":"debit","value":"{plain[debit]}"}},{{"key":"amount","value":"{plain[amount]}"}},'
                f'{{"key":"running_balance","value":"{plain[running]}"}}],"row_types":["TRANSACTION"],"children":[]}},'
            )
