"""Who asks, and for which organization: from a token or an API key to a verified Principal. `Authenticator` is what gateways use.

The organization comes from the verified identity. The `organization-id` header may only choose among the person's own; anything else
is refused with 403, whether such an organization exists or not (LESSONS A1).

Verified identities are kept in memory for a few seconds. What revokes one (sign-out, reset, revoked key, changed membership) is
published; every gateway drops the person's entries at once, and all of them where it may have missed news.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from domain.kit.context import Clock, SystemClock
from domain.kit.endpoint import Endpoint
from domain.kit.errors import UNAUTHORIZED
from domain.kit.exchange import Principal
from domain.kit.permissions import PUBLIC, SIGNED_IN
from domain.members.model import USER_INACTIVE
from tenancy.cache import SharedCache
from tenancy.cache_keys import IDENTITY_CHANNEL
from tenancy.config import Config
from tenancy.identity.api_keys import KEY_LENGTH, KEY_PREFIX, find_key
from tenancy.identity.errors import (
    ORGANIZATION_ID_REQUIRED,
    ORGANIZATION_NOT_YOURS,
    TENANT_NOT_INITIALIZED,
    TENANT_NOT_SEEDED,
    USER_NOT_VERIFIED,
    SignInRefusedError,
)
from tenancy.identity.tokens import TokenClaims, read_token, signing_key
from tenancy.identity.users import User, get_user, is_revoked, set_last_tenant
from tenancy.registry import Membership, TenantRecord, memberships_of, tenants_of
from tenancy.system_database import system_transaction

logger = logging.getLogger(__name__)

ENTRIES_MAX = 20_000
KEPT_S = 15
"""How long an identity is believed without asking the database. News shorten it; this bounds what lost news can do."""
EVERYBODY = "*"
_SCHEME = "bearer "


@dataclass(frozen=True, slots=True)
class Identity:
    """A verified caller as of a moment: the principal, and what some endpoints ask of it."""

    principal: Principal
    initialized: bool
    seeded: bool
    believed_until: int
    """Epoch seconds."""


def bearer(authorization: str | None) -> str:
    """The token or key of an Authorization header; empty where there is none."""
    text = (authorization or "").strip()
    return text[len(_SCHEME) :].strip() if text[: len(_SCHEME)].lower() == _SCHEME else ""


class Authenticator:
    """Verifies callers. `cached` answers on the event loop; `principal` asks the database, so call it in a thread."""

    def __init__(self, engine: Engine, config: Config, cache: SharedCache, *, clock: Clock | None = None) -> None:
        signing_key(config)
        self._engine = engine
        self._config = config
        self._clock = clock or SystemClock()
        self._entries: OrderedDict[tuple[str, str | None], Identity] = OrderedDict()
        self._lock = threading.Lock()
        self._generation = 0
        self._stop = cache.listen(IDENTITY_CHANNEL, self._hear, self._forget_all)

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    # -- the memory ----------------------------------------------------------------------------------------------------------

    def _hear(self, message: str) -> None:
        if message == EVERYBODY or not message.isdecimal():
            self._forget_all()
            return
        user_id = int(message)
        with self._lock:
            self._generation += 1
            for key in [key for key, entry in self._entries.items() if entry.principal.user_id == user_id]:
                del self._entries[key]

    def _forget_all(self) -> None:
        with self._lock:
            self._generation += 1
            self._entries.clear()

    def cached(self, authorization: str | None, organization_id: str | None, *, endpoint: Endpoint) -> Principal | None:
        """The verified identity if it is known and may use the endpoint; None: ask `principal`, which knows or refuses."""
        with self._lock:
            entry = self._entries.get((bearer(authorization), organization_id or None))
        if entry is None or entry.believed_until <= self._clock.now().timestamp() or not _fits(entry, endpoint):
            return None
        return entry.principal

    # -- the database --------------------------------------------------------------------------------------------------------

    def principal(
        self, authorization: str | None, organization_id: str | None, cookie: str | None = None, *, endpoint: Endpoint
    ) -> Principal:
        """The verified identity of a request. `cookie` is a token from elsewhere, for the one route that takes it so.

        Raises:
            UNAUTHORIZED: no valid token or key. USER_INACTIVE: the person or the membership is inactive.
            USER_NOT_VERIFIED, ORGANIZATION_ID_REQUIRED, ORGANIZATION_NOT_YOURS, TENANT.DATABASE.NOT.….

        """
        token, chosen = bearer(authorization) or (cookie or "").strip(), organization_id or None
        claims = None if token.startswith(KEY_PREFIX) else read_token(self._config, token, now=self._clock.now())
        if claims is None and len(token) != KEY_LENGTH:
            raise UNAUTHORIZED()  # rubbish costs no query
        with self._lock:
            generation = self._generation
        with self._engine.connect() as connection, connection.begin():
            identity, user = self._verify(connection, token, claims, chosen)
        _check(identity, endpoint)
        with self._lock:
            if generation == self._generation:  # else it may have been revoked while we read
                self._entries[token, chosen] = identity
                self._entries.move_to_end((token, chosen))
                while len(self._entries) > ENTRIES_MAX:
                    self._entries.popitem(last=False)
        self._note_last_used(identity.principal, user, chosen)
        return identity.principal

    def _verify(
        self, connection: Connection, token: str, claims: TokenClaims | None, chosen: str | None
    ) -> tuple[Identity, User]:
        now = self._clock.now()
        believed_until = int(now.timestamp()) + KEPT_S
        if claims is None:
            key = find_key(connection, token)
            user = get_user(connection, key.user_id) if key is not None and key.usable(now) else None
            if key is None or user is None:
                raise UNAUTHORIZED()
            found = _find(memberships_of(connection, user.id), tenants_of(connection, user.id), tenant_id=key.tenant_id)
            if found is None or not found[0].active:
                raise UNAUTHORIZED()
            if chosen is not None and chosen != found[1].organization_id:
                raise ORGANIZATION_NOT_YOURS()
            if key.expires_at is not None:
                believed_until = min(believed_until, int(key.expires_at.timestamp()))
            who = Principal(user.id, user.email, user.full_name, user.verified, api_key_id=key.id)
        else:
            if is_revoked(connection, claims.token_id):
                raise UNAUTHORIZED()
            user = get_user(connection, claims.user_id)
            if user is None:
                raise SignInRefusedError(UNAUTHORIZED, name="USER_NOT_FOUND")
            if user.credentials_version != claims.version:
                raise UNAUTHORIZED()
            found = _choose(connection, user, chosen)
            believed_until = min(believed_until, claims.expires_at)
            who = Principal(user.id, user.email, user.full_name, user.verified, token_id=claims.token_id)
        if not user.active:
            raise USER_INACTIVE("Your account is inactive.")
        if found is None:
            return Identity(who, initialized=False, seeded=False, believed_until=believed_until), user
        record = found[1]
        who = replace(who, tenant_id=record.id, organization_id=record.organization_id)
        return Identity(who, record.initialized_at is not None, record.seeded_at is not None, believed_until), user

    def _note_last_used(self, principal: Principal, user: User, chosen: str | None) -> None:
        """Remember which organization a person chose last, for the next sign-in."""
        tenant_id = principal.tenant_id
        if chosen is None or tenant_id is None or principal.api_key_id is not None or user.last_tenant_id == tenant_id:
            return
        try:
            with system_transaction(self._engine) as connection:
                set_last_tenant(connection, user.id, tenant_id)
        except DBAPIError as problem:
            logger.warning("the last used organization was not noted: %s", problem)


Place = tuple[Membership, TenantRecord]


def _find(
    members: Sequence[Membership], records: Sequence[TenantRecord], *, tenant_id: int | None = None, chosen: str | None = None
) -> Place | None:
    by_id = {record.id: record for record in records}
    for member in members:
        record = by_id.get(member.tenant_id)
        if record is not None and (record.id == tenant_id or record.organization_id == chosen):
            return member, record
    return None


def _choose(connection: Connection, user: User, chosen: str | None) -> Place | None:
    """The organization that the header names, among the person's own; None without a header."""
    if chosen is None:
        return None
    found = _find(memberships_of(connection, user.id), tenants_of(connection, user.id), chosen=chosen)
    if found is None:
        raise ORGANIZATION_NOT_YOURS()
    if not found[0].active:
        raise USER_INACTIVE()
    return found


def _check(identity: Identity, endpoint: Endpoint) -> None:
    """What an endpoint asks of a caller before its permission is looked at (`platform.md` 4.1)."""
    principal = identity.principal
    if not principal.verified and not endpoint.allow_unverified:
        raise USER_NOT_VERIFIED()
    if endpoint.permission in {PUBLIC, SIGNED_IN}:
        return
    if principal.tenant_id is None:
        raise ORGANIZATION_ID_REQUIRED()
    if not endpoint.allow_unbuilt:
        if not identity.initialized:
            raise TENANT_NOT_INITIALIZED()
        if not identity.seeded:
            raise TENANT_NOT_SEEDED()


def _fits(identity: Identity, endpoint: Endpoint) -> bool:
    principal = identity.principal
    if not principal.verified and not endpoint.allow_unverified:
        return False
    if endpoint.permission is PUBLIC or endpoint.permission is SIGNED_IN:
        return True
    return principal.tenant_id is not None and (endpoint.allow_unbuilt or identity.seeded)
