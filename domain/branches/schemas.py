"""Wire models of branches (accounting.md 12.1)."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from domain.kit.schemas import OptionalEmail, OptionalFlag, OptionalText, RequiredText, Text255, WireModel, blank_to_none


def _website(value: str) -> str:
    parts = urlsplit(value if "://" in value else f"https://{value}")
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or set(value) & set(' <>"'):
        raise ValueError("must be a URL address")
    return value


Website = Annotated[Annotated[Text255, AfterValidator(_website)] | None, BeforeValidator(blank_to_none)]


class _PlaceIn(WireModel):
    code: OptionalText = None
    address: OptionalText = None
    city: OptionalText = None
    country: OptionalText = None
    phone_number: OptionalText = None
    email: OptionalEmail = None
    website: Website = None
    primary: OptionalFlag = None


class BranchIn(_PlaceIn):
    """A new branch."""

    name: RequiredText


class BranchEditIn(_PlaceIn):
    """A changed branch. Absent keys keep their value."""

    name: RequiredText | None = None


class BranchOut(WireModel):
    """A branch."""

    id: int
    name: str
    code: str | None
    address: str | None
    city: str | None
    country: str | None
    phone_number: str | None
    email: str | None
    website: str | None
    primary: bool
    created_at: datetime
    updated_at: datetime


class ActivatedOut(WireModel):
    """The answer of an activation."""

    code: int
    message: str
