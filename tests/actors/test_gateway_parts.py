"""The HTTP border, request counts and metrics of a gateway, without a gateway."""

import asyncio

import pytest

from actors.asgi import ClientGoneError, cookie, headers_of, read_body, request_id_of, send_answer
from actors.metrics import GatewayMetrics, prometheus_page
from actors.parcels import pack_answers, pack_requests, unpack_answers, unpack_requests
from actors.rates import BUILD_POLLS_MAX, RateLimiter
from domain.kit.errors import DomainError
from domain.kit.exchange import Principal, WireAnswer, WireRequest
from tenancy.cache import EmbeddedCache
from tenancy.config import Config


def receiver(*messages):
    waiting = list(messages)

    async def receive():
        return waiting.pop(0)

    return receive


def body(data: bytes, *, more: bool = False):
    return {"type": "http.request", "body": data, "more_body": more}


def test_a_body_in_pieces() -> None:
    receive = receiver(body(b"ab", more=True), body(b"c"))
    assert asyncio.run(read_body(receive, {}, bytes_max=3)) == b"abc"


@pytest.mark.parametrize("headers", [{"content-length": "4"}, {}])
def test_a_body_that_is_too_large_is_not_read_to_its_end(headers) -> None:
    receive = receiver(body(b"ab", more=True), body(b"cd", more=True))
    with pytest.raises(DomainError) as refusal:
        asyncio.run(read_body(receive, headers, bytes_max=3))
    assert refusal.value.status == 413


def test_a_client_that_goes_away() -> None:
    with pytest.raises(ClientGoneError):
        asyncio.run(read_body(receiver(body(b"a", more=True), {"type": "http.disconnect"}), {}, bytes_max=3))


def test_headers_and_cookies() -> None:
    headers = headers_of({"headers": [(b"Cookie", b"a=1; token=abc"), (b"Accept", b"x"), (b"accept", b"y")]})
    assert headers["accept"] == "x, y"
    assert cookie(headers, "token") == "abc"
    assert cookie(headers, "nothing") is None
    assert cookie({"cookie": "\x00=;;;"}, "token") is None


def test_a_clients_request_id_is_cleaned() -> None:
    assert request_id_of({"headers": [(b"x-request-id", b'ab"c\r\n<script>' + b"x" * 100)]}) == (
        ("abcscript" + "x" * 100)[:64],
        True,
    )
    made, given = request_id_of({"headers": []})
    assert len(made) == 26
    assert not given


def test_an_answer_becomes_messages() -> None:
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(send_answer(send, WireAnswer(200, b"abc", {"content-type": "text/plain"}), head=True, more={"x-request-id": "r"}))
    start, end = sent
    names = [name for name, _ in start["headers"]]
    assert (b"content-length", b"3") in start["headers"]
    assert end["body"] == b""
    assert len(names) == len(set(names))
    assert b"content-security-policy" in names


def test_parcels_carry_everything() -> None:
    who = Principal(1, "a@b.co", "A", tenant_id=2, organization_id="o", api_key_id=3)
    request = WireRequest("id", "POST", "/accounts", "a=1", b"{}", {"accept": "x"}, who, "127.0.0.1")
    (again,) = unpack_requests(pack_requests([request], attempt=2))
    assert again.attempt == 2
    assert (again.id, again.method, again.path, again.query, again.body, again.headers) == (
        request.id, request.method, request.path, request.query, request.body, request.headers,
    )  # fmt: skip
    assert again.principal == who
    answer = WireAnswer(201, b"x", {"etag": "e"})
    assert unpack_answers(pack_answers([answer, answer])) == [answer, answer]


def test_equal_answers_of_a_batch_travel_once() -> None:
    answer = WireAnswer(200, b"x" * 10_000, {})
    assert len(pack_answers([answer] * 50)) < 15_000


def limiter(limit: int) -> RateLimiter:
    return RateLimiter(EmbeddedCache(), Config(throttle_global_limit=limit, throttle_global_ttl_ms=60_000_000))


def test_a_caller_has_so_many_requests_and_another_has_too() -> None:
    limits = limiter(3)
    left = [limits.check("default", "user:1")["x-ratelimit-remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    with pytest.raises(DomainError) as refusal:
        limits.check("default", "user:1")
    assert refusal.value.status == 429
    assert int(refusal.value.headers["Retry-After"]) > 0
    assert limits.check("default", "user:2")["x-ratelimit-remaining"] == "2"
    assert limits.check("build", "user:1")["x-ratelimit-limit"] == str(BUILD_POLLS_MAX)
    assert limits.check("default", "address:127.0.0.1", allowance=20)["x-ratelimit-remaining"] == "59"


def test_gateways_count_together() -> None:
    cache = EmbeddedCache()
    config = Config(throttle_global_limit=10, throttle_global_ttl_ms=60_000_000)
    first, second = RateLimiter(cache, config), RateLimiter(cache, config)
    for _ in range(6):
        first.check("default", "user:1")
    first.exchange()
    second.check("default", "user:1")
    second.exchange()
    assert second.check("default", "user:1")["x-ratelimit-remaining"] == "2"


def test_the_metrics_of_all_gateways_are_summed() -> None:
    first, second = GatewayMetrics(), GatewayMetrics()
    for metrics in (first, second):
        metrics.observe("GET", "/accounts/{account_id}", 200, 0.003)
        metrics.observe("GET", "/accounts/{account_id}", 404, 0.2)
    page = prometheus_page({"active_tenants": 4, "activations": 9}, [first.figures(), second.figures()]).decode()
    assert 'countinghouse_requests_total{method="GET",endpoint="/accounts/{account_id}",status="200"} 2' in page
    assert 'countinghouse_request_seconds_bucket{method="GET",endpoint="/accounts/{account_id}",le="0.005"} 2' in page
    assert 'countinghouse_request_seconds_bucket{method="GET",endpoint="/accounts/{account_id}",le="+Inf"} 4' in page
    assert "countinghouse_active_tenants 4\n" in page
    assert "countinghouse_activations_total 9\n" in page
    from prometheus_client.parser import text_string_to_metric_families

    families = {family.name for family in text_string_to_metric_families(page)}
    assert {"countinghouse_requests", "countinghouse_request_seconds", "countinghouse_active_tenants"} <= families
