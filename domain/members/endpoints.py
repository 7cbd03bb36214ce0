"""The HTTP interface of members and roles (`platform.md` 8.1, 9.1). Inviting begins in `tenancy.identity`."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES
from domain.members import presenter, service, service_invitations, service_roles
from domain.members.repository import TEAM
from domain.members.rules import (
    CANNOT_DELETE_LAST_USER,
    CANNOT_MUTATE_OWN_ROLE,
    EMAIL_ALREADY_EXISTS,
    INVITED_USER_INACTIVE,
    PERMISSIONS_INVALID,
    ROLE_IN_USE,
    ROLE_NOT_FOUND,
    ROLE_PREDEFINED,
    SAME_AS_ACTING_USER,
    USER_ALREADY_ACTIVE,
    USER_ALREADY_INACTIVE,
    USER_NOT_FOUND,
    USER_RECENTLY_INVITED,
)
from domain.members.schemas import (
    MemberEditIn,
    MemberListedOut,
    MemberOut,
    MemberSavedOut,
    ReinvitedOut,
    RoleIn,
    RoleOut,
    RoleSavedOut,
    SubjectOut,
)

endpoint = EndpointGroup("Users and roles")


@endpoint.get("/users", permission=MEMBER, returns=list[MemberListedOut], warm=True)
def list_members(ctx: TenantContext) -> list[dict[str, Any]]:
    """All members of the organization"""
    team = ctx.warm.get(TEAM)
    return [presenter.list_form(member, team) for member in service.list_members(ctx)]


@endpoint.get("/users/{member_id}", permission=MEMBER, returns=MemberOut, warm=True)
def get_member(ctx: TenantContext, member_id: int) -> dict[str, Any]:
    """One member"""
    return presenter.member_form(service.get_member(ctx, member_id))


_EDIT_ERRORS = (EMAIL_ALREADY_EXISTS, ROLE_NOT_FOUND, CANNOT_MUTATE_OWN_ROLE, CANNOT_DELETE_LAST_USER)


@endpoint.put("/users/{member_id}", permission=PREFERENCES, body=MemberEditIn, returns=MemberSavedOut, errors=_EDIT_ERRORS)
@endpoint.post("/users/{member_id}", permission=PREFERENCES, body=MemberEditIn, returns=MemberSavedOut, errors=_EDIT_ERRORS)
def edit_member(ctx: TenantContext, member_id: int, body: MemberEditIn) -> dict[str, Any]:
    """Change a member's name, email and role"""
    service.edit_member(ctx, member_id, body)
    return _saved(member_id, "The user has been saved.")


@endpoint.put(
    "/users/{member_id}/activate",
    permission=PREFERENCES,
    returns=MemberSavedOut,
    errors=(SAME_AS_ACTING_USER, USER_ALREADY_ACTIVE),
)
def activate_member(ctx: TenantContext, member_id: int) -> dict[str, Any]:
    """Let an inactive member in again"""
    service.switch_member(ctx, member_id, active=True)
    return _saved(member_id, "The user has been activated.")


@endpoint.put(
    "/users/{member_id}/inactivate",
    permission=PREFERENCES,
    returns=MemberSavedOut,
    errors=(SAME_AS_ACTING_USER, USER_ALREADY_INACTIVE, CANNOT_DELETE_LAST_USER),
)
def inactivate_member(ctx: TenantContext, member_id: int) -> dict[str, Any]:
    """Keep a member out without ending the membership"""
    service.switch_member(ctx, member_id, active=False)
    return _saved(member_id, "The user has been inactivated.")


@endpoint.delete(
    "/users/{member_id}",
    permission=PREFERENCES,
    returns=MemberSavedOut,
    errors=(SAME_AS_ACTING_USER, CANNOT_DELETE_LAST_USER),
)
def delete_member(ctx: TenantContext, member_id: int) -> dict[str, Any]:
    """End a membership"""
    service.delete_member(ctx, member_id)
    return _saved(member_id, "The user has been deleted.")


@endpoint.post(
    "/invite/users/{member_id}/resend",
    permission=PREFERENCES,
    returns=ReinvitedOut,
    errors=(USER_NOT_FOUND, USER_RECENTLY_INVITED, INVITED_USER_INACTIVE),
)
def resend_invitation(ctx: TenantContext, member_id: int) -> dict[str, Any]:
    """Send an invitation again, with a new link"""
    member = service_invitations.resend_invitation(ctx, member_id)
    return {"user": presenter.member_form(member), "message": "The invitation is on its way again."}


def _saved(member_id: int, message: str) -> dict[str, Any]:
    return {"id": member_id, "message": message}


@endpoint.get("/roles", permission=PREFERENCES, returns=list[RoleOut], warm=True)
def list_roles(ctx: TenantContext) -> list[dict[str, Any]]:
    """All roles with their permissions"""
    return [presenter.role_form(role) for role in service_roles.list_roles(ctx)]


@endpoint.get("/roles/permissions/schema", permission=PREFERENCES, returns=list[SubjectOut], warm=True)
def permission_schema(ctx: TenantContext) -> list[dict[str, Any]]:  # noqa: ARG001
    """What roles can allow: subjects and abilities"""
    return presenter.schema_forms()


@endpoint.get("/roles/{role_id}", permission=PREFERENCES, returns=RoleOut, warm=True)
def get_role(ctx: TenantContext, role_id: int) -> dict[str, Any]:
    """One role with its permissions"""
    return presenter.role_form(service_roles.get_role(ctx, role_id))


@endpoint.post("/roles", permission=PREFERENCES, body=RoleIn, returns=RoleSavedOut, errors=(PERMISSIONS_INVALID,))
def create_role(ctx: TenantContext, body: RoleIn) -> dict[str, Any]:
    """Make a role"""
    return _role_saved(service_roles.create_role(ctx, body).id, "The role has been created.")


@endpoint.put(
    "/roles/{role_id}",
    permission=PREFERENCES,
    body=RoleIn,
    returns=RoleSavedOut,
    errors=(ROLE_PREDEFINED, PERMISSIONS_INVALID),
)
def edit_role(ctx: TenantContext, role_id: int, body: RoleIn) -> dict[str, Any]:
    """Change a role; the given permissions replace those that it had"""
    service_roles.edit_role(ctx, role_id, body)
    return _role_saved(role_id, "The role has been saved.")


@endpoint.delete("/roles/{role_id}", permission=PREFERENCES, returns=RoleSavedOut, errors=(ROLE_PREDEFINED, ROLE_IN_USE))
def delete_role(ctx: TenantContext, role_id: int) -> dict[str, Any]:
    """Delete a role that nobody has"""
    service_roles.delete_role(ctx, role_id)
    return _role_saved(role_id, "The role has been deleted.")


def _role_saved(role_id: int, message: str) -> dict[str, Any]:
    return {"data": {"id": role_id}, "message": message}
