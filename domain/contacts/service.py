"""Use cases of contacts, the same for customers and vendors. Each runs in the transaction it is given; none commits."""

from dataclasses import fields, replace
from typing import Any

from domain.accounts.service import control_account, role_account
from domain.branches.service import branches_active, document_branch
from domain.contacts import presenter, repository, rules
from domain.contacts.listing import LISTS
from domain.contacts.model import OPENING_TYPES, Address, Contact, ContactService, OpeningBalance
from domain.contacts.posting import opening_journal
from domain.contacts.schemas import (
    CONTACTS_MAX,
    AutoCompleteQuery,
    ContactEditIn,
    ContactFields,
    ContactIn,
    ContactListQuery,
    OpeningBalanceIn,
)
from domain.contacts.tables import FIRST_CONTACT_ID, contacts
from domain.currencies.service import list_currencies
from domain.kit.context import TenantContext
from domain.kit.currencies import CATALOGUE
from domain.kit.errors import FORBIDDEN, NOT_FOUND
from domain.kit.identifiers import next_id
from domain.kit.lists import compose
from domain.kit.money import ZERO
from domain.kit.permissions import Customer, Vendor
from domain.ledger import repository as ledger
from domain.ledger.service import post, unpost
from domain.transactions_locking.service import guard

_PLACES = ("billing", "shipping")
_ADDRESS = tuple(item.name for item in fields(Address))
_EDIT = {ContactService.CUSTOMER: Customer.edit, ContactService.VENDOR: Vendor.edit}


def get_contact(ctx: TenantContext, contact_id: int, service: ContactService | None = None) -> Contact:
    """The contact, of one kind or of any.

    Raises:
        NOT_FOUND: no such contact, or one of the other kind.

    """
    contact = repository.find_contact(ctx.db, contact_id, service)
    if contact is None:
        raise NOT_FOUND()
    return contact


def contact_form(ctx: TenantContext, contact_id: int, service: ContactService | None = None) -> dict[str, Any]:
    """One contact with display texts, as it travels.

    Raises:
        NOT_FOUND.

    """
    return presenter.detail_form(get_contact(ctx, contact_id, service), ctx.organization)


def list_contacts(ctx: TenantContext, service: ContactService, query: ContactListQuery) -> dict[str, Any]:
    """A page of active contacts of a kind, or of inactive ones only."""
    resource = LISTS[service]
    listing = compose(resource, query)
    found, pagination = repository.list_page(ctx.db, service, listing, inactive=query.inactive)
    forms = [presenter.detail_form(contact, ctx.organization) for contact in found]
    return {resource.list_key: forms, "pagination": pagination, "filter_meta": listing.filter_meta}


def auto_complete(ctx: TenantContext, query: AutoCompleteQuery) -> list[dict[str, Any]]:
    """Contacts of both kinds by display name, for choosing one."""
    names = repository.names_containing(ctx.db, query.keyword, CONTACTS_MAX)
    in_order = sorted(names, key=lambda contact_id: (rules.name_order(names[contact_id]), contact_id))
    chosen = in_order[: query.limit or CONTACTS_MAX]
    found = repository.read_contacts(ctx.db, chosen)
    return [presenter.choice_form(found[contact_id], ctx.base_currency) for contact_id in chosen]


def create_contact(ctx: TenantContext, service: ContactService, body: ContactIn, *, contact_type: str | None = None) -> Contact:
    """Add a contact and post its opening balance.

    Raises:
        CURRENCY_UNKNOWN, BRANCH_ID_NOT_FOUND, OPENING_BALANCE_TOO_LARGE, DATE_LOCKED.

    """
    currency = body.currency_code or ctx.base_currency
    rules.check_currency(currency, CATALOGUE.union([ctx.base_currency], (item.currency_code for item in list_currencies(ctx))))
    opening = rules.settled_opening(
        amount=body.opening_balance or ZERO,
        day=body.opening_balance_at,
        rate=body.opening_balance_exchange_rate,
        branch_id=_branch(ctx, body.opening_balance_branch_id, needed=bool(body.opening_balance)),
        currency=currency,
        base_currency=ctx.base_currency,
        today=ctx.today(),
    )
    guard(ctx, service.locking_module, *rules.guarded_days(opening))
    now = ctx.now()
    blank = Contact(
        id=next_id(ctx.warm, contacts, first=FIRST_CONTACT_ID),
        contact_service=service,
        contact_type=contact_type,
        currency_code=currency,
        opening=opening,
        display_name=body.display_name,
        created_at=now,
        updated_at=now,
    )
    contact = _filled(blank, body)
    repository.insert_contact(ctx, contact)
    stored = _post_opening(ctx, contact)
    ctx.audit("created", service.label, contact.id, after=presenter.record_form(stored))
    return stored


