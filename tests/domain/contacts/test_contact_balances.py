"""How postings move contact balances, and what an opening balance posts. Pure."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contacts.balances import Movement, balance_delta
from domain.contacts.model import Contact, ContactService, OpeningBalance
from domain.contacts.posting import opening_journal
from domain.contacts.rules import OPENING_BALANCE_TOO_LARGE, settled_opening
from domain.kit.errors import DomainError

CUSTOMER, VENDOR = ContactService.CUSTOMER, ContactService.VENDOR
TODAY = date(2024, 6, 1)
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
RATES = st.decimals(min_value="0.00000001", max_value=1000, places=8)
MOVEMENTS: list[Movement] = [
    (Decimal("110.00"), Decimal(100), "EUR"),
    (Decimal("-10.00"), Decimal("-10.00"), "USD"),
    (Decimal("5.00"), Decimal(4), "GBP"),
]


@pytest.mark.parametrize(
    ("service", "currency", "expected"),
    [
        (CUSTOMER, "USD", "105.00"),
        (CUSTOMER, "EUR", "100"),
        (VENDOR, "USD", "-105.00"),
        (VENDOR, "EUR", "-100"),
        (VENDOR, "JPY", "0"),
    ],
)
def test_a_contact_in_base_currency_counts_all_lines_another_its_own_currency(
    service: ContactService, currency: str, expected: str
) -> None:
    assert balance_delta(MOVEMENTS, service=service, currency=currency, base_currency="USD") == Decimal(expected)


def _contact(service: ContactService, currency: str, opening: OpeningBalance) -> Contact:
    now = datetime(2024, 6, 1, tzinfo=UTC)
    return Contact(
        id=7, contact_service=service, currency_code=currency, opening=opening, display_name="X", created_at=now, updated_at=now
    )


@given(
    service=st.sampled_from([CUSTOMER, VENDOR]),
    currency=st.sampled_from(["USD", "EUR", "JPY", "KWD"]),
    amount=AMOUNTS,
    rate=RATES,
)
def test_an_opening_balance_posts_what_it_says(service: ContactService, currency: str, amount: Decimal, rate: Decimal) -> None:
    opening = settled_opening(
        amount=amount, day=TODAY, rate=rate, branch_id=None, currency=currency, base_currency="USD", today=TODAY
    )
    contact = _contact(service, currency, opening)
    journal = opening_journal(contact, day=TODAY, control_account_id=1, equity_account_id=2, base_currency="USD")
    control = [line for line in journal.lines if line.account_id == 1]
    movements = [(line.movement, line.foreign_movement, line.currency) for line in control]
    assert balance_delta(movements, service=service, currency=currency, base_currency="USD") == opening.amount
    assert all(line.contact_id == 7 for line in journal.lines)
    assert bool(journal.lines) is bool(opening.amount)


def test_a_customer_is_debited_a_vendor_credited_and_negative_amounts_swap_sides() -> None:
    def control(service: ContactService, amount: int) -> list[Decimal]:
        contact = _contact(service, "EUR", OpeningBalance(amount=Decimal(amount), day=TODAY, rate=Decimal("1.25")))
        journal = opening_journal(contact, day=TODAY, control_account_id=1, equity_account_id=2, base_currency="USD")
        first, second = journal.lines
        assert (first.index, second.index) == (1, 2)
        assert (first.debit, first.credit) == (second.credit, second.debit)
        return [first.debit, first.credit]

    assert control(CUSTOMER, 200) == [250, 0]
    assert control(CUSTOMER, -200) == [0, 250]
    assert control(VENDOR, 200) == [0, 250]
    assert control(VENDOR, -200) == [250, 0]


def _settled(amount: str, *, rate: str | None = None, currency: str = "EUR", day: date | None = None) -> OpeningBalance:
    return settled_opening(
        amount=Decimal(amount),
        day=day,
        rate=rate and Decimal(rate),  # type: ignore[arg-type]
        branch_id=None,
        currency=currency,
        base_currency="USD",
        today=TODAY,
    )


def test_defaults_of_an_opening_balance() -> None:
    assert _settled("0.30000000000000004") == OpeningBalance(amount=Decimal("0.30"), day=TODAY)
    assert _settled("2.5", currency="JPY").amount == 3
    assert _settled("5", rate="2", currency="USD").rate == 1
    assert _settled("0").day is None
    assert _settled("0.001").day is None


def test_the_base_amount_is_bounded() -> None:
    with pytest.raises(DomainError) as caught:
        _settled("10000000000000", rate="1.1")
    assert caught.value.code is OPENING_BALANCE_TOO_LARGE
