"""Use cases of tax rates. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import asdict, replace
from typing import Any

from domain.kit.context import TenantContext
from domain.kit.identifiers import next_id
from domain.kit.text import fold_text
from domain.tax_rates import repository, rules
from domain.tax_rates.model import TaxRate
from domain.tax_rates.repository import TAX_RATES
from domain.tax_rates.schemas import TaxRateIn
from domain.tax_rates.tables import FIRST_TAX_RATE_ID, tax_rates

SUBJECT = "TaxRate"


def list_tax_rates(ctx: TenantContext) -> list[TaxRate]:
    """Rates in use, active or not, by name."""
    current = [rate for rate in ctx.warm.get(TAX_RATES).values() if rate.deleted_at is None]
    return sorted(current, key=lambda rate: (fold_text(rate.name), rate.id))


def get_tax_rate(ctx: TenantContext, tax_rate_id: int) -> TaxRate:
    """A rate in use.

    Raises:
        NOT_FOUND (400): no such rate, or it was retired.

    """
    rate = ctx.warm.get(TAX_RATES).get(tax_rate_id)
    if rate is None or rate.deleted_at is not None:
        raise rules.NOT_FOUND()
    return rate


def create_tax_rate(ctx: TenantContext, body: TaxRateIn) -> TaxRate:
    """Add a rate; inactive unless told.

    Raises:
        CODE_NOT_UNIQUE.

    """
    rules.check_unique_code(ctx.warm.get(TAX_RATES).values(), body.code)
    now = ctx.now()
    rate = TaxRate(
        id=next_id(ctx.warm, tax_rates, first=FIRST_TAX_RATE_ID),
        name=body.name,
        code=body.code,
        rate=body.rate,
        description=body.description,
        is_non_recoverable=bool(body.is_non_recoverable),
        is_compound=bool(body.is_compound),
        active=bool(body.active),
        created_at=now,
        updated_at=now,
    )
    repository.insert_tax_rate(ctx, rate)
    ctx.audit("created", SUBJECT, rate.id, after=asdict(rate))
    return rate


def edit_tax_rate(ctx: TenantContext, tax_rate_id: int, body: TaxRateIn) -> TaxRate:
    """Change a rate. Another name, code or percentage retires it and adds a new one, under a new id (accounting.md 5.2).

    Raises:
        NOT_FOUND, CODE_NOT_UNIQUE.

    """
    rate = get_tax_rate(ctx, tax_rate_id)
    rules.check_unique_code(ctx.warm.get(TAX_RATES).values(), body.code, own_id=tax_rate_id)
    now = ctx.now()
    changed = replace(rate, **_given(body), updated_at=now)
    if not rules.must_replace(rate, name=body.name, code=body.code, percent=body.rate):
        repository.update_tax_rate(ctx, changed)
        ctx.audit("edited", SUBJECT, rate.id, before=asdict(rate), after=asdict(changed))
        return changed
    successor = replace(changed, id=next_id(ctx.warm, tax_rates, first=FIRST_TAX_RATE_ID), created_at=now)
    _retire(ctx, rate)
    repository.insert_tax_rate(ctx, successor)
    repository.move_items(ctx, rate.id, successor.id)
    ctx.audit("replaced", SUBJECT, rate.id, before=asdict(rate), after=asdict(successor))
    return successor


def _given(body: TaxRateIn) -> dict[str, Any]:
    values = body.model_dump(exclude_unset=True)
    return {key: value for key, value in values.items() if value is not None or key == "description"}


def _retire(ctx: TenantContext, rate: TaxRate) -> None:
    repository.update_tax_rate(ctx, replace(rate, deleted_at=ctx.today(), updated_at=ctx.now()))


def delete_tax_rate(ctx: TenantContext, tax_rate_id: int) -> None:
    """Retire a rate: no longer offered, kept for the documents that use it.

    Raises:
        NOT_FOUND.

    """
    rate = get_tax_rate(ctx, tax_rate_id)
    _retire(ctx, rate)
    ctx.audit("deleted", SUBJECT, rate.id, before=asdict(rate))


def switch_tax_rate(ctx: TenantContext, tax_rate_id: int, *, active: bool) -> TaxRate:
    """Activate or inactivate a rate.

    Raises:
        NOT_FOUND, ALREADY_ACTIVE, ALREADY_INACTIVE.

    """
    rate = get_tax_rate(ctx, tax_rate_id)
    if rate.active is active:
        raise rules.ALREADY_ACTIVE() if active else rules.ALREADY_INACTIVE()
    changed = replace(rate, active=active, updated_at=ctx.now())
    repository.update_tax_rate(ctx, changed)
    ctx.audit(
        "activated" if active else "inactivated",
        SUBJECT,
        rate.id,
        before={"active": not active},
        after={"active": active},
    )
    return changed
