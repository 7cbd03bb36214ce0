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

from tenancy.config import Config, ConfigError

logger = logging.getLogger(__name__)

ENTRIES_MAX = 100_000

Stop = Callable[[], None]


class SharedCache(Protocol):
    """Values and counters with an end, and channels of news. No method raises because the shared part is lost. Thread-safe."""

    def get_json(self, key: str) -> Any | None:
        """The value; None where there is none, or none to be had."""

    def set_json(self, key: str, value: Any, *, ttl_s: float) -> None:
        """Keep a value for so long."""

    def delete(self, *keys: str) -> None:
        """Forget values."""

    def increment(self, key: str, *, ttl_s: float, by: int = 1) -> int:
        """Count, and say how far; the counter ends so long after its first count."""

    def publish(self, channel: str, message: str) -> None:
        """Tell all listeners: those of this process before it returns, those of other processes soon."""

    def listen(self, channel: str, callback: Callable[[str], None], on_gap: Callable[[], None]) -> Stop:
        """Call back once for each message, from other threads. Returns how to stop.

        `on_gap`: messages may have been missed, so forget what they would have corrected. Where the shared part is lost it is called
        again and again until it is back. What a callback raises is logged.
        """

    def healthy(self) -> bool:
        """Whether the shared part answers; waits half a second for it at most."""

    def close(self) -> None:
        """Give connections and threads back."""


def call_back(callback: Callable[..., None], *arguments: str) -> None:
    """Call a listener; its failure is its own and hurts neither the one who publishes nor the other listeners."""
    try:
        callback(*arguments)
    except Exception:
        logger.exception("a listener of the shared cache failed")


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
        """Count, and say how far."""
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
            call_back(callback, message)

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


def open_cache(config: Config) -> SharedCache:
    """The configured cache. Redis need not answer yet.

    Raises:
        ConfigError: REDIS_URL is no URL of a Redis.

    """
    if not config.redis_url:
        return EmbeddedCache()
    from tenancy.cache_redis import RedisCache

    try:
        return RedisCache(config.redis_url)
    except ValueError as problem:
        raise ConfigError(f"REDIS_URL: {problem}") from None
