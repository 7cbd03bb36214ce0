"""The HTTP border as clients meet it: contract, hostile requests, caching, idempotency, documents, health."""

import concurrent.futures
import json
import socket

import httpx
import pytest

from tests.live.conftest import on_mariadb
from tests.live.service import Client, LiveService, journal, new_organization
from tests.services.mariadb_server import MariaDbServer

pytestmark = pytest.mark.slow


def test_a_body_of_ten_megabytes_is_refused(client: Client) -> None:
    answer = client.post("/manual-journals", b'{"note": "' + b"x" * 10_000_000 + b'"}')
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["type"] == "BODY_TOO_LARGE"


def test_a_body_in_endless_pieces_is_refused(client: Client) -> None:
    def pieces():
        yield b'{"note": "'
        for _ in range(40):
            yield b"x" * 100_000

    answer = client.http.post(f"{client.url}/api/accounts", content=pieces(), headers=client.headers())
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 5000, b'"\\ud800"', b"1e99999999"])
def test_malformed_json(client: Client, body: bytes) -> None:
    answer = client.post("/manual-journals", body)
    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize("key", [b"", b"x" * 201, "ключ".encode()])
def test_an_idempotency_key_that_cannot_be_kept(client: Client, key: bytes) -> None:
    headers = {name.encode(): value.encode() for name, value in client.headers().items()} | {b"idempotency-key": key}
    answer = client.http.post(f"{client.url}/api/manual-journals", json=journal(1), headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["type"] == "IDEMPOTENCY_KEY_INVALID"


def test_one_key_a_hundred_times_at_once(client: Client) -> None:
    def send(_number: int) -> httpx.Response:
        return client.post("/manual-journals", journal(5), headers={"idempotency-key": "once"})

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(100)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert client.get("/manual-journals").json()["pagination"]["total"] == 1
    other = client.post("/manual-journals", journal(6), headers={"idempotency-key": "once"})
    assert other.status_code == 422


def test_two_hundred_at_once_get_consecutive_numbers(client: Client) -> None:
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda amount: client.post("/manual-journals", journal(amount)), range(1, 201)))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json()["journal_number"] for answer in answers) == [f"J-{number:05d}" for number in range(1, 201)]
    assert client.get("/verification").json()["problems"] == []


def test_a_change_shows_in_the_next_read(client: Client) -> None:
    first = client.get("/accounts")
    unchanged = client.get("/accounts", headers={"if-none-match": first.headers["etag"]})
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    for number in range(20):
        assert client.post("/manual-journals", journal(1)).status_code == 201
        changed = client.get("/accounts?structure=flat", headers={"if-none-match": first.headers["etag"]})
        assert changed.status_code == 200
        (cash,) = [item for item in changed.json()["accounts"] if item["id"] == 1003]
        assert cash["amount"] == number + 1


def test_every_answer_carries_a_request_id_once(client: Client) -> None:
    for path in ("/accounts", "/nothing", "/auth/meta"):
        answer = client.get(path)
        assert len(answer.headers.get_list("x-request-id")) == 1, path
    assert client.get("/accounts", headers={"x-request-id": "mine-1"}).headers["x-request-id"] == "mine-1"


def test_unknown_paths_and_methods(client: Client) -> None:
    missing = client.get("/no/such/path")
    assert missing.status_code == 404
    assert missing.json()["errors"][0]["type"] == "ROUTE_NOT_FOUND"
    wrong = client.put("/accounts", {})
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["allow"]
    assert client.http.request("PROPFIND", f"{client.url}/api/accounts", headers=client.headers()).status_code == 405
    assert client.http.head(f"{client.url}/api/accounts", headers=client.headers()).status_code == 200
    assert client.get("//accounts//types/").status_code == 200


def test_a_request_that_is_no_http_does_not_hurt(service: LiveService, client: Client) -> None:
    with socket.create_connection(("127.0.0.1", service.port)) as raw:
        raw.sendall(b"GET /api/accounts HTTP/1.1\r\nHost: x\r\nauthorization: Bearer \xff\xff\r\norganization-id: \xff\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 40")
    assert client.get("/accounts").status_code == 200


