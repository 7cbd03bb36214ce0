import pytest

from tenancy.cache import EmbeddedCache
from tenancy.config import ConfigError
from tenancy.identity import rates
from tenancy.identity.rates import check_rate


@pytest.fixture
def strict(make_system, monkeypatch):
    monkeypatch.setattr(rates.time, "time", lambda: 1_700_000_010.0)
    return make_system(throttle_auth_limit=3)


def try_in(system, email="ada@example.com", address="203.0.113.5"):
    return system.post("/auth/signin", {"email": email, "password": "wrong password"}, address=address)


def test_by_account_from_anywhere(strict):
    answers = [
        try_in(strict, email, f"203.0.113.{number}") for number, email in enumerate(["ada@x.org", "ADA@x.org ", "ada@x.org"])
    ]
    assert [answer.status for answer in answers] == [401, 401, 401]
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["2", "1", "0"]
    limited = try_in(strict, "ada@x.org", "203.0.113.99")
    assert (limited.status, limited.errors) == (429, ["TOO_MANY_REQUESTS"])
    assert limited.json["message"] == "ThrottlerException: Too Many Requests"
    assert int(limited.headers["retry-after"]) == 30
    assert limited.headers["x-ratelimit-limit"] == limited.headers["x-ratelimit-limit-auth"] == "3"
    assert try_in(strict, "bob@x.org", "203.0.113.98").status == 401


def test_by_address_for_any_account(strict):
    for number in range(3):
        assert try_in(strict, f"user{number}@x.org").status == 401
    assert try_in(strict, "user9@x.org").status == 429
    assert try_in(strict, "user9@x.org", "203.0.113.6").status == 401


def test_each_endpoint_counts_by_itself(strict):
    for _ in range(3):
        try_in(strict)
    body = {"email": "ada@example.com"}
    assert strict.post("/auth/send_reset_password", body, address="203.0.113.5").status == 201


def test_the_proxy_on_this_machine_is_not_one_client(strict):
    statuses = [try_in(strict, f"user{number}@x.org", "127.0.0.1").status for number in range(70)]
    assert statuses == [401] * 60 + [429] * 10


def test_the_window_ends(strict, monkeypatch):
    for _ in range(4):
        limited = try_in(strict)
    assert limited.status == 429
    monkeypatch.setattr(rates.time, "time", lambda: 1_700_000_041.0)
    assert try_in(strict).status == 401


def test_builds_and_new_organizations_are_limited(strict):
    ada = strict.person()
    assert [strict.post("/organizations", {}, ada).status for _ in range(4)] == [201, 201, 201, 429]


def test_a_refused_body_counts_and_carries_the_headers(strict):
    answer = strict.post("/auth/signup", {"email": "ada@x.org"}, address="203.0.113.5")
    assert (answer.status, answer.headers["x-ratelimit-remaining"]) == (400, "2")


def test_the_default_limiter(make_system):
    config = make_system(throttle_global_limit=2).config
    cache = EmbeddedCache()
    assert check_rate(cache, config, "default", "user:1")["X-RateLimit-Remaining"] == "1"
    check_rate(cache, config, "default", "user:1")
    with pytest.raises(Exception, match="Too Many Requests"):
        check_rate(cache, config, "default", "user:1")
    check_rate(cache, config, "default", "user:2")


def test_no_secret_no_service(make_system):
    with pytest.raises(ConfigError, match="APP_JWT_SECRET"):
        make_system(jwt_secret="")
