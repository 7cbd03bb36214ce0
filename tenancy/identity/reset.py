"""A new password for who forgot the old one (`platform.md` 5.7)."""

from datetime import timedelta

from tenancy.identity.errors import TOKEN_EXPIRED, TOKEN_INVALID
from tenancy.identity.mails import changed_mail, reset_mail
from tenancy.identity.passwords import hash_password
from tenancy.identity.tokens import digest, random_secret
from tenancy.identity.users import find_by_email, find_reset, get_user, put_reset, set_password, use_reset
from tenancy.system_context import SystemContext
from tenancy.system_database import system_transaction


def request_reset(ctx: SystemContext, *, email: str) -> None:
    """Send a reset link to the person of this address. For an unknown one nothing happens, and neither answer nor time tells so:
    what is done for a known address is done after the answer.
    """
    user = ctx.read(lambda connection: find_by_email(connection, email))
    token = random_secret()
    if user is None or not user.active or user.invited:
        return
    services, user_id, address, now = ctx.services, user.id, user.email, ctx.now()

    def send() -> None:
        with system_transaction(services.engine) as connection:
            put_reset(connection, user_id, digest(token), now)
        services.mail.send(reset_mail(services.config, email=address, token=token))

    ctx.background.append(send)


def reset_password(ctx: SystemContext, *, token: str, password: str) -> None:
    """Set a new password with a reset link. The link works once, also when two use it at the same moment; every open session ends.

    Raises:
        TOKEN_INVALID: no such link, or used already. TOKEN_EXPIRED.

    """
    reset = ctx.read(lambda connection: find_reset(connection, digest(token)))
    if reset is None or reset.used_at is not None:
        raise TOKEN_INVALID()
    now = ctx.now()
    if reset.created_at + timedelta(seconds=ctx.config.reset_token_life_s) <= now:
        raise TOKEN_EXPIRED()
    password_hash = hash_password(password)
    if not use_reset(ctx.db, reset, now):
        raise TOKEN_INVALID()
    user = get_user(ctx.db, reset.user_id)
    if user is None:
        raise TOKEN_INVALID()
    set_password(ctx.db, user.id, password_hash, now)
    ctx.news.append(user.id)
    ctx.mail.append(changed_mail(user.email))
