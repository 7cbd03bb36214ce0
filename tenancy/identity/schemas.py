"""Wire models of identity and of the registry of organizations (`platform.md` 5 to 7, 11). Every field has a bound."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from domain.kit.formatting import DATE_FORMATS_ACCEPTED, MONTHS
from domain.kit.schemas import CurrencyCode, Email, RecordId, RequiredText, WireModel, blank_to_none
from tenancy.identity.passwords import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN
from tenancy.identity.users import EMAIL_LENGTH_MAX, fold_email

LINK_TOKEN_LENGTH_MAX = 256
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs. Everything else that people write in names is theirs to choose."""


def _writable(value: str) -> str:
    if _UNWRITABLE.search(value):
        raise ValueError("must not contain control characters")
    return value


def _short_when_folded(value: str) -> str:
    if len(fold_email(value)) > EMAIL_LENGTH_MAX:
        raise ValueError("is too long")
    return value


def _encodable(value: str) -> str:
    if re.search("[\ud800-\udfff]", value):
        raise ValueError("must be text")
    return value


def _timezone(value: str) -> str:
    if value not in _zones():
        raise ValueError("must be an IANA time zone, such as Europe/Berlin")
    return value


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    from babel import Locale  # loads locale data: only when somebody builds an organization

    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code)) - {"EU", "EZ", "UN", "ZZ", "XA", "XB"}


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(get_global("all_currencies"))


def _country(value: str) -> str:
    if value.upper() not in _countries():
        raise ValueError("must be a country code of ISO 3166-1, such as US")
    return value.upper()


def _currency(value: str) -> str:
    if value not in _currencies():
        raise ValueError("must be a currency code of ISO 4217, such as USD")
    return value


def _month(value: str) -> str:
    if value.capitalize() not in MONTHS:
        raise ValueError("must be the English name of a month, such as january")
    return value.lower()


def _date_format(value: str) -> str:
    if value not in DATE_FORMATS_ACCEPTED:
        raise ValueError("must be one of the date formats that /date-formats offers")
    return value


Name = Annotated[RequiredText, AfterValidator(_writable)]
OptionalName = Annotated[Name | None, BeforeValidator(blank_to_none)]
PersonEmail = Annotated[Email, AfterValidator(_writable), AfterValidator(_short_when_folded)]
NewPassword = Annotated[
    str, StringConstraints(min_length=PASSWORD_LENGTH_MIN, max_length=PASSWORD_LENGTH_MAX), AfterValidator(_encodable)
]
LinkToken = Annotated[str, StringConstraints(max_length=LINK_TOKEN_LENGTH_MAX)]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]


class SignInIn(WireModel):
    """What is missing or empty is refused with 401, as the reference does."""

    email: Annotated[
        str | None, StringConstraints(max_length=EMAIL_LENGTH_MAX), AfterValidator(lambda value: value and _encodable(value))
    ] = None
    password: Annotated[
        str | None, StringConstraints(max_length=PASSWORD_LENGTH_MAX), AfterValidator(lambda value: value and _encodable(value))
    ] = None


class SignUpIn(WireModel):
    """A new person."""

    first_name: Name
    last_name: Name
    email: PersonEmail
    password: NewPassword


class ConfirmIn(WireModel):
    """What the verification link carries."""

    email: PersonEmail
    token: LinkToken = ""


class SendResetIn(WireModel):
    """Whose password is forgotten."""

    email: PersonEmail


class ResetIn(WireModel):
    """The new password."""

    password: NewPassword


class InvitationIn(WireModel):
    """Whom to invite, and the role that they will have."""

    email: PersonEmail
    role_id: RecordId


class AcceptIn(WireModel):
    """What an invited person is called, and their password."""

    first_name: Name
    last_name: Name
    password: NewPassword


class OwnNameIn(WireModel):
    """What one is called from now on."""

    first_name: Name
    last_name: Name


class OwnPasswordIn(WireModel):
    """A new password, and the one so far as a proof."""

    current_password: Annotated[str, StringConstraints(max_length=PASSWORD_LENGTH_MAX), AfterValidator(_encodable)]
    password: NewPassword


class ApiKeyIn(WireModel):
    """A new key; the name helps to tell keys apart."""

    name: OptionalName = None


class OrganizationIn(WireModel):
    """Another organization. It is described in full when it is built."""

    name: OptionalName = None


