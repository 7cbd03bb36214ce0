"""The declared settings: group, key and type (`platform.md` 10.1). Stored as text; booleans as `1` and `0`."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from domain.kit.money import parse_decimal


class Kind(Enum):
    """How a setting's text is read."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"


_NUMBERED_GROUPS = (
    "manual_journals", "sales_estimates", "sales_receipts", "sales_invoices", "payment_receives", "cashflow", "credit_note",
    "vendor_credit", "warehouse_transfers",
)  # fmt: skip
LOCKING_MODULES = ("all", "sales", "purchases", "financial")
_LOCKING_KEYS: Mapping[str, Kind] = {
    "active": Kind.FLAG,
    "lock_to_date": Kind.DATE,
    "unlock_from_date": Kind.DATE,
    "unlock_to_date": Kind.DATE,
    "lock_reason": Kind.TEXT,
    "unlock_reason": Kind.TEXT,
    "partial_unlock_reason": Kind.TEXT,
}


def _declared() -> dict[tuple[str, str], Kind]:
    keys: dict[tuple[str, str], Kind] = {}
    for key in (
        "name", "base_currency", "industry", "location", "fiscal_year", "financial_date_start", "language", "time_zone",
        "date_format", "accounting_basis",
    ):  # fmt: skip
        keys["organization", key] = Kind.TEXT
    for group in _NUMBERED_GROUPS:
        keys[group, "next_number"] = keys[group, "number_prefix"] = Kind.TEXT
        keys[group, "auto_increment"] = Kind.FLAG
    for group in ("sales_invoices", "sales_estimates", "credit_note"):
        keys[group, "customer_notes"] = keys[group, "terms_conditions"] = Kind.TEXT
    keys["sales_receipts", "preferred_deposit_account"] = Kind.NUMBER
    keys["sales_receipts", "receipt_message"] = keys["sales_receipts", "terms_conditions"] = Kind.TEXT
    keys["payment_receives", "preferred_deposit_account"] = keys["payment_receives", "preferred_advance_deposit"] = Kind.NUMBER
    keys["bill_payments", "withdrawal_account"] = Kind.NUMBER
    for key in ("preferred_sell_account", "preferred_cost_account", "preferred_inventory_account"):
        keys["items", key] = Kind.NUMBER
    keys["expenses", "preferred_payment_account"] = Kind.NUMBER
    keys["inventory", "cost_compute_running"] = Kind.FLAG
    keys["accounts", "account_code_required"] = keys["accounts", "account_code_unique"] = Kind.FLAG
    for event in (
        "sale-invoice-details", "sale-invoice-reminder", "sale-estimate-details", "sale-receipt-details",
        "payment-receive-details", "customer-balance",
    ):  # fmt: skip
        keys["sms-notification", f"sms-notification-enable.{event}"] = Kind.FLAG
    keys["transactions-locking", "locking-type"] = Kind.TEXT
    for module in LOCKING_MODULES:
        for key, kind in _LOCKING_KEYS.items():
            keys["transactions-locking", f"{module}.{key}"] = kind
    for key in ("multi-warehouses", "multi-branches", "warehouses", "branches"):
        keys["features", key] = Kind.FLAG
    return keys


DECLARED: Mapping[tuple[str, str], Kind] = _declared()

GUARDED_GROUPS = frozenset({"transactions-locking", "features"})
"""Groups that have endpoints of their own: `PUT /settings` must not go around their rules."""

ACCOUNT_KEYS = frozenset(key for key in DECLARED if key[1].startswith("preferred_") or key[1] == "withdrawal_account")
"""Settings whose value is an account id; cleared when the account is deleted."""

SEEDED: tuple[tuple[str, str, str], ...] = (
    ("organization", "accounting_basis", "accrual"),
    ("accounts", "account_code_unique", "1"),
    *(
        row
        for group, prefix in (
            ("manual_journals", "J-"), ("sales_invoices", "INV-"), ("sales_receipts", "REC-"), ("sales_estimates", "EST-"),
            ("payment_receives", "PAY-"), ("cashflow", "CF-"), ("warehouse_transfers", "WT-"), ("credit_note", "CN-"),
            ("vendor_credit", "VC-"),
        )
        for row in ((group, "next_number", "00001"), (group, "number_prefix", prefix), (group, "auto_increment", "1"))
    ),
)  # fmt: skip
"""Rows of a freshly built organization, beside the preferred item accounts (platform-tenant-schema.md 6.2)."""


def read_text(kind: Kind, text: str | None) -> bool | int | Decimal | str | None:
    """The typed value of a stored text."""
    if text is None:
        return None
    match kind:
        case Kind.FLAG:
            return text.lower() in {"1", "true", "yes", "on"}
        case Kind.NUMBER:
            try:
                number = parse_decimal(text)
            except ValueError:
                return None
            return int(number) if number == number.to_integral_value() else number
        case _:
            return text


def successor(number: str) -> str:
    """The number after: trailing digits plus one, leading zeros kept (`platform.md` 3.5).

    `00009` → `00010`, `99` → `100`, `12A` → `12A1`, `""` → `1`.
    """
    head = number.rstrip("0123456789")
    digits = number[len(head) :]
    return f"{head}{int(digits) + 1:0{len(digits)}d}" if digits else f"{head}1"
