"""All SQL of members and roles, and the warm value made of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace

from sqlalchemy import Connection, delete, insert, select, update

from domain.kit.context import TenantContext
from domain.kit.warm import WarmKey
from domain.members.model import Member, Role, RolePermission, Team
from domain.members.tables import members, role_permissions, roles

_FIELDS = [item.name for item in fields(Member)]
_ROLE_COLUMNS = ("id", "slug", "name", "description", "predefined")
_PERMISSION_COLUMNS = ("id", "role_id", "subject", "ability", "value")


def _load(connection: Connection) -> Team:
    permissions: dict[int, list[RolePermission]] = defaultdict(list)
    for row in connection.execute(select(role_permissions).order_by(role_permissions.c.id)).mappings():
        permissions[row["role_id"]].append(RolePermission(**row))
    role_rows = connection.execute(select(roles).order_by(roles.c.id)).mappings()
    found_roles = {row["id"]: Role(**row, permissions=tuple(permissions[row["id"]])) for row in role_rows}
    member_rows = connection.execute(select(*(members.c[name] for name in _FIELDS)).order_by(members.c.id)).mappings()
    return Team({row["id"]: Member(**row) for row in member_rows}, found_roles)


TEAM: WarmKey[Team] = WarmKey("members.team", _load)


def insert_member(ctx: TenantContext, member: Member) -> None:
    """Store a new member."""
    ctx.db.execute(insert(members).values(**{name: getattr(member, name) for name in _FIELDS}))
    _put(ctx, member)


def update_member(ctx: TenantContext, member: Member) -> None:
    """Store a changed member."""
    values = {name: getattr(member, name) for name in _FIELDS if name != "id"}
    ctx.db.execute(update(members).where(members.c.id == member.id).values(**values))
    _put(ctx, member)


def _put(ctx: TenantContext, member: Member) -> None:
    team = ctx.warm.get(TEAM)
    ctx.warm.put(TEAM, replace(team, members={**team.members, member.id: member}))


def delete_member(ctx: TenantContext, member_id: int) -> None:
    """Remove a member. The audit trail and the ledger know the person by the system user's id and name, and keep both."""
    team = ctx.warm.get(TEAM)
    ctx.db.execute(delete(members).where(members.c.id == member_id))
    ctx.warm.put(TEAM, replace(team, members={key: item for key, item in team.members.items() if key != member_id}))


def insert_roles(ctx: TenantContext, new_roles: Iterable[Role]) -> None:
    """Store new roles with their permissions."""
    new = list(new_roles)
    team = ctx.warm.get(TEAM)
    ctx.db.execute(insert(roles), [{name: getattr(role, name) for name in _ROLE_COLUMNS} for role in new])
    for role in new:
        _insert_permissions(ctx, role)
    ctx.warm.put(TEAM, replace(team, roles={**team.roles, **{role.id: role for role in new}}))


def update_role(ctx: TenantContext, role: Role) -> None:
    """Store a changed role; its permissions replace the stored ones."""
    team = ctx.warm.get(TEAM)
    ctx.db.execute(update(roles).where(roles.c.id == role.id).values(name=role.name, description=role.description))
    ctx.db.execute(delete(role_permissions).where(role_permissions.c.role_id == role.id))
    _insert_permissions(ctx, role)
    ctx.warm.put(TEAM, replace(team, roles={**team.roles, role.id: role}))


def delete_role(ctx: TenantContext, role_id: int) -> None:
    """Remove a role with its permissions."""
    team = ctx.warm.get(TEAM)
    ctx.db.execute(delete(role_permissions).where(role_permissions.c.role_id == role_id))
    ctx.db.execute(delete(roles).where(roles.c.id == role_id))
    ctx.warm.put(TEAM, replace(team, roles={key: role for key, role in team.roles.items() if key != role_id}))


def _insert_permissions(ctx: TenantContext, role: Role) -> None:
    rows = [{name: getattr(item, name) for name in _PERMISSION_COLUMNS} for item in role.permissions]
    if rows:
        ctx.db.execute(insert(role_permissions), rows)
