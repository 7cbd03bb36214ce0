"""What a browser gets from a whole service beside the API: the web application's files, and events as they happen."""

import datetime as dt
import time
from pathlib import Path

import httpx
import pytest

from tenancy.registry import add_membership
from tenancy.system_database import system_transaction
from tenancy.tenant_database import open_engine
from tests.live.events import EventReader
from tests.live.service import PASSWORD, Client, LiveService, build, journal, new_organization

pytestmark = pytest.mark.slow

PAGE = {"accept": "text/html"}


def colleague(owner: Client, service: LiveService) -> Client:
    """A second member of the owner's organization, with a sign-in and an organization of their own."""
    client = new_organization(service, name="Elsewhere")
    engine = open_engine(f"sqlite:///{service.data_dir}/system.db")
    with system_transaction(engine) as connection:
        add_membership(
            connection, user_id=client.user_id, tenant_id=owner.tenant_id, role_slug="staff", now=dt.datetime.now(dt.UTC)
        )
    engine.dispose()
    client.organization_id = owner.organization_id
    return client


def test_files_of_the_web_application(service: LiveService) -> None:
    with httpx.Client(base_url=service.url) as http:
        page = http.get("/", headers=PAGE)
        assert page.status_code == 200
        assert "Countinghouse" in page.text
        assert page.headers["cache-control"] == "no-cache"
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert http.get("/", headers={"if-none-match": page.headers["etag"]}).status_code == 304
        assert http.get("/manual-journals/12", headers=PAGE).text == page.text
        head = http.head("/manual-journals", headers=PAGE)
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(page.content)))
        script = http.get("/assets/index-B4x_9Qaz.js", headers={"accept-encoding": "gzip"})
        assert script.headers["content-encoding"] == "gzip"
        assert "immutable" in script.headers["cache-control"]
        assert script.text.startswith("console.log")
        assert http.get("/assets/other-B4x_9Qaz.js", headers=PAGE).status_code == 404
        missing = http.get("/api/nothing", headers=PAGE)
        assert missing.status_code == 404
        assert missing.json()["errors"][0]["type"] == "ROUTE_NOT_FOUND"
        assert http.post("/").status_code == 405
        assert http.get("/../../etc/passwd").status_code == 404


def test_a_colleague_sees_a_change_and_a_stranger_does_not(service: LiveService) -> None:
    owner, stranger = new_organization(service, name="Ours"), new_organization(service, name="Theirs")
    second = colleague(owner, service)
    with EventReader(second) as seen, EventReader(stranger) as elsewhere:
        assert seen.headers["content-type"] == "text/event-stream"
        made = owner.post("/manual-journals", journal(5)).json()
        change = seen.expect("change")
        assert change | {"at": ""} == {
            "resource": "manual-journals", "action": "created", "id": made["id"], "path": "/manual-journals",
            "by": {"user_id": owner.user_id}, "at": "",
        }  # fmt: skip
        assert owner.post("/manual-journals", journal(-5)).status_code == 400
        assert owner.delete(f"/manual-journals/{made['id']}").status_code == 200
        change = seen.expect("change")
        assert (change["action"], change["id"]) == ("deleted", made["id"])
        stranger.post("/manual-journals", journal(7))
        assert elsewhere.expect("change")["by"] == {"user_id": stranger.user_id}
        assert elsewhere.waiting() == []
        assert seen.waiting() == []


def test_who_comes_back_is_told_what_happened_meanwhile(service: LiveService) -> None:
    owner = new_organization(service)
    with EventReader(owner) as first:
        pass
    made = [owner.post("/manual-journals", journal(amount)).json()["id"] for amount in (1, 2)]
    with EventReader(owner, last_event_id=first.last_event_id) as again:
        assert [again.expect("change")["id"] for _ in made] == made
    with EventReader(owner, last_event_id="01JZZZZZZZZZZZZZZZZZZZZZZZ") as unknown:
        unknown.expect("reset")


def test_a_build_is_followed_to_its_end(service: LiveService) -> None:
    client = service.client()
    email = f"builder-{time.monotonic_ns()}@example.com"
    person = {"first_name": "Ada", "last_name": "Lovelace", "email": email, "password": PASSWORD}
    assert client.post("/auth/signup", person).status_code == 201
    client.sign_in(email)
    with EventReader(client) as seen:
        build(client)
        change = seen.expect("change")
        assert (change["resource"], change["action"]) == ("organization", "build")
        while (job := seen.expect("job"))["state"] != "completed":
            assert job["state"] in {"waiting", "active"}
        assert (job["id"], job["kind"], job["progress"]) == (change["id"], "organization.build", 100)


def test_nobody_streams_from_anothers_organization(service: LiveService) -> None:
    owner, stranger = new_organization(service), new_organization(service)
    assert stranger.get("/events", headers={"organization-id": owner.organization_id}).status_code == 403
    assert service.client().get("/events").status_code == 401
    head = owner.http.head(f"{owner.url}/api/events", headers=owner.headers())
    assert (head.status_code, head.headers["content-type"]) == (200, "text/event-stream")


def test_a_person_has_so_many_streams(service: LiveService) -> None:
    owner = new_organization(service)
    readers = [EventReader(owner).__enter__() for _ in range(8)]
    refused = owner.get("/events")
    assert refused.status_code == 429
    assert refused.json()["errors"][0]["type"] == "EVENT_STREAMS_TOO_MANY"
    for reader in readers:
        reader.__exit__()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and "countinghouse_gateway_event_streams 0" not in _metrics(service):
        time.sleep(0.2)
    with EventReader(owner):
        assert "countinghouse_gateway_event_streams 1" in _metrics(service)


def _metrics(service: LiveService) -> str:
    return httpx.get(f"{service.url}/metrics").text


def test_signing_out_ends_the_stream_with_the_next_heartbeat(service: LiveService) -> None:
    owner = new_organization(service)
    with EventReader(owner) as seen:
        time.sleep(16)
        assert seen.beats >= 1
        assert owner.post("/auth/signout").status_code < 300
        assert seen.expect("end") == {"reason": "UNAUTHORIZED"}
        seen.expect("closed")


def test_a_service_with_open_streams_stops_soon(tmp_path: Path) -> None:
    with LiveService(tmp_path) as own:
        owner = new_organization(own)
        with EventReader(owner) as seen:
            own.stop()
            assert seen.expect("end") == {"reason": "closing"}
            seen.expect("closed")
