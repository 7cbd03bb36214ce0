"""Contacts: whom the organization sells to (customers) and buys from (vendors). Both are rows of one table; ids are shared."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.accounts.model import ACCOUNTS_PAYABLE, ACCOUNTS_RECEIVABLE, Normal
from domain.kit.money import ONE, ZERO
from domain.ledger.model import ReferenceType


class ContactService(StrEnum):
    """What the organization does with the contact."""

    CUSTOMER = "customer"
    VENDOR = "vendor"

    @property
    def label(self) -> str:
        """For display."""
        return self.value.capitalize()

    @property
    def normal(self) -> Normal:
        """The side on which the contact's balance grows: customers owe us, we owe vendors."""
        return Normal.DEBIT if self is ContactService.CUSTOMER else Normal.CREDIT

    @property
    def control_type(self) -> str:
        """The type of the accounts that keep its balance."""
        return ACCOUNTS_RECEIVABLE if self is ContactService.CUSTOMER else ACCOUNTS_PAYABLE

    @property
    def opening_type(self) -> ReferenceType:
        """The reference type of its opening balance."""
        customer = self is ContactService.CUSTOMER
        return ReferenceType.CUSTOMER_OPENING_BALANCE if customer else ReferenceType.VENDOR_OPENING_BALANCE

    @property
    def locking_module(self) -> str:
        """The module whose lock covers its opening balance (accounting.md 8.3)."""
        return "sales" if self is ContactService.CUSTOMER else "purchases"


OPENING_TYPES = tuple(service.opening_type.value for service in ContactService)
"""Reference types whose reference id is a contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address with the e-mail and telephone of the place."""

    address1: str | None = None
    address2: str | None = None
    address_city: str | None = None
    address_country: str | None = None
    address_email: str | None = None
    address_postcode: str | None = None
    address_phone: str | None = None
    address_state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """What the contact owed, or was owed, when the books were opened.

    `amount` is in the contact's currency, positive on the contact's normal side; `rate` is base units for one unit of it.
    """

    amount: Decimal = ZERO
    day: date | None = None
    rate: Decimal = ONE
    branch_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One customer or vendor. `balance` is in its currency, positive on its normal side (accounting.md 3.5)."""

    id: int
    contact_service: ContactService
    contact_type: str | None = None
    balance: Decimal = ZERO
    currency_code: str
    opening: OpeningBalance = OpeningBalance()
    salutation: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    company_name: str | None = None
    display_name: str
    email: str | None = None
    work_phone: str | None = None
    personal_phone: str | None = None
    website: str | None = None
    billing: Address = Address()
    shipping: Address = Address()
    note: str | None = None
    active: bool = True
    created_at: datetime
    updated_at: datetime
