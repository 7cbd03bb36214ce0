"""What may happen to members and roles. Pure: from the team and the wish to a refusal."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from domain.kit.errors import ErrorCode
from domain.kit.permissions import SUBJECTS
from domain.members.model import Member, Role, Team

ROLE_NOT_FOUND = ErrorCode("ROLE_NOT_FOUND", "There is no such role.")
EMAIL_ALREADY_EXISTS = ErrorCode("EMAIL_ALREADY_EXISTS", "Another member has this email.")
EMAIL_TAKEN = ErrorCode(
    "EMAIL.ALREADY.EXISTS", "Somebody has this email already. Only a new address can be invited.", aliases=("EMAIL_EXISTS",)
)
EMAIL_ALREADY_INVITED = ErrorCode(
    "EMAIL.ALREADY.INVITED",
    "This person is invited already and has not accepted yet. Send the invitation again from the list of people.",
    aliases=("EMAIL_EXISTS",),
)
USER_NOT_FOUND = ErrorCode("USER_NOT_FOUND", "There is no such member.")
USER_RECENTLY_INVITED = ErrorCode(
    "USER_RECENTLY_INVITED", "The invitation was sent within the last five minutes, or it is accepted already."
)
INVITED_USER_INACTIVE = ErrorCode("INVITED_USER_INACTIVE", "The member is inactive. Activate them, then send the invitation.")
INVITATIONS_OPEN_MAX = 200
INVITATIONS_TOO_MANY = ErrorCode(
    "INVITATIONS_TOO_MANY", f"{INVITATIONS_OPEN_MAX} invitations wait for an answer. Delete some of those people first."
)
RESEND_AFTER = timedelta(minutes=5)
ALREADY_MEMBER = ErrorCode("ALREADY_MEMBER", "This person is a member of the organization already.")
USER_ALREADY_ACTIVE = ErrorCode("USER_ALREADY_ACTIVE", "The member is active already.")
USER_ALREADY_INACTIVE = ErrorCode("USER_ALREADY_INACTIVE", "The member is inactive already.")
CANNOT_DELETE_LAST_USER = ErrorCode("CANNOT_DELETE_LAST_USER", "An organization keeps at least one active administrator.")
CANNOT_MUTATE_OWN_ROLE = ErrorCode(
    "CANNOT_AUTHORIZED_USER_MUTATE_ROLE", "Nobody changes their own role. Ask another administrator."
)
SAME_AS_ACTING_USER = ErrorCode(
    "USER_SAME_THE_AUTHORIZED_USER",
    "Nobody activates, inactivates or deletes themselves. Ask another administrator.",
    aliases=("CANNOT.TOGGLE.ACTIVATE.AUTHORIZED.USER",),
)
ROLE_PREDEFINED = ErrorCode("ROLE_PREFINED", "Predefined roles cannot be changed or deleted.")
PERMISSIONS_INVALID = ErrorCode("INVALIDATE_PERMISSIONS", "There are permissions that no role can hold.")
ROLE_IN_USE = ErrorCode(
    "CANNT_DELETE_ROLE_ASSOCIATED_TO_USERS",
    "Members have this role; it cannot be deleted.",
    aliases=("CANNOT_DELETE_ROLE_ASSOCIATED_TO_USERS",),
)

SUBJECT_ALIASES: Mapping[str, str] = {"CreditNode": "CreditNote"}
"""Misspelt subjects of older clients and imported roles."""
_ABILITIES = {subject.name: {*subject.abilities, *subject.extra} for subject in SUBJECTS}

Pair = tuple[str, str]
"""Subject and ability."""


def check_new_member(team: Team, *, system_user_id: int, email: str) -> None:
    """A person is a member once, and an email belongs to one member."""
    if system_user_id in team.by_system_user:
        raise ALREADY_MEMBER()
    if email.casefold() in team.by_email:
        raise EMAIL_ALREADY_EXISTS()


def check_invitation(team: Team, *, system_user_id: int, email: str) -> None:
    """The person can be invited: not a member, not invited yet, the email nobody else's."""
    known = team.by_system_user.get(system_user_id)
    if known is not None:
        raise EMAIL_ALREADY_INVITED() if known.invite_accepted_at is None else EMAIL_TAKEN()
    if email.casefold() in team.by_email:
        raise EMAIL_TAKEN()
    if sum(member.invite_accepted_at is None for member in team.members.values()) >= INVITATIONS_OPEN_MAX:
        raise INVITATIONS_TOO_MANY()


def check_resend(member: Member, now: datetime) -> None:
    """The invitation waits for an answer, and was not sent just now."""
    if member.invite_accepted_at is not None or (member.invited_at is not None and now - member.invited_at < RESEND_AFTER):
        raise USER_RECENTLY_INVITED()
    if not member.active:
        raise INVITED_USER_INACTIVE()


def check_role(team: Team, role_id: int) -> Role:
    """The role exists."""
    role = team.roles.get(role_id)
    if role is None:
        raise ROLE_NOT_FOUND()
    return role


def check_administrator_remains(team: Team, member: Member) -> None:
    """Somebody else can still do everything once this member cannot."""
    administrators = team.administrators()
    if member in administrators and len(administrators) == 1:
        raise CANNOT_DELETE_LAST_USER()


def check_email(team: Team, email: str, *, own_id: int) -> None:
    """An email belongs to one member."""
    holder = team.by_email.get(email.casefold())
    if holder is not None and holder.id != own_id:
        raise EMAIL_ALREADY_EXISTS()


def check_role_change(team: Team, member: Member, role: Role, *, acting_member_id: int) -> None:
    """Nobody changes their own role, and an administrator remains."""
    if role.id == member.role_id:
        return
    if member.id == acting_member_id:
        raise CANNOT_MUTATE_OWN_ROLE()
    if not role.unrestricted:
        check_administrator_remains(team, member)


def check_not_self(member: Member, *, acting_member_id: int) -> None:
    """Nobody locks themselves out."""
    if member.id == acting_member_id:
        raise SAME_AS_ACTING_USER()


def check_deletable(team: Team, member: Member, *, acting_member_id: int) -> None:
    """The member is neither the only one, nor the acting one, nor the last administrator."""
    if len(team.members) == 1:
        raise CANNOT_DELETE_LAST_USER()
    check_not_self(member, acting_member_id=acting_member_id)
    check_administrator_remains(team, member)


def wanted_permissions(given: Iterable[tuple[str, str, bool]]) -> dict[Pair, bool]:
    """The asked permissions by subject and ability, the last of repeated ones; misspelt subjects put right.

    Raises:
        PERMISSIONS_INVALID: with those that no role can hold.

    """
    wanted = {(SUBJECT_ALIASES.get(subject, subject), ability): value for subject, ability, value in given}
    invalid = [
        {"subject": subject, "ability": ability} for subject, ability in wanted if ability not in _ABILITIES.get(subject, ())
    ]
    if invalid:
        raise PERMISSIONS_INVALID(payload={"invalidPermissions": invalid})
    return wanted


def check_changeable(role: Role) -> None:
    """Only roles that people made can be changed."""
    if role.predefined:
        raise ROLE_PREDEFINED()


def check_unused(team: Team, role: Role) -> None:
    """No member has the role."""
    if any(member.role_id == role.id for member in team.members.values()):
        raise ROLE_IN_USE()
