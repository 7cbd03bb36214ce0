"""Use cases of currencies. Each does one thing, in the transaction it is given; none commits."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from domain.currencies import repository, rules
from domain.currencies.model import Currency
from domain.currencies.repository import CURRENCIES
from domain.currencies.schemas import CurrencyEditIn, CurrencyIn
from domain.currencies.tables import FIRST_CURRENCY_ID, currencies
from domain.kit.context import TenantContext
from domain.kit.currencies import SEEDED_CODES, name, symbol
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_ids

SUBJECT = "Currency"


def list_currencies(ctx: TenantContext) -> list[Currency]:
    """All currencies, oldest first."""
    return list(ctx.warm.get(CURRENCIES).values())


def get_currency(ctx: TenantContext, code: str) -> Currency:
    """The currency of a code, in any letter case.

    Raises:
        NOT_FOUND: the organization does not have it.

    """
    currency = rules.with_code(ctx.warm.get(CURRENCIES), code)
    if currency is None:
        raise NOT_FOUND()
    return currency


def has_currency(ctx: TenantContext, code: str) -> bool:
    """Whether the organization trades in it: it is listed, or the base currency."""
    return code == ctx.base_currency or rules.with_code(ctx.warm.get(CURRENCIES), code) is not None


def create_currency(ctx: TenantContext, body: CurrencyIn) -> Currency:
    """Add a currency.

    Raises:
        CURRENCY_CODE_EXISTS.

    """
    rules.check_new_code(ctx.warm.get(CURRENCIES), body.currency_code)
    return _add(ctx, [(body.currency_code, body.currency_name, body.currency_sign)])[0]


def edit_currency(ctx: TenantContext, currency_id: int, body: CurrencyEditIn) -> Currency:
    """Change a currency's name and sign; its code stays.

    Raises:
        NOT_FOUND: no such currency.

    """
    currency = ctx.warm.get(CURRENCIES).get(currency_id)
    if currency is None:
        raise NOT_FOUND()
    changed = replace(currency, currency_name=body.currency_name, currency_sign=body.currency_sign, updated_at=ctx.now())
    repository.update_currency(ctx, changed)
    ctx.audit("edited", SUBJECT, currency_id, before=asdict(currency), after=asdict(changed))
    return changed


def delete_currency(ctx: TenantContext, code: str) -> None:
    """Remove a currency in which nothing is recorded.

    Raises:
        NOT_FOUND, CANNOT_DELETE_BASE_CURRENCY, CURRENCY_IN_USE.

    """
    currency = get_currency(ctx, code)
    if currency.currency_code == ctx.base_currency:
        raise rules.CANNOT_DELETE_BASE_CURRENCY()
    if repository.is_used(ctx.db, currency.currency_code):
        raise rules.CURRENCY_IN_USE()
    repository.delete_currency(ctx, currency.id)
    ctx.audit("deleted", SUBJECT, currency.id, before=asdict(currency))


def ensure_currency(ctx: TenantContext, code: str) -> Currency:
    """The currency of a code; added with the catalogue's name and sign where the organization lacks it."""
    known = rules.with_code(ctx.warm.get(CURRENCIES), code)
    return known if known is not None else _add(ctx, [_from_catalogue(code)])[0]


def seed_currencies(ctx: TenantContext) -> None:
    """The currencies of a freshly built organization: the usual ones and its base currency (platform-tenant-schema.md 6.5)."""
    _add(ctx, [_from_catalogue(code) for code in dict.fromkeys((*SEEDED_CODES, ctx.base_currency))])


def _from_catalogue(code: str) -> tuple[str, str, str]:
    return code, name(code), symbol(code)


def _add(ctx: TenantContext, new: Sequence[tuple[str, str, str]]) -> list[Currency]:
    now = ctx.now()
    ids = next_ids(ctx.warm, currencies, len(new), first=FIRST_CURRENCY_ID)
    added = [
        Currency(id=new_id, currency_code=code, currency_name=currency_name, currency_sign=sign, created_at=now, updated_at=now)
        for new_id, (code, currency_name, sign) in zip(ids, new, strict=True)
    ]
    repository.insert_currencies(ctx, added)
    for currency in added:
        ctx.audit("created", SUBJECT, currency.id, after=asdict(currency))
    return added