def test_a_signed_out_token_and_a_revoked_key_are_refused_at_once(client: Client) -> None:
    made = client.post("/api-keys/generate", {"name": "robot"}).json()
    robot = {"authorization": f"Bearer {made['key']}"}
    url = f"{client.url}/api/accounts"
    assert client.http.get(url, headers=robot).status_code == 200
    assert client.put(f"/api-keys/{made['id']}/revoke").status_code == 200
    assert client.http.get(url, headers=robot).status_code == 401
    assert client.get("/accounts").status_code == 200
    assert client.post("/auth/signout").status_code == 200
    assert client.get("/accounts").status_code == 401


def test_health_metrics_and_documents(service: LiveService, client: Client) -> None:
    client.get("/accounts/1003")
    health = client.http.get(f"{service.url}/healthz").json()
    assert health["status"] == "ok"
    assert health["missing"] == []
    page = client.http.get(f"{service.url}/metrics").text
    assert 'endpoint="/accounts/{account_id}"' in page
    assert client.organization_id not in page
    assert client.email not in page
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "/api/manual-journals" in document["paths"]
    docs = client.get("/docs")
    assert docs.headers["content-type"].startswith("text/html")
    assert "<script" not in docs.text


def test_the_contract(service: LiveService, client: Client) -> None:
    """schemathesis makes requests from the OpenAPI document; no answer is a 500, and each is as described."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.checks import (
        content_type_conformance,
        not_a_server_error,
        response_schema_conformance,
        status_code_conformance,
    )

    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    checks = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
    skipped = {"/api/auth/signout", "/api/organizations", "/api/organization/build", "/api/events"}  # the last one never ends
    problems: list[str] = []
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path in skipped or operation.path.startswith("/api/auth/"):
            continue

        @given(case=operation.as_strategy())
        @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
        def run(case) -> None:
            case.headers = {**(case.headers or {}), **client.headers()}
            answer = case.call(base_url=service.url)
            assert answer.status_code < 500, f"{case.method} {case.path}: {answer.status_code} {answer.text[:300]}"
            case.validate_response(answer, checks=checks)

        try:
            run()
        except (Exception, BaseExceptionGroup) as problem:  # noqa: BLE001 - collected, so that one run shows them all
            problems.append(f"{operation.method.upper()} {operation.path}: {str(problem)[:600]}")
    assert not problems, json.dumps(problems, indent=1)[:6000]
    assert client.get("/verification").json()["problems"] == []


@pytest.mark.mariadb
def test_the_same_on_two_gateways_with_mariadb_and_redis(mariadb_service: LiveService) -> None:
    client = new_organization(mariadb_service, base_currency="EUR")
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda amount: client.post("/manual-journals", journal(amount)), range(1, 101)))
    assert sorted(answer.json()["journal_number"] for answer in answers) == [f"J-{number:05d}" for number in range(1, 101)]
    for _ in range(20):
        assert client.post("/manual-journals", journal(1)).status_code == 201
    assert client.get("/verification").json()["problems"] == []
    made = client.post("/api-keys/generate", {}).json()
    robot = {"authorization": f"Bearer {made['key']}"}
    for _ in range(10):
        assert client.http.get(f"{client.url}/api/accounts", headers=robot).status_code == 200
    assert client.put(f"/api-keys/{made['id']}/revoke").status_code == 200
    for _ in range(10):
        assert client.http.get(f"{client.url}/api/accounts", headers=robot).status_code == 401


def test_a_database_that_comes_late(tmp_path) -> None:
    import threading

    late = MariaDbServer(tmp_path / "mariadb")
    service = LiveService(tmp_path / "service", **on_mariadb(late))
    timer = threading.Timer(3, late.start)
    timer.start()
    try:
        with service:
            assert service.client().get("/system_db").json() == {"status": "ok"}
    finally:
        timer.join()
        late.stop()
