"""The account types of our books, and the type that a ledger account's name suggests."""

import re
from collections.abc import Mapping
from typing import Final

ACCOUNT_TYPES: Final = (
    "cash", "bank", "accounts-receivable", "inventory", "other-current-asset", "fixed-asset", "none-current-asset",
    "accounts-payable", "credit-card", "tax-payable", "other-current-liability", "long-term-liability", "non-current-liability",
    "equity", "income", "other-income", "cost-of-goods-sold", "expense", "other-expense",
)  # fmt: skip
"""Type keys, as our books spell them."""

HLEDGER_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("cash", "bank"), "C"),
    **dict.fromkeys(("accounts-receivable", "inventory", "other-current-asset", "fixed-asset", "none-current-asset"), "A"),
    **dict.fromkeys(("accounts-payable", "credit-card", "tax-payable", "other-current-liability"), "L"),
    **dict.fromkeys(("long-term-liability", "non-current-liability"), "L"),
    "equity": "E",
    **dict.fromkeys(("income", "other-income"), "R"),
    **dict.fromkeys(("cost-of-goods-sold", "expense", "other-expense"), "X"),
}
"""hledger's letter (`type:` tag) for each of our types."""

_ROOTS: Final[Mapping[str, str]] = {
    "asset": "A", "assets": "A", "liability": "L", "liabilities": "L", "debts": "L", "debt": "L", "equity": "E",
    "income": "R", "incomes": "R", "revenue": "R", "revenues": "R", "expense": "X", "expenses": "X",
}  # fmt: skip


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})(?![^\W_])", re.IGNORECASE)


_KEYWORDS: Final[Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]] = {
    "A": (
        (_words("receivables?", "inventory", "inventories", "stock in trade", "prepaid"), "other-current-asset"),
        (_words("cash", "wallet", "petty cash"), "cash"),
        (_words("che(?:cking|que)s?", "banks?", "savings?", "paypal", "current account"), "bank"),
        (_words("fixed", "equipments?", "vehicles?", "property", "properties", "buildings?", "land", "furniture"), "fixed-asset"),
    ),
    "L": (
        (_words(r"credit[\s_-]*cards?"), "credit-card"),
        (_words("loans?", "mortgages?"), "long-term-liability"),
        (_words("tax", "taxes", "vat", "gst"), "tax-payable"),
        (_words("payables?"), "other-current-liability"),
    ),
    "E": (),
    "R": (),
    "X": ((_words("cogs", r"costs?[\s_-]+of[\s_-]+(?:goods|sales)(?:[\s_-]+sold)?"), "cost-of-goods-sold"),),
}
_OTHERWISE: Final[Mapping[str, str]] = {
    "A": "other-current-asset",
    "L": "other-current-liability",
    "E": "equity",
    "R": "income",
    "X": "expense",
}
_DECLARED_ROOTS: Final[Mapping[str, str]] = {"C": "A", "V": "E"}


def guess_type(account: str, declared: str = "") -> str | None:
    """The type that the name suggests, the last of its parts first; none where neither the first part nor `declared` says the class.

    `declared` is hledger's letter for the account or one above it, where the journal declares one. Receivables and payables become
    other current accounts: those of our books demand a contact on every line; inventory is kept by the stock ledger alone.
    """
    parts = account.split(":")
    root = _DECLARED_ROOTS.get(declared, declared) or _ROOTS.get(parts[0].strip().lower(), "")
    if root not in _OTHERWISE:
        return None
    below = parts[1:] if parts[0].strip().lower() in _ROOTS else parts
    for part in reversed(below):
        for pattern, key in _KEYWORDS[root]:
            if pattern.search(part):
                return key
    return "cash" if declared == "C" else _OTHERWISE[root]
