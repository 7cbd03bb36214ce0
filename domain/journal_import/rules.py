"""From a transaction of a journal file to a journal of our books: which currency, which rate, which amounts. Pure.

A transaction whose amounts are all of one currency becomes a journal in that currency. One that mixes currencies becomes a journal in
base currency: every posting counts for its cost, and its note keeps the amount as it was written. So balances in base currency are
those that `hledger balance --cost` shows.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date as Date  # noqa: N812 - as in the journal file's model
from decimal import Decimal

from domain.journal_files.accounts import AccountPlan
from domain.journal_files.errors import JournalFileError
from domain.journal_files.mapping import AccountMapping
from domain.journal_files.model import DeclaredPrice, JournalFile, JournalTransaction, Posting
from domain.journal_files.numbers import EXACT
from domain.journal_import.model import PlannedJournal, PlannedLine
from domain.kit.money import ONE, RATE_SCALE, ZERO, divide, minor_unit, quantize, round_half_up

DESCRIPTION_LENGTH_MAX = 255
REFERENCE_LENGTH_MAX = 255
FOREIGN_TYPES = frozenset({"cash", "bank", "credit-card"})
"""Types of accounts that may hold another currency than the base."""

Rates = Mapping[str, Sequence[tuple[Date, Decimal]]]
"""By currency: from which day on it was worth how much of the base currency, oldest first."""


class UnknownRateError(JournalFileError):
    """A foreign amount has neither a cost in base currency nor a declared price. `about` is the currency."""

    kind = "rate_unknown"


def base_rates(journal: JournalFile, plan: AccountPlan, mapping: AccountMapping | None, base_currency: str) -> Rates:
    """The rates that the journal's `P` directives declare between base currency and others, in either direction."""
    rates: dict[str, dict[Date, Decimal]] = {}
    for price in journal.prices:
        of, per = (_currency_of(text, plan, mapping) for text in (price.commodity, price.price.commodity))
        if price.price.quantity <= 0 or of is None or per is None or of == per:
            continue
        if per == base_currency:
            rates.setdefault(of, {})[price.date] = _rate(price)
        elif of == base_currency:
            rates.setdefault(per, {})[price.date] = round_half_up(divide(ONE, price.price.quantity), RATE_SCALE)
    return {currency: sorted((day, rate) for day, rate in held.items() if rate > 0) for currency, held in rates.items()}


def _rate(price: DeclaredPrice) -> Decimal:
    return round_half_up(price.price.quantity, RATE_SCALE)


def _currency_of(commodity: str, plan: AccountPlan, mapping: AccountMapping | None) -> str | None:
    known = plan.currencies.get(commodity)
    return known if known is not None else (mapping or AccountMapping()).currency(commodity)


def plan_journal(
    transaction: JournalTransaction, *, currencies: Mapping[str, str], base_currency: str, rates: Rates
) -> PlannedJournal | None:
    """The journal that a balanced transaction becomes; none where it has no amounts.

    Raises:
        UnknownRateError: what a foreign amount is worth in base currency is not said.

    """
    used = {currencies[item.amount.commodity] for item in transaction.postings if item.amount and item.amount.quantity}
    used |= {currencies[item.weight.commodity] for item in transaction.postings if item.weight and item.weight.quantity}
    if not used:
        return None
    mixed = len(used) > 1
    if mixed:
        currency = base_currency
        worths = [_worth(posting, transaction, currencies, base_currency, rates) for posting in transaction.postings]
    else:
        (currency,) = used
        worths = [posting.weight.quantity if posting.weight else ZERO for posting in transaction.postings]
    lines = tuple(
        PlannedLine(
            posting.account, amount, _note(posting, with_amount=mixed and _is_foreign(posting, currencies, base_currency))
        )
        for posting, amount in zip(transaction.postings, round_together(worths, currency), strict=True)
        if amount
    )
    if not lines:
        return None
    return PlannedJournal(
        date=transaction.date,
        currency=currency,
        rate=ONE if currency == base_currency else _rate_on(rates, currency, transaction, transaction.postings[0]),
        lines=lines,
        description=transaction.description[:DESCRIPTION_LENGTH_MAX],
        reference=transaction.code[:REFERENCE_LENGTH_MAX],
    )


def account_currency(account_type: str, used: Collection[str], base_currency: str) -> str:
    """The currency to open an account in: a foreign one where its type allows it and all its journals are in that currency (`used`)."""
    return next(iter(used)) if account_type in FOREIGN_TYPES and len(used) == 1 else base_currency


def round_together(amounts: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Amounts that sum to zero, rounded to the currency's minor unit so that they still do.

    What is left over goes to the amounts that rounding moved most in that direction: each stays within one minor unit of its value.
    """
    rounded = [quantize(amount, currency) for amount in amounts]
    residue = sum(rounded, ZERO)
    if residue:
        unit = Decimal(1).scaleb(-minor_unit(currency)) * (1 if residue > 0 else -1)
        moved = sorted(range(len(amounts)), key=lambda position: ((amounts[position] - rounded[position]) / unit, position))
        for position in moved[: int(residue / unit)]:
            rounded[position] -= unit
    return rounded


def _is_foreign(posting: Posting, currencies: Mapping[str, str], base_currency: str) -> bool:
    amount = posting.amount
    return amount is not None and bool(amount.quantity) and currencies[amount.commodity] != base_currency


def _note(posting: Posting, *, with_amount: bool) -> str:
    cost = f" {posting.cost.kind} {posting.cost.amount}" if posting.cost else ""
    original = f"{posting.amount}{cost}" if with_amount else ""
    return "\n".join(text for text in (original, posting.comment.strip()) if text)


def _worth(
    posting: Posting, transaction: JournalTransaction, currencies: Mapping[str, str], base_currency: str, rates: Rates
) -> Decimal:
    """What a posting counts for in base currency, unrounded."""
    weight = posting.weight
    if weight is None or not weight.quantity:
        return ZERO
    currency = currencies[weight.commodity]
    rate = ONE if currency == base_currency else _rate_on(rates, currency, transaction, posting)
    return EXACT.multiply(weight.quantity, rate)


def _rate_on(rates: Rates, currency: str, transaction: JournalTransaction, posting: Posting) -> Decimal:
    known = rates.get(currency, ())
    position = bisect_right([day for day, _ in known], transaction.date)
    if not position:
        raise UnknownRateError(
            f"what {currency} was worth on {transaction.date.isoformat()} is not known; "
            f"give the posting a cost (@) in base currency, or declare a price before: P {transaction.date.isoformat()} {currency} …",
            file=posting.file or transaction.file,
            line=posting.line or transaction.line,
            about=currency,
        )
    return known[position - 1][1]
