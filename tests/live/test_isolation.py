"""Nobody reaches another's books: every declared endpoint with a stranger's organization, and every endpoint with every role.

The lists come from the declarations: a new endpoint is tested without anybody thinking of it.
"""

import pytest

from domain.catalog import tenant_endpoints
from domain.kit.endpoint import Endpoint, Scope
from domain.kit.permissions import MEMBER, PUBLIC, SIGNED_IN
from tenancy.system_catalog import system_endpoints
from tests.live.service import Client, LiveService, journal, new_organization

pytestmark = pytest.mark.slow

ENDPOINTS = [*system_endpoints(), *tenant_endpoints()]
PRIVATE = [item for item in ENDPOINTS if item.permission is not PUBLIC]


def concrete(endpoint: Endpoint) -> str:
    """The path with some values for its parameters."""
    parts = []
    for part in endpoint.path.split("/"):
        if part.startswith("{"):
            parts.append("1000" if endpoint.path_types[part[1:-1]] is int else "all")
        else:
            parts.append(part)
    return "/".join(parts)


@pytest.fixture(scope="module")
def two(service: LiveService) -> tuple[Client, Client]:
    """Two organizations of two people."""
    ours, theirs = new_organization(service, name="Ours"), new_organization(service, name="Theirs")
    assert theirs.post("/manual-journals", journal(99)).status_code == 201
    return ours, theirs


def _names(item: Endpoint) -> str:
    return f"{item.method} {item.path}"


def test_every_endpoint_with_a_strangers_organization(two: tuple[Client, Client], service: LiveService) -> None:
    ours, theirs = two
    before = theirs.get("/verification").json()
    trail = theirs.get("/audit-trail").json()["pagination"]["total"]
    for endpoint in PRIVATE:
        if endpoint.permission is SIGNED_IN and endpoint.scope is Scope.SYSTEM:
            continue  # concerns the person, not an organization
        answer = ours.call(
            endpoint.method,
            concrete(endpoint),
            {} if endpoint.writes else None,
            headers={"organization-id": theirs.organization_id},
        )
        assert answer.status_code == 403, (_names(endpoint), answer.status_code, answer.text[:300])
        assert answer.json()["errors"], _names(endpoint)
    after = theirs.get("/verification").json()
    assert after["problems"] == []
    assert {key: after[key] for key in after if key != "checked_at"} == {
        key: before[key] for key in before if key != "checked_at"
    }
    assert theirs.get("/audit-trail").json()["pagination"]["total"] == trail
    assert service.log_path.read_text().count("Traceback") == 0


def test_every_endpoint_without_a_token(two: tuple[Client, Client], service: LiveService) -> None:
    _, theirs = two
    for endpoint in PRIVATE:
        for headers in ({"organization-id": theirs.organization_id}, {"authorization": "Bearer nonsense"}, {}):
            answer = service.client().call(endpoint.method, concrete(endpoint), {} if endpoint.writes else None, headers=headers)
            assert answer.status_code == 401, (_names(endpoint), headers, answer.status_code, answer.text[:300])


def test_an_unknown_organization_answers_as_a_strangers(two: tuple[Client, Client]) -> None:
    ours, theirs = two
    stranger = ours.get("/accounts", headers={"organization-id": theirs.organization_id})
    nobody = ours.get("/accounts", headers={"organization-id": "01jzzzzzzzzzzzzzzzzzzzzzzz"})
    assert stranger.status_code == nobody.status_code == 403
    assert stranger.json() == nobody.json()


def test_a_person_of_two_organizations_chooses(service: LiveService) -> None:
    from tests.live.service import build

    client = new_organization(service, name="First")
    first = client.organization_id
    answer = client.post("/organizations")
    assert answer.status_code == 201, answer.text
    client.organization_id = second = answer.json()["organization_id"]
    assert second != first
    build(client, name="Second", base_currency="EUR")
    client.post("/manual-journals", journal(5))
    listed = client.get("/organizations").json()
    organizations = listed["organizations"] if isinstance(listed, dict) else listed
    assert {item["organization_id"] for item in organizations} == {first, second}
    client.organization_id = first
    assert client.get("/manual-journals").json()["manual_journals"] == []
    client.organization_id = second
    assert len(client.get("/manual-journals").json()["manual_journals"]) == 1


def test_permissions_are_declared() -> None:
    known = {PUBLIC, SIGNED_IN, MEMBER}
    for endpoint in ENDPOINTS:
        assert endpoint.permission in known or endpoint.permission.subject != "*", _names(endpoint)
        if endpoint.writes and endpoint.scope is Scope.TENANT:
            assert endpoint.permission not in known, f"{_names(endpoint)} writes, and any member may"
