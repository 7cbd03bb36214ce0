"""Every endpoint of a tenant with every role: what a role does not hold is refused before anything happens."""

import pytest

from domain.catalog import inner_endpoints, tenant_endpoints
from domain.kit.endpoint import Endpoint
from domain.kit.permissions import MEMBER, SUBJECTS, Permission
from domain.members.model import Role, RolePermission
from domain.members.repository import insert_roles
from tests.books import Books

ENDPOINTS = tenant_endpoints()
INNER = inner_endpoints()
STAFF_ROLE_ID = 2


def _concrete(endpoint: Endpoint) -> str:
    values = {int: "1000", str: "all"}
    return "/".join(
        values[endpoint.path_types[part[1:-1]]] if part.startswith("{") else part for part in endpoint.path.split("/")
    )


def _add_role(books: Books, role_id: int, permissions: list[Permission]) -> None:
    rows = tuple(
        RolePermission(id=role_id * 1000 + number, role_id=role_id, subject=item.subject, ability=item.ability, value=True)
        for number, item in enumerate(permissions)
    )
    role = Role(id=role_id, slug=None, name=f"Role {role_id}", description=None, predefined=False, permissions=rows)
    books.command(lambda ctx: insert_roles(ctx, [role]))


ALL_PERMISSIONS = [subject[ability] for subject in SUBJECTS for ability in (*subject.abilities, *subject.extra)]


@pytest.fixture
def team(books: Books) -> Books:
    """User 2 is staff, 3 has an empty role, 4 has none, 5 is inactive, 6 is no member."""
    _add_role(books, 50, [])
    books.add_member(user_id=2, role_id=STAFF_ROLE_ID)
    books.add_member(user_id=3, role_id=50)
    inactive = books.add_member(user_id=5, role_id=1)
    from domain.members.service import switch_member

    books.command(lambda ctx: switch_member(ctx, inactive, active=False))
    return books


def _call(books: Books, endpoint: Endpoint, user_id: int) -> tuple[int, list[str]]:
    response = books.call(endpoint.method, _concrete(endpoint), {} if endpoint.writes else None, user_id=user_id)
    return response.status, response.errors if response.status >= 400 else []


def test_a_role_without_abilities_reads_lookups_only(team: Books) -> None:
    trail = team.sql("SELECT COUNT(*) FROM audit_trail")[0][0]
    for endpoint in ENDPOINTS:
        status, errors = _call(team, endpoint, 3)
        if endpoint.permission is MEMBER:
            assert status != 403, (endpoint.method, endpoint.path)
        else:
            assert (status, errors[:1]) == (403, ["USER_PERMISSIONS_FORBIDDEN"]), (endpoint.method, endpoint.path, errors)
    assert team.sql("SELECT COUNT(*) FROM audit_trail")[0][0] == trail


def test_staff_has_the_seeded_abilities(team: Books) -> None:
    subjects = {"SaleInvoice", "SaleEstimate", "SaleReceipt", "PaymentReceive", "Bill", "PaymentMade"}
    for endpoint in ENDPOINTS:
        status, _ = _call(team, endpoint, 2)
        allowed = endpoint.permission is MEMBER or endpoint.permission.subject in subjects
        assert (status != 403) == allowed, (endpoint.method, endpoint.path, status)


def test_strangers_and_inactive_members_are_refused_everything(team: Books) -> None:
    for endpoint in (*ENDPOINTS, *INNER):
        assert _call(team, endpoint, 6)[0] == 403, (endpoint.method, endpoint.path)
        assert _call(team, endpoint, 5) == (400, ["USER_INACTIVE"]), (endpoint.method, endpoint.path)


def test_what_the_service_itself_asks_needs_the_permission_too(team: Books) -> None:
    for endpoint in INNER:
        status, _ = _call(team, endpoint, 3)
        assert (status != 403) == (endpoint.permission is MEMBER), (endpoint.method, endpoint.path, status)


def test_each_ability_opens_its_own_endpoints_and_no_others(books: Books) -> None:
    needed = sorted({item.permission for item in ENDPOINTS if item.permission is not MEMBER}, key=str)
    assert set(needed) <= set(ALL_PERMISSIONS)
    for number, permission in enumerate(needed):
        user_id, role_id = 100 + number, 60 + number
        _add_role(books, role_id, [permission])
        books.add_member(user_id=user_id, role_id=role_id)
        for endpoint in ENDPOINTS:
            if endpoint.method != "GET" and endpoint.permission == permission:
                continue  # would run; what it does is tested with its noun
            status, _ = _call(books, endpoint, user_id)
            allowed = endpoint.permission in {MEMBER, permission} or permission in endpoint.any_of
            assert (status != 403) == allowed, (str(permission), endpoint.method, endpoint.path, status)


def test_a_changed_role_counts_at_once(team: Books) -> None:
    refused = team.post("/manual-journals", {}, user_id=3)
    assert refused.status == 403
    team.sql(
        "INSERT INTO role_permissions (id, role_id, subject, ability, value) VALUES (999999, 50, 'ManualJournal', 'Create', 1)"
    )
    from domain.members.repository import TEAM

    team.command(lambda ctx: ctx.warm.drop(TEAM))
    assert team.post("/manual-journals", {}, user_id=3).status == 400
