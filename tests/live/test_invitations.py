"""Inviting people, and what they change about themselves, through the whole service: gateway, scheduler, tenants' actors, mail files."""

from typing import Any

import pytest

from tests.live.mails import eventually, invitation_token
from tests.live.service import PASSWORD, Client, LiveService, build, new_organization

pytestmark = pytest.mark.slow

STAFF_ROLE_ID = 2
GRACE = {"first_name": "Grace", "last_name": "Hopper", "password": PASSWORD}


def member(client: Client, email: str) -> dict[str, Any]:
    """A member as the list shows them."""
    found: dict[str, Any] = next(item for item in client.get("/users").json() if item["email"] == email)
    return found


def join(service: LiveService, owner: Client, email: str, role_id: int = STAFF_ROLE_ID) -> Client:
    """Somebody who was invited, accepted, and signed in."""
    assert owner.patch("/invite", {"email": email, "role_id": role_id}).status_code == 200
    stranger = service.client()
    assert stranger.post(f"/invite/accept/{invitation_token(service, email)}", GRACE).status_code == 201
    return stranger.sign_in(email)


def test_an_invited_person_works_in_the_books(service: LiveService) -> None:
    owner = new_organization(service, name="Difference Engines")
    answer = owner.patch("/invite", {"email": "grace@live.example", "role_id": STAFF_ROLE_ID})
    assert answer.status_code == 200, answer.text
    assert answer.json()["invited_user"]["status"] == "invited"
    assert "x-countinghouse-effects" not in answer.headers
    token = invitation_token(service, "grace@live.example")

    stranger = service.client()
    shown = stranger.get(f"/invite/invited/{token}").json()
    assert (shown["email"], shown["organizationName"]) == ("grace@live.example", "Difference Engines")
    assert stranger.post(f"/invite/accept/{token}", GRACE).status_code == 201
    grace = stranger.sign_in("grace@live.example")
    assert grace.organization_id == owner.organization_id
    assert grace.get("/accounts").status_code == 200
    assert grace.patch("/invite", {"email": "eve@live.example", "role_id": 1}).status_code == 403
    seen = eventually(lambda: (found := member(owner, "grace@live.example"))["status"] == "active" and found)
    assert seen["full_name"] == "Grace Hopper"


def test_a_repeated_request_invites_once(service: LiveService) -> None:
    owner = new_organization(service)
    headers = {"idempotency-key": "invite-once"}
    body = {"email": "once@live.example", "role_id": STAFF_ROLE_ID}
    answers = [owner.patch("/invite", body, headers=headers) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["invited_user"]["id"] for answer in answers}) == 1
    again = owner.patch("/invite", body)
    assert (again.status_code, [error["type"] for error in again.json()["errors"]]) == (
        400,
        ["EMAIL.ALREADY.INVITED", "EMAIL_EXISTS"],
    )


def test_refusals_come_through(service: LiveService) -> None:
    owner = new_organization(service)
    unknown = owner.patch("/invite", {"email": "nobody@live.example", "role_id": 999})
    assert (unknown.status_code, unknown.json()["errors"][0]["type"]) == (400, "ROLE_NOT_FOUND")
    assert owner.post("/inner/invitations", {}).status_code == 404
    assert owner.put("/inner/own-name", {}).status_code == 404
    assert service.client().get("/invite/check/nothing").status_code == 400


def test_a_new_name_reaches_all_organizations(service: LiveService) -> None:
    owner = new_organization(service, name="First")
    grace = join(service, owner, "augusta@live.example", role_id=1)
    second = grace.post("/organizations").json()["organization_id"]
    grace.organization_id = second
    build(grace, name="Second")
    assert grace.put("/auth/account", {"first_name": "Augusta", "last_name": "King"}).status_code == 200
    eventually(lambda: member(grace, "augusta@live.example")["full_name"] == "Augusta King")
    eventually(lambda: member(owner, "augusta@live.example")["full_name"] == "Augusta King")


def test_a_new_password_and_signing_out_everywhere(service: LiveService) -> None:
    owner = new_organization(service)
    elsewhere = service.client().sign_in(owner.email)
    answer = owner.put("/auth/account/password", {"current_password": PASSWORD, "password": "another password"})
    assert answer.status_code == 200, answer.text
    old, owner.token = owner.token, answer.json()["access_token"]
    assert elsewhere.get("/auth/account").status_code == 401
    assert owner.get("/accounts").status_code == 200
    assert owner.get("/auth/account", headers={"authorization": f"Bearer {old}"}).status_code == 401
    elsewhere.sign_in(owner.email, "another password")
    assert owner.post("/auth/signout/everywhere").status_code == 200
    assert [person.get("/auth/account").status_code for person in (owner, elsewhere)] == [401, 401]
