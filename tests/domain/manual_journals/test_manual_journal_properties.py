"""Whatever the currencies and rates: a journal balances in both, and an edit leaves what a creation would have."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kit.money import ONE, ZERO, convert, from_scaled, minor_unit, quantize
from domain.manual_journals.model import ManualJournal, ManualJournalEntry
from domain.manual_journals.posting import journal_of
from tests.domain.manual_journals.factories import entry, euro_bank, journal, lines, trace

CURRENCIES = ("JPY", "USD", "EUR", "KWD")
AT = datetime(2024, 5, 2, tzinfo=UTC)

currencies = st.sampled_from(CURRENCIES)
rates = st.decimals("0.0001", "10000", places=8)
units = st.integers(0, 10**9)
sides = st.tuples(units, units)


@st.composite
def balanced(draw, currency):
    """Entries that balance, in whole minor units, some with both sides, some blank."""
    pairs = draw(st.lists(sides, min_size=1, max_size=12))
    short = sum(credit - debit for debit, credit in pairs)
    pairs.append((max(short, 0), max(-short, 0)) if short or draw(st.booleans()) else (1, 1))
    places = minor_unit(currency)
    return [(from_scaled(debit, places), from_scaled(credit, places)) for debit, credit in draw(st.permutations(pairs))]


def manual_journal(pairs, currency, rate):
    entries = tuple(
        ManualJournalEntry(id=index, index=index, account_id=index, debit=debit, credit=credit)
        for index, (debit, credit) in enumerate(pairs, start=1)
    )
    return ManualJournal(
        id=1, journal_number="1", reference=None, journal_type=None, amount=sum((e.credit for e in entries), ZERO),
        currency_code=currency, exchange_rate=rate, date=date(2024, 5, 2), description=None, published_at=None, user_id=1,
        branch_id=None, created_at=AT, updated_at=AT, entries=entries,
    )  # fmt: skip


@settings(max_examples=300)
@given(st.data(), currencies, currencies, rates)
def test_a_posting_balances_in_both_currencies(data, currency, base, rate):
    rate = ONE if currency == base else rate
    source = manual_journal(data.draw(balanced(currency)), currency, rate)
    posted = journal_of(source, base).lines  # building it checks balance and whole minor units
    assert sum(line.movement for line in posted) == sum(line.foreign_movement for line in posted) == 0
    entries = {item.account_id: item for item in source.entries if item.debit or item.credit}
    assert [line.account_id for line in posted] == list(entries)
    moved = 0
    for line in posted:
        item = entries[line.account_id]
        assert (line.foreign_debit, line.foreign_credit) == (item.debit, item.credit)
        moved += (line.debit, line.credit) != (convert(item.debit, rate, base), convert(item.credit, rate, base))
    assert moved <= 1


@given(st.decimals("0.01", "1000", places=2))
def test_the_largest_line_takes_the_residue(rate):
    pairs = [(Decimal("0.33"), ZERO), (Decimal("0.33"), ZERO), (Decimal("0.34"), ZERO), (ZERO, ONE)]
    posted = journal_of(manual_journal(pairs, "EUR", rate), "JPY").lines
    for line, (debit, _) in zip(posted[:3], pairs, strict=False):
        assert line.debit == quantize(debit * rate, "JPY")
    assert posted[3].credit == sum(line.debit for line in posted[:3])


amounts = st.decimals("0.0001", "100000", places=4)


@st.composite
def bodies(draw, accounts):
    currency = draw(st.sampled_from(["USD", "EUR", "JPY", "KWD"]))
    allowed = [account for account, held in accounts if held in {"USD", currency}]
    places = minor_unit(currency)
    parts = draw(st.lists(amounts.filter(lambda item: quantize(item, currency)), min_size=1, max_size=5))
    if not (parts := [item for item in parts if quantize(item, currency)]):
        parts = [ONE]
    total = sum((quantize(item, currency) for item in parts), ZERO)
    account = st.sampled_from(allowed)
    entries = [entry(draw(account), debit=str(item)) for item in parts]
    entries.append(entry(draw(account), credit=f"{total:.{places}f}"))
    return journal(
        *draw(st.permutations(entries)), currency_code=currency, exchange_rate=str(draw(rates)), publish=draw(st.booleans())
    )


@pytest.fixture
def twins(make_books):
    """Two books with the same accounts."""
    both = make_books(), make_books()
    assert euro_bank(both[0]) == euro_bank(both[1])
    return both


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_an_edit_is_a_creation_from_scratch(twins, data):
    edited, fresh = twins
    euro = edited.sql("SELECT id FROM accounts WHERE currency_code = 'EUR'")[0][0]
    accounts = [(euro, "EUR"), *((edited.account(slug), "USD") for slug in ("rent", "owner-equity", "petty-cash"))]
    versions = data.draw(st.lists(bodies(accounts), min_size=2, max_size=4))
    made = edited.post("/manual-journals", versions[0]).created["id"]
    for body in versions[1:]:
        assert edited.put(f"/manual-journals/{made}", body).ok
    edited.verify()
    published = any(body["publish"] for body in versions)
    last = fresh.post("/manual-journals", versions[-1] | {"publish": published}).created["id"]
    assert lines(edited, "Journal", made) == lines(fresh, "Journal", last)

    def balances(books):
        return [books.amount(account) or 0 for account, _ in accounts]

    assert balances(edited) == balances(fresh)
    before = trace(edited)
    refused = edited.put(f"/manual-journals/{made}", versions[-1] | {"entries": versions[-1]["entries"][1:]})
    assert refused.status == 400
    assert trace(edited) == before
    for books, document in ((edited, made), (fresh, last)):
        assert books.delete(f"/manual-journals/{document}").ok
        assert balances(books) == [0] * len(accounts)
    edited.verify()
