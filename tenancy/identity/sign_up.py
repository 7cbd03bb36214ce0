"""Signing up, and confirming the address (`platform.md` 5.5, 5.6)."""

from tenancy.config import Config
from tenancy.identity.errors import (
    EMAIL_EXISTS,
    SIGNUP_CONFIRM_TOKEN_INVALID,
    SIGNUP_RESTRICTED,
    SIGNUP_RESTRICTED_NOT_ALLOWED,
    USER_ALREADY_VERIFIED,
)
from tenancy.identity.invitation_repository import expired_invitation, release_address
from tenancy.identity.mails import verification_mail
from tenancy.identity.passwords import hash_password
from tenancy.identity.tokens import VERIFY_SECRET_BYTES, digest, random_secret, same_digest
from tenancy.identity.users import (
    User,
    change_user,
    email_taken,
    find_by_email,
    fold_email,
    get_user,
    insert_user,
    set_last_tenant,
)
from tenancy.registry import TenantRecord, insert_tenant
from tenancy.system_context import SystemContext


def check_signup_allowed(config: Config, email: str) -> None:
    """Whether this address may sign up here.

    Raises:
        SIGNUP_RESTRICTED: nobody may. SIGNUP_RESTRICTED_NOT_ALLOWED: some may, this address not.

    """
    if not config.signup_disabled:
        return
    if not config.signup_allowed_emails and not config.signup_allowed_domains:
        raise SIGNUP_RESTRICTED()
    folded = fold_email(email)
    if folded not in config.signup_allowed_emails and folded.rpartition("@")[2] not in config.signup_allowed_domains:
        raise SIGNUP_RESTRICTED_NOT_ALLOWED()


def sign_up(ctx: SystemContext, *, first_name: str, last_name: str, email: str, password: str) -> tuple[User, TenantRecord]:
    """A new person with an organization that is still to be built.

    Raises:
        SIGNUP_RESTRICTED, SIGNUP_RESTRICTED_NOT_ALLOWED, EMAIL_EXISTS.

    """
    check_signup_allowed(ctx.config, email)
    if ctx.read(lambda connection: email_taken(connection, email) and not expired_invitation(connection, email, ctx.now())):
        raise EMAIL_EXISTS()
    password_hash = hash_password(password)  # before the transaction: it takes its time
    confirm = ctx.config.signup_email_confirmation
    token = random_secret(VERIFY_SECRET_BYTES) if confirm else ""
    now = ctx.now()
    release_address(ctx.db, email, now)
    user = insert_user(
        ctx.db,
        email=email,
        first_name=first_name,
        last_name=last_name,
        password_hash=password_hash,
        now=now,
        verified=not confirm,
        verify_token_hash=digest(token) if confirm else None,
    )
    tenant = insert_tenant(ctx.db, owner_user_id=user.id, now=now, prefix=ctx.config.tenant_database_prefix)
    set_last_tenant(ctx.db, user.id, tenant.id)
    if confirm:
        ctx.mail.append(verification_mail(ctx.config, email=user.email, token=token))
    return user, tenant


def confirm_email(ctx: SystemContext, *, email: str, token: str) -> User:
    """The address is the person's own.

    Raises:
        SIGNUP_CONFIRM_TOKEN_INVALID: no such person, or not the token of the last mail. An empty one never is.

    """
    user = find_by_email(ctx.db, email)
    if not same_digest(user.verify_token_hash if user else None, token) or user is None:
        raise SIGNUP_CONFIRM_TOKEN_INVALID()
    change_user(ctx.db, user.id, ctx.now(), verified=True, verify_token_hash=None)
    ctx.news.append(user.id)
    return get_user(ctx.db, user.id) or user


def resend_verification(ctx: SystemContext) -> None:
    """Send the verification mail again, with a new token: the one that was sent before is not known here.

    Raises:
        USER_ALREADY_VERIFIED.

    """
    user = get_user(ctx.db, ctx.person.user_id)
    if user is None or user.verified:
        raise USER_ALREADY_VERIFIED()
    token = random_secret(VERIFY_SECRET_BYTES)
    change_user(ctx.db, user.id, ctx.now(), verify_token_hash=digest(token))
    ctx.mail.append(verification_mail(ctx.config, email=user.email, token=token))
