"""Building blocks of request and response models: lenient where a sensible default exists (DECISIONS 28), strict where money is."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from domain.kit.errors import FieldProblem, ValidationFailedError
from domain.kit.money import AMOUNT_MAX, RATE_SCALE, parse_decimal, round_half_up

ID_MAX = 2**31 - 1


class WireModel(BaseModel):
    """A body or query: unknown keys are dropped, keys are folded before (`wire.fold_keys`)."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True, frozen=True, allow_inf_nan=False)

    def given(self, name: str) -> bool:
        """Whether the caller sent the key at all: on edits an absent key keeps its value."""
        return name in self.model_fields_set


def blank_to_none(value: Any) -> Any:
    """`""` means "not given"."""
    return None if isinstance(value, str) and not value.strip() else value


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _amount(value: Any) -> Decimal:
    number = parse_decimal(value)
    if abs(number) > AMOUNT_MAX:
        raise ValueError("must be at most 10000000000000 in absolute value")
    return number


def _quantity(value: Any) -> Decimal:
    return round_half_up(_amount(value), RATE_SCALE)


def _rate(value: Any) -> Decimal:
    number = _quantity(value)
    if number <= 0 or number > Decimal(10) ** 9:
        raise ValueError("must be greater than 0 and at most 1000000000")
    return number


_DATE_TEXT_LENGTH = 10
_YEAR_MIN, _YEAR_MAX = 1900, 2199


def parse_day(value: Any) -> date:
    """A calendar day from ISO text, with or without a time part, which is dropped.

    Raises:
        ValueError: not a day, or outside of the years 1900 to 2199.

    """
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, str):
        text = value.strip()
        try:
            day = date.fromisoformat(text) if len(text) <= _DATE_TEXT_LENGTH else datetime.fromisoformat(text).date()
        except ValueError:
            raise ValueError("must be a valid ISO 8601 date, such as 2024-01-31") from None
    else:
        raise ValueError("must be a valid ISO 8601 date, such as 2024-01-31")  # noqa: TRY004 - see parse_decimal
    if not _YEAR_MIN <= day.year <= _YEAR_MAX:
        raise ValueError(f"must be a date between {_YEAR_MIN} and {_YEAR_MAX}")
    return day


_TRUE = {"true", "yes", "1", "on"}
_FALSE = {"false", "no", "0", "off"}


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower() if isinstance(value, str | int | Decimal) else ""
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise ValueError("must be a boolean value")


def _identifier(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("must be an integer number")  # noqa: TRY004 - see parse_decimal
    number = parse_decimal(value)
    if number != number.to_integral_value() or not 0 < number <= ID_MAX:
        raise ValueError(f"must be an integer number from 1 to {ID_MAX}")
    return int(number)


_NUMBER_SCHEMA = {"type": "number"}
Amount = Annotated[Decimal, BeforeValidator(_amount), WithJsonSchema({**_NUMBER_SCHEMA, "minimum": -(10**13), "maximum": 10**13})]
"""Signed amount in major units, |x| ≤ 10^13; numeric text is accepted."""
PositiveAmount = Annotated[
    Decimal, BeforeValidator(_amount), Field(ge=0), WithJsonSchema({**_NUMBER_SCHEMA, "minimum": 0, "maximum": 10**13})
]
Rate = Annotated[
    Decimal, BeforeValidator(_rate), WithJsonSchema({**_NUMBER_SCHEMA, "exclusiveMinimum": 0, "maximum": 1_000_000_000})
]
"""Exchange rate: base units for one unit of the document's currency, > 0, 8 decimals."""
Day = Annotated[date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
RecordId = Annotated[int, BeforeValidator(_identifier), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": ID_MAX})]
Text255 = Annotated[str, BeforeValidator(_text), StringConstraints(max_length=255)]
RequiredText = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)],
    BeforeValidator(_text),  # outermost: beside a validator, pydantic checks the length before it strips
]
LongText = Annotated[str, BeforeValidator(_text), StringConstraints(max_length=65535)]
RequiredLongText = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=65535)], BeforeValidator(_text)
]

