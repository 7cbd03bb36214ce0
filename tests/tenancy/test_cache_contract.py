"""What every shared cache does: the same tests embedded and on Redis; then what happens when Redis goes away."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tenancy import cache_redis
from tenancy.cache import EmbeddedCache, SharedCache, open_cache
from tenancy.cache_keys import rate_key, replay_key, tenant_key
from tenancy.cache_redis import LISTENERS_MAX, PAUSE_AFTER_FAILURE_S, TIMEOUT_S, RedisCache
from tenancy.config import Config, ConfigError
from tests.services.ports import LOOPBACK, free_port
from tests.services.redis_server import RedisServer

WAIT_S = 10
THREADS = 24
"""More than the cache has connections to Redis."""


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


@dataclass
class Ear:
    """A listener that remembers."""

    heard: list[str] = field(default_factory=list)
    gaps: int = 0

    def hear(self, message: str) -> None:
        self.heard.append(message)

    def gap(self) -> None:
        self.gaps += 1


@pytest.fixture(params=["embedded", "redis"])
def cache(request: pytest.FixtureRequest) -> Iterator[SharedCache]:
    made: SharedCache = EmbeddedCache() if request.param == "embedded" else RedisCache(request.getfixturevalue("redis_url"))
    yield made
    made.close()


@pytest.fixture
def key() -> str:
    return tenant_key(7, "test", secrets.token_hex(8))


def listening(cache: SharedCache, channel: str) -> tuple[Ear, Callable[[], None]]:
    ear = Ear()
    stop = cache.listen(channel, ear.hear, ear.gap)
    if isinstance(cache, RedisCache):
        wait_until(lambda: ear.gaps > 0)  # the subscription is confirmed
    return ear, stop


# ---- values


@pytest.mark.parametrize("value", [0, "", False, None, "Grüße 🙂", [1, 2.5, {"a": None}], {"nested": {"list": []}}])
def test_a_value_comes_back_as_it_was(cache: SharedCache, key: str, value: object) -> None:
    cache.set_json(key, value, ttl_s=30)
    assert cache.get_json(key) == value


def test_an_absent_value_is_none(cache: SharedCache, key: str) -> None:
    assert cache.get_json(key) is None


def test_a_later_value_replaces_an_earlier_one(cache: SharedCache, key: str) -> None:
    cache.set_json(key, "first", ttl_s=30)
    cache.set_json(key, "second", ttl_s=30)
    assert cache.get_json(key) == "second"


def test_values_of_two_tenants_do_not_meet(cache: SharedCache) -> None:
    part = secrets.token_hex(8)
    cache.set_json(tenant_key(1, part), "one", ttl_s=30)
    cache.set_json(tenant_key(2, part), "two", ttl_s=30)
    assert (cache.get_json(tenant_key(1, part)), cache.get_json(tenant_key(2, part))) == ("one", "two")


def test_what_was_read_is_not_shared(cache: SharedCache, key: str) -> None:
    value = {"names": ["a"]}
    cache.set_json(key, value, ttl_s=30)
    value["names"].append("b")
    cache.get_json(key)["names"].append("c")
    assert cache.get_json(key) == {"names": ["a"]}


def test_a_value_ends(cache: SharedCache, key: str) -> None:
    cache.set_json(key, "short", ttl_s=0.05)
    wait_until(lambda: cache.get_json(key) is None)


def test_deleted_values_are_gone(cache: SharedCache, key: str) -> None:
    keys = [f"{key}:{number}" for number in range(3)]
    for one in keys:
        cache.set_json(one, 1, ttl_s=30)
    cache.delete(*keys[:2], f"{key}:never-there")
    cache.delete()
    assert [cache.get_json(one) for one in keys] == [None, None, 1]


# ---- counters


def test_a_counter_counts(cache: SharedCache, key: str) -> None:
    assert [cache.increment(key, ttl_s=30), cache.increment(key, ttl_s=30), cache.increment(key, ttl_s=30, by=5)] == [1, 2, 7]
    assert cache.get_json(key) == 7
    cache.delete(key)
    assert cache.increment(key, ttl_s=30) == 1


def test_a_counter_ends_so_long_after_its_first_count(cache: SharedCache, key: str) -> None:
    start, highest = time.monotonic(), 0
    while (count := cache.increment(key, ttl_s=0.3)) > highest:  # counting on does not prolong it
        highest = count
        assert time.monotonic() < start + WAIT_S
        time.sleep(0.01)
    assert count == 1
    assert time.monotonic() - start >= 0.29


def test_no_count_is_lost_among_threads(cache: SharedCache, key: str) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        counts = list(pool.map(lambda _: cache.increment(key, ttl_s=30), range(400)))
    assert sorted(counts) == list(range(1, 401))


# ---- news


def test_each_listener_hears_each_message_once_and_in_order(cache: SharedCache) -> None:
    channel = secrets.token_hex(8)
    (first, stop_first), (second, stop_second) = listening(cache, channel), listening(cache, channel)
    messages = [f"message:{number}:ü" for number in range(20)]
    for message in messages:
        cache.publish(channel, message)
    assert first.heard == messages, "listeners of the publishing process have heard before publish returns"
    time.sleep(0.1)
    assert (first.heard, second.heard) == (messages, messages)
    stop_first()
    stop_second()


def test_channels_do_not_meet(cache: SharedCache) -> None:
    one, other = secrets.token_hex(8), secrets.token_hex(8)
    ear, stop = listening(cache, one)
    cache.publish(other, "not for you")
    cache.publish(one, "for you")
    assert ear.heard == ["for you"]
    stop()


def test_who_stopped_listening_hears_nothing_more(cache: SharedCache) -> None:
    channel = secrets.token_hex(8)
    ear, stop = listening(cache, channel)
    stop()
    stop()
    cache.publish(channel, "too late")
    assert ear.heard == []


def test_a_listener_that_fails_hurts_nobody(cache: SharedCache, caplog: pytest.LogCaptureFixture) -> None:
    channel = secrets.token_hex(8)
    stop_bad = cache.listen(channel, lambda _: 1 // 0, lambda: None)
    ear, stop = listening(cache, channel)
    cache.publish(channel, "news")
    assert ear.heard == ["news"]
    assert "ZeroDivisionError" in caplog.text
    stop_bad()
    stop()


def test_a_cache_that_answers_is_healthy(cache: SharedCache) -> None:
    assert cache.healthy()


def test_a_closed_cache_has_left_no_threads(redis_url: str) -> None:
    before = threading.active_count()
    cache = RedisCache(redis_url)
    listening(cache, secrets.token_hex(8))
    cache.close()
    assert threading.active_count() == before


# ---- the embedded one


def test_the_embedded_cache_is_bounded_and_forgets_the_oldest_first() -> None:
    cache = EmbeddedCache(entries_max=3)
    for number in range(5):
        cache.set_json(tenant_key(number), number, ttl_s=30)
    assert [cache.get_json(tenant_key(number)) for number in range(5)] == [None, None, 2, 3, 4]
    assert len(cache._entries) == 3


def test_the_embedded_cache_goes_by_its_clock(key: str) -> None:
    now = [100.0]
    cache = EmbeddedCache(clock=lambda: now[0])
    cache.set_json(key, "kept", ttl_s=10)
    cache.increment(f"{key}:count", ttl_s=10)
    now[0] = 109.9
    assert (cache.get_json(key), cache.increment(f"{key}:count", ttl_s=10)) == ("kept", 2)
    now[0] = 110.0
    assert (cache.get_json(key), cache.increment(f"{key}:count", ttl_s=10)) == (None, 1)


# ---- Redis between processes


def test_values_counters_and_news_are_shared(redis_url: str, key: str) -> None:
    here, there = RedisCache(redis_url), RedisCache(redis_url)
    here.set_json(key, "shared", ttl_s=30)
    assert there.get_json(key) == "shared"
    assert (here.increment(f"{key}:count", ttl_s=30), there.increment(f"{key}:count", ttl_s=30)) == (1, 2)
    ear, stop = listening(there, key)
    here.publish(key, "news:of:you")
    wait_until(lambda: ear.heard == ["news:of:you"])
    stop()
    here.close()
    there.close()


def test_listeners_are_bounded(redis_url: str) -> None:
    cache = RedisCache(redis_url)
    stops = [cache.listen("channel", lambda _: None, lambda: None) for _ in range(LISTENERS_MAX)]
    with pytest.raises(RuntimeError, match="listeners"):
        cache.listen("channel", lambda _: None, lambda: None)
    stops[0]()
    cache.listen("channel", lambda _: None, lambda: None)
    cache.close()


# ---- Redis goes away


@pytest.fixture
def server(tmp_path: Path, redis_url: str) -> Iterator[RedisServer]:  # redis_url: says so where there is no Redis
    assert redis_url
    with RedisServer(tmp_path / "redis") as own:
        yield own


def use_everything(cache: SharedCache, key: str) -> tuple[object, int]:
    cache.set_json(key, "value", ttl_s=30)
    cache.delete(f"{key}:other")
    cache.publish(key, "news")
    return cache.get_json(key), cache.increment(f"{key}:count", ttl_s=30)


@pytest.mark.slow
def test_redis_killed_and_restarted_while_in_use(server: RedisServer, key: str, caplog: pytest.LogCaptureFixture) -> None:
    cache, elsewhere = RedisCache(server.url), RedisCache(server.url)
    ear, stop = listening(cache, key)
    assert use_everything(cache, key) == ("value", 1)

    failures: list[BaseException] = []
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            try:
                use_everything(cache, f"{key}:worker")
            except BaseException as problem:  # noqa: BLE001 - any failure is one
                failures.append(problem)
            time.sleep(0.001)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    time.sleep(0.1)
    gaps = ear.gaps
    server.kill()
    wait_until(lambda: ear.gaps > gaps)
    assert not cache.healthy()
    assert use_everything(cache, key) == (None, 1), "counters go on within the process"
    assert use_everything(cache, key) == (None, 2)
    assert ear.heard.count("news") == 3, "the process's own news arrive all the same"

    server.start()
    wait_until(cache.healthy)
    wait_until(lambda: use_everything(cache, key)[0] == "value")
    gaps = ear.gaps
    ended.set()
    for worker in workers:
        worker.join()
    assert failures == []

    def heard_from_elsewhere() -> bool:
        elsewhere.publish(key, "from elsewhere")
        time.sleep(0.05)
        return "from elsewhere" in ear.heard

    wait_until(heard_from_elsewhere)
    lost = [record for record in caplog.records if "Redis is not available" in record.getMessage()]
    assert 1 <= len(lost) <= 8, "an outage is logged, not every request in it"
    stop()
    cache.close()
    elsewhere.close()


@pytest.mark.slow
def test_a_redis_that_hangs_is_waited_for_once(server: RedisServer, key: str) -> None:
    cache = RedisCache(server.url)
    assert use_everything(cache, key) == ("value", 1)
    server.pause()
    start = time.monotonic()
    assert use_everything(cache, key) == (None, 1)
    assert time.monotonic() - start < TIMEOUT_S + 0.4, "only the first call waits"
    start = time.monotonic()
    for _ in range(100):
        cache.increment(f"{key}:count", ttl_s=30)
    assert time.monotonic() - start < 0.3
    server.resume()
    wait_until(lambda: cache.get_json(key) is not None)
    cache.close()


@pytest.mark.slow
def test_a_subscription_that_goes_silent_is_made_anew(server: RedisServer, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_redis, "PING_INTERVAL_S", 0.2)
    monkeypatch.setattr(cache_redis, "SILENCE_MAX_S", 0.6)
    cache, elsewhere = RedisCache(server.url), RedisCache(server.url)
    ear, stop = listening(cache, key)
    time.sleep(1.5)
    assert ear.gaps == 1, "a quiet channel is no silent one: pings are answered"
    server.pause()
    wait_until(lambda: ear.gaps > 1)
    server.resume()
    gaps = ear.gaps
    wait_until(lambda: ear.gaps > gaps)
    elsewhere.publish(key, "back")
    wait_until(lambda: "back" in ear.heard)
    stop()
    cache.close()
    elsewhere.close()


def test_a_redis_that_was_never_there_fails_nobody(key: str) -> None:
    cache = RedisCache(f"redis://{LOOPBACK}:{free_port()}/0")
    ear = Ear()
    stop = cache.listen(key, ear.hear, ear.gap)
    assert not cache.healthy()
    assert use_everything(cache, key) == (None, 1)
    wait_until(lambda: ear.gaps >= 2)
    assert ear.heard == ["news"]
    stop()
    cache.close()


def test_redis_comes_late(tmp_path: Path, redis_url: str, key: str) -> None:
    assert redis_url
    server = RedisServer(tmp_path / "late")
    cache = RedisCache(server.url)
    assert use_everything(cache, key) == (None, 1)
    with server:
        start = time.monotonic()
        wait_until(lambda: use_everything(cache, key)[0] == "value")
        assert time.monotonic() - start < PAUSE_AFTER_FAILURE_S + 0.5
    cache.close()


# ---- keys and configuration


def test_every_key_says_whose_it_is() -> None:
    assert tenant_key(5, "item", "9") == "countinghouse:tenant:5:item:9"
    assert tenant_key(5, "9") != tenant_key(59)
    assert rate_key("auth:account:a", "1") == "countinghouse:rate:auth:account:a:1"
    assert replay_key(3, "d") == "countinghouse:replay:3:d"


def test_the_configuration_chooses_the_cache(redis_url: str) -> None:
    assert isinstance(open_cache(Config()), EmbeddedCache)
    chosen = open_cache(Config(redis_url=redis_url))
    assert isinstance(chosen, RedisCache)
    assert chosen.healthy()
    chosen.close()
    with pytest.raises(ConfigError, match="REDIS_URL"):
        open_cache(Config(redis_url="nonsense"))
