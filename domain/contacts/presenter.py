"""Contacts as they travel."""

from dataclasses import asdict
from typing import Any

from domain.contacts.model import Contact, ContactService
from domain.kit.context import Organization
from domain.kit.formatting import format_amount, format_date
from domain.kit.money import convert
from domain.kit.wire import iso_day, iso_instant


def record_form(contact: Contact) -> dict[str, Any]:
    """What is stored, by column name; what the audit trail keeps."""
    form = asdict(contact)
    opening = contact.opening
    for place in ("billing", "shipping"):
        form |= {f"{place}_{name}": value for name, value in form.pop(place).items()}
    del form["opening"]
    return form | {
        "contact_service": contact.contact_service.value,
        "opening_balance": opening.amount,
        "opening_balance_at": opening.day and iso_day(opening.day),
        "opening_balance_exchange_rate": opening.rate,
        "opening_balance_branch_id": opening.branch_id,
        "created_at": iso_instant(contact.created_at),
        "updated_at": iso_instant(contact.updated_at),
    }


def stored_form(contact: Contact, base_currency: str) -> dict[str, Any]:
    """Stored keys, address lines in both spellings, and computed keys; what create and edit answer."""
    form = record_form(contact)
    for place in ("billing", "shipping"):
        form |= {f"{place}_address_{number}": form[f"{place}_address{number}"] for number in (1, 2)}
    return form | {
        "closing_balance": contact.balance,
        "local_opening_balance": convert(contact.opening.amount, contact.opening.rate, base_currency),
        "contact_normal": contact.contact_service.normal.value,
    }


def detail_form(contact: Contact, organization: Organization) -> dict[str, Any]:
    """A contact with display texts; what get and list answer."""
    form = stored_form(contact, organization.base_currency) | {
        "formatted_balance": format_amount(contact.balance, contact.currency_code),
        "formatted_opening_balance": format_amount(contact.opening.amount, contact.currency_code),
        "formatted_opening_balance_at": format_date(contact.opening.day, organization.date_format),
    }
    if contact.contact_service is ContactService.CUSTOMER:
        kind = contact.contact_type
        form |= {"customer_type": kind, "formatted_customer_type": (kind or "").capitalize()}
    return form


def choice_form(contact: Contact, base_currency: str) -> dict[str, Any]:
    """An element of the look-up."""
    return stored_form(contact, base_currency) | {"formatted_contact_service": contact.contact_service.label}
