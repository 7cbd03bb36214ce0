"""Use cases of the chart of accounts. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import replace
from typing import Any

from domain.accounts import presenter, repository, rules
from domain.accounts.listing import ACCOUNTS
from domain.accounts.model import ACCOUNT_TYPES, Account, fold_name
from domain.accounts.repository import AMOUNTS, CHART
from domain.accounts.repository_usage import is_used
from domain.accounts.schemas import AccountEditIn, AccountIn, AccountListQuery, AccountTransactionsQuery
from domain.accounts.tables import FIRST_ACCOUNT_ID, accounts
from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id
from domain.kit.lists import compose
from domain.ledger import repository as ledger
from domain.settings.service import forget_account, setting

SUBJECT = "Account"


def get_account(ctx: TenantContext, account_id: int) -> Account:
    """The account.

    Raises:
        NOT_FOUND: no such account.

    """
    account = ctx.warm.get(CHART).get(account_id)
    if account is None:
        raise NOT_FOUND()
    return account


def account_form(ctx: TenantContext, account_id: int) -> dict[str, Any]:
    """One account with its balance, as it travels."""
    account = get_account(ctx, account_id)
    return presenter.detail_form(account, ctx.warm.get(CHART), ctx.warm.get(AMOUNTS), ctx.organization)


def list_accounts(ctx: TenantContext, query: AccountListQuery) -> dict[str, Any]:
    """Active accounts, or inactive ones only, as a tree or depth-first. A plain list is answered from warm state."""
    chart, amounts = ctx.warm.get(CHART), ctx.warm.get(AMOUNTS)
    listing = compose(ACCOUNTS, query)
    if query.plain:
        chosen = [account for account in chart if account.active is not query.inactive]
    else:
        matching = repository.ids_matching(ctx.db, listing.conditions, listing.order)
        chosen = [chart.accounts[key] for key in matching if chart.accounts[key].active is not query.inactive]
    forms = presenter.list_forms(chart, chosen, amounts, ctx.organization, nested=query.structure == "tree")
    return {"accounts": forms, "filter_meta": listing.filter_meta}


def create_account(ctx: TenantContext, body: AccountIn) -> Account:
    """Open an account. It takes its parent's activity, and the base currency unless told.

    Raises:
        the refusals of `rules`, in the order of accounting.md 2.4.

    """
    chart = ctx.warm.get(CHART)
    if setting(ctx, "accounts", "account_code_required") and not body.code:
        raise rules.CODE_REQUIRED()
    rules.check_unique_name(chart, body.name)
    rules.check_unique_code(chart, body.code)
    rules.check_type(body.account_type)
    currency = body.currency_code or ctx.base_currency
    parent = rules.check_parent(chart, parent_id=body.parent_account_id, account_type=body.account_type, currency=currency)
    rules.check_currency(body.account_type, currency, ctx.base_currency)
    now = ctx.now()
    account = Account(
        id=next_id(ctx.warm, accounts, first=FIRST_ACCOUNT_ID),
        name=body.name,
        slug=rules.slug_of(body.name),
        code=body.code,
        account_type=body.account_type,
        parent_account_id=body.parent_account_id,
        description=body.description,
        active=parent.active if parent else body.active is not False,
        currency_code=currency,
        plaid_account_id=body.plaid_account_id,
        plaid_item_id=body.plaid_item_id,
        is_syncing_owner=bool(body.plaid_account_id or body.plaid_item_id),
        created_at=now,
        updated_at=now,
    )
    repository.insert_accounts(ctx, [account])
    ctx.audit("created", SUBJECT, account.id, after=presenter.stored_form(account))
    return account


def edit_account(ctx: TenantContext, account_id: int, body: AccountEditIn) -> Account:
    """Change name, code, description or place in the tree; currency and activity stay.

    Raises:
        NOT_FOUND, or the refusals of `rules` in the order of accounting.md 2.4.

    """
    account, chart = get_account(ctx, account_id), ctx.warm.get(CHART)
    rules.check_unique_name(chart, body.name, own_id=account_id)
    if body.account_type != account.account_type:
        raise rules.TYPE_NOT_ALLOWED_TO_CHANGE()
    code = body.code if body.given("code") else account.code
    if code != account.code:
        rules.check_unique_code(chart, code, own_id=account_id)
    parent_id = body.parent_account_id if body.given("parent_account_id") else account.parent_account_id
    rules.check_parent(
        chart, parent_id=parent_id, account_type=account.account_type, currency=account.currency_code, own_id=account_id
    )
    changed = replace(
        account,
        name=body.name,
        code=code,
        description=body.description if body.given("description") else account.description,
        parent_account_id=parent_id,
        updated_at=ctx.now(),
    )
    repository.update_accounts(ctx, changed)
    ctx.audit("edited", SUBJECT, account_id, before=presenter.stored_form(account), after=presenter.stored_form(changed))
    return changed


def switch_account(ctx: TenantContext, account_id: int, *, active: bool) -> None:
    """Activate or inactivate an account and all below it. Doing so twice changes nothing."""
    account = get_account(ctx, account_id)
    affected = [account, *ctx.warm.get(CHART).descendants(account_id)]
    changed = [replace(item, active=active, updated_at=ctx.now()) for item in affected if item.active is not active]
    if changed:
        repository.update_accounts(ctx, *changed)
    for item in changed:
        ctx.audit(
            "activated" if active else "inactivated",
            SUBJECT,
            item.id,
            before={"active": not active},
            after={"active": active},
        )


def delete_account(ctx: TenantContext, account_id: int) -> None:
    """Remove an account that nothing refers to; its children become roots, settings that prefer it are cleared.

    Raises:
        NOT_FOUND, PREDEFINED, HAS_TRANSACTIONS (409).

    """
    account = get_account(ctx, account_id)
    if account.predefined:
        raise rules.PREDEFINED()
    if ledger.account_has_lines(ctx.db, account_id) or is_used(ctx, account_id):
        raise rules.HAS_TRANSACTIONS()
    repository.delete_account(ctx, account_id)
    forget_account(ctx, account_id)
    ctx.audit("deleted", SUBJECT, account_id, before=presenter.stored_form(account))


def account_transactions(ctx: TenantContext, query: AccountTransactionsQuery) -> list[dict[str, Any]]:
    """The latest ledger lines of an account (or of all), newest first."""
    account_ids = None if query.account_id is None else [get_account(ctx, query.account_id).id]
    rows = ledger.recent_of_account(ctx.db, account_ids, query.limit)
    return [presenter.transaction_form(row, ctx.organization) for row in rows]


def role_account(ctx: TenantContext, slug: str, *, name: str, account_type: str, code: str | None = None) -> Account:
    """The account that plays a role, found by slug, else opened as a predefined one (accounting.md 2.6)."""
    chart = ctx.warm.get(CHART)
    found = chart.with_slug(slug)
    if found is not None:
        return found
    return open_account(ctx, name=name, slug=slug, account_type=account_type, code=code, predefined=True)


def control_account(ctx: TenantContext, account_type: str, currency: str) -> Account:
    """The A/R or A/P account of a currency: the lowest id of that type in it, else a new one (accounting.md 2.6)."""
    chart = ctx.warm.get(CHART)
    found = [item for item in chart if item.account_type == account_type and item.currency_code == currency]
    if found:
        return min(found, key=lambda item: item.id)
    short = "A/R" if account_type == "accounts-receivable" else "A/P"
    name = f"{ACCOUNT_TYPES[account_type].label} ({short}) - {currency}"
    return open_account(ctx, name=name, slug=rules.slug_of(name), account_type=account_type, currency=currency)


def open_account(
    ctx: TenantContext,
    *,
    name: str,
    slug: str,
    account_type: str,
    currency: str | None = None,
    code: str | None = None,
    predefined: bool = False,
) -> Account:
    """Open an account that the service itself needs; a taken name or code gives way, the role matters."""
    chart = ctx.warm.get(CHART)
    free = next(
        candidate
        for candidate in (name, *(f"{name} ({number})" for number in range(2, len(chart.accounts) + 3)))
        if fold_name(candidate) not in chart.by_name
    )
    now = ctx.now()
    account = Account(
        id=next_id(ctx.warm, accounts, first=FIRST_ACCOUNT_ID),
        name=free,
        slug=slug,
        code=None if code and code in chart.by_code else code,
        account_type=account_type,
        predefined=predefined,
        currency_code=currency or ctx.base_currency,
        created_at=now,
        updated_at=now,
    )
    repository.insert_accounts(ctx, [account])
    ctx.audit("created", SUBJECT, account.id, after=presenter.stored_form(account))
    return account
