"""Answers to repeated writes of signed-in people, by Idempotency-Key (DECISIONS 26). Best effort: kept in the shared cache for a day.

What makes a repetition harmless is the use case itself (a build is started once, an email signs up once); the key adds that creating
an organization twice by mistake makes one.
"""

import base64
from typing import Any

from domain.kit.endpoint import Endpoint
from domain.kit.errors import IDEMPOTENCY_KEY_REUSED
from domain.kit.exchange import WireAnswer, WireRequest
from tenancy.cache import SharedCache
from tenancy.cache_keys import replay_key
from tenancy.identity.tokens import digest

KEPT_S = 86_400
HEADER = "idempotency-key"


def _names(endpoint: Endpoint, request: WireRequest) -> tuple[str, str] | None:
    """Cache key and fingerprint of the request; None where it has no key or its answer may not be kept."""
    key = request.headers.get(HEADER)
    if not key or not endpoint.writes or not endpoint.idempotent or request.principal is None:
        return None
    person = request.principal
    fingerprint = digest(f"{request.method} {request.path} {person.tenant_id} {digest(request.body.decode('latin-1'))}")
    return replay_key(person.user_id, digest(key)), fingerprint


def find_replay(cache: SharedCache, endpoint: Endpoint, request: WireRequest) -> WireAnswer | None:
    """The answer that the same request got before.

    Raises:
        IDEMPOTENCY_KEY_REUSED: the key came with another request.

    """
    names = _names(endpoint, request)
    kept: Any = cache.get_json(names[0]) if names else None
    if names is None or not isinstance(kept, dict):
        return None
    if kept["request"] != names[1]:
        raise IDEMPOTENCY_KEY_REUSED()
    return WireAnswer(kept["status"], base64.b64decode(kept["body"]), kept["headers"])


def keep_replay(cache: SharedCache, endpoint: Endpoint, request: WireRequest, answer: WireAnswer) -> None:
    """Keep a success."""
    names = _names(endpoint, request)
    if names is not None:
        body = base64.b64encode(answer.body).decode()
        value = {"request": names[1], "status": answer.status, "body": body, "headers": dict(answer.headers)}
        cache.set_json(names[0], value, ttl_s=KEPT_S)
