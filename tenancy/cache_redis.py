"""The shared cache on a Redis server.

While Redis is gone nobody waits for it: after a failure it is left alone for a second. Counters are then this process's own, so a
limit holds per process; values are absent; news reach this process's own listeners, who are also told of the gap.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

import orjson
import redis
from redis.backoff import NoBackoff
from redis.client import PubSub
from redis.retry import Retry

from tenancy.cache import EmbeddedCache, Stop, call_back

logger = logging.getLogger(__name__)

CONNECTIONS_MAX = 16
LISTENERS_MAX = 8
TIMEOUT_S = 0.5
PAUSE_AFTER_FAILURE_S = 1.0
LISTEN_POLL_S = 0.5
LISTEN_PAUSE_S = 0.5
PING_INTERVAL_S = 3.0
SILENCE_MAX_S = 3 * PING_INTERVAL_S
"""A subscription that hears nothing for so long, not even the answer to a ping, is dead, whatever TCP says."""

_COUNT = """
local count = redis.call('INCRBY', KEYS[1], ARGV[2])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count
"""


class RedisCache:
    """A :class:`tenancy.cache.SharedCache`.

    Raises:
        ValueError: the URL is none of a Redis.

    """

    def __init__(self, url: str) -> None:
        pool = redis.BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS_MAX,
            timeout=TIMEOUT_S,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
        )
        self._client = redis.Redis(connection_pool=pool)
        self._count = self._client.register_script(_COUNT)
        self._own = EmbeddedCache()
        self._sender = secrets.token_hex(8)
        self._resume_at = 0.0
        self._available = True
        self._listeners: list[_Listener] = []

    def _ask(self, question: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        if time.monotonic() < self._resume_at:
            return otherwise()
        try:
            answer = question()
        except redis.RedisError as problem:
            self._resume_at = time.monotonic() + PAUSE_AFTER_FAILURE_S
            if self._available:  # once an outage, not once a request
                logger.warning("Redis is not available: %s", problem)
            self._available = False
            return otherwise()
        if not self._available:
            logger.warning("Redis is available again")
        self._available = True
        return answer

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
                lambda: self._count(keys=[key], args=[max(1, int(ttl_s * 1000)), by]),
                lambda: self._own.increment(key, ttl_s=ttl_s, by=by),
            )
        )

    def publish(self, channel: str, message: str) -> None:
        """Tell the listeners of all processes; those of this one also while Redis is gone."""
        self._own.publish(channel, message)
        self._ask(lambda: self._client.publish(channel, f"{self._sender}:{message}"), lambda: None)

    def listen(self, channel: str, callback: Callable[[str], None], on_gap: Callable[[], None]) -> Stop:
        """Call back for each message: those of other processes from a thread of its own, those of this one from `publish`."""
        self._listeners = [listener for listener in self._listeners if listener.is_alive()]
        if sum(not listener.ended.is_set() for listener in self._listeners) >= LISTENERS_MAX:
            raise RuntimeError(f"more than {LISTENERS_MAX} listeners would take the connections that the cache needs itself")
        stop_own = self._own.listen(channel, callback, on_gap)
        listener = _Listener(self._client, channel, sender=self._sender, callback=callback, on_gap=on_gap)
        self._listeners.append(listener)
        listener.start()

        def stop() -> None:
            stop_own()
            listener.ended.set()

        return stop

    def healthy(self) -> bool:
        """Whether Redis answers now."""
        try:
            return bool(self._client.ping())
        except redis.RedisError:
            return False

    def close(self) -> None:
        """End the listeners, close the connections."""
        for listener in self._listeners:
            listener.ended.set()
        for listener in self._listeners:
            listener.join(timeout=LISTEN_POLL_S + 2 * TIMEOUT_S)
        self._client.close()
        self._client.connection_pool.disconnect()


class _Listener(threading.Thread):
    """One subscription, made anew whenever it is lost."""

    def __init__(
        self, client: redis.Redis, channel: str, *, sender: str, callback: Callable[[str], None], on_gap: Callable[[], None]
    ) -> None:
        super().__init__(name=f"listen {channel}", daemon=True)
        self.ended = threading.Event()
        self._client = client
        self._channel = channel
        self._sender = sender
        self._callback = callback
        self._on_gap = on_gap

    def run(self) -> None:
        """Until `ended` is set."""
        while not self.ended.is_set():
            try:
                with self._client.pubsub() as subscription:  # type: ignore[no-untyped-call]
                    subscription.subscribe(self._channel)
                    self._hear(subscription)
            except (redis.RedisError, OSError):
                self._lost()
            except Exception:
                logger.exception("a listener failed; it subscribes again")
                self._lost()

    def _lost(self) -> None:
        if not self.ended.is_set():
            call_back(self._on_gap)
            self.ended.wait(LISTEN_PAUSE_S)

    def _hear(self, subscription: PubSub) -> None:
        heard_at = pinged_at = time.monotonic()
        while not self.ended.is_set():
            message = subscription.get_message(timeout=LISTEN_POLL_S)
            now = time.monotonic()
            if message is not None:
                heard_at = now
                self._take(message)
            elif now - heard_at > SILENCE_MAX_S:
                raise redis.ConnectionError("the subscription went silent")
            if now - pinged_at > PING_INTERVAL_S:
                pinged_at = now
                subscription.ping()

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe":  # confirmed: from here on nothing is missed, what came before may have been
            call_back(self._on_gap)
        elif message["type"] == "message":
            sender, _, text = message["data"].decode().partition(":")
            if sender != self._sender and not self.ended.is_set():  # `publish` told this process itself
                call_back(self._callback, text)
