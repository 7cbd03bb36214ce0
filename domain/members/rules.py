"""What may happen to members. Pure: from the team and the wish to a refusal."""

from domain.kit.errors import ErrorCode
from domain.members.model import Member, Role, Team

ROLE_NOT_FOUND = ErrorCode("ROLE_NOT_FOUND", "There is no such role.")
EMAIL_ALREADY_EXISTS = ErrorCode("EMAIL_ALREADY_EXISTS", "Another member has this email.")
ALREADY_MEMBER = ErrorCode("ALREADY_MEMBER", "This person is a member of the organization already.")
USER_ALREADY_ACTIVE = ErrorCode("USER_ALREADY_ACTIVE", "The member is active already.")
USER_ALREADY_INACTIVE = ErrorCode("USER_ALREADY_INACTIVE", "The member is inactive already.")
CANNOT_DELETE_LAST_USER = ErrorCode("CANNOT_DELETE_LAST_USER", "An organization keeps at least one active administrator.")


def check_new_member(team: Team, *, system_user_id: int, email: str) -> None:
    """A person is a member once, and an email belongs to one member."""
    if system_user_id in team.by_system_user:
        raise ALREADY_MEMBER()
    if email.casefold() in team.by_email:
        raise EMAIL_ALREADY_EXISTS()


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
