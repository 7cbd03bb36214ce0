"""Balances a transaction: amounts left out are inferred, and what was exchanged is weighed at its cost.

As in hledger, a commodity balances if its weights sum to zero when rounded to the decimal places that the transaction's own amounts
of it show; in a commodity that only costs name, exactly. What such rounding swallowed goes into the largest cost, so that the
weights of a balanced transaction sum to exactly zero.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from domain.journal_files.errors import JournalFileError, UnbalancedTransactionError
from domain.journal_files.model import Amount, Cost, JournalTransaction, Posting
from domain.journal_files.numbers import EXACT

_ZERO = Decimal(0)
_SIDES = 2


def balance(transaction: JournalTransaction) -> JournalTransaction:
    """The same transaction with an amount and a weight on every posting. A left-out amount becomes one posting per commodity.

    Raises:
        UnbalancedTransactionError: it does not balance, or leaves out more than one amount.

    """
    real = [posting for posting in transaction.postings if not posting.virtual]
    virtual = [posting for posting in transaction.postings if posting.virtual]
    done = dict(_balance_group(transaction, real)) | dict(_balance_group(transaction, virtual))
    postings = [settled for posting in transaction.postings for settled in done[id(posting)]]
    return replace(transaction, postings=tuple(postings))


def sum_weights(postings: Iterable[Posting]) -> dict[str, Decimal]:
    """The sum of the postings' weights by commodity, in order of appearance."""
    totals: dict[str, Decimal] = {}
    for posting in postings:
        if posting.weight is not None:
            commodity = posting.weight.commodity
            totals[commodity] = EXACT.add(totals.get(commodity, _ZERO), posting.weight.quantity)
    return totals


def _balance_group(transaction: JournalTransaction, postings: list[Posting]) -> Iterable[tuple[int, list[Posting]]]:
    """Postings that balance among themselves, by the identity of the posting they stand for."""
    elided = [posting for posting in postings if posting.amount is None]
    if len(elided) > 1:
        raise UnbalancedTransactionError(
            "a transaction can leave out at most one amount (two spaces or a tab go between account and amount)",
            file=elided[1].file or transaction.file,
            line=elided[1].line or transaction.line,
        )
    weighed = [_weigh(posting) for posting in postings]
    totals = sum_weights(weighed)
    if elided:
        settled = [_infer(posting, totals, weighed) if posting.amount is None else [posting] for posting in weighed]
    else:
        places = _places(weighed)
        left = {name: total for name, total in totals.items() if _is_off(total, places.get(name))}
        if left:
            weighed = _convert(weighed, left, places)
            totals = sum_weights(weighed)
            left = {name: total for name, total in totals.items() if _is_off(total, places.get(name))}
        if left:
            raise _unbalanced(transaction, left)
        settled = [[posting] for posting in _absorb(weighed, totals)]
    return zip((id(posting) for posting in postings), settled, strict=True)


def _weigh(posting: Posting) -> Posting:
    if posting.amount is None:
        return posting
    return replace(posting, weight=posting.cost.weigh(posting.amount.quantity) if posting.cost else posting.amount)


def _infer(posting: Posting, totals: dict[str, Decimal], weighed: list[Posting]) -> list[Posting]:
    missing = [Amount(EXACT.copy_negate(total), commodity) for commodity, total in totals.items() if total]
    if not missing:
        commodity = next((other.weight.commodity for other in weighed if other.weight is not None), "")
        missing = [Amount(_ZERO, commodity)]
    return [replace(posting, amount=amount, weight=amount) for amount in missing]


def _places(postings: list[Posting]) -> dict[str, int]:
    places: dict[str, int] = {}
    for posting in postings:
        if posting.amount is not None:
            commodity = posting.amount.commodity
            places[commodity] = max(places.get(commodity, 0), posting.amount.places)
    return places


def _is_off(total: Decimal, places: int | None) -> bool:
    return bool(total if places is None else total.quantize(Decimal(1).scaleb(-places), context=EXACT))


def _convert(postings: list[Posting], left: dict[str, Decimal], places: dict[str, int]) -> list[Posting]:
    """Infer a conversion: two commodities are left over, with opposite signs and no cost on either (hledger's rule).

    The postings of the commodity that is named first get a total cost in the other.
    """
    if len(left) != _SIDES or not _costs_cancel(postings):
        return postings
    (source, given), (target, taken) = left.items()
    sources = [index for index, posting in enumerate(postings) if _is_plain(posting, source)]
    targets = [posting for posting in postings if _is_plain(posting, target)]
    if given.is_signed() == taken.is_signed() or not sources or not targets:
        return postings
    unit = Decimal(1).scaleb(-places[target])
    rest = EXACT.copy_negate(taken)
    converted = list(postings)
    for index in sources:
        posting = postings[index]
        if posting.amount is None:  # pragma: no cover - plain postings have amounts
            continue
        quantity = posting.amount.quantity
        share = EXACT.divide(EXACT.multiply(EXACT.copy_negate(taken), quantity), given)
        worth = rest if index == sources[-1] else share.quantize(unit, rounding=ROUND_DOWN, context=EXACT)
        rest = EXACT.subtract(rest, worth)
        cost = Cost("@@", Amount(EXACT.copy_negate(worth) if quantity < 0 else worth, target))
        converted[index] = replace(posting, cost=cost, weight=Amount(worth, target))
    return converted


def _is_plain(posting: Posting, commodity: str) -> bool:
    return posting.cost is None and posting.amount is not None and posting.amount.commodity == commodity


def _costs_cancel(postings: list[Posting]) -> bool:
    """Whether what was bought at a cost was sold at the same one, so that nothing priced is left over."""
    sums: dict[tuple[str, str, str, Decimal], Decimal] = {}
    for posting in postings:
        if posting.cost is not None and posting.amount is not None:
            price = posting.cost.amount
            key = (posting.amount.commodity, posting.cost.kind, price.commodity, price.quantity)
            sums[key] = EXACT.add(sums.get(key, _ZERO), posting.amount.quantity)
    return not any(sums.values())


def _absorb(postings: list[Posting], totals: dict[str, Decimal]) -> list[Posting]:
    settled = list(postings)
    for commodity, total in totals.items():
        if not total:
            continue
        sizes = {
            index: abs(posting.weight.quantity)
            for index, posting in enumerate(settled)
            if posting.cost is not None and posting.weight is not None and posting.weight.commodity == commodity
        }
        index = max(sizes, key=lambda candidate: sizes[candidate])
        weight = settled[index].weight
        if weight is not None:
            settled[index] = replace(settled[index], weight=Amount(EXACT.subtract(weight.quantity, total), commodity))
    return settled


def _unbalanced(transaction: JournalTransaction, left: dict[str, Decimal]) -> JournalFileError:
    differences = ", ".join(str(Amount(total, commodity)) for commodity, total in left.items())
    return UnbalancedTransactionError(
        f"the transaction does not balance; its postings sum to {differences} instead of 0",
        file=transaction.file,
        line=transaction.line,
    )
