"""How often somebody may try: fixed windows aligned to the clock, counted in the shared cache (LESSONS A15: never in a session).

The `default` limiter of signed-in callers is the gateway's own (`actors.rates`); this one is exact over all gateways, and dearer.
"""

import ipaddress
import time

from domain.kit.endpoint import Endpoint
from domain.kit.errors import TOO_MANY_REQUESTS
from domain.kit.exchange import WireRequest
from domain.kit.wire import parse_json
from tenancy.cache import SharedCache
from tenancy.cache_keys import rate_key
from tenancy.config import Config
from tenancy.identity.tokens import digest
from tenancy.identity.users import fold_email

AUTH = "auth"
PROXY_ALLOWANCE = 20
"""A loopback address is a proxy on this machine and stands for all of its clients: it may try so many times as often."""
EMAIL_READ_MAX = 1000


def check_rate(cache: SharedCache, config: Config, limiter: str, who: str, *, allowance: int = 1) -> dict[str, str]:
    """Count one request of a caller; the headers that say how many are left.

    Raises:
        TOO_MANY_REQUESTS: none was left; with Retry-After in seconds.

    """
    auth = limiter == AUTH
    limit = (config.throttle_auth_limit if auth else config.throttle_global_limit) * allowance
    window_ms = config.throttle_auth_ttl_ms if auth else config.throttle_global_ttl_ms
    window_s = max(1, window_ms // 1000)
    now = int(time.time())
    window = now // window_s
    count = cache.increment(rate_key(f"{limiter}:{who}", str(window)), ttl_s=window_s * 2)
    reset_s = str((window + 1) * window_s - now)
    headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(max(0, limit - count)), "X-RateLimit-Reset": reset_s}
    if auth:
        headers |= {f"{name}-auth": value for name, value in headers.items()}
    if count > limit:
        raise TOO_MANY_REQUESTS(headers={**headers, "Retry-After": reset_s, **({"Retry-After-auth": reset_s} if auth else {})})
    return headers


def check_auth_rate(cache: SharedCache, config: Config, endpoint: Endpoint, request: WireRequest) -> dict[str, str]:
    """Count an attempt at one endpoint, by account and by address; the headers of the scarcer.

    Raises:
        TOO_MANY_REQUESTS: the account or the address has tried too often.

    """
    found: list[dict[str, str]] = []
    if request.address:
        allowance = PROXY_ALLOWANCE if is_loopback(request.address) else 1
        who = f"{endpoint.name}:address:{request.address}"
        found.append(check_rate(cache, config, AUTH, who, allowance=allowance))
    account = _account(request)
    if account:
        found.append(check_rate(cache, config, AUTH, f"{endpoint.name}:account:{account}"))
    return min(found, key=lambda headers: int(headers["X-RateLimit-Remaining"]), default={})


def is_loopback(address: str) -> bool:
    """Whether the address is one of this machine's own: a proxy's."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _account(request: WireRequest) -> str:
    """Whose account is tried: the signed-in person's, else the one whose email the body names."""
    if request.principal is not None:
        return f"user:{request.principal.user_id}"
    body = parse_json(request.body)
    email = body.get("email") if isinstance(body, dict) else None
    return digest(fold_email(email[:EMAIL_READ_MAX])) if isinstance(email, str) and email.strip() else ""
