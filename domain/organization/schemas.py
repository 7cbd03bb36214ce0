"""Wire models of the organization's profile (platform.md 7). The field types serve the build of an organization too."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from domain.kit.formatting import DATE_FORMATS_ACCEPTED
from domain.kit.schemas import CurrencyCode, OptionalText, RequiredText, WireModel, blank_to_none
from domain.organization.rules import FISCAL_MONTHS, LANGUAGES, timezone_names


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _timezone(value: str) -> str:
    if value not in timezone_names():
        raise ValueError("must be an IANA time zone, such as Europe/Stockholm")
    return value


def _one_of(*allowed: str) -> Any:
    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return value

    return AfterValidator(check)


CountryCode = Annotated[
    str,
    BeforeValidator(_upper),
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"}),
]
"""ISO 3166-1 alpha-2."""
TimezoneName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64), AfterValidator(_timezone)]
FiscalMonth = Annotated[
    str, BeforeValidator(_lower), _one_of(*FISCAL_MONTHS), WithJsonSchema({"type": "string", "enum": list(FISCAL_MONTHS)})
]
"""First month of the fiscal year, in lower case."""
Language = Annotated[
    str, BeforeValidator(_lower), _one_of(*LANGUAGES), WithJsonSchema({"type": "string", "enum": list(LANGUAGES)})
]
DateFormat = Annotated[
    str, _one_of(*DATE_FORMATS_ACCEPTED), WithJsonSchema({"type": "string", "enum": sorted(DATE_FORMATS_ACCEPTED)})
]
"""Any of the three lists of platform.md 7.4."""
HexColour = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$")]


class AddressIn(WireModel):
    """The organization's address. Lines may be spelt `address_1` or `address1`; absent keys keep their value."""

    address1: OptionalText = None
    address2: OptionalText = None
    city: OptionalText = None
    state_province: OptionalText = None
    postal_code: OptionalText = None
    phone: OptionalText = None


class OrganizationIn(WireModel):
    """`PUT /organization`. Absent keys keep their value; what an organization cannot be without is kept when sent empty."""

    name: Annotated[RequiredText | None, BeforeValidator(blank_to_none)] = None
    location: Annotated[CountryCode | None, BeforeValidator(blank_to_none)] = None
    base_currency: Annotated[CurrencyCode | None, BeforeValidator(blank_to_none)] = None
    timezone: Annotated[TimezoneName | None, BeforeValidator(blank_to_none)] = None
    fiscal_year: Annotated[FiscalMonth | None, BeforeValidator(blank_to_none)] = None
    language: Annotated[Language | None, BeforeValidator(blank_to_none)] = None
    date_format: Annotated[DateFormat | None, BeforeValidator(blank_to_none)] = None
    industry: OptionalText = None
    tax_number: OptionalText = None
    address: AddressIn | None = None
    primary_color: Annotated[HexColour | None, BeforeValidator(blank_to_none)] = None
    logo_key: OptionalText = None


class SavedOut(WireModel):
    """The answer of a change."""

    code: int
    message: str


class DateFormatOut(WireModel):
    """One date format that forms offer: today in it, followed by the format."""

    label: str
    key: str


class LockingKindOut(WireModel):
    """One kind of records that locks the base currency."""

    model_name: str
    plural_name: str


class BaseCurrencyLockOut(WireModel):
    """`GET /organization/base-currency-mutate`: empty where the base currency may still change."""

    abilities: Annotated[list[LockingKindOut], Field(default_factory=list)]
