"""What a successful write tells the other members of the organization, and how it reaches the gateways that they are connected to."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import orjson

from domain.kit.endpoint import Endpoint
from domain.kit.exchange import Principal, WireAnswer
from domain.kit.permissions import PUBLIC, SIGNED_IN
from domain.kit.wire import iso_instant
from tenancy.cache import SharedCache
from tenancy.cache_keys import CHANGES_CHANNEL

BODY_BYTES_MAX = 64 * 1024
"""Larger answers are not searched for the id of what was made."""
PENDING_MAX = 1_000
SEND_PAUSE_S = 0.05
GAP = "*"
_ACTIONS = {"POST": "created", "PUT": "updated", "PATCH": "updated", "DELETE": "deleted"}
_OF_ONE_PERSON = frozenset({"report-packs"})
"""Resources that nobody sees but who made them."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change in an organization. `data` goes to clients as it is."""

    tenant_id: int
    data: dict[str, Any] = field(default_factory=dict)
    only_user_id: int | None = None
    """The only person who is told; None: all members."""


def change_of(
    endpoint: Endpoint, values: Sequence[str], principal: Principal | None, answer: WireAnswer, *, path: str, now: datetime
) -> Change | None:
    """The change that an answered request made in its organization; None where it made none."""
    if principal is None or principal.tenant_id is None or not endpoint.writes or answer.status >= 300:  # noqa: PLR2004
        return None
    resource, *rest = endpoint.path.strip("/").split("/")
    last = rest[-1] if rest and not rest[-1].startswith("{") else ""
    if endpoint.permission in {PUBLIC, SIGNED_IN} or last.startswith("validate"):
        return None  # concerns a person, or only looks
    action = _ACTIONS[endpoint.method] if endpoint.method == "DELETE" or not last else last
    data: dict[str, Any] = {
        "resource": resource,
        "action": action,
        "path": path,
        "by": {"user_id": principal.user_id},
        "at": iso_instant(now),
    }
    record_id = _id_in_path(endpoint, values) or _id_in_answer(answer)
    if record_id is not None:
        data["id"] = record_id
    return Change(principal.tenant_id, data, principal.user_id if resource in _OF_ONE_PERSON else None)


def _id_in_path(endpoint: Endpoint, values: Sequence[str]) -> int | str | None:
    for kind, value in zip(endpoint.path_types.values(), values, strict=True):
        return int(value) if kind is int else value
    return None


def _id_in_answer(answer: WireAnswer) -> int | str | None:
    """`id` of what was made, or of the job that was begun."""
    if len(answer.body) > BODY_BYTES_MAX or not answer.headers.get("content-type", "").startswith("application/json"):
        return None
    body = orjson.loads(answer.body)
    while isinstance(body, dict):
        found = body.get("id", body.get("job_id"))
        if isinstance(found, int | str):
            return found
        body = body.get("data")
    return None


def read_changes(message: str) -> list[Change] | None:
    """The changes of a message; None where some were lost."""
    return None if message == GAP else [Change(**item) for item in orjson.loads(message)]


class ChangeNews:
    """Publishes changes. Never makes a request wait: with a shared cache elsewhere they are sent together, in a thread."""

    def __init__(self, cache: SharedCache, threads: ThreadPoolExecutor, *, elsewhere: bool) -> None:
        self._cache = cache
        self._threads = threads
        self._elsewhere = elsewhere
        self._pending: list[Change] = []
        self._lost = False
        self._sending: asyncio.Task[None] | None = None

    def tell(self, change: Change) -> None:
        """Publish a change soon. Where too many wait, the gateways are told that some were lost."""
        if not self._elsewhere:
            self._cache.publish(CHANGES_CHANNEL, _message([change]))
            return
        if len(self._pending) < PENDING_MAX:
            self._pending.append(change)
        else:
            self._lost = True
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        while self._pending:
            message, self._pending, self._lost = GAP if self._lost else _message(self._pending), [], False
            await loop.run_in_executor(self._threads, self._cache.publish, CHANGES_CHANNEL, message)
            await asyncio.sleep(SEND_PAUSE_S)


def _message(changes: Sequence[Change]) -> str:
    return orjson.dumps([asdict(change) for change in changes]).decode()
