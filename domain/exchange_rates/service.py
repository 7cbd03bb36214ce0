"""Use cases of exchange rates. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.currencies.service import has_currency
from domain.exchange_rates import presenter, repository, rules
from domain.exchange_rates.model import ExchangeRate
from domain.exchange_rates.schemas import ExchangeRateIn, ExchangeRateListQuery
from domain.exchange_rates.tables import FIRST_EXCHANGE_RATE_ID, exchange_rates
from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id
from domain.kit.money import ONE

SUBJECT = "ExchangeRate"


def rate_on(ctx: TenantContext, from_currency: str, to_currency: str, day: date) -> Decimal | None:
    """The rate in force on a day: the newest that was stored for the pair, else the inverse of the other direction's.

    None where neither was ever stored. 1 between a currency and itself.
    """
    if from_currency == to_currency:
        return ONE
    direct = repository.latest(ctx.db, from_currency, to_currency, day)
    if direct is not None:
        return direct
    opposite = repository.latest(ctx.db, to_currency, from_currency, day)
    return None if opposite is None else rules.inverse(opposite)


def latest_rate(ctx: TenantContext, *, from_currency: str | None, to_currency: str | None) -> dict[str, Any]:
    """Today's rate as forms ask for it; 1 where nothing is known (accounting.md 11.1)."""
    source, target = from_currency or ctx.base_currency, to_currency or ctx.base_currency
    rate = rate_on(ctx, source, target, ctx.today())
    return {"base_currency": source, "to_currency": target, "exchange_rate": ONE if rate is None else rate}


def list_rates(ctx: TenantContext, query: ExchangeRateListQuery) -> dict[str, Any]:
    """One page of the stored rates, newest first."""
    rows, pagination, listing = repository.page(ctx.db, query, from_currency=query.from_currency, to_currency=query.to_currency)
    date_format = ctx.organization.date_format
    return {
        "exchange_rates": [presenter.rate_form(ExchangeRate(**row), date_format) for row in rows],
        "pagination": pagination,
        "filter_meta": listing.filter_meta,
    }


def store_rate(ctx: TenantContext, body: ExchangeRateIn) -> ExchangeRate:
    """Write down the rate of a pair from a day on; one that starts on the same day is replaced.

    Raises:
        SAME_CURRENCY; CURRENCY_UNKNOWN: the organization does not trade in one of them.

    """
    target = body.to_currency or ctx.base_currency
    rules.check_pair(body.from_currency, target)
    if not (has_currency(ctx, body.from_currency) and has_currency(ctx, target)):
        raise rules.CURRENCY_UNKNOWN()
    now, day = ctx.now(), body.date or ctx.today()
    known = repository.find_on(ctx.db, body.from_currency, target, day)
    if known is not None:
        changed = replace(known, rate=body.rate, updated_at=now)
        repository.update_rate(ctx.db, changed)
        ctx.audit("edited", SUBJECT, known.id, before=asdict(known), after=asdict(changed))
        return changed
    rate = ExchangeRate(
        id=next_id(ctx.warm, exchange_rates, first=FIRST_EXCHANGE_RATE_ID),
        date=day,
        from_currency=body.from_currency,
        to_currency=target,
        rate=body.rate,
        created_at=now,
        updated_at=now,
    )
    repository.insert_rate(ctx.db, rate)
    ctx.audit("created", SUBJECT, rate.id, after=asdict(rate))
    return rate


def delete_rate(ctx: TenantContext, rate_id: int) -> None:
    """Remove a stored rate; documents keep theirs.

    Raises:
        NOT_FOUND.

    """
    rate = repository.find(ctx.db, rate_id)
    if rate is None:
        raise NOT_FOUND()
    repository.delete_rate(ctx.db, rate_id)
    ctx.audit("deleted", SUBJECT, rate_id, before=asdict(rate))