class BuildIn(WireModel):
    """What an organization is."""

    name: Name
    location: Annotated[ShortText, AfterValidator(_country)]
    base_currency: Annotated[CurrencyCode, AfterValidator(_currency)]
    timezone: Annotated[ShortText, AfterValidator(_timezone)]
    fiscal_year: Annotated[ShortText, AfterValidator(_month)]
    language: Literal["en", "ar", "es", "sv"]
    industry: OptionalName = None
    date_format: Annotated[Annotated[ShortText, AfterValidator(_date_format)] | None, BeforeValidator(blank_to_none)] = None


class SignedInOut(WireModel):
    """A token, and the organization that was used last."""

    access_token: str
    organization_id: str | None
    tenant_id: int | None
    user_id: int


class SignedUpOut(WireModel):
    """The new person and organization."""

    user_id: int
    tenant_id: int
    organization_id: str


class UserOut(WireModel):
    """A person, to themselves."""

    id: int
    tenant_id: int | None
    first_name: str | None
    last_name: str | None
    email: str
    active: bool
    verified: bool
    language: str | None
    invite_accepted_at: datetime | None
    last_login_at: datetime | None
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime


class InvitedEmailOut(WireModel):
    """Who is invited."""

    email: str


class InvitationOut(WireModel):
    """An invitation that can be accepted. `organizationName` is `organization_name` under a name that clients look for."""

    invite_token: InvitedEmailOut
    org_name: str | None
    email: str
    organization_name: str | None
    organizationName: str | None  # noqa: N815 - a name of the wire


class AcceptedOut(WireModel):
    """The invitation is accepted; sign in with the new password."""

    message: str


class NewTokenOut(WireModel):
    """The token that the session goes on with."""

    access_token: str


class MessageOut(WireModel):
    """Done."""

    code: int
    message: str


class SignUpMetaOut(WireModel):
    """Whether people may sign up here."""

    signup_disabled: bool
    meta: dict[str, bool]


class NewApiKeyOut(WireModel):
    """The key, shown this once."""

    key: str
    id: int


class ApiKeyOut(WireModel):
    """A key without the key. `token` is its first characters. `createdAt` is `created_at` under a name that clients look for."""

    id: int
    name: str | None
    user_id: int
    token: str
    expires_at: datetime | None
    revoked_at: datetime | None
    revoked: bool
    created_at: datetime
    updated_at: datetime
    createdAt: datetime  # noqa: N815 - a name of the wire


class RevokedOut(WireModel):
    """The key is refused from now on."""

    id: int
    revoked: bool


class PlaceOut(WireModel):
    """An organization of the person."""

    id: int
    tenant_id: int
    organization_id: str
    name: str | None
    base_currency: str | None
    role_slug: str | None
    active: bool
    is_owner: bool
    is_current: bool
    is_ready: bool
    is_build_running: bool
    state: Literal["unbuilt", "building", "ready"]
    created_at: datetime


class PlacesOut(WireModel):
    """`GET /organizations`."""

    organizations: list[PlaceOut]


class NewOrganizationOut(WireModel):
    """The new organization; choose it with the `organization-id` header and build it."""

    id: int
    tenant_id: int
    organization_id: str


class BuildStartedOut(WireModel):
    """The build is under way."""

    type: str
    code: str
    message: str
    data: dict[str, Any]


class BuildJobOut(WireModel):
    """How far a build is. `progress` in percent."""

    id: str
    state: Literal["waiting", "active", "completed", "failed", "delayed"]
    progress: int
    is_completed: bool
    is_running: bool
    is_waiting: bool
    is_failed: bool


class CurrentOrganizationOut(WireModel):
    """The organization that the request is for. `metadata` is its profile, null before it is described."""

    id: int
    organization_id: str
    initialized_at: datetime | None
    seeded_at: datetime | None
    built_at: datetime | None
    under_maintenance_since: datetime | None
    build_job_id: str | None
    upgrade_job_id: str | None
    database_batch: str | None
    is_ready: bool
    is_build_running: bool
    is_upgrade_running: bool
    subscriptions: list[dict[str, Any]]
    metadata: dict[str, Any] | None
    created_at: datetime
    updated_at: datetime


class SubscriptionsOut(WireModel):
    """`GET /subscription`."""

    subscriptions: list[dict[str, Any]]


class StatusOut(WireModel):
    """The service answers."""

    status: str