OptionalId = Annotated[RecordId | None, BeforeValidator(blank_to_none)]
OptionalAmount = Annotated[Amount | None, BeforeValidator(blank_to_none)]
OptionalPositiveAmount = Annotated[PositiveAmount | None, BeforeValidator(blank_to_none)]
OptionalRate = Annotated[Rate | None, BeforeValidator(lambda value: blank_to_none(value) or None)]
OptionalDay = Annotated[Day | None, BeforeValidator(blank_to_none)]
OptionalText = Annotated[Text255 | None, BeforeValidator(blank_to_none)]
OptionalLongText = Annotated[LongText | None, BeforeValidator(blank_to_none)]
OptionalFlag = Annotated[Flag | None, BeforeValidator(blank_to_none)]


def _currency(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


CurrencyCode = Annotated[
    str,
    BeforeValidator(_currency),
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]
OptionalCurrency = Annotated[CurrencyCode | None, BeforeValidator(blank_to_none)]


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if (
        not at
        or not local
        or "." not in domain
        or any(part == "" for part in domain.split("."))
        or set(value) & set(' \t\r\n<>,;"()')
    ):
        raise ValueError("must be an email")
    return value


Email = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=255), AfterValidator(_email)]
OptionalEmail = Annotated[Email | None, BeforeValidator(blank_to_none)]


class BulkDeleteIn(WireModel):
    """`POST …/bulk-delete` and `…/validate-bulk-delete` (`platform.md` 1.7)."""

    ids: Annotated[list[RecordId], Field(min_length=1, max_length=1000)]
    skip_undeletable: OptionalFlag = None


class BulkDeleteCheckOut(WireModel):
    """Which of the records can be deleted, in the order of the request."""

    deletable_count: int
    non_deletable_count: int
    deletable_ids: list[int]
    non_deletable_ids: list[int]


_RULES = {
    "missing": "isNotEmpty",
    "string_too_short": "minLength",
    "string_too_long": "maxLength",
    "string_type": "isString",
    "list_type": "isArray",
    "enum": "isEnum",
    "literal_error": "isIn",
    "too_short": "arrayMinSize",
    "too_long": "arrayMaxSize",
    "greater_than_equal": "min",
    "less_than_equal": "max",
    "string_pattern_mismatch": "matches",
}
_MESSAGES = {"model_type": "must be an object, as in name[key]=value", "int_parsing": "must be an integer number"}
"""Where the library's words name its own classes, or say little."""
_ECHO_MAX = 200


def _echo(value: Any) -> Any:
    """The refused value, cut: an error must not multiply what was sent."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= _ECHO_MAX:
        return value
    return str(value)[:_ECHO_MAX].encode("utf-8", "replace").decode()


def _named(path: tuple[str, ...]) -> str:
    """The field as its sender wrote it: an element of a list by the list's name, too."""
    return f"{path[-2]}[{path[-1]}]" if len(path) > 1 and path[-1].isdecimal() else path[-1]


def validate(model: type[WireModel] | type[BaseModel], data: Any) -> Any:
    """The model built from folded request data.

    Raises:
        ValidationFailedError: with one problem a field.

    """
    try:
        return model.model_validate(data)
    except ValidationError as failure:
        problems = []
        for error in failure.errors(include_url=False, include_context=False):
            message = _MESSAGES.get(error["type"]) or error["msg"].removeprefix("Value error, ")
            path = tuple(str(part) for part in error["loc"] if not str(part).startswith("function-")) or ("body",)
            value = None if error["type"] == "missing" else _echo(error.get("input"))
            problems.append(FieldProblem(path, _RULES.get(error["type"], "isValid"), f"{_named(path)}: {message}", value))
        raise ValidationFailedError(problems[:100]) from None
