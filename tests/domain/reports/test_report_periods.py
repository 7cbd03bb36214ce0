"""Fiscal years, default periods, and how amounts are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.errors import DomainError
from domain.kit.money import to_scaled
from domain.reports.number_format import NumberFormat, Style, percent_text
from domain.reports.rules import fiscal_month, fiscal_year_end, fiscal_year_start, report_period

TODAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("from_date", "to_date", "month", "expected"),
    [
        (None, None, 1, (date(2024, 1, 1), TODAY)),
        (None, None, 7, (date(2023, 7, 1), TODAY)),
        (None, date(2022, 3, 31), 4, (date(2021, 4, 1), date(2022, 3, 31))),
        (date(2024, 2, 1), None, 1, (date(2024, 2, 1), TODAY)),
        (date(2025, 2, 1), None, 1, (date(2025, 2, 1), date(2025, 12, 31))),
        (date(2020, 1, 1), date(2020, 1, 1), 1, (date(2020, 1, 1), date(2020, 1, 1))),
    ],
)
def test_report_period(from_date, to_date, month, expected):
    assert report_period(from_date, to_date, today=TODAY, first_month=month) == expected


def test_inverted_period_is_refused():
    with pytest.raises(DomainError) as refusal:
        report_period(date(2024, 2, 2), date(2024, 2, 1), today=TODAY, first_month=1)
    assert (refusal.value.code.type, refusal.value.status) == ("DATE_RANGE_INVERTED", 400)


def test_fiscal_month_by_name():
    assert [fiscal_month(name) for name in ("january", "April", " december ", "", "brumaire")] == [1, 4, 12, 1, 1]


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), month=st.integers(1, 12))
def test_day_is_in_its_fiscal_year(day, month):
    start, end = fiscal_year_start(day, month), fiscal_year_end(day, month)
    assert start <= day <= end
    assert (start.day, start.month) == (1, month)
    assert (end - start).days in {364, 365}


@pytest.mark.parametrize(
    ("settings", "texts"),
    [
        ({}, ["1,234,567.89", "-45.50", "", "-$45.50", "$0.00"]),
        ({"money": "always"}, ["$1,234,567.89", "-$45.50", "", "-$45.50", "$0.00"]),
        ({"money": "none"}, ["1,234,567.89", "-45.50", "", "-45.50", "0.00"]),
        ({"show_zero": True}, ["1,234,567.89", "-45.50", "0.00", "-$45.50", "$0.00"]),
        ({"precision": 0}, ["1,234,568", "-46", "", "-$46", "$0"]),
        ({"precision": 3}, ["1,234,567.891", "-45.500", "", "-$45.500", "$0.000"]),
        ({"divide_on_1000": True}, ["1,234.57", "-0.05", "", "-$0.05", "$0.00"]),
        ({"parentheses": True}, ["1,234,567.89", "(45.50)", "", "($45.50)", "$0.00"]),
    ],
)
def test_number_format_vectors(settings, texts):
    numbers = NumberFormat(**{"currency": "USD", "precision": 2} | settings)
    big, negative = to_scaled(Decimal("1234567.891")), to_scaled(Decimal("-45.5"))
    assert [numbers.row(big), numbers.row(negative), numbers.row(0), numbers.total(negative), numbers.total(0)] == texts


@pytest.mark.parametrize(
    ("settings", "texts"),
    [
        ({}, ["-$45.50", ""]),
        ({"money": "always"}, ["-$45.50", ""]),
        ({"money": "none"}, ["-$45.50", ""]),
        ({"show_zero": True}, ["-$45.50", "$0.00"]),
        ({"precision": 0}, ["-$46", ""]),
        ({"precision": 3}, ["-$45.500", ""]),
        ({"divide_on_1000": True}, ["-$0.05", ""]),
        ({"parentheses": True}, ["($45.50)", ""]),
        # The reference writes ($0.0); there is no negative zero (DECISIONS 19).
        (
            {"money": "always", "parentheses": True, "precision": 1, "divide_on_1000": True, "show_zero": True},
            ["$0.0", "$0.0"],
        ),
    ],
)
def test_number_format_vectors_of_periods(settings, texts):
    numbers = NumberFormat(**{"currency": "USD", "precision": 2} | settings)
    assert [numbers.text(to_scaled(Decimal(value)), Style.PERIOD) for value in ("-45.5", "0")] == texts


@pytest.mark.parametrize(
    ("value", "settings", "text"),
    [
        ("12.345", {}, "12.35"),
        ("-12.345", {}, "-12.35"),
        ("0.0049", {}, "0.00"),
        ("999999.995", {}, "1,000,000.00"),
        ("2.5", {"precision": 0}, "3"),
        ("-2.5", {"precision": 0}, "-3"),
        ("4999", {"divide_on_1000": True}, "5.00"),
        ("10", {"currency": "EUR", "money": "always"}, "€10.00"),
        ("10", {"currency": "GBP", "money": "always"}, "£10.00"),
        ("10", {"currency": "LYD", "money": "always"}, "LD10.00"),
        ("10", {"currency": "CAD", "money": "always"}, "CA$10.00"),
        ("10", {"currency": "XTS", "money": "always"}, "XTS10.00"),
    ],
)
def test_further_number_vectors(value, settings, text):
    numbers = NumberFormat(**{"currency": "USD", "precision": 2} | settings)
    assert numbers.row(to_scaled(Decimal(value))) == text


def test_a_third_in_percent():
    assert percent_text(Decimal(1) / 3, zero=False) == "33.33%"


def test_a_tiny_negative_amount_is_never_minus_zero():
    assert NumberFormat(currency="USD", precision=2).total(to_scaled(Decimal("-0.004"))) == "$0.00"
