"""Building blocks of bodies: lenient where a default exists, strict where money is (DECISIONS 28, platform.md 1.4)."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from domain.kit.errors import ValidationFailedError
from domain.kit.schemas import (
    ID_MAX,
    Amount,
    BulkDeleteIn,
    CurrencyCode,
    Day,
    Email,
    Flag,
    LongText,
    OptionalAmount,
    OptionalCurrency,
    OptionalDay,
    OptionalEmail,
    OptionalFlag,
    OptionalId,
    OptionalLongText,
    OptionalPositiveAmount,
    OptionalRate,
    OptionalText,
    PositiveAmount,
    Rate,
    RecordId,
    RequiredLongText,
    RequiredText,
    WireModel,
    parse_day,
    validate,
)


def read(kind, value):
    model = type("Model", (WireModel,), {"__annotations__": {"value": kind}})
    return validate(model, {"value": value}).value


ACCEPTED = [
    (Amount, "1.50", Decimal("1.5")), (Amount, -3, Decimal(-3)), (Amount, Decimal("1e13"), Decimal(10) ** 13),
    (PositiveAmount, 0, Decimal(0)), (Rate, "1.234567891", Decimal("1.23456789")), (Rate, 10**9, Decimal(10) ** 9),
    (Day, "2024-02-29", date(2024, 2, 29)), (Day, "2024-02-29T23:59:59.000Z", date(2024, 2, 29)),
    (Day, "20240229", date(2024, 2, 29)), (Day, date(2024, 1, 1), date(2024, 1, 1)),
    (Flag, "YES", True), (Flag, "off", False), (Flag, 1, True), (Flag, 0, False), (Flag, True, True),
    (RecordId, "12", 12), (RecordId, Decimal("12.0"), 12), (RecordId, ID_MAX, ID_MAX),
    (RequiredText, "  x ", "x"), (RequiredText, 7, "7"), (RequiredLongText, " x ", "x"), (LongText, "x" * 65535, "x" * 65535),
    (CurrencyCode, " usd ", "USD"), (Email, " ada@example.com ", "ada@example.com"),
]  # fmt: skip
REFUSED = [
    (Amount, "x"), (Amount, True), (Amount, "NaN"), (Amount, "10000000000000.01"), (Amount, None), (Amount, []),
    (PositiveAmount, "-0.01"), (Rate, 0), (Rate, -1), (Rate, "1000000001"), (Rate, "0.000000001"),
    (Day, "2024-02-30"), (Day, "1899-12-31"), (Day, "2200-01-01"), (Day, "yesterday"), (Day, 20240101), (Day, "2024"),
    (Flag, "perhaps"), (Flag, 2), (Flag, []), (Flag, ""), (RecordId, 0), (RecordId, -1), (RecordId, "1.5"), (RecordId, True),
    (RecordId, ID_MAX + 1), (RequiredText, "   "), (RequiredText, "x" * 256), (RequiredText, None), (RequiredText, {}),
    (RequiredLongText, " "), (RequiredLongText, "x" * 65536), (LongText, "x" * 65536), (CurrencyCode, "US"),
    (CurrencyCode, "U$D"), (CurrencyCode, "USDX"), (CurrencyCode, 5), (Email, "ada"), (Email, "ada@example"), (Email, "@x.y"),
    (Email, "a b@x.y"), (Email, "a@x..y"),
]  # fmt: skip
OPTIONAL = (
    OptionalId, OptionalAmount, OptionalPositiveAmount, OptionalRate, OptionalDay, OptionalText, OptionalLongText, OptionalFlag,
    OptionalCurrency, OptionalEmail,
)  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "expected"), ACCEPTED)
def test_accepted(kind, value, expected):
    assert read(kind, value) == expected


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_refused(kind, value):
    with pytest.raises(ValidationFailedError) as refusal:
        read(kind, value)
    (problem,) = refusal.value.problems
    assert problem.path == ("value",)


@pytest.mark.parametrize("kind", OPTIONAL)
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_is_not_given(kind, blank):
    assert read(kind, blank) is None


def test_a_rate_of_zero_is_not_given():
    assert read(OptionalRate, 0) is None


def test_unknown_keys_are_dropped_and_absent_ones_known():
    class Thing(WireModel):
        name: OptionalText = None
        code: OptionalText = None

    thing = validate(Thing, {"name": None, "colour": "red"})
    assert (thing.given("name"), thing.given("code")) == (True, False)
    assert not hasattr(thing, "colour")


def test_every_problem_is_told_with_its_path():
    class Line(WireModel):
        amount: Amount

    class Document(WireModel):
        day: Day
        lines: list[Line]

    with pytest.raises(ValidationFailedError) as refusal:
        validate(Document, {"lines": [{"amount": 1}, {"amount": "x"}, {}]})
    problems = {".".join(problem.path): (problem.rule, problem.value) for problem in refusal.value.problems}
    assert problems == {"day": ("isNotEmpty", None), "lines.1.amount": ("isValid", "x"), "lines.2.amount": ("isNotEmpty", None)}
    assert "lines.1.amount: amount: must be a number" in str(refusal.value)


@pytest.mark.parametrize("body", [[], "x", 5, None])
def test_a_body_is_an_object(body):
    with pytest.raises(ValidationFailedError) as refusal:
        validate(BulkDeleteIn, body)
    assert refusal.value.problems[0].path == ("body",)


def test_what_was_sent_is_echoed_in_short():
    with pytest.raises(ValidationFailedError) as refusal:
        read(Amount, "x" * 10_000)
    assert len(refusal.value.problems[0].value) == 200
    with pytest.raises(ValidationFailedError) as refusal:
        validate(BulkDeleteIn, {"ids": ["x"] * 1000})
    assert len(refusal.value.problems) == 100


def test_bulk_ids():
    assert validate(BulkDeleteIn, {"ids": ["1", 2], "skip_undeletable": "on"}).ids == [1, 2]
    for wrong in ([], [0], [1] * 1001, "1", None):
        with pytest.raises(ValidationFailedError):
            validate(BulkDeleteIn, {"ids": wrong})


def test_days():
    assert parse_day(datetime(2024, 1, 1, 23, 0)) == date(2024, 1, 1)
