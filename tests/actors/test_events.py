"""Events of organizations within one gateway: who is told, what bounds cut off, jobs, and how streams end."""

import asyncio
import contextlib
import datetime as dt
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from actors import event_streams
from actors.asgi import Stream, send_stream
from actors.changes import GAP, Change, ChangeNews
from actors.event_streams import EventStreams
from actors.events import BEHIND_MAX, REMEMBERED_MAX, EventHub, Subscription
from actors.job_watch import PAUSE_WITHOUT_JOBS_S, JobWatch
from domain.kit.errors import UNAUTHORIZED, DomainError
from domain.kit.exchange import Principal, WireAnswer
from tenancy.cache import EmbeddedCache
from tenancy.cache_redis import RedisCache
from tenancy.events import STREAMS_PER_PERSON_MAX
from tenancy.jobs import Job
from tenancy.packs.model import PACK

NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)


def person(user_id: int = 1, tenant_id: int = 10) -> Principal:
    return Principal(user_id, f"{user_id}@example.com", "A", tenant_id=tenant_id)


def read(data: bytes | None) -> list[tuple[str, dict, str]]:
    """Events as (name, data, id)."""
    found = []
    for block in (data or b"").decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"]), fields.get("id", "")))
    return found


def names(data: bytes | None) -> list[str]:
    return [name for name, _, _ in read(data)]


def waiting(subscription: Subscription) -> bytes | None:
    return asyncio.run(subscription.next(0))


# ---- the hub


def test_members_are_told_and_others_are_not() -> None:
    hub = EventHub()
    ours, theirs = hub.join(person(1, 10), 10), hub.join(person(2, 20), 20)
    hub.tell(10, "change", {"id": 5})
    assert [(name, data) for name, data, _ in read(waiting(ours))] == [("ready", {}), ("change", {"id": 5})]
    assert names(waiting(theirs)) == ["ready"]


def test_what_is_one_persons_reaches_no_colleague_even_afterwards() -> None:
    hub = EventHub()
    mine, colleague = hub.join(person(1), 10), hub.join(person(2), 10)
    (_, _, seen) = read(waiting(colleague))[0]
    hub.tell(10, "change", {}, only_user_id=1)
    assert names(waiting(mine)) == ["ready", "change"]
    assert waiting(colleague) == b""
    assert names(waiting(hub.join(person(2), 10, seen))) == ["ready"]
    assert names(waiting(hub.join(person(1), 10, seen))) == ["ready", "change"]


def test_a_slow_reader_is_reset_and_goes_on() -> None:
    hub = EventHub()
    slow = hub.join(person(), 10)
    for number in range(BEHIND_MAX + 3):
        hub.tell(10, "change", {"id": number})
    events = read(waiting(slow))
    assert events[0][0] == "reset"
    assert len(events) < 10
    hub.tell(10, "change", {"id": "next"})
    assert [data for _, data, _ in read(waiting(slow))] == [{"id": "next"}]


def test_who_comes_back_is_told_what_they_missed() -> None:
    hub = EventHub()
    first = hub.join(person(), 10)
    (_, _, seen) = read(waiting(first))[0]
    hub.leave(first)
    hub.tell(20, "change", {"id": "others"})
    hub.tell(10, "change", {"id": 1})
    hub.tell(10, "change", {"id": 2})
    events = read(waiting(hub.join(person(), 10, seen)))
    assert [(name, data.get("id")) for name, data, _ in events] == [("ready", None), ("change", 1), ("change", 2)]
    assert events[0][2] == "", "seen before what follows it arrived, its id would skip that"
    assert [data["id"] for name, data, _ in read(waiting(hub.join(person(), 10, events[1][2]))) if name == "change"] == [2]


def test_an_event_that_is_not_known_resets() -> None:
    hub = EventHub()
    (_, _, of_others) = read(waiting(hub.join(person(2, 20), 20)))[0]
    for last_event_id in ("nonsense", of_others):
        assert names(waiting(hub.join(person(), 10, last_event_id))) == ["ready", "reset"]
    (_, _, old) = read(waiting(hub.join(person(), 10)))[0]
    for _ in range(REMEMBERED_MAX):
        hub.tell(20, "change", {})
    assert names(waiting(hub.join(person(), 10, old))) == ["ready", "reset"]


def test_too_much_to_tell_anew_resets() -> None:
    hub = EventHub()
    (_, _, seen) = read(waiting(hub.join(person(), 10)))[0]
    for _ in range(BEHIND_MAX):
        hub.tell(10, "change", {})
    assert names(waiting(hub.join(person(), 10, seen))) == ["ready", "reset"]


