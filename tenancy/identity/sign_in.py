"""Signing in and out (`platform.md` 5.2)."""

from dataclasses import dataclass
from datetime import timedelta

from domain.kit.errors import UNAUTHORIZED
from domain.members.model import USER_INACTIVE
from tenancy.identity.errors import INVALID_DETAILS, SignInRefusedError
from tenancy.identity.passwords import hash_password, needs_rehash, verify_password
from tenancy.identity.tokens import issue_token
from tenancy.identity.users import User, change_user, find_by_email, replace_hash, revoke_token
from tenancy.registry import TenantRecord, memberships_of, tenants_of
from tenancy.system_context import SystemContext


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A token, and the organization that the person used last; None for somebody who belongs nowhere."""

    user: User
    token: str
    tenant: TenantRecord | None


def sign_in(ctx: SystemContext, *, email: str | None, password: str | None) -> SignedIn:
    """Prove who one is. An unknown email takes as long to refuse as a wrong password.

    Raises:
        UNAUTHORIZED: a field is missing. INVALID_DETAILS: not known, or not the password. USER_INACTIVE: it is, but inactive.

    """
    if not email or not password:
        raise UNAUTHORIZED()
    user = ctx.read(lambda connection: find_by_email(connection, email))
    if not verify_password(user.password_hash if user else None, password) or user is None or user.password_hash is None:
        raise SignInRefusedError(INVALID_DETAILS)
    if not user.active:
        raise SignInRefusedError(USER_INACTIVE, "Your account is inactive.")
    now = ctx.now()
    fresh_hash = hash_password(password) if needs_rehash(user.password_hash) else None
    tenant = last_used(ctx, user)
    change_user(ctx.db, user.id, now, last_login_at=now)
    if fresh_hash is not None:
        replace_hash(ctx.db, user, fresh_hash, now)
    return SignedIn(user, issue_token(ctx.config, user_id=user.id, version=user.credentials_version, now=now), tenant)


def last_used(ctx: SystemContext, user: User) -> TenantRecord | None:
    """The organization that a person used last; the one they joined first where that is gone."""
    active = {member.tenant_id for member in memberships_of(ctx.db, user.id) if member.active}
    tenants = [tenant for tenant in tenants_of(ctx.db, user.id) if tenant.id in active]
    return next((tenant for tenant in tenants if tenant.id == user.last_tenant_id), tenants[0] if tenants else None)


def sign_out(ctx: SystemContext) -> None:
    """Refuse the token of this request from now on. An API key is not a session: it stays."""
    person = ctx.person
    if person.token_id is None:
        return
    now = ctx.now()
    revoke_token(ctx.db, person.token_id, expires_at=now + timedelta(seconds=ctx.config.token_life_s), now=now)
    ctx.news.append(person.user_id)
