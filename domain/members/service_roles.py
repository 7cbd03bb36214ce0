"""Use cases of roles. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import asdict, replace

from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id, next_ids
from domain.members import repository, rules
from domain.members.model import Role, RolePermission
from domain.members.repository import TEAM
from domain.members.rules import Pair
from domain.members.schemas import RoleIn
from domain.members.tables import FIRST_PERMISSION_ID, FIRST_ROLE_ID, role_permissions, roles

SUBJECT = "Role"


def list_roles(ctx: TenantContext) -> list[Role]:
    """All roles."""
    return list(ctx.warm.get(TEAM).roles.values())


def get_role(ctx: TenantContext, role_id: int) -> Role:
    """The role.

    Raises:
        NOT_FOUND: no such role.

    """
    role = ctx.warm.get(TEAM).roles.get(role_id)
    if role is None:
        raise NOT_FOUND()
    return role


def create_role(ctx: TenantContext, body: RoleIn) -> Role:
    """Make a role.

    Raises:
        PERMISSIONS_INVALID: a subject or ability is unknown.

    """
    wanted = rules.wanted_permissions((item.subject, item.ability, item.value) for item in body.permissions)
    role_id = next_id(ctx.warm, roles, first=FIRST_ROLE_ID)
    role = Role(
        id=role_id,
        slug=None,
        name=body.role_name,
        description=body.role_description,
        predefined=False,
        permissions=_permissions(ctx, role_id, wanted, {}),
    )
    repository.insert_roles(ctx, [role])
    ctx.audit("created", SUBJECT, role_id, after=asdict(role))
    return role


def edit_role(ctx: TenantContext, role_id: int, body: RoleIn) -> Role:
    """Change a role; the given permissions replace those that it had.

    Raises:
        NOT_FOUND, ROLE_PREDEFINED; PERMISSIONS_INVALID: a subject or ability is unknown.

    """
    role = get_role(ctx, role_id)
    rules.check_changeable(role)
    wanted = rules.wanted_permissions((item.subject, item.ability, item.value) for item in body.permissions)
    ids = {(item.subject, item.ability): item.id for item in role.permissions}
    description = body.role_description if body.given("role_description") else role.description
    changed = replace(role, name=body.role_name, description=description, permissions=_permissions(ctx, role_id, wanted, ids))
    repository.update_role(ctx, changed)
    ctx.audit("edited", SUBJECT, role_id, before=asdict(role), after=asdict(changed))
    return changed


def delete_role(ctx: TenantContext, role_id: int) -> None:
    """Remove a role that nobody has.

    Raises:
        NOT_FOUND, ROLE_PREDEFINED, ROLE_IN_USE.

    """
    role = get_role(ctx, role_id)
    rules.check_changeable(role)
    rules.check_unused(ctx.warm.get(TEAM), role)
    repository.delete_role(ctx, role_id)
    ctx.audit("deleted", SUBJECT, role_id, before=asdict(role))


def _permissions(
    ctx: TenantContext, role_id: int, wanted: dict[Pair, bool], known_ids: dict[Pair, int]
) -> tuple[RolePermission, ...]:
    """The permissions as they are stored, by id; those that the role had keep their ids."""
    new = [pair for pair in wanted if pair not in known_ids]
    ids = known_ids | dict(
        zip(new, next_ids(ctx.warm, role_permissions, len(new), first=FIRST_PERMISSION_ID) if new else (), strict=True)
    )
    permissions = [
        RolePermission(id=ids[subject, ability], role_id=role_id, subject=subject, ability=ability, value=value)
        for (subject, ability), value in wanted.items()
    ]
    return tuple(sorted(permissions, key=lambda item: item.id))
