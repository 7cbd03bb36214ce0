"""Writes our books as a journal file that hledger reads back to the same balances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - as in the model
from decimal import Decimal

from domain.journal_files import escaping
from domain.journal_files.account_types import HLEDGER_TYPES
from domain.journal_files.model import Amount, JournalFile, JournalTransaction
from domain.journal_files.numbers import EXACT

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ExportedAccount:
    """An account of the books. Colons in the name separate levels; `type` is one of `ACCOUNT_TYPES`, or `""`."""

    name: str
    type: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExportedLine:
    """One line of a journal entry: debits are positive. `cost` is the line's signed worth in another currency (`@@`)."""

    account: str
    amount: Amount
    cost: Amount | None = None
    note: str = ""

    @property
    def weight(self) -> Amount:
        """What the line counts for when its entry is balanced."""
        return self.cost or self.amount


@dataclass(frozen=True, slots=True)
class ExportedTransaction:
    """A journal entry. Its lines' weights sum to exactly zero in each currency."""

    date: Date
    lines: Sequence[ExportedLine]
    number: str = ""
    description: str = ""
    reference: str = ""
    note: str = ""


class UnbalancedExportError(ValueError):
    """An entry of the books does not balance; nothing was written."""


def write_journal(
    transactions: Iterable[ExportedTransaction], accounts: Iterable[ExportedAccount] = (), *, title: str = ""
) -> str:
    """The journal file's text: declarations, then the entries in the order given.

    Accounts that only lines name are declared as well. Whatever could break the syntax is replaced by a full-width look-alike.

    Raises:
        UnbalancedExportError: an entry's weights do not sum to zero.

    """
    entries = list(transactions)
    declared = {account.name: account for account in accounts}
    for entry in entries:
        _check_balance(entry)
        for line in entry.lines:
            declared.setdefault(line.account, ExportedAccount(line.account))
    names = escaping.unique_account_names(declared)
    symbols = _symbols(entries)
    blocks = ["\n".join([*(f"; {line}" for line in escaping.comment_lines(title)), "decimal-mark ."])]
    blocks += ["\n".join(block) for block in (_commodity_lines(entries, symbols), _account_lines(declared, names)) if block]
    blocks += ["\n".join(_entry_lines(entry, names, symbols)) for entry in entries]
    return "\n\n".join(blocks) + "\n"


def exported_transactions(journal: JournalFile) -> list[ExportedTransaction]:
    """A journal that was read, in the form in which books are written."""
    return [_exported(entry) for entry in journal.transactions]


def _exported(entry: JournalTransaction) -> ExportedTransaction:
    lines: list[ExportedLine] = []
    for posting in entry.postings:
        if posting.amount is None or posting.weight is None:
            raise UnbalancedExportError(f"{entry.file}:{entry.line}: the transaction has not been balanced yet")
        cost = posting.weight if posting.cost is not None else None
        lines.append(ExportedLine(posting.account, posting.amount, cost, posting.comment))
    text = f"{entry.payee} - {entry.note}" if entry.note else entry.payee
    return ExportedTransaction(entry.date, lines, number=entry.code, description=text, note=entry.comment)


def _check_balance(entry: ExportedTransaction) -> None:
    totals: dict[str, Decimal] = {}
    for line in entry.lines:
        weight = line.weight
        totals[weight.commodity] = EXACT.add(totals.get(weight.commodity, _ZERO), weight.quantity)
    off = [str(Amount(total, name)) for name, total in totals.items() if total]
    if off:
        raise UnbalancedExportError(f"the entry {entry.number} of {entry.date.isoformat()} is off by {', '.join(off)}")


def _amounts(entries: Iterable[ExportedTransaction]) -> Iterable[Amount]:
    for entry in entries:
        for line in entry.lines:
            yield line.amount
            if line.cost is not None:
                yield line.cost


def _symbols(entries: Iterable[ExportedTransaction]) -> dict[str, str]:
    """How each commodity is written.

    Raises:
        ValueError: two commodities would be written alike.

    """
    symbols: dict[str, str] = {}
    for amount in _amounts(entries):
        symbols.setdefault(amount.commodity, escaping.commodity(amount.commodity))
    if len(set(symbols.values())) < len(symbols):
        raise ValueError("two commodities differ only in characters that a journal file cannot hold")
    return symbols


def _commodity_lines(entries: Iterable[ExportedTransaction], symbols: dict[str, str]) -> list[str]:
    """Declares as many decimal places as any amount has, so that hledger neither rounds a balance nor tolerates a difference."""
    places: dict[str, int] = {}
    for amount in _amounts(entries):
        places[amount.commodity] = max(places.get(amount.commodity, 0), amount.places)
    return [f"commodity 1000.{'0' * places[name]} {symbol}" for name, symbol in sorted(symbols.items()) if symbol]


def _account_lines(declared: dict[str, ExportedAccount], names: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for name, account in declared.items():
        letter = HLEDGER_TYPES.get(account.type, "")
        lines.append(f"account {names[name]}" + (f"  ; type: {letter}" if letter else ""))
        lines += [f"    ; {line}" for line in escaping.comment_lines(account.note)]
    return lines


def _entry_lines(entry: ExportedTransaction, names: dict[str, str], symbols: dict[str, str]) -> list[str]:
    number = escaping.code(entry.number)
    header = f"{entry.date.isoformat()} *" + (f" ({number})" if number else "")
    lines = [f"{header} {escaping.description(entry.description)}".rstrip()]
    reference = escaping.one_line(entry.reference)
    comments = ([f"reference: {reference}"] if reference else []) + [entry.note]
    lines += [f"    ; {line}" for comment in comments for line in escaping.comment_lines(comment)]
    for line in entry.lines:
        lines.append(f"    {names[line.account]}  {_written(line, symbols)}")
        lines += [f"    ; {text}" for text in escaping.comment_lines(line.note)]
    return lines


def _written(line: ExportedLine, symbols: dict[str, str]) -> str:
    amount, cost = line.amount, line.cost
    if cost is None:
        return _quantity(amount, symbols)
    if not amount.quantity:  # a total cost has the sign of its quantity, so none can stand at zero units
        return _quantity(cost, symbols)
    total = cost if amount.quantity > 0 else Amount(EXACT.copy_negate(cost.quantity), cost.commodity)
    return f"{_quantity(amount, symbols)} @@ {_quantity(total, symbols)}"


def _quantity(amount: Amount, symbols: dict[str, str]) -> str:
    number = amount.quantity or EXACT.copy_abs(amount.quantity)
    symbol = symbols[amount.commodity]
    return f"{number:f} {symbol}" if symbol else f"{number:f}"
