"""Recognises a transaction that was imported before, by what it says and not by where it stands."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from domain.journal_files.model import Amount, JournalTransaction
from domain.journal_files.numbers import EXACT


def transaction_key(transaction: JournalTransaction, occurrence: int) -> str:
    """SHA-256 (hexadecimal) of a balanced transaction's date, code, payee and postings, and of its number among identical ones.

    `occurrence` counts from 1. Comments, notes, status, the order of postings and the way amounts are written do not matter.
    """
    if occurrence < 1:
        raise ValueError("occurrences count from 1")
    return hashlib.sha256(f"{occurrence}\n{_content(transaction)}".encode()).hexdigest()


def transaction_keys(transactions: Iterable[JournalTransaction]) -> list[str]:
    """The key of each transaction of one journal, in its order."""
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for transaction in transactions:
        content = _content(transaction)
        seen[content] += 1
        keys.append(transaction_key(transaction, seen[content]))
    return keys


def _content(transaction: JournalTransaction) -> str:
    postings = sorted(
        [_text(posting.account), *_amount(posting.amount), *_amount(posting.weight)] for posting in transaction.postings
    )
    return json.dumps([transaction.date.isoformat(), _text(transaction.code), _text(transaction.payee), postings])


def _text(value: str) -> str:
    return unicodedata.normalize("NFC", " ".join(value.split()))


def _amount(amount: Amount | None) -> tuple[str, str]:
    if amount is None:
        return "", ""
    quantity = amount.quantity.normalize(EXACT) if amount.quantity else Decimal(0)
    return f"{quantity:f}", _text(amount.commodity)
