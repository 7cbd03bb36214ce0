"""The rules of period locks. Pure."""

from datetime import date

from domain.kit.errors import ErrorCode
from domain.transactions_locking.model import ALL, FINANCIAL, PARTIAL, PURCHASES, SALES

MODULES = (SALES, PURCHASES, FINANCIAL)
LABELS = {ALL: "All transactions", SALES: "Sales", PURCHASES: "Purchases", FINANCIAL: "Financial"}
DESCRIPTIONS = {
    ALL: "",
    SALES: "Invoices, receipts, estimates, credit notes, payments received and customer opening balances.",
    PURCHASES: "Bills, vendor credits, payments made, landed costs and vendor opening balances.",
    FINANCIAL: "Manual journals, expenses, bank transactions and inventory adjustments.",
}

MODULE_NOT_FOUND = ErrorCode(
    "TRANSACTIONS_LOCKING_MODULE_NOT_FOUND", "Transactions are locked for all, sales, purchases or financial."
)
LOCKED_AS_A_WHOLE = ErrorCode(
    "TRANSACTION_LOCKING_ALL", "All transactions are locked together; a single module cannot be opened in part."
)
DATE_LOCKED = ErrorCode("TRANSACTIONS_DATE_LOCKED", "Transactions of that date are locked.")
UNLOCK_RANGE_REVERSED = ErrorCode("UNLOCK_DATES_REVERSED", "The first day to unlock is after the last one.")


def check_module(module: str) -> None:
    """The module is known."""
    if module not in LABELS:
        raise MODULE_NOT_FOUND()


def check_unlock_range(first: date, last: date) -> None:
    """The days to open run forward."""
    if first > last:
        raise UNLOCK_RANGE_REVERSED()


def check_may_unlock(module: str, locking_type: str) -> None:
    """A single module is opened in part only while modules are locked one by one."""
    if module != ALL and locking_type == ALL:
        raise LOCKED_AS_A_WHOLE()


def consulted_module(module: str, locking_type: str) -> str:
    """Whose lock counts for documents of a module: the common one, or its own (accounting.md 8.3)."""
    return ALL if locking_type == ALL else module


def type_after_cancel(module: str, locking_type: str) -> str:
    """Cancelling the common lock brings the modules' own locks back; cancelling another leaves the common one in force."""
    return PARTIAL if module == ALL else locking_type
