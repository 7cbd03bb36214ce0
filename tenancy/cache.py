"""What gateways share for a short while: counters of attempts and requests, and news of identities. Redis, or embedded in the process.

Nothing here is the truth of anything: whatever is lost is counted or asked again. A lost Redis therefore never fails a caller.
"""

import contextlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

import orjson
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tenancy.config import Config

logger = logging.getLogger(__name__)

ENTRIES_MAX = 100_000
TIMEOUT_S = 0.5
PAUSE_AFTER_FAILURE_S = 1.0
LISTEN_POLL_S = 0.5

Stop = Callable[[], None]


class SharedCache(Protocol):
    """Values and counters with an end, and channels of news."""

    def get_json(self, key: str) -> Any | None:
        """The value; None where there is none, or none to be had."""

    def set_json(self, key: str, value: Any, *, ttl_s: float) -> None:
        """Keep a value for so long."""

    def delete(self, *keys: str) -> None:
        """Forget values."""

    def increment(self, key: str, *, ttl_s: float, by: int = 1) -> int:
        """Count; the counter ends so long after its first count."""

    def publish(self, channel: str, message: str) -> None:
        """Tell all listeners, also those in other processes."""

    def listen(self, channel: str, callback: Callable[[str], None], on_gap: Callable[[], None]) -> Stop:
        """Call back for each message, in another thread. `on_gap`: messages may have been missed. Returns how to stop."""

    def healthy(self) -> bool:
        """Whether the shared part answers."""

    def close(self) -> None:
        """Give connections and threads back."""


class EmbeddedCache:
    """Within this process: bounded, least recently used out first."""

    def __init__(self, *, entries_max: int = ENTRIES_MAX, clock: Callable[[], float] = time.monotonic) -> None:
        self._entries: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._entries_max = entries_max
        self._clock = clock
        self._lock = threading.Lock()
        self._listeners: dict[str, list[Callable[[str], None]]] = {}

    def _alive(self, key: str) -> tuple[float, Any] | None:
        entry = self._entries.get(key)
        if entry is not None and entry[0] <= self._clock():
            del self._entries[key]
            return None
        return entry

    def _put(self, key: str, end: float, value: Any) -> None:
        self._entries[key] = (end, value)
        self._entries.move_to_end(key)
        while len(self._entries) > self._entries_max:
            self._entries.popitem(last=False)

    def get_json(self, key: str) -> Any | None:
        """The value, read from its JSON: nobody shares a mutable object."""
        with self._lock:
            entry = self._alive(key)
        return None if entry is None else orjson.loads(entry[1])

    def set_json(self, key: str, value: Any, *, ttl_s: float) -> None:
        """Keep a value for so long."""
        text = orjson.dumps(value)
        with self._lock:
            self._put(key, self._clock() + ttl_s, text)

    def delete(self, *keys: str) -> None:
        """Forget values."""
        with self._lock:
            for key in keys:
                self._entries.pop(key, None)

    def increment(self, key: str, *, ttl_s: float, by: int = 1) -> int:
        """Count."""
        with self._lock:
            entry = self._alive(key)
            end, count = (self._clock() + ttl_s, 0) if entry is None else (entry[0], int(entry[1]))
            count += by
            self._put(key, end, str(count).encode())
        return count

    def publish(self, channel: str, message: str) -> None:
        """Tell the listeners of this process, at once."""
        with self._lock:
            listeners = list(self._listeners.get(channel, ()))
        for callback in listeners:
            callback(message)

    def listen(self, channel: str, callback: Callable[[str], None], on_gap: Callable[[], None]) -> Stop:  # noqa: ARG002 - none is missed here
        """Call back for each message."""
        with self._lock:
            self._listeners.setdefault(channel, []).append(callback)

        def stop() -> None:
            with self._lock, contextlib.suppress(ValueError):
                self._listeners[channel].remove(callback)

        return stop

    def healthy(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Nothing to give back."""


_COUNT = """
local count = redis.call('INCRBY', KEYS[1], ARGV[2])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count
"""


class RedisCache:
    """On a Redis server. While it is gone, counters are this process's own, values are absent, and it is not asked for a second."""

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(
            url,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
            max_connections=16,
            health_check_interval=15,
        )
        self._count = self._client.register_script(_COUNT)
        self._own = EmbeddedCache()
        self._resume_at = 0.0
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def _ask(self, question: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        if time.monotonic() < self._resume_at:
            return otherwise()
        try:
            return question()
        except redis.RedisError as problem:
            self._resume_at = time.monotonic() + PAUSE_AFTER_FAILURE_S
            logger.warning("Redis is not available: %s", problem)
            return otherwise()

    def get_json(self, key: str) -> Any | None:
        """The value; None while Redis is gone."""
        text = self._ask(lambda: self._client.get(key), lambda: None)
        return None if text is None else orjson.loads(text)

    def set_json(self, key: str, value: Any, *, ttl_s: float) -> None:
        """Keep a value for so long."""
        text = orjson.dumps(value)
        self._ask(lambda: self._client.set(key, text, px=max(1, int(ttl_s * 1000))), lambda: None)

    def delete(self, *keys: str) -> None:
        """Forget values."""
        if keys:
            self._ask(lambda: self._client.delete(*keys), lambda: None)

    def increment(self, key: str, *, ttl_s: float, by: int = 1) -> int:
        """Count, over all processes; in this one alone while Redis is gone."""
        return int(
            self._ask(
                lambda: self._count(keys=[key], args=[int(ttl_s * 1000), by]),
                lambda: self._own.increment(key, ttl_s=ttl_s, by=by),
            )
        )

    def publish(self, channel: str, message: str) -> None:
        """Tell the listeners of all processes; those of this one also while Redis is gone."""
        self._own.publish(channel, message)
        self._ask(lambda: self._client.publish(channel, message), lambda: None)

    def listen(self, channel: str, callback: Callable[[str], None], on_gap: Callable[[], None]) -> Stop:
        """Call back for each message, from a thread of its own and from `publish` of this process."""
        stop_own = self._own.listen(channel, callback, on_gap)
        ended = threading.Event()
        thread = threading.Thread(
            target=self._listen_for_ever, args=(channel, callback, on_gap, ended), name=f"listen {channel}", daemon=True
        )
        self._threads.append(thread)
        thread.start()

        def stop() -> None:
            ended.set()
            stop_own()

        return stop

    def _listen_for_ever(
        self, channel: str, callback: Callable[[str], None], on_gap: Callable[[], None], ended: threading.Event
    ) -> None:
        while not (ended.is_set() or self._stopped.is_set()):
            try:
                with self._client.pubsub(ignore_subscribe_messages=True) as subscription:  # type: ignore[no-untyped-call]
                    subscription.subscribe(channel)
                    on_gap()
                    while not (ended.is_set() or self._stopped.is_set()):
                        message = subscription.get_message(timeout=LISTEN_POLL_S)
                        if message is not None and message["type"] == "message":
                            callback(message["data"].decode())
            except (redis.RedisError, OSError, ValueError):
                on_gap()
                ended.wait(PAUSE_AFTER_FAILURE_S / 2)

    def healthy(self) -> bool:
        """Whether Redis answers now."""
        try:
            return bool(self._client.ping())
        except redis.RedisError:
            return False

    def close(self) -> None:
        """End the listeners, close the connections."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(timeout=LISTEN_POLL_S * 4)
        self._client.close()


def open_cache(config: Config) -> SharedCache:
    """The configured cache."""
    return RedisCache(config.redis_url) if config.redis_url else EmbeddedCache()