def test_streams_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = EventHub()
    streams = [hub.join(person(), 10) for _ in range(STREAMS_PER_PERSON_MAX)]
    with pytest.raises(DomainError) as refusal:
        hub.join(person(), 10)
    assert (refusal.value.status, refusal.value.code.type) == (429, "EVENT_STREAMS_TOO_MANY")
    hub.leave(streams.pop())
    hub.join(person(), 10)
    monkeypatch.setattr("actors.events.STREAMS_MAX", hub.streams)
    with pytest.raises(DomainError) as refusal:
        hub.join(person(2), 10)
    assert refusal.value.code.type == "EVENT_STREAMS_FULL"


def test_the_last_one_out_leaves_nothing() -> None:
    hub = EventHub()
    hub.leave(hub.join(person(), 10))
    assert hub.streams == 0
    assert not hub.is_heard(10)


def test_the_end_comes_after_what_waits() -> None:
    hub = EventHub()
    stream = hub.join(person(), 10)
    hub.end("closing")
    hub.tell(10, "change", {})
    assert names(waiting(stream)) == ["ready", "end"]
    assert waiting(stream) is None


# ---- jobs


class Jobs:
    """The part of a job store that is watched."""

    def __init__(self, *jobs: Job) -> None:
        self.jobs = {job.id: job for job in jobs}

    def get(self, job_id: str) -> Job | None:
        return self.jobs.get(job_id)

    def find(self, *, kind: str, state: str, limit: int) -> list[Job]:
        return [job for job in self.jobs.values() if (job.kind, job.state) == (kind, state)]


def job(job_id: str, *, tenant_id: int = 10, kind: str = "organization.build", **more) -> Job:
    return Job(id=job_id, kind=kind, tenant_id=tenant_id, created_at=NOW, updated_at=NOW, due_at=NOW, **more)


def test_a_job_is_told_when_it_moves_and_to_its_end() -> None:
    hub, store, now = EventHub(), Jobs(job("a", state="active", progress=5), job("b", tenant_id=20)), [0.0]
    watch = JobWatch(store, hub, clock=lambda: now[0])
    seen = hub.join(person(), 10)
    told = []
    for state, progress in (("active", 5), ("active", 5), ("active", 60), ("completed", 100), ("completed", 100)):
        store.jobs["a"] = job("a", state=state, progress=progress)
        watch.tell(watch.look())
        told += [data for name, data, _ in read(waiting(seen)) if name == "job"]
    assert [(item["id"], item["state"], item["progress"]) for item in told] == [
        ("a", "active", 5), ("a", "active", 60), ("a", "completed", 100),
    ]  # fmt: skip
    now[0] += PAUSE_WITHOUT_JOBS_S - 1
    assert not watch.is_due
    watch.expect("new")
    assert watch.is_due


def test_a_job_that_was_over_before_anybody_looked_is_told_once() -> None:
    hub, store = EventHub(), Jobs(job("quick", state="completed", progress=100))
    watch = JobWatch(store, hub)
    seen = hub.join(person(), 10)
    watch.expect("quick")
    watch.expect("unknown")
    for _ in range(2):
        watch.tell(watch.look())
    assert names(waiting(seen)) == ["ready", "job"]


def test_a_pack_is_told_to_who_asked_for_it() -> None:
    hub = EventHub()
    watch = JobWatch(Jobs(job("p", kind=PACK, payload={"requested_by": 1})), hub)
    mine, colleague = hub.join(person(1), 10), hub.join(person(2), 10)
    watch.tell(watch.look())
    assert names(waiting(mine)) == ["ready", "job"]
    assert names(waiting(colleague)) == ["ready"]


def test_who_comes_later_is_told_the_open_jobs() -> None:
    hub = EventHub()
    watch = JobWatch(Jobs(job("a")), hub)
    hub.join(person(1), 10)
    watch.tell(watch.look())
    later = hub.join(person(2), 10)
    watch.repeat()
    watch.tell(watch.look())
    assert names(waiting(later)) == ["ready", "job"]


# ---- streams


@contextlib.asynccontextmanager
async def streams(cache: EmbeddedCache | None = None) -> AsyncIterator[EventStreams]:
    with ThreadPoolExecutor(1) as threads:
        made = EventStreams(cache or EmbeddedCache(), Jobs(), threads, several_gateways=False)
        made.begin()
        yield made
        if made._watching is not None:
            made._watching.cancel()