def edit_contact(
    ctx: TenantContext, service: ContactService, contact_id: int, body: ContactEditIn, *, contact_type: str | None = None
) -> Contact:
    """Change what is said of a contact; absent keys, currency and opening balance stay. No `contact_type` keeps it.

    Raises:
        NOT_FOUND.

    """
    before = get_contact(ctx, contact_id, service)
    changed = replace(
        _filled(before, body),
        display_name=body.display_name or before.display_name,
        contact_type=contact_type or before.contact_type,
        updated_at=ctx.now(),
    )
    repository.update_contact(ctx, changed)
    ctx.audit("edited", service.label, contact_id, before=presenter.record_form(before), after=presenter.record_form(changed))
    return changed


def edit_opening_balance(ctx: TenantContext, service: ContactService, contact_id: int, body: OpeningBalanceIn) -> Contact:
    """Replace the opening balance and its posting; absent keys keep their value, 0 removes the posting.

    Raises:
        NOT_FOUND, BRANCH_ID_NOT_FOUND, OPENING_BALANCE_TOO_LARGE, DATE_LOCKED: the old or the new day is locked.

    """
    before = get_contact(ctx, contact_id, service)
    old = before.opening

    def wished(key: str, present: Any) -> Any:
        return getattr(body, key) if body.given(key) else present

    new = rules.settled_opening(
        amount=body.opening_balance or ZERO,
        day=wished("opening_balance_at", old.day),
        rate=wished("opening_balance_exchange_rate", old.rate),
        branch_id=_branch(ctx, wished("opening_balance_branch_id", old.branch_id), needed=bool(body.opening_balance)),
        currency=before.currency_code,
        base_currency=ctx.base_currency,
        today=ctx.today(),
    )
    guard(ctx, service.locking_module, *rules.guarded_days(old, new))
    if new == old:
        return before
    unpost(ctx, service.opening_type, contact_id)
    changed = replace(before, opening=new, updated_at=ctx.now())
    repository.update_contact(ctx, changed)
    stored = _post_opening(ctx, changed)
    ctx.audit(
        "opening balance edited",
        service.label,
        contact_id,
        before=presenter.record_form(before),
        after=presenter.record_form(stored),
    )
    return stored


def delete_contact(ctx: TenantContext, service: ContactService, contact_id: int) -> None:
    """Remove a contact that nothing but its own opening balance refers to, and that posting with it.

    Raises:
        NOT_FOUND, CUSTOMER_HAS_TRANSACTIONS, VENDOR_HAS_TRANSACTIONS (409), DATE_LOCKED.

    """
    contact = get_contact(ctx, contact_id, service)
    if ledger.contact_has_lines(ctx.db, contact_id, except_types=OPENING_TYPES) or repository.is_used(ctx.db, contact_id):
        raise rules.HAS_TRANSACTIONS[service]()
    guard(ctx, service.locking_module, *rules.guarded_days(contact.opening))
    unpost(ctx, service.opening_type, contact_id)
    repository.delete_contact(ctx, contact_id)
    ctx.audit("deleted", service.label, contact_id, before=presenter.record_form(contact))


def switch_contact(ctx: TenantContext, contact_id: int, *, active: bool) -> Contact:
    """Activate or inactivate a contact of either kind.

    Raises:
        NOT_FOUND, FORBIDDEN: the role may edit the other kind only; ALREADY_ACTIVE, ALREADY_INACTIVE.

    """
    contact = get_contact(ctx, contact_id)
    if not ctx.user.grants.allow(_EDIT[contact.contact_service]):
        raise FORBIDDEN()
    rules.check_switch(contact, active=active)
    changed = replace(contact, active=active, updated_at=ctx.now())
    repository.update_contact(ctx, changed)
    ctx.audit(
        "activated" if active else "inactivated",
        contact.contact_service.label,
        contact_id,
        before={"active": not active},
        after={"active": active},
    )
    return changed


def _branch(ctx: TenantContext, branch_id: int | None, *, needed: bool) -> int | None:
    """The branch to store; without an opening balance only one that was asked for."""
    if branch_id is None and not needed:
        return None
    return document_branch(ctx, branch_id) if branches_active(ctx) else None


def _filled(contact: Contact, body: ContactFields) -> Contact:
    """The contact with what the body says; absent keys keep their value."""
    given = body.model_dump(include=set(ContactFields.model_fields), exclude_unset=True)
    if given.get("active") is None:
        given.pop("active", None)
    places: dict[str, Address] = {}
    for place in _PLACES:
        parts = {name: given.pop(f"{place}_{name}") for name in _ADDRESS if f"{place}_{name}" in given}
        places[place] = replace(getattr(contact, place), **parts)
    return replace(contact, billing=places["billing"], shipping=places["shipping"], **given)


def _post_opening(ctx: TenantContext, contact: Contact) -> Contact:
    """Write the posting of the opening balance, if there is one. Returns the contact with its balance after that."""
    opening: OpeningBalance = contact.opening
    if opening.amount and opening.day:
        equity = role_account(ctx, "opening-balance-equity", name="Opening Balance Equity", account_type="equity", code="30002")
        control = control_account(ctx, contact.contact_service.control_type, contact.currency_code)
        journal = opening_journal(
            contact,
            day=opening.day,
            control_account_id=control.id,
            equity_account_id=equity.id,
            base_currency=ctx.base_currency,
        )
        post(ctx, journal)
    return get_contact(ctx, contact.id, contact.contact_service)
