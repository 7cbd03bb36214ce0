"""Who listens to an organization's events in this gateway, and what they have yet to be sent. Everything here runs on the event loop.

Bounded throughout: streams a person and a gateway, events that a slow reader may be behind, events that are remembered for those who
come back. What a bound cuts off becomes a `reset`: the client then asks for everything anew.
"""

import asyncio
import contextlib
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from ulid import ULID

from domain.kit.exchange import Principal
from tenancy.events import EVENT_STREAMS_FULL, EVENT_STREAMS_TOO_MANY, STREAMS_MAX, STREAMS_PER_PERSON_MAX

BEHIND_MAX = 256
"""Events that a reader may be behind."""
REMEMBERED_MAX = 2_000
RETRY_AFTER_S = 30


def frame(event: str, data: Mapping[str, Any], event_id: str = "") -> bytes:
    """An event as it travels. Without an id it cannot be told anew."""
    name = f"id: {event_id}\n" if event_id else ""
    return f"{name}event: {event}\ndata: ".encode() + orjson.dumps(data) + b"\n\n"


class Subscription:
    """One open stream."""

    def __init__(self, principal: Principal, tenant_id: int) -> None:
        self.user_id = principal.user_id
        self.tenant_id = tenant_id
        self._frames: deque[bytes] = deque()
        self._woken = asyncio.Event()
        self._ended = False

    def offer(self, data: bytes) -> bool:
        """Queue an event; False, and nothing queued, where the reader is too far behind."""
        if len(self._frames) >= BEHIND_MAX or self._ended:
            return self._ended
        self._frames.append(data)
        self._woken.set()
        return True

    def reset(self, data: bytes) -> None:
        """Drop what waits: the reader is to ask for everything."""
        if not self._ended:
            self._frames.clear()
            self.offer(data)

    def end(self, reason: str) -> None:
        """Send the reason after what waits, then nothing more."""
        if not self._ended:
            self._ended = True
            self._frames.append(frame("end", {"reason": reason}))
            self._woken.set()

    async def next(self, timeout_s: float) -> bytes | None:
        """What waits, together; empty after so many seconds without any; None once it has ended."""
        if not self._frames and not self._ended:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), timeout_s)
        self._woken.clear()
        if not self._frames:
            return None if self._ended else b""
        data = b"".join(self._frames)
        self._frames.clear()
        return data


class EventHub:
    """The subscriptions of this gateway, by organization: an event reaches those of its own organization and no other."""

    def __init__(self) -> None:
        self._by_tenant: dict[int, list[Subscription]] = defaultdict(list)
        self._streams_of: Counter[int] = Counter()
        self._remembered: OrderedDict[str, tuple[int, int | None, bytes]] = OrderedDict()

    @property
    def streams(self) -> int:
        """How many are open."""
        return self._streams_of.total()

    def is_heard(self, tenant_id: int) -> bool:
        """Whether anybody listens to the organization here."""
        return tenant_id in self._by_tenant

    def join(self, principal: Principal, tenant_id: int, last_event_id: str = "") -> Subscription:
        """A new stream. It begins with what happened since the last event that the client saw, or with `reset` where that is not known.

        Raises:
            EVENT_STREAMS_TOO_MANY, EVENT_STREAMS_FULL.

        """
        headers = {"Retry-After": str(RETRY_AFTER_S)}
        if self._streams_of[principal.user_id] >= STREAMS_PER_PERSON_MAX:
            raise EVENT_STREAMS_TOO_MANY(headers=headers)
        if self.streams >= STREAMS_MAX:
            raise EVENT_STREAMS_FULL(headers=headers)
        subscription = Subscription(principal, tenant_id)
        missed = self._since(last_event_id, subscription) if last_event_id else []
        if missed is None or len(missed) >= BEHIND_MAX:
            missed = [self._reset_frame(tenant_id)]
        # With an id, `ready` would count as seen what comes after it.
        subscription.offer(frame("ready", {}, "" if missed else self._remember(tenant_id)))
        for told in missed:
            subscription.offer(told)
        self._by_tenant[tenant_id].append(subscription)
        self._streams_of[principal.user_id] += 1
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """The stream is over."""
        others = self._by_tenant[subscription.tenant_id]
        others.remove(subscription)
        if not others:
            del self._by_tenant[subscription.tenant_id]
        self._streams_of -= Counter([subscription.user_id])

    def tell(
        self, tenant_id: int, event: str, data: Mapping[str, Any], *, only_user_id: int | None = None, once: bool = False
    ) -> None:
        """An event for the members of an organization, or for one of them. `once`: it is not remembered."""
        if once and tenant_id not in self._by_tenant:
            return
        event_id = "" if once else str(ULID())
        told = frame(event, data, event_id)
        if not once:
            self._remember(tenant_id, only_user_id, told, event_id)
        for subscription in self._by_tenant.get(tenant_id, ()):
            if only_user_id in {None, subscription.user_id} and not subscription.offer(told):
                subscription.reset(self._reset_frame(tenant_id))

    def reset(self) -> None:
        """Events may have been missed: everybody is to ask for everything."""
        self._remembered.clear()
        for subscription in self._all():
            subscription.reset(self._reset_frame(subscription.tenant_id))

    def end(self, reason: str) -> None:
        """End all streams."""
        for subscription in self._all():
            subscription.end(reason)

    def _all(self) -> Iterable[Subscription]:
        return [subscription for members in self._by_tenant.values() for subscription in members]

    def _reset_frame(self, tenant_id: int) -> bytes:
        return frame("reset", {}, self._remember(tenant_id))

    def _remember(self, tenant_id: int, only_user_id: int | None = None, told: bytes = b"", event_id: str = "") -> str:
        """Keep an event for those who come back. Ids are random: they do not say how much happens in other organizations."""
        event_id = event_id or str(ULID())
        self._remembered[event_id] = tenant_id, only_user_id, told
        if len(self._remembered) > REMEMBERED_MAX:
            self._remembered.popitem(last=False)
        return event_id

    def _since(self, event_id: str, reader: Subscription) -> list[bytes] | None:
        """What this reader missed since an event; None where that is not known any more, or was never one of this organization."""
        if self._remembered.get(event_id, (0,))[0] != reader.tenant_id:
            return None
        ids = list(self._remembered)
        later = (self._remembered[item] for item in ids[ids.index(event_id) + 1 :])
        return [
            told
            for tenant_id, only_user_id, told in later
            if told and tenant_id == reader.tenant_id and only_user_id in {None, reader.user_id}
        ]