async def allowed() -> None:
    return


def test_a_change_of_another_thread_reaches_the_stream() -> None:
    async def run() -> list[str]:
        cache = EmbeddedCache()
        async with streams(cache) as events:
            subscription = events.join(person(), 10, last_event_id="", place=None)
            await asyncio.to_thread(ChangeNews(cache, None, elsewhere=False).tell, Change(10, {"resource": "a", "action": "b"}))
            await asyncio.sleep(0.05)
            return names(await subscription.next(1))

    assert asyncio.run(run()) == ["ready", "change"]


def test_a_change_reaches_the_streams_of_another_gateway(redis_url: str) -> None:
    async def run() -> list[list[str]]:
        with ThreadPoolExecutor(2) as threads:
            caches = RedisCache(redis_url), RedisCache(redis_url)
            here, there = (EventStreams(cache, Jobs(), threads, several_gateways=True) for cache in caches)
            here.begin()
            there.begin()
            while not (here._reset_at and there._reset_at):  # noqa: ASYNC110 - their subscriptions are confirmed, which counts as a gap
                await asyncio.sleep(0.01)
            readers = [events.join(person(), 10, last_event_id="", place=None) for events in (here, there)]
            here.tell(Change(10, {"resource": "a", "action": "b"}))
            seen = [names(await reader.next(10) + await reader.next(10)) for reader in readers]
            for events in (here, there):
                events._watching.cancel()
            for cache in caches:
                await asyncio.to_thread(cache.close)
            return seen

    assert asyncio.run(run()) == [["ready", "change"], ["ready", "change"]]


def test_a_gap_resets_at_once_and_then_not_at_every_moment() -> None:
    async def run() -> list[str]:
        async with streams() as events:
            subscription = events.join(person(), 10, last_event_id="", place=None)
            events.hub.tell(10, "change", {})
            seen = []
            for _ in range(5):
                events._hear(GAP)
                await asyncio.sleep(0.02)
                seen += names(await subscription.next(0))
            return seen

    assert asyncio.run(run()) == ["reset"]


def test_heartbeats_come_on_time_and_end_what_is_not_allowed_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_streams, "HEARTBEAT_S", 0.05)
    checks = []

    async def check() -> None:
        checks.append(1)
        if len(checks) == 3:
            raise UNAUTHORIZED()

    async def run() -> bytes:
        async with streams() as events:
            subscription = events.join(person(), 10, last_event_id="", place=None)
            return b"".join([part async for part in events.follow(subscription, b"retry: 1\n\n", check)])

    data = asyncio.run(run())
    assert data.startswith(b"retry: 1\n\n")
    assert data.count(b": beat\n\n") == 2
    assert read(data)[-1][:2] == ("end", {"reason": "UNAUTHORIZED"})


def test_a_client_that_goes_away_leaves() -> None:
    async def run() -> int:
        async with streams() as events:
            subscription = events.join(person(), 10, last_event_id="", place=None)
            parts = events.follow(subscription, b"", allowed)
            stream = Stream(WireAnswer(200), parts, close=lambda: events.hub.leave(subscription))

            async def gone(message: dict) -> None:
                raise asyncio.CancelledError

            with contextlib.suppress(asyncio.CancelledError):
                await send_stream(gone, stream, more={})
            return events.hub.streams

    assert asyncio.run(run()) == 0


def test_a_reader_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actors.asgi.SEND_TIMEOUT_S", 0.05)

    async def run() -> int:
        async with streams() as events:
            subscription = events.join(person(), 10, last_event_id="", place=None)

            async def stuck(message: dict) -> None:
                if message["type"] == "http.response.body":
                    await asyncio.sleep(60)

            parts = events.follow(subscription, b"x", allowed)
            await send_stream(stuck, Stream(WireAnswer(200), parts, close=lambda: events.hub.leave(subscription)), more={})
            return events.hub.streams

    assert asyncio.run(run()) == 0


@pytest.mark.parametrize("status", ["200 OK", "503 Service Unavailable"])
def test_streams_end_when_the_replica_says_that_it_goes(monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    monkeypatch.setattr(event_streams, "WATCH_INTERVAL_S", 0.02)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n".encode())
        writer.close()

    async def run() -> list[str]:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server, streams() as events:
            subscription = events.join(person(), 10, last_event_id="", place=server.sockets[0].getsockname())
            await asyncio.sleep(0.3)
            return names(await subscription.next(0))

    assert asyncio.run(run()) == (["ready"] if status.startswith("200") else ["ready", "end"])
