"""How postings move contact balances (accounting.md 3.5). Called by the ledger, in the transaction of the posting."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.accounts.model import Normal
from domain.contacts import repository
from domain.contacts.model import ContactService
from domain.kit.context import TenantContext
from domain.kit.money import ZERO

Movement = tuple[Decimal, Decimal, str]
"""Base amount, foreign amount (both debit less credit) and the foreign amount's currency, of one line of a control account."""


def balance_delta(movements: Iterable[Movement], *, service: ContactService, currency: str, base_currency: str) -> Decimal:
    """How lines on control accounts change the balance of a contact, in its currency, positive on its normal side.

    A contact in base currency counts base amounts of all its lines; one in another currency only its lines in that currency.
    """
    if currency == base_currency:
        movement = sum((base for base, _, _ in movements), ZERO)
    else:
        movement = sum((foreign for _, foreign, of_currency in movements if of_currency == currency), ZERO)
    return movement if service.normal is Normal.DEBIT else -movement


def add_to_contact_balances(ctx: TenantContext, by_contact: Mapping[tuple[int, str], Iterable[Movement]]) -> None:
    """Change stored balances by the movements of each contact and control account type.

    A line of the other control type (a vendor's on receivables) counts with the sign of the contact's own normal side.
    """
    of_contact: dict[int, list[Movement]] = {}
    for (contact_id, _), movements in by_contact.items():
        of_contact.setdefault(contact_id, []).extend(movements)
    kinds = repository.kinds_of(ctx.db, of_contact)
    for contact_id, movements in of_contact.items():
        service, currency = kinds[contact_id]
        delta = balance_delta(movements, service=service, currency=currency, base_currency=ctx.base_currency)
        if delta:
            repository.add_to_balance(ctx.db, contact_id, delta)
