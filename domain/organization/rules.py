"""What an organization's profile may be, and when its base currency is locked. Pure."""

from functools import lru_cache
from typing import Final
from zoneinfo import available_timezones

from domain.kit.errors import ErrorCode

BASE_CURRENCY_MUTATE_LOCKED = ErrorCode(
    "BASE_CURRENCY_MUTATE_LOCKED", "The base currency cannot change any more: there are records that are kept in it."
)
LANGUAGES: Final = ("en", "ar", "es", "sv")
FISCAL_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
FOREIGN_ACCOUNT_TYPES: Final = frozenset({"cash", "bank", "credit-card"})
"""Types whose accounts have a currency of their own: one that people opened locks the base currency."""

LOCKING_RECORDS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("Item", "items", ("items",)),
    ("AccountTransaction", "account transactions", ("ledger_lines",)),
    ("Bill", "bills", ("bills",)),
    ("BillPayment", "bill payments", ("bill_payments", "payments_made")),
    ("CreditNote", "credit notes", ("credit_notes",)),
    ("Expense", "expenses", ("expenses",)),
    ("ManualJournal", "manual journals", ("manual_journals",)),
    ("PaymentReceive", "payments received", ("payments_received", "payment_receives")),
    ("SaleEstimate", "sale estimates", ("sale_estimates", "estimates")),
    ("SaleInvoice", "sale invoices", ("sale_invoices", "invoices")),
    ("SaleReceipt", "sale receipts", ("sale_receipts", "receipts")),
    ("VendorCredit", "vendor credits", ("vendor_credits",)),
)
"""Kinds of records of which a single one locks the base currency (platform.md 7.5): name, plural, the tables that may hold them."""


@lru_cache(maxsize=1)
def timezone_names() -> frozenset[str]:
    """All IANA names that this machine knows."""
    return frozenset(available_timezones())
