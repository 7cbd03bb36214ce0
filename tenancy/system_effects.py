"""Consequences of a tenant's commands in the system database. They come from the tenant's own actor after its commit, never from a client.

Each can be applied again without harm. The tenant's database is the truth of them; the system's rows are a copy for the pages that are
shown before books are opened, and for sign-in.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from domain.kit.context import Organization
from tenancy.cache_keys import IDENTITY_CHANNEL
from tenancy.config import Config
from tenancy.identity.invitation_repository import remove_invited
from tenancy.identity.invitations import make_link
from tenancy.identity.names import tell_names
from tenancy.identity.users import change_user, get_user
from tenancy.mail import Mail
from tenancy.registry import find_membership, get_tenant, set_membership, update_profile
from tenancy.system_context import SystemServices
from tenancy.system_database import system_transaction

logger = logging.getLogger(__name__)

PROFILE = "organization.profile"
"""Changed fields of the profile, by name."""
MEMBERSHIP = "membership.changed"
"""`{user_id, active?, role_slug?, deleted?, first_name?, last_name?}`, or a list of such. Names are there where members changed their own."""
INVITED = "member.invited"
"""`{user_id, invited_at, role_slug}`."""
_PROFILE_FIELDS = frozenset(item.name for item in fields(Organization)) - {"tenant_id", "organization_id"}


def apply_effects(services: SystemServices, tenant_id: int | None, effects: Mapping[str, Any]) -> None:
    """Apply the effects of a tenant's answer, in one transaction; then tell the gateways whose identity changed, and send mails.

    An unknown effect is logged: the command that caused it is committed already.
    """
    known = {name: payload for name, payload in effects.items() if name in _APPLY}
    if len(known) < len(effects):
        logger.error("effects that nobody applies: %s", sorted(set(effects) - set(known)))
    if tenant_id is None or not known:
        return
    now = services.clock.now()
    with system_transaction(services.engine) as connection:
        work = _Work(services.config, connection, tenant_id, now)
        for name, payload in known.items():
            for item in payload if isinstance(payload, list) else [payload]:
                _APPLY[name](work, item)
    for user_id in dict.fromkeys(work.changed):
        services.cache.publish(IDENTITY_CHANNEL, str(user_id))
    for mail in work.mails:
        services.background.submit(partial(services.mail.send, mail))


@dataclass(frozen=True, slots=True)
class _Work:
    """One transaction of effects, and what comes after its commit."""

    config: Config
    connection: Connection
    tenant_id: int
    now: datetime
    changed: list[int] = field(default_factory=list)
    """People whose identity changed."""
    mails: list[Mail] = field(default_factory=list)


def _apply_profile(work: _Work, payload: Mapping[str, Any]) -> None:
    tenant = get_tenant(work.connection, work.tenant_id)
    if tenant is None or tenant.profile is None:
        return
    changes = {name: value for name, value in payload.items() if name in _PROFILE_FIELDS}
    update_profile(work.connection, work.tenant_id, replace(tenant.profile, **changes), work.now)


def _apply_membership(work: _Work, payload: Mapping[str, Any]) -> None:
    user_id = int(payload["user_id"])
    user = get_user(work.connection, user_id)
    if user is None or find_membership(work.connection, user_id, work.tenant_id) is None:
        return
    work.changed.append(user_id)
    if payload.get("deleted") and user.invited:
        remove_invited(work.connection, user, work.now)
        return
    values: dict[str, Any] = {}
    if "active" in payload:
        values["active"] = bool(payload["active"])
    if "role_slug" in payload:
        values["role_slug_hint"] = payload["role_slug"]
    if values:
        set_membership(work.connection, user_id, work.tenant_id, **values)
    names = {key: payload[key] for key in ("first_name", "last_name") if key in payload}
    if any(getattr(user, key) != name for key, name in names.items()):
        change_user(work.connection, user_id, work.now, **names)
        tell_names(work.connection, user_id, work.now, but_tenant_id=work.tenant_id)


def _apply_invitation(work: _Work, payload: Mapping[str, Any]) -> None:
    mail = make_link(work.connection, work.config, work.tenant_id, payload, work.now)
    if mail is not None:
        work.mails.append(mail)


_APPLY: Mapping[str, Callable[[_Work, Mapping[str, Any]], None]] = {
    PROFILE: _apply_profile,
    MEMBERSHIP: _apply_membership,
    INVITED: _apply_invitation,
}
