"""What people change about themselves: their name, their password, where they are signed in."""

from domain.kit.errors import UNAUTHORIZED
from tenancy.identity.errors import CURRENT_PASSWORD_WRONG, SIGN_IN_NEEDED
from tenancy.identity.mails import changed_mail
from tenancy.identity.names import tell_names
from tenancy.identity.passwords import hash_password, verify_password
from tenancy.identity.tokens import issue_token
from tenancy.identity.users import User, change_user, end_sessions, get_user
from tenancy.system_context import WAKE_SCHEDULER, SystemContext


def own(ctx: SystemContext) -> User:
    """The person who asks, signed in rather than by a key.

    Raises:
        SIGN_IN_NEEDED: an API key asks: it stands for its organization's books, not for the person. UNAUTHORIZED: the person is gone.

    """
    person = ctx.person
    if person.token_id is None:
        raise SIGN_IN_NEEDED()
    user = ctx.read(lambda connection: get_user(connection, person.user_id))
    if user is None:
        raise UNAUTHORIZED()
    return user


def change_name(ctx: SystemContext, *, first_name: str, last_name: str) -> User:
    """Be called otherwise, in all of one's organizations (`tenancy.identity.names`).

    Raises:
        SIGN_IN_NEEDED.

    """
    user, now = own(ctx), ctx.now()
    change_user(ctx.db, user.id, now, first_name=first_name, last_name=last_name)
    tell_names(ctx.db, user.id, now)
    ctx.news.append(user.id)
    ctx.effects.append((WAKE_SCHEDULER, {}))
    return get_user(ctx.db, user.id) or user


def change_password(ctx: SystemContext, *, current_password: str, password: str) -> str:
    """A new password. Every session ends; the one that asks goes on with the token that is returned.

    Raises:
        SIGN_IN_NEEDED; CURRENT_PASSWORD_WRONG. UNAUTHORIZED: the password was changed elsewhere at the same moment.

    """
    user = own(ctx)
    if not verify_password(user.password_hash, current_password):
        raise CURRENT_PASSWORD_WRONG()
    password_hash = hash_password(password)  # before the transaction: it takes its time
    now = ctx.now()
    if not end_sessions(ctx.db, user, now):
        raise UNAUTHORIZED()
    change_user(ctx.db, user.id, now, password_hash=password_hash)
    ctx.news.append(user.id)
    ctx.mail.append(changed_mail(user.email))
    return issue_token(ctx.config, user_id=user.id, version=user.credentials_version + 1, now=now)


def sign_out_everywhere(ctx: SystemContext) -> None:
    """End every session of the person, this one too. API keys stay: they are the organization's.

    Raises:
        SIGN_IN_NEEDED.

    """
    user = own(ctx)
    end_sessions(ctx.db, user, ctx.now())
    ctx.news.append(user.id)
