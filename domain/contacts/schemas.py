"""Wire models of contacts, customers and vendors (accounting.md 9).

Keys are folded before: `billing_address_1` and `billingAddress1` arrive as `billing_address1`. Postal codes may also be spelt `zipcode`.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field

from domain.kit.lists import ListQuery
from domain.kit.money import parse_decimal
from domain.kit.schemas import (
    OptionalAmount,
    OptionalCurrency,
    OptionalDay,
    OptionalEmail,
    OptionalFlag,
    OptionalId,
    OptionalLongText,
    OptionalRate,
    OptionalText,
    RequiredText,
    WireModel,
    blank_to_none,
)

CONTACTS_MAX = 10_000
"""Most contacts in one answer of the look-up."""


def _lower(value: Any) -> Any:
    value = blank_to_none(value)
    return value.strip().lower() if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    value = blank_to_none(value)
    return value if value is None else int(parse_decimal(value))


CustomerType = Annotated[Literal["business", "individual"] | None, BeforeValidator(_lower)]
"""What a customer is; letter case does not count."""


def _postcode(place: str) -> Any:
    return Field(default=None, validation_alias=AliasChoices(f"{place}_address_postcode", f"{place}_address_zipcode"))


class ContactFields(WireModel):
    """What can be said of a contact at any time. On edits, absent keys keep their value."""

    salutation: OptionalText = None
    first_name: OptionalText = None
    last_name: OptionalText = None
    company_name: OptionalText = None
    email: OptionalEmail = None
    work_phone: OptionalText = None
    personal_phone: OptionalText = None
    website: OptionalText = None
    billing_address1: OptionalText = None
    billing_address2: OptionalText = None
    billing_address_city: OptionalText = None
    billing_address_country: OptionalText = None
    billing_address_email: OptionalEmail = None
    billing_address_postcode: OptionalText = _postcode("billing")
    billing_address_phone: OptionalText = None
    billing_address_state: OptionalText = None
    shipping_address1: OptionalText = None
    shipping_address2: OptionalText = None
    shipping_address_city: OptionalText = None
    shipping_address_country: OptionalText = None
    shipping_address_email: OptionalEmail = None
    shipping_address_postcode: OptionalText = _postcode("shipping")
    shipping_address_phone: OptionalText = None
    shipping_address_state: OptionalText = None
    note: OptionalLongText = None
    active: OptionalFlag = None


class ContactIn(ContactFields):
    """A new contact. The base currency unless told; an opening balance without a day is of today."""

    display_name: RequiredText
    currency_code: OptionalCurrency = None
    opening_balance: OptionalAmount = None
    opening_balance_at: OptionalDay = None
    opening_balance_exchange_rate: OptionalRate = None
    opening_balance_branch_id: OptionalId = None


class ContactEditIn(ContactFields):
    """A changed contact; its currency and opening balance stay."""

    display_name: RequiredText | None = None


class OpeningBalanceIn(WireModel):
    """A changed opening balance, in the contact's currency; 0 removes it. Absent keys keep their value."""

    opening_balance: OptionalAmount
    opening_balance_at: OptionalDay = None
    opening_balance_exchange_rate: OptionalRate = None
    opening_balance_branch_id: OptionalId = None


class ContactListQuery(ListQuery):
    """A page of contacts of one kind."""


class AutoCompleteQuery(WireModel):
    """Contacts of both kinds whose display name contains the keyword; all of them (up to 10,000) unless a limit is sent."""

    keyword: OptionalText = None
    limit: Annotated[Annotated[int, Field(ge=1, le=CONTACTS_MAX)] | None, BeforeValidator(_whole)] = None


class ContactOut(WireModel):
    """A contact as stored, address lines in both spellings, with what follows from it."""

    id: int
    contact_service: Literal["customer", "vendor"]
    contact_type: str | None
    balance: Decimal
    currency_code: str
    opening_balance: Decimal
    opening_balance_at: datetime | None
    opening_balance_exchange_rate: Decimal
    opening_balance_branch_id: int | None
    salutation: str | None
    first_name: str | None
    last_name: str | None
    company_name: str | None
    display_name: str
    email: str | None
    work_phone: str | None
    personal_phone: str | None
    website: str | None
    billing_address1: str | None
    billing_address_1: str | None
    billing_address2: str | None
    billing_address_2: str | None
    billing_address_city: str | None
    billing_address_country: str | None
    billing_address_email: str | None
    billing_address_postcode: str | None
    billing_address_phone: str | None
    billing_address_state: str | None
    shipping_address1: str | None
    shipping_address_1: str | None
    shipping_address2: str | None
    shipping_address_2: str | None
    shipping_address_city: str | None
    shipping_address_country: str | None
    shipping_address_email: str | None
    shipping_address_postcode: str | None
    shipping_address_phone: str | None
    shipping_address_state: str | None
    note: str | None
    active: bool
    created_at: datetime
    updated_at: datetime
    closing_balance: Decimal
    local_opening_balance: Decimal
    contact_normal: Literal["debit", "credit"]


class ContactChoiceOut(ContactOut):
    """An element of the look-up."""

    formatted_contact_service: Literal["Customer", "Vendor"]


class ContactDetailOut(ContactOut):
    """A contact with display texts."""

    formatted_balance: str
    formatted_opening_balance: str
    formatted_opening_balance_at: str


class CustomerDetailOut(ContactDetailOut):
    """A customer with display texts."""

    customer_type: str | None
    formatted_customer_type: str


class EitherContactOut(WireModel):
    """`GET /contacts/{id}`: under `customer` whatever its kind, where the reference's client looks for it."""

    customer: ContactDetailOut


class ActivatedOut(WireModel):
    """The contact is active now."""

    id: int
    activated: bool


class InactivatedOut(WireModel):
    """The contact is inactive now."""

    id: int
    inactivated: bool
