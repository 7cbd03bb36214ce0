"""Display texts: dates, numbers, money (platform.md 3, DECISIONS 19)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.currencies import CATALOGUE, name, symbol
from domain.kit.formatting import (
    DATE_FORMATS_ACCEPTED,
    format_amount,
    format_date,
    format_instant,
    format_money,
    format_number,
    format_rate,
)
from domain.kit.money import minor_unit

DAY = date(2024, 1, 5)  # a Friday


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("MM/DD/YY", "01/05/24"), ("DD/MM/YY", "05/01/24"), ("YY/MM/DD", "24/01/05"), ("MM/DD/yyyy", "01/05/2024"),
        ("DD/MM/yyyy", "05/01/2024"), ("yyyy/MM/DD", "2024/01/05"), ("DD MMM YYYY", "05 Jan 2024"),
        ("DD MMMM YYYY", "05 January 2024"), ("MMMM DD, YYYY", "January 05, 2024"), ("MM.dd.yy", "01.05.24"),
        ("yyyy.MM.dd", "2024.01.05"), ("M/D/YYYY", "1/5/2024"), ("dd MMM YYYY", "05 Jan 2024"),
        ("EEE, MMMM dd, YYYY", "Fri, January 05, 2024"), ("ddd D", "Fri 5"), ("DD MMM yyyy", "05 Jan 2024"),
        ("DD-MM-YYYY", "05-01-2024"), ("", "05-01-2024"), (None, "05-01-2024"),
    ],
)  # fmt: skip
def test_dates(pattern, text):
    assert format_date(DAY, pattern) == text


def test_no_date_is_no_text():
    assert format_date(None, "DD MMM yyyy") == ""
    assert format_instant(None, "DD MMM yyyy") == ""
    assert format_instant(datetime(2024, 1, 5, 23, 59, tzinfo=UTC), "YYYY-MM-DD") == "2024-01-05"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(DATE_FORMATS_ACCEPTED))
def test_every_accepted_format_tells_the_day(day, pattern):
    text = format_date(day, pattern)
    assert f"{day.day}" in text
    assert f"{day.year % 100:02d}" in text
    assert not set(text) & set("YDE") - set("DE" if "MMM" in pattern else "")


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("1234.5", "USD", "$1,234.50"), ("-1234.567", "USD", "-$1,234.57"), ("5", "EUR", "€5.00"), ("1234567.895", "USD",
         "$1,234,567.90"), ("8.345", "USD", "$8.35"), ("1.005", "USD", "$1.01"), ("-0.001", "USD", "$0.00"),
        ("1234.5", "JPY", "¥1,235"), ("1234.5", "KWD", "KD1,234.500"), ("1000", "AED", "AED1,000.00"),
        ("1", "ZZZ", "ZZZ1.00"), (None, "USD", "$0.00"), ("0", "JPY", "¥0"), ("-1", "CHF", "-CHF1.00"),
    ],
)  # fmt: skip
def test_money(value, currency, text):
    amount = None if value is None else Decimal(value)
    assert format_money(amount, currency) == text
    assert format_amount(amount, currency) == text.replace(symbol(currency), "")


def test_zero_may_be_blank_and_a_negative_in_parentheses():
    assert format_money(Decimal(0), "USD", zero="") == format_money(None, "USD", zero="") == ""
    assert format_money(Decimal("0.001"), "USD", zero="") == "$0.00"  # not zero, though it looks so
    assert format_money(Decimal("-1234.5"), "USD", parentheses=True) == "($1,234.50)"
    assert format_money(Decimal("-0.001"), "USD", parentheses=True) == "$0.00"
    assert format_number(Decimal("1234.5678"), places=3) == "1,234.568"
    assert format_number(Decimal("1234.5"), places=0) == "1,235"


@given(st.decimals(-(10**13), 10**13, places=8), st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_the_text_is_the_rounded_amount(value, currency):
    text = format_money(value, currency)
    digits = text.replace(symbol(currency), "").replace(",", "")
    assert abs(Decimal(digits) - value) <= Decimal(5).scaleb(-minor_unit(currency) - 1)
    assert text.startswith("-") == (Decimal(digits) < 0)
    assert -Decimal(digits).as_tuple().exponent == minor_unit(currency)


@pytest.mark.parametrize(("rate", "text"), [("10", "10%"), ("7.2500", "7.25%"), ("0", "0%"), ("100", "100%"), ("0.5", "0.5%")])
def test_rates(rate, text):
    assert format_rate(Decimal(rate)) == text


def test_signs_and_names():
    assert (symbol("CAD"), symbol("CHF"), symbol("QQQ")) == ("CA$", "CHF", "QQQ")
    assert (name("USD"), name("SEK"), name("QQQ")) == ("US Dollar", "Swedish Krona", "QQQ")
    assert len(CATALOGUE) > 100
