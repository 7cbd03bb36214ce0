"""How a resource is named: `sale_invoices`, `sale-invoice` and `SaleInvoice` are the same (platform-import-export.md 1). Pure."""

import re

from domain.kit.errors import ErrorCode

RESOURCE_MODEL_NOT_FOUND = ErrorCode("RESOURCE_MODEL_NOT_FOUND", "There is no such kind of record.")
NAME_LENGTH_MAX = 80
FURTHER_NAMES = {"payment_receive": "PaymentReceived"}
"""Names of older clients, in the singular, and the resource that they mean."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def fold_name(name: str) -> str:
    """One name for all spellings: lower-case words joined, the last in the singular."""
    words = [word.lower() for word in _WORDS.findall(name[:NAME_LENGTH_MAX])]
    return "_".join([*words[:-1], _singular(words[-1])]) if words else ""
