"""Contact balances and aging: the worked examples of reports-tables.md I and J, and what holds for any postings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contacts.model import ContactService
from domain.ledger.control import control_lines
from domain.reports.contacts import lines_of
from domain.reports.number_format import NumberFormat
from domain.reports.sheets import aging, contact_balances
from tests.domain.reports.contact_factories import (
    ACME,
    BETA,
    CUSTOMER,
    CUSTOMERS,
    OPEN,
    SUPPLIER,
    VENDOR,
    aged,
    balances,
    owed,
    summary,
)
from tests.domain.reports.factories import acme_books, make_posting

NUMBERS = NumberFormat(currency="USD", precision=2)


def shown(sheet):
    form = contact_balances.plain_json(sheet, NUMBERS, shares=True)
    rows = form[f"{sheet.service.value}s"]
    return [
        (row[f"{sheet.service.value}_name"], row["total"]["formatted_amount"], row["percentage_of_column"]["formatted_amount"])
        for row in rows
    ], (form["total"]["total"]["formatted_amount"], form["total"]["percentage_of_column"]["formatted_amount"])


def test_customer_balances_of_the_worked_example():
    acme, beta = ("Acme", "$1,050.00", "93.33%"), ("Beta", "$75.00", "6.67%")
    assert shown(balances()) == ([acme, beta], ("$1,125.00", "100.00%"))
    assert shown(balances(none_transactions=False)) == ([acme, beta, ("Zed", "", "")], ("$1,125.00", "100.00%"))
    assert shown(balances(as_date=date(2022, 12, 31))) == (
        [("Acme", "$200.00", "72.73%"), ("Beta", "$75.00", "27.27%")], ("$275.00", "100.00%"),
    )  # fmt: skip
    assert shown(balances([SUPPLIER], service=VENDOR)) == ([("Supplier", "$1,700.00", "100.00%")], ("$1,700.00", "100.00%"))
    assert shown(balances([])) == ([("Without contact", "$1,125.00", "100.00%")], ("$1,125.00", "100.00%"))


def test_filters_of_contact_balances():
    even = [*summary(), owed(9, "2023-01-30", -75, contact=102)]
    names = [row[0] for row in shown(balances(postings=even))[0]]
    assert names == ["Acme", "Beta"]
    assert [row[0] for row in shown(balances(postings=even, none_zero=True))[0]] == ["Acme"]
    assert shown(balances(postings=even, none_zero=True)) == ([("Acme", "$1,050.00", "100.00%")], ("$1,050.00", "100.00%"))
    # Contacts that are asked for by id are listed whatever the filters say.
    assert shown(balances(postings=even, none_zero=True, contacts=frozenset({103, 9}))) == ([("Zed", "", "")], ("$0.00", ""))


def ages(sheet):
    form = aging.plain_json(sheet, NUMBERS)
    name = f"{sheet.service.value}_name"
    return [
        [row.get(name, ""), row["current"]["formatted_amount"], *(part["total"]["formatted_amount"] for part in row["aging"]),
         row["total"]["formatted_amount"]]
        for row in (*form[f"{sheet.service.value}s"], form["total"])
    ]  # fmt: skip


def test_aging_of_the_worked_example():
    sheet = aged(OPEN)
    assert ages(sheet) == [
        ["Acme", "65.00", "150.00", "70.00", "20.00", "$305.00"],
        ["Beta", "", "", "", "", "$0.00"],
        ["", "$65.00", "$150.00", "$70.00", "$20.00", "$305.00"],
    ]
    assert [row[0] for row in ages(aged(OPEN, none_zero=True))] == ["Acme", ""]
    assert [period.label for period in sheet.periods] == ["0 - 30", "31 - 60", "61 - And Over"]
    assert [aging.period_form(period) for period in sheet.periods] == [
        {"from_period": "2023-03-31", "to_period": "2023-03-01", "before_days": 0, "to_days": 30},
        {"from_period": "2023-03-01", "to_period": "2023-01-30", "before_days": 31, "to_days": 60},
        {"from_period": "2023-01-30", "to_period": None, "before_days": 61, "to_days": None},
    ]
    assert [period.label for period in aged(OPEN, periods=1).periods] == ["0 - And Over"]


def test_credits_pay_the_oldest_charges_first_whenever_they_came():
    early = [owed(9, "2022-12-01", -60), *OPEN]
    late = [*OPEN, owed(9, "2023-03-30", -60)]
    for postings in (early, late):
        assert ages(aged(postings))[0] == ["Acme", "65.00", "150.00", "30.00", "", "$245.00"]
    assert ages(aged([*OPEN, owed(9, "2023-03-30", -400)]))[0] == ["Acme", "-95.00", "", "", "", "-$95.00"]


def test_what_was_paid_later_was_open_then():
    paid = [owed(1, "2023-01-10", 100), owed(2, "2023-02-15", -100)]
    assert ages(aged(paid, [ACME], as_date=date(2023, 2, 14)))[0] == ["Acme", "", "", "100.00", "", "$100.00"]
    assert ages(aged(paid, [ACME], as_date=date(2023, 2, 15)))[0] == ["Acme", "", "", "", "", "$0.00"]


def test_aging_of_payables_and_of_lines_without_a_contact():
    postings = [owed(1, "2023-03-20", -80, contact=201, account=6), owed(2, "2023-03-20", -5, contact=None, account=6)]
    assert ages(aged(postings, [SUPPLIER], service=VENDOR)) == [
        ["Supplier", "", "80.00", "", "", "$80.00"],
        ["Without contact", "", "5.00", "", "", "$5.00"],
        ["", "$0.00", "$85.00", "$0.00", "$0.00", "$85.00"],
    ]
    chosen = aged(postings, [SUPPLIER], service=VENDOR, contacts=frozenset({201}), none_zero=True)
    assert ages(chosen)[-1] == ["", "$0.00", "$80.00", "$0.00", "$0.00", "$80.00"]


def test_branches_of_the_aging():
    postings = [owed(1, "2023-03-20", 80, branch_id=1), owed(2, "2023-03-20", 5, branch_id=2), owed(3, "2023-03-20", 1)]
    assert ages(aged(postings, branches=frozenset({1, 3})))[-1][-1] == "$80.00"


# ---- any postings

EVENTS = st.lists(
    st.tuples(
        st.integers(0, 400).map(lambda days: date(2022, 9, 1) + timedelta(days=days)),
        st.sampled_from([101, 102, 201, None]),
        st.sampled_from([3, 6]),
        st.integers(-(10**9), 10**9).filter(bool),
        st.sampled_from([None, 1, 2]),
    ),
    max_size=30,
)


def posted(events):
    return [
        make_posting(number, day, (account, amount), (9, -amount), contact_id=contact, branch_id=branch)
        for number, (day, contact, account, amount, branch) in enumerate(events)
    ]


@pytest.mark.parametrize("service", ContactService)
@given(
    events=EVENTS,
    day=st.integers(0, 420).map(lambda days: date(2022, 9, 1) + timedelta(days=days)),
    days_before=st.integers(1, 500),
    periods=st.integers(1, 12),
    none_zero=st.booleans(),
    branches=st.sampled_from([None, frozenset({1}), frozenset({1, 2})]),
)
def test_aging_and_balances_equal_the_control_account_at_any_day(service, events, day, none_zero, branches, **options):
    books = acme_books(posted(events))
    account = 3 if service is CUSTOMER else 6
    sign = 1 if service is CUSTOMER else -1
    sums = books.ledger.sums(since=None, until=day, branches=branches).get(account)
    control = sign * sums.movement if sums else 0
    contacts = [*CUSTOMERS, SUPPLIER]
    query = aging.Query(service=service, as_date=day, none_zero=none_zero, branches=branches, **options)
    sheet = aging.build(lines_of(books, query), contacts, query)
    assert sheet.total.total == control
    assert len(sheet.total.figures) == options["periods"] + 1
    listed = contact_balances.Query(service=service, as_date=day, none_zero=none_zero, branches=branches)
    balances_ = contact_balances.build(lines_of(books, listed), contacts, listed)
    assert balances_.total == balances_.listed == control
    assert {item.contact: item.balance for item in balances_.contacts if item.balance} == {
        age.contact: age.total for age in sheet.contacts if age.total
    }


def naive_ages(events, day, contact, days_before, periods):
    """One line after the other, as a person would."""
    known = [(when, amount) for when, who, account, amount, _ in events if who == contact and account == 3 and when <= day]
    charges = sorted(([when, amount] for when, amount in known if amount > 0), key=lambda charge: charge[0])
    credit = -sum(amount for _, amount in known if amount < 0)
    for charge in charges:
        used = min(credit, charge[1])
        charge[1] -= used
        credit -= used
    columns = [0] * (periods + 1)
    columns[0] = -credit
    for when, amount in charges:
        overdue = (day - when).days
        place = next((number for number in range(1, periods) if overdue <= number * days_before), periods) if overdue else 0
        columns[place] += amount
    return tuple(10**4 * amount for amount in columns)


@given(events=EVENTS, day=st.just(date(2023, 6, 1)), days_before=st.integers(1, 90), periods=st.integers(1, 6))
def test_aging_is_what_going_through_the_lines_gives(events, day, days_before, periods):
    query = aging.Query(service=CUSTOMER, as_date=day, days_before=days_before, periods=periods)
    sheet = aging.build(lines_of(acme_books(posted(events)), query), [ACME, BETA], query)
    for age in sheet.contacts:
        if age.contact is not None:
            assert age.figures == naive_ages(events, day, age.contact.id, days_before, periods)


def test_no_lines_at_all():
    books = acme_books([])
    assert control_lines(books.ledger, [3], until=date(2023, 1, 1)).balances() == {}
    assert aged([], []).contacts == ()
    assert aged([], []).total.total == 0
