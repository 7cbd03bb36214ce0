"""Consequences of a tenant's commands in the system database. They come from the tenant's own actor after its commit, never from a client.

Each can be applied again without harm. The tenant's database is the truth of them; the system's rows are a copy for the pages that are
shown before books are opened, and for sign-in.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.kit.context import Organization
from tenancy.cache_keys import IDENTITY_CHANNEL
from tenancy.registry import find_membership, get_tenant, set_membership, update_profile
from tenancy.system_context import SystemServices
from tenancy.system_database import system_transaction

logger = logging.getLogger(__name__)

PROFILE = "organization.profile"
"""Changed fields of the profile, by name."""
MEMBERSHIP = "membership.changed"
"""`{user_id, active?, role_slug?}`, or a list of such."""
_PROFILE_FIELDS = frozenset(item.name for item in fields(Organization)) - {"tenant_id", "organization_id"}


def apply_effects(services: SystemServices, tenant_id: int | None, effects: Mapping[str, Any]) -> None:
    """Apply the effects of a tenant's answer, in one transaction; then tell the gateways whose identity changed.

    An unknown effect is logged: the command that caused it is committed already.
    """
    known = {name: payload for name, payload in effects.items() if name in _APPLY}
    if len(known) < len(effects):
        logger.error("effects that nobody applies: %s", sorted(set(effects) - set(known)))
    if tenant_id is None or not known:
        return
    now = services.clock.now()
    changed: list[int] = []
    with system_transaction(services.engine) as connection:
        for name, payload in known.items():
            for item in payload if isinstance(payload, list) else [payload]:
                changed += _APPLY[name](connection, tenant_id, item, now)
    for user_id in dict.fromkeys(changed):
        services.cache.publish(IDENTITY_CHANNEL, str(user_id))


def _apply_profile(connection: Connection, tenant_id: int, payload: Mapping[str, Any], now: datetime) -> list[int]:
    tenant = get_tenant(connection, tenant_id)
    if tenant is None or tenant.profile is None:
        return []
    changes = {name: value for name, value in payload.items() if name in _PROFILE_FIELDS}
    update_profile(connection, tenant_id, replace(tenant.profile, **changes), now)
    return []


def _apply_membership(connection: Connection, tenant_id: int, payload: Mapping[str, Any], _now: datetime) -> list[int]:
    user_id = int(payload["user_id"])
    if find_membership(connection, user_id, tenant_id) is None:
        return []
    values: dict[str, Any] = {}
    if "active" in payload:
        values["active"] = bool(payload["active"])
    if "role_slug" in payload:
        values["role_slug_hint"] = payload["role_slug"]
    if values:
        set_membership(connection, user_id, tenant_id, **values)
    return [user_id]


_APPLY: Mapping[str, Callable[[Connection, int, Mapping[str, Any], datetime], list[int]]] = {
    PROFILE: _apply_profile,
    MEMBERSHIP: _apply_membership,
}
