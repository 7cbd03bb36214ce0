"""The HTTP interface of members and roles, as far as they are read (`platform.md` 8.1, 9.1)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES
from domain.members import presenter, service
from domain.members.repository import TEAM
from domain.members.schemas import MemberListedOut, MemberOut, RoleOut, SubjectOut

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


@endpoint.get("/roles", permission=PREFERENCES, returns=list[RoleOut], warm=True)
def list_roles(ctx: TenantContext) -> list[dict[str, Any]]:
    """All roles with their permissions"""
    return [presenter.role_form(role) for role in service.list_roles(ctx)]


@endpoint.get("/roles/permissions/schema", permission=PREFERENCES, returns=list[SubjectOut], warm=True)
def permission_schema(ctx: TenantContext) -> list[dict[str, Any]]:  # noqa: ARG001
    """What roles can allow: subjects and abilities"""
    return presenter.schema_forms()


@endpoint.get("/roles/{role_id}", permission=PREFERENCES, returns=RoleOut, warm=True)
def get_role(ctx: TenantContext, role_id: int) -> dict[str, Any]:
    """One role with its permissions"""
    return presenter.role_form(service.get_role(ctx, role_id))
