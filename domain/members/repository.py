"""All SQL of members and roles, and the warm value made of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace

from sqlalchemy import Connection, insert, select, update

from domain.kit.context import TenantContext
from domain.kit.warm import WarmKey
from domain.members.model import Member, Role, RolePermission, Team
from domain.members.tables import members, role_permissions, roles

_FIELDS = [item.name for item in fields(Member)]


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


def insert_roles(ctx: TenantContext, new_roles: Iterable[Role]) -> None:
    """Store new roles with their permissions."""
    new = list(new_roles)
    names = ("id", "slug", "name", "description", "predefined")
    ctx.db.execute(insert(roles), [{name: getattr(role, name) for name in names} for role in new])
    columns = ("id", "role_id", "subject", "ability", "value")
    rows = [{name: getattr(item, name) for name in columns} for role in new for item in role.permissions]
    if rows:
        ctx.db.execute(insert(role_permissions), rows)
    ctx.warm.drop(TEAM)
