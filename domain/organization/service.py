"""Use cases of the organization's profile. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import asdict, replace
from typing import Any

from domain.accounts.repository import CHART
from domain.currencies.service import ensure_currency
from domain.kit.context import Organization, TenantContext
from domain.organization import presenter, repository, rules
from domain.organization.schemas import OrganizationIn
from domain.organization.tables import ORGANIZATION_ROW_ID

SUBJECT = "Organization"
PROFILE_EFFECT = "organization.profile"
"""Effect after which the system's copy of the profile is brought up to date."""
_CLEARABLE = frozenset({"industry", "tax_number", "primary_color", "logo_key"})
_KEPT = frozenset({"name", "location", "base_currency", "timezone", "fiscal_year", "language", "date_format"})


def base_currency_locks(ctx: TenantContext) -> list[dict[str, str]]:
    """The kinds of records that lock the base currency; none where it may still change (platform.md 7.5)."""
    locks = [
        {"model_name": name, "plural_name": plural}
        for name, plural, tables in rules.LOCKING_RECORDS
        if any(repository.has_rows(ctx.db, table) for table in tables)
    ]
    if any(account.seeded_at is None and account.account_type in rules.FOREIGN_ACCOUNT_TYPES for account in ctx.warm.get(CHART)):
        locks.append({"model_name": "Account", "plural_name": "accounts"})
    return locks


def edit_organization(ctx: TenantContext, body: OrganizationIn) -> Organization:
    """Change the profile. A new base currency is given to all accounts and added to the currencies.

    Raises:
        BASE_CURRENCY_MUTATE_LOCKED: the base currency differs, and records are kept in the present one.

    """
    before = ctx.organization
    after = replace(before, **_changes(before, body))
    if after == before:
        return before
    if after.base_currency != before.base_currency:
        _change_base_currency(ctx, after.base_currency)
    repository.update_organization(ctx, after)
    ctx.audit("edited", SUBJECT, ORGANIZATION_ROW_ID, before=asdict(before), after=asdict(after))
    ctx.changes.effects.append((PROFILE_EFFECT, presenter.profile_payload(after)))
    return after


def _changes(before: Organization, body: OrganizationIn) -> dict[str, Any]:
    changes = {name: getattr(body, name) for name in _CLEARABLE if body.given(name)}
    changes |= {name: value for name in _KEPT if (value := getattr(body, name)) is not None}
    if body.address is not None:
        changes["address"] = {**(before.address or {}), **body.address.model_dump(exclude_unset=True)}
    elif body.given("address"):
        changes["address"] = None
    return changes


def _change_base_currency(ctx: TenantContext, currency: str) -> None:
    locks = base_currency_locks(ctx)
    if locks:
        raise rules.BASE_CURRENCY_MUTATE_LOCKED(payload={"models": [lock["model_name"] for lock in locks]})
    ensure_currency(ctx, currency)
    repository.set_currency_of_accounts(ctx, currency)
