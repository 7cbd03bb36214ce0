"""Wire models of settings."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from domain.kit.schemas import WireModel


class SettingIn(WireModel):
    """One setting; a null or empty value clears it."""

    group: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    key: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    value: bool | Decimal | Annotated[str, StringConstraints(max_length=65535)] | None = None


class SettingsIn(WireModel):
    """`PUT /settings`."""

    options: Annotated[list[SettingIn], Field(max_length=500)]


class SettingsQuery(WireModel):
    """`group` is accepted and ignored, as clients expect (platform.md 10)."""

    group: str | None = None


class SettingOut(WireModel):
    """One stored setting."""

    key: str
    value: Any
    group: str
