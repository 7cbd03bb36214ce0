"""What makes a contact and its opening balance valid. Pure."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from domain.contacts.model import Contact, ContactService, OpeningBalance
from domain.kit.errors import ErrorCode
from domain.kit.money import AMOUNT_MAX, ONE, convert, quantize
from domain.kit.text import fold_text

CUSTOMER_HAS_TRANSACTIONS = ErrorCode(
    "CUSTOMER_HAS_TRANSACTIONS", "Transactions or records name this customer; it cannot be deleted.", 409
)
VENDOR_HAS_TRANSACTIONS = ErrorCode(
    "VENDOR_HAS_TRANSACTIONS", "Transactions or records name this vendor; it cannot be deleted.", 409
)
HAS_TRANSACTIONS = {
    ContactService.CUSTOMER: CUSTOMER_HAS_TRANSACTIONS,
    ContactService.VENDOR: VENDOR_HAS_TRANSACTIONS,
}
ALREADY_ACTIVE = ErrorCode("CONTACT_ALREADY_ACTIVE", "The contact is active already.")
ALREADY_INACTIVE = ErrorCode("CONTACT_ALREADY_INACTIVE", "The contact is inactive already.")
CURRENCY_UNKNOWN = ErrorCode(
    "CONTACT_CURRENCY_UNKNOWN", "There is no such currency. Add it to the organization's currencies first."
)
OPENING_BALANCE_TOO_LARGE = ErrorCode(
    "OPENING_BALANCE_TOO_LARGE", f"An opening balance comes to at most {AMOUNT_MAX} in base currency."
)


def check_currency(code: str, known: Collection[str]) -> None:
    """The currency is a known one.

    Raises:
        CURRENCY_UNKNOWN.

    """
    if code not in known:
        raise CURRENCY_UNKNOWN(f"There is no currency {code}. Add it to the organization's currencies first.")


def check_switch(contact: Contact, *, active: bool) -> None:
    """A contact is activated or inactivated only where that changes something.

    Raises:
        ALREADY_ACTIVE, ALREADY_INACTIVE.

    """
    if contact.active is active:
        raise ALREADY_ACTIVE() if active else ALREADY_INACTIVE()


def settled_opening(
    *,
    amount: Decimal,
    day: date | None,
    rate: Decimal | None,
    branch_id: int | None,
    currency: str,
    base_currency: str,
    today: date,
) -> OpeningBalance:
    """The opening balance to store: in whole minor units, dated where there is one; base currency always has the rate 1.

    Raises:
        OPENING_BALANCE_TOO_LARGE.

    """
    settled = OpeningBalance(
        amount=quantize(amount, currency),
        day=day,
        rate=ONE if currency == base_currency or rate is None else rate,
        branch_id=branch_id,
    )
    if not settled.amount:
        return settled
    if abs(convert(settled.amount, settled.rate, base_currency)) > AMOUNT_MAX:
        raise OPENING_BALANCE_TOO_LARGE()
    return settled if settled.day else OpeningBalance(amount=settled.amount, day=today, rate=settled.rate, branch_id=branch_id)


def guarded_days(*openings: OpeningBalance) -> list[date | None]:
    """The days on which these opening balances stand in the ledger."""
    return [opening.day for opening in openings if opening.amount]


def name_order(name: str) -> str:
    """By what names are put in order: without letter case and accents, whatever the database's collation."""
    return fold_text(name)
