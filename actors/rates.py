"""How many requests a caller may make: counted here at once, shared with the other gateways a moment later.

Windows are fixed and aligned to the clock. With several gateways a caller may exceed the limit by what arrives between two exchanges
(half a second); the counts themselves are exact.
"""

import threading
import time

from domain.kit.errors import TOO_MANY_REQUESTS
from tenancy.cache import SharedCache
from tenancy.cache_keys import rate_key
from tenancy.config import Config

EXCHANGE_INTERVAL_S = 0.5
CALLERS_MAX = 50_000
BUILD_POLLS_MAX = 300
"""Requests a window for the state of a build, which clients ask for every two seconds (platform.md 23)."""


class RateLimiter:
    """Fixed-window counters. `check` takes a microsecond; the shared cache is asked by a thread of its own."""

    def __init__(self, cache: SharedCache, config: Config) -> None:
        self._cache = cache
        self._limits = {"default": config.throttle_global_limit, "build": BUILD_POLLS_MAX}
        self._window_s = max(1, config.throttle_global_ttl_ms // 1000)
        self._window = 0
        self._own: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self._others: dict[str, int] = {}
        self._shared = config.redis_url is not None
        if self._shared:
            threading.Thread(target=self._exchange_for_ever, name="rates", daemon=True).start()

    def check(self, limiter: str, who: str, *, allowance: int = 1) -> dict[str, str]:
        """Count a request; the headers that say how many are left. `allowance` multiplies the limit of somebody who stands for many.

        Raises:
            TOO_MANY_REQUESTS: none was left.

        """
        now = time.time()
        window = int(now) // self._window_s
        if window != self._window or len(self._own) > CALLERS_MAX:
            self._window, self._own, self._told, self._others = window, {}, {}, {}
        key = f"{limiter}:{who}"
        count = self._own[key] = self._own.get(key, 0) + 1
        limit = self._limits[limiter] * allowance
        left = limit - count - self._others.get(key, 0)
        reset_s = (window + 1) * self._window_s - int(now)
        headers = {
            "x-ratelimit-limit": str(limit),
            "x-ratelimit-remaining": str(max(0, left)),
            "x-ratelimit-reset": str(reset_s),
        }
        if left < 0:
            raise TOO_MANY_REQUESTS(headers={**headers, "Retry-After": str(reset_s)})
        return headers

    def _exchange_for_ever(self) -> None:
        while True:
            time.sleep(EXCHANGE_INTERVAL_S)
            self.exchange()

    def exchange(self) -> None:
        """Add what was counted here to the shared counters, and learn what the others counted."""
        window, own = self._window, dict(self._own)
        for key, count in own.items():
            news = count - self._told.get(key, 0)
            if news <= 0:
                continue
            total = self._cache.increment(rate_key(key, str(window)), ttl_s=self._window_s * 2, by=news)
            if self._window == window:
                self._told[key] = count
                self._others[key] = max(0, total - count)
