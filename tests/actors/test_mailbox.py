"""The mailbox against actors that answer, drain, move and die. The actors are small fakes: what is tested is what is sent when."""

import asyncio
from collections import Counter

import pytest
from ray.exceptions import RayActorError

from actors.mailbox import BATCH_MAX, Lane, Mailbox
from actors.parcels import ANSWERED, DRAINING, MOVED, pack_answers, unpack_requests
from domain.kit.exchange import WireAnswer, WireRequest
from tenancy.reading import SEND_ALONE


class Remote:
    def __init__(self, call) -> None:
        self.remote = call


class FakeActor:
    """Answers with the request's id and attempt, unless told to do something else first."""

    def __init__(self, *first, pause_s: float = 0.0) -> None:
        self.first = list(first)
        self.pause_s = pause_s
        self.batches: list[list[WireRequest]] = []
        self.execute = Remote(self._execute)

    async def _execute(self, _tenant_id: int, parcel: bytes):
        requests = unpack_requests(parcel)
        self.batches.append(requests)
        await asyncio.sleep(self.pause_s)
        if self.first:
            what = self.first.pop(0)
            if isinstance(what, Exception):
                raise what
            return what, b""
        return ANSWERED, pack_answers([WireAnswer(200, f"{item.id} {item.attempt}".encode()) for item in requests])


class FakeDirectory:
    """Gives one actor after the other: a new one when the last is to be avoided."""

    def __init__(self, *actors: FakeActor) -> None:
        self.actors = actors
        self.asked: list[str] = []

    async def locate(self, _tenant_id: int, avoid: str):
        self.asked.append(avoid)
        number = int(avoid) + 1 if avoid else 0
        return str(min(number, len(self.actors) - 1)), self.actors[min(number, len(self.actors) - 1)]


def request(number: int) -> WireRequest:
    return WireRequest(str(number), "GET", "/accounts")


def run(mailbox: Mailbox, count: int, lane: Lane = Lane.WARM) -> list[WireAnswer]:
    async def all_of_them():
        return await asyncio.gather(*(mailbox.send(1, lane, request(number)) for number in range(count)))

    return asyncio.run(all_of_them())


def test_requests_that_wait_go_together() -> None:
    actor = FakeActor(pause_s=0.01)
    answers = run(Mailbox(FakeDirectory(actor).locate, requests_max=1000), 100)
    assert [answer.body for answer in answers] == [f"{number} 1".encode() for number in range(100)]
    assert len(actor.batches) <= 4
    assert max(map(len, actor.batches)) <= BATCH_MAX


def test_database_reads_travel_alone() -> None:
    actor = FakeActor(pause_s=0.001)
    run(Mailbox(FakeDirectory(actor).locate, requests_max=1000), 20, Lane.READ)
    assert [len(batch) for batch in actor.batches] == [1] * 20


def test_writes_keep_their_order() -> None:
    actor = FakeActor(pause_s=0.001)
    run(Mailbox(FakeDirectory(actor).locate, requests_max=1000), 300, Lane.WRITE)
    assert [int(item.id) for batch in actor.batches for item in batch] == list(range(300))


@pytest.mark.parametrize(
    ("problem", "attempt"), [(DRAINING, 1), (MOVED, 2), (RayActorError(), 2)], ids=["draining", "moved", "died"]
)
def test_a_lost_actor_is_replaced_and_the_request_sent_again(problem, attempt: int) -> None:
    lost, good = FakeActor(problem), FakeActor()
    directory = FakeDirectory(lost, good)
    (answer,) = run(Mailbox(directory.locate, requests_max=10), 1, Lane.WRITE)
    assert answer.body == f"0 {attempt}".encode()
    assert directory.asked == ["", "0"]


def test_beyond_the_bound_a_tenant_is_refused_and_no_other() -> None:
    actor = FakeActor(pause_s=0.05)
    mailbox = Mailbox(FakeDirectory(actor).locate, requests_max=5)

    async def both():
        noisy = [mailbox.send(1, Lane.WARM, request(number)) for number in range(9)]
        return await asyncio.gather(*noisy, mailbox.send(2, Lane.WARM, request(99)))

    *noisy, quiet = asyncio.run(both())
    assert Counter(answer.status for answer in noisy) == {200: 5, 503: 4}
    assert all(answer.headers["retry-after"] for answer in noisy if answer.status == 503)
    assert quiet.status == 200
    assert mailbox.depth == 0


def test_a_warm_read_that_must_wait_is_sent_again_alone() -> None:
    class Cold(FakeActor):
        """Answers requests 0 and 5 only when they come alone."""

        async def _execute(self, _tenant_id: int, parcel: bytes):
            requests = unpack_requests(parcel)
            self.batches.append(requests)
            return ANSWERED, pack_answers(
                [
                    SEND_ALONE if item.id in {"0", "5"} and not item.alone else WireAnswer(200, item.id.encode())
                    for item in requests
                ]
            )

    actor = Cold()
    answers = run(Mailbox(FakeDirectory(actor).locate, requests_max=1000), 10)
    assert [answer.body for answer in answers] == [str(number).encode() for number in range(10)]
    alone = [[item.id for item in batch] for batch in actor.batches if batch[0].alone]
    assert sorted(alone) == [["0"], ["5"]]
