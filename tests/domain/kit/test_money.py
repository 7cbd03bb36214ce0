"""Rounding, conversion and allocation, for currencies with 0, 2, 3 and 4 decimals (DECISIONS 1, 30)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.money import (
    AMOUNT_MAX,
    LEDGER_SCALE,
    CurrencyMismatchError,
    Money,
    allocate,
    convert,
    decimal_text,
    divide,
    from_scaled,
    minor_unit,
    parse_decimal,
    quantize,
    round_half_up,
    to_scaled,
)

PLACES = {"JPY": 0, "USD": 2, "KWD": 3, "CLF": 4}
currencies = st.sampled_from(sorted(PLACES))
amounts = st.decimals(-AMOUNT_MAX, AMOUNT_MAX, places=8)
rates = st.decimals(Decimal("0.00000001"), Decimal(10) ** 9, places=8)
weights = st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=12).filter(any)


def units(currency):
    """Amounts in whole minor units of the currency."""
    bound = int(AMOUNT_MAX) * 10 ** PLACES[currency]
    return st.integers(-bound, bound).map(lambda number: from_scaled(number, PLACES[currency]))


@pytest.mark.parametrize(
    ("currency", "places"), [*PLACES.items(), ("BHD", 3), ("TND", 3), ("KRW", 0), ("ISK", 0), ("UYW", 4), ("EUR", 2), ("ZZZ", 2)]
)
def test_minor_units(currency, places):
    assert minor_unit(currency) == places


@pytest.mark.parametrize(
    ("value", "currency", "expected"),
    [
        ("0.30000000000000004", "USD", "0.30"), ("2.675", "USD", "2.68"), ("1.005", "USD", "1.01"), ("-1.005", "USD", "-1.01"),
        ("0.5", "JPY", "1"), ("-0.5", "JPY", "-1"), ("1.2345", "KWD", "1.235"), ("1.00005", "CLF", "1.0001"),
        ("-0.004", "USD", "0"), ("10000000000000", "USD", "10000000000000"),
    ],
)  # fmt: skip
def test_halves_go_away_from_zero(value, currency, expected):
    rounded = quantize(Decimal(value), currency)
    assert rounded == Decimal(expected)
    assert not (rounded.is_signed() and not rounded)  # never a negative zero
    assert -rounded.as_tuple().exponent == PLACES[currency]


@given(amounts, currencies)
def test_quantize(value, currency):
    rounded = quantize(value, currency)
    half = Fraction(1, 2 * 10 ** PLACES[currency])
    assert abs(Fraction(rounded) - Fraction(value)) <= half
    assert quantize(rounded, currency) == rounded
    assert quantize(-value, currency) == -rounded
    assert to_scaled(rounded, PLACES[currency]) == rounded.scaleb(PLACES[currency])
    if abs(Fraction(rounded) - Fraction(value)) == half:
        assert abs(rounded) > abs(value)


@given(amounts, rates, currencies)
def test_convert_is_exact_before_it_rounds(value, rate, currency):
    exact = Fraction(value) * Fraction(rate)
    scaled = abs(exact) * 10 ** PLACES[currency]
    whole = int(scaled + Fraction(1, 2))
    sign = -1 if exact < 0 else 1
    assert convert(value, rate, currency) == from_scaled(sign * whole, PLACES[currency])


@given(amounts, st.integers(1, 10**9))
def test_divide_goes_back(value, divisor):
    assert round_half_up(divide(value, Decimal(divisor)) * divisor, 8) == value


@given(st.data(), currencies, weights)
def test_parts_sum_to_the_total_exactly(data, currency, shares):
    total = data.draw(units(currency))
    parts = allocate(total, shares, currency)
    minor = Fraction(1, 10 ** PLACES[currency])
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        exact = Fraction(total) * Fraction(share) / Fraction(sum(shares))
        assert abs(Fraction(part) - exact) < minor
        assert (Fraction(part) / minor).denominator == 1
        assert part == 0 or (part > 0) == (total > 0)
        assert share or not part


@given(st.data(), currencies, weights)
def test_the_largest_remainders_get_what_is_left(data, currency, shares):
    total = abs(data.draw(units(currency)))
    minor = Fraction(1, 10 ** PLACES[currency])
    parts = allocate(total, shares, currency)
    assert allocate(-total, shares, currency) == [-part for part in parts]
    exact = [Fraction(total) * Fraction(share) / Fraction(sum(shares)) / minor for share in shares]
    raised = [Fraction(part) / minor > value for part, value in zip(parts, exact, strict=True)]
    rest = [value - int(value) for value in exact]
    if any(raised):
        lowest_raised = min(remainder for remainder, up in zip(rest, raised, strict=True) if up)
        assert all(remainder <= lowest_raised for remainder, up in zip(rest, raised, strict=True) if not up)


@pytest.mark.parametrize(
    ("total", "shares", "currency", "parts"),
    [
        ("100", "1 1 1", "USD", "33.34 33.33 33.33"),
        ("100", "1 1 1", "JPY", "34 33 33"),
        ("0.001", "1 1", "KWD", "0.001 0"),
        ("-0.02", "1 1 1", "USD", "-0.01 -0.01 0"),
        ("10", "0 3 1", "USD", "0 7.5 2.5"),
        ("0", "1 2", "USD", "0 0"),
    ],
)
def test_allocate(total, shares, currency, parts):
    wanted = [Decimal(part) for part in parts.split()]
    assert allocate(Decimal(total), [Decimal(share) for share in shares.split()], currency) == wanted


@pytest.mark.parametrize(("total", "shares"), [("1", []), ("1", ["0"]), ("1", ["2", "-1"]), ("1.005", ["1"])])
def test_what_cannot_be_allocated(total, shares):
    with pytest.raises(ValueError, match=r"weights|decimal places"):
        allocate(Decimal(total), [Decimal(share) for share in shares], "USD")


@given(st.integers(-(10**17), 10**17))
def test_scaled_and_back(number):
    assert to_scaled(from_scaled(number)) == number


def test_what_does_not_fit_the_scale():
    with pytest.raises(ValueError, match="more than 4 decimal places"):
        to_scaled(Decimal("0.00001"))
    assert max(PLACES.values()) == LEDGER_SCALE


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_decimal_text(value):
    text = decimal_text(value)
    assert Decimal(text) == value
    assert "e" not in text.lower()
    assert text != "-0"
    assert "." not in text or not text.endswith(("0", "."))


@pytest.mark.parametrize("value", ["1.50", 1, Decimal("0.1"), " 7 ", "1e3", 0.25, "-0"])
def test_numbers_that_are_read(value):
    number = parse_decimal(value)
    assert number == Decimal(str(value).strip())
    assert not (number.is_signed() and not number)


@pytest.mark.parametrize(
    "value", [True, None, "", "x", "NaN", "Infinity", "-inf", "1,5", "1" * 65, "1e99", "1e-99", "1e999999999", [], float("nan")]
)
def test_what_is_no_number(value):
    with pytest.raises(ValueError, match="must be a"):
        parse_decimal(value)


def test_money():
    price = Money(Decimal("10.005"), "USD")
    assert price.rounded() == Money(Decimal("10.01"), "USD")
    assert price + price - price == price
    assert -price + price == Money(Decimal(0), "USD")
    assert not (price - price)
    assert (price * 2).amount == Decimal("20.010")
    assert price.in_base(Decimal(150), "JPY") == Money(Decimal(1501), "JPY")
    assert sum(part.amount for part in Money(Decimal(10), "USD").allocate([Decimal(1)] * 3)) == 10
    for other in (Money(Decimal(1), "EUR"), Money(Decimal(1), "usd")):
        with pytest.raises(CurrencyMismatchError, match="USD"):
            price + other
        with pytest.raises(CurrencyMismatchError):
            price - other


def test_rounding_is_the_decimal_standards():
    for value in ("0.125", "0.135", "-2.345", "99.995"):
        expected = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert quantize(Decimal(value), "USD") == expected
