"""The HTTP interface of settings (`platform.md` 10)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES
from domain.settings import service
from domain.settings.schemas import SettingOut, SettingsIn, SettingsQuery

endpoint = EndpointGroup("Settings")


@endpoint.get("/settings", permission=MEMBER, query=SettingsQuery, returns=list[SettingOut], warm=True)
def list_settings(ctx: TenantContext, query: SettingsQuery) -> list[dict[str, Any]]:  # noqa: ARG001
    """All stored settings"""
    return service.list_settings(ctx)


@endpoint.put("/settings", permission=PREFERENCES, body=SettingsIn, errors=(service.KEY_NOT_DEFINED,))
def save_settings(ctx: TenantContext, body: SettingsIn) -> Answer:
    """Store settings"""
    service.save_settings(ctx, body)
    return EMPTY
