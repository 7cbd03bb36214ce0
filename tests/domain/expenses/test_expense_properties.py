"""Whatever the currencies and rates: an expense balances in both, and an edit leaves what a creation would have."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.expenses.model import Expense, ExpenseCategory
from domain.expenses.posting import journal_of
from domain.expenses.rules import keep_identity
from domain.kit.money import ONE, ZERO, convert, from_scaled, minor_unit, quantize
from tests.domain.expenses.factories import category, expense
from tests.domain.manual_journals.factories import euro_bank, lines, trace

AT = datetime(2024, 5, 2, tzinfo=UTC)
currencies = st.sampled_from(("JPY", "USD", "EUR", "KWD"))
rates = st.decimals("0.0001", "10000", places=8)
units = st.lists(st.integers(-(10**8), 10**9), min_size=1, max_size=10).filter(lambda parts: sum(parts) > 0)


def category_of(index, account_id, amount):
    return ExpenseCategory(id=index, index=index, expense_account_id=account_id, amount=amount, created_at=AT, updated_at=AT)


@settings(max_examples=300)
@given(units, currencies, currencies, rates)
def test_a_posting_balances_in_both_currencies(parts, currency, base, rate):
    rate = ONE if currency == base else rate
    amounts = [from_scaled(part, minor_unit(currency)) for part in parts]
    total = sum(amounts, ZERO)
    source = Expense(
        id=1, currency_code=currency, exchange_rate=rate, description=None, payment_account_id=1, payee_id=None,
        reference_no=None, total_amount=total, landed_cost_amount=ZERO, allocated_cost_amount=ZERO, invoiced_amount=ZERO,
        published_at=None, payment_date=date(2024, 5, 2), user_id=1, branch_id=None, project_id=None, created_at=AT,
        updated_at=AT, categories=tuple(category_of(index, index, item) for index, item in enumerate(amounts, start=2)),
    )  # fmt: skip
    posted = journal_of(source, base).lines  # building it checks balance and whole minor units
    assert sum(line.movement for line in posted) == sum(line.foreign_movement for line in posted) == 0
    payment, *spent = posted
    assert (payment.account_id, payment.foreign_credit) == (1, total)
    by_account = {line.account_id: line for line in spent}
    for item in source.categories:
        line = by_account.get(item.expense_account_id)
        assert (line.foreign_movement if line else 0) == item.amount
        assert (line.movement if line else 0) == convert(item.amount, rate, base)


shapes = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=6)


def placed(first_id, shape, **more):
    made = [replace(category_of(index, account, ONE), **more) for index, account in shape]
    return [replace(item, id=first_id + position) for position, item in enumerate(made)]


@given(shapes, shapes, st.data())
def test_identity_is_kept_once_and_wherever_it_can_be(before, after, data):
    old, new = placed(100, before), placed(200, after)
    named = [data.draw(st.sampled_from([None, *(item.id for item in old), 999])) for _ in new]
    kept = keep_identity(old, new, named)
    assert [(item.index, item.expense_account_id) for item in kept] == [(item.index, item.expense_account_id) for item in new]
    ids = [item.id for item in kept]
    assert len(set(ids)) == len(ids)
    assert all(ids[named.index(item.id)] == item.id for item in old if item.id in named)
    lost, fresh = [item for item in old if item.id not in ids], [item for item in kept if item.id >= 200]
    assert {item.expense_account_id for item in lost}.isdisjoint(item.expense_account_id for item in fresh)
    assert {item.index for item in lost}.isdisjoint(item.index for item in fresh)


@given(shapes)
def test_the_same_categories_keep_every_identity(shape):
    old = placed(100, shape, allocated_cost_amount=ONE, landed_cost=True)
    new = placed(200, shape, landed_cost=True)
    assert [item.id for item in keep_identity(old, new, [None] * len(new))] == [item.id for item in old]


amounts = st.decimals("-100", "100000", places=4)


@st.composite
def bodies(draw, payment_accounts, expense_accounts):
    currency = draw(st.sampled_from(["USD", "EUR", "JPY", "KWD"]))
    payment = draw(st.sampled_from([account for account, held in payment_accounts if held in {"USD", currency}]))
    parts = draw(st.lists(amounts, min_size=1, max_size=5))
    parts = parts if sum((quantize(item, currency) for item in parts), ZERO) > 0 else [ONE]
    account = st.sampled_from(expense_accounts)
    return expense(
        payment, *(category(draw(account), str(item)) for item in parts),
        currency_code=currency, exchange_rate=str(draw(rates)), publish=draw(st.booleans()),
    )  # fmt: skip


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
    payment_accounts = [(euro, "EUR"), (edited.account("petty-cash"), "USD")]
    expense_accounts = [edited.account(slug) for slug in ("rent", "office-expenses")]
    versions = data.draw(st.lists(bodies(payment_accounts, expense_accounts), min_size=2, max_size=4))
    made = edited.post("/expenses", versions[0]).created["id"]
    for body in versions[1:]:
        assert edited.put(f"/expenses/{made}", body).ok
    edited.verify()
    published = any(body["publish"] for body in versions)
    last = fresh.post("/expenses", versions[-1] | {"publish": published}).created["id"]
    assert lines(edited, "Expense", made) == lines(fresh, "Expense", last)

    def balances(books):
        return [books.amount(account) or 0 for account in (euro, payment_accounts[1][0], *expense_accounts)]

    assert balances(edited) == balances(fresh)
    before = trace(edited)
    assert edited.put(f"/expenses/{made}", versions[-1] | {"categories": []}).status == 400
    assert trace(edited) == before
    for books, document in ((edited, made), (fresh, last)):
        assert books.delete(f"/expenses/{document}").status == 200
        assert balances(books) == [0, 0, 0, 0]
    edited.verify()
