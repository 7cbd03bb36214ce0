"""What every job store does: the same tests on SQLite, MariaDB and MongoDB."""

import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pymongo import MongoClient
from pymongo.monitoring import CommandListener, CommandStartedEvent

from tenancy.config import Config
from tenancy.jobs import FIND_MAX, Job, JobStore, JobStoreUnavailableError, open_job_store
from tenancy.jobs_mongo import MongoJobStore
from tenancy.jobs_sql import SqlJobStore
from tenancy.system_tables import jobs
from tenancy.tenant_database import open_engine
from tests.services.fixtures import MISSING
from tests.services.ports import LOOPBACK, free_port

T = TypeVar("T")
THREADS = 8
KIND = "organization-build"


def soon(**ahead: float) -> datetime:
    return datetime.now(UTC) + timedelta(**ahead)


def sql_store(url: str) -> Iterator[JobStore]:
    engine = open_engine(url, pool_size=THREADS)
    jobs.create(engine)
    yield SqlJobStore(engine)
    engine.dispose()


@pytest.fixture(
    params=["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb), pytest.param("mongodb", marks=pytest.mark.slow)]
)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JobStore]:
    if request.param == "sqlite":
        yield from sql_store(f"sqlite:///{tmp_path}/system.db")
    elif request.param == "mariadb":
        yield from sql_store(request.getfixturevalue("mariadb_url"))
    else:
        made = MongoJobStore(request.getfixturevalue("mongodb_url"), f"jobs_{secrets.token_hex(6)}")
        yield made
        made._client.drop_database(made._jobs.database.name)
        made.close()


def in_threads(work: Callable[[int], T]) -> list[T]:
    """Do it in so many threads at the same moment."""
    ready = threading.Barrier(THREADS)

    def begin(number: int) -> T:
        ready.wait(10)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begin, range(THREADS)))


def claim(store: JobStore, *, by: str = "me", lease_s: float = 30, now: datetime | None = None) -> Job | None:
    return store.claim([KIND], claimed_by=by, lease_s=lease_s, now=now or soon(seconds=1))


def claimed(store: JobStore, **options: Any) -> Job:
    job = claim(store, **options)
    assert job is not None
    return job


# ---- create, get, find


def test_a_job_is_kept_as_it_was_made(store: JobStore) -> None:
    payload = {"organization": "Ørsted & Söhne", "lines": [1, 2.5, None, True], "nested": {"a": "b"}}
    job = store.create(KIND, tenant_id=7, payload=payload, due_at=datetime(2026, 5, 1, 12, 30, tzinfo=UTC))
    assert (job.kind, job.tenant_id, job.payload) == (KIND, 7, payload)
    assert (job.state, job.progress, job.attempts, job.result, job.error) == ("waiting", 0, 0, None, None)
    assert (job.claimed_by, job.claimed_until, job.unique_key) == (None, None, None)
    assert job.due_at == datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    assert job.created_at == job.updated_at
    assert store.get(job.id) == job


def test_an_unknown_job_is_none(store: JobStore) -> None:
    assert store.get("01ARZ3NDEKTSV4RRFFQ69G5FAV") is None


def test_jobs_without_a_unique_key_are_all_kept(store: JobStore) -> None:
    made = {store.create(KIND).id for _ in range(3)}
    assert {job.id for job in store.find(kind=KIND)} == made


def test_the_same_unique_key_gives_the_job_that_is_there(store: JobStore) -> None:
    first = store.create(KIND, tenant_id=1, unique_key="build:1")
    assert store.create(KIND, tenant_id=2, unique_key="build:1", payload={"other": True}) == first
    store.complete(first.id)
    again = store.create(KIND, unique_key="build:1")
    assert (again.id, again.state) == (first.id, "completed")
    assert store.create(KIND, unique_key="build:2").id != first.id
    assert len(store.find()) == 2


def test_the_same_job_id_gives_the_job_that_is_there(store: JobStore) -> None:
    others = [store.create(KIND) for _ in range(2)]
    first = store.create(KIND, job_id="given", tenant_id=1)
    assert first.id == "given"
    assert store.create(KIND, job_id="given", tenant_id=2) == first
    assert len(store.find()) == len(others) + 1


def test_a_unique_key_is_created_once_by_many_at_once(store: JobStore) -> None:
    store.create("warm-up")
    ids = in_threads(lambda _: store.create(KIND, unique_key="build:9").id)
    assert len(set(ids)) == 1
    assert len(store.find(kind=KIND)) == 1


def test_find_filters_and_gives_the_newest_first(store: JobStore) -> None:
    first = store.create(KIND, tenant_id=1)
    second = store.create(KIND, tenant_id=2)
    third = store.create("mail", tenant_id=1)
    store.cancel(second.id)
    assert [job.id for job in store.find()] == [third.id, second.id, first.id]
    assert [job.id for job in store.find(tenant_id=1)] == [third.id, first.id]
    assert [job.id for job in store.find(kind=KIND, tenant_id=1)] == [first.id]
    assert [job.id for job in store.find(state="cancelled")] == [second.id]
    assert [job.id for job in store.find(limit=2)] == [third.id, second.id]
    assert len(store.find(limit=FIND_MAX + 1)) == 3


# ---- claims


@pytest.fixture
def racing_store(store: JobStore) -> JobStore:
    """A store on a server that can be raced. MongoDB promises that findAndModify is atomic; FerretDB 1 does not keep that promise."""
    if isinstance(store, MongoJobStore) and "ferretdbVersion" in store._client.server_info():
        pytest.skip(f"{MISSING}racing claims need a MongoDB: FerretDB's findAndModify is not atomic; set MONGODB_URI to a server")
    return store


def test_the_longest_due_job_is_claimed_first(store: JobStore) -> None:
    late = store.create(KIND, due_at=soon(hours=-1))
    later = store.create(KIND, due_at=soon(minutes=-1))
    store.create(KIND, due_at=soon(hours=1))
    store.create("mail", due_at=soon(hours=-2))
    assert [claimed(store).id, claimed(store).id] == [late.id, later.id]
    assert claim(store) is None


def test_a_claim_says_who_holds_it_and_until_when(store: JobStore) -> None:
    made, now = store.create(KIND), soon(seconds=5).replace(microsecond=250_000)
    job = claimed(store, by="worker-1", lease_s=20, now=now)
    assert (job.id, job.state, job.claimed_by, job.attempts) == (made.id, "active", "worker-1", 1)
    assert job.claimed_until == now + timedelta(seconds=20)
    assert job.updated_at == now
    assert store.get(made.id) == job


def test_a_claimed_job_is_nobody_elses_until_the_claim_runs_out(store: JobStore) -> None:
    store.create(KIND)
    start = soon(seconds=1)
    claimed(store, by="first", lease_s=10, now=start)
    assert claim(store, by="second", now=start + timedelta(seconds=9)) is None
    taken = claimed(store, by="second", now=start + timedelta(seconds=11))
    assert (taken.claimed_by, taken.attempts) == ("second", 2)


def test_exactly_one_of_many_claims_a_job(racing_store: JobStore) -> None:
    for _ in range(5):
        made = racing_store.create(KIND)
        found = in_threads(lambda number: claim(racing_store, by=f"worker-{number}"))
        winners = [job for job in found if job is not None]
        assert [job.id for job in winners] == [made.id]
        assert racing_store.get(made.id) == winners[0]
        racing_store.complete(made.id)


def test_many_jobs_are_claimed_once_each_by_many_at_once(racing_store: JobStore) -> None:
    made = {racing_store.create(KIND).id for _ in range(24)}

    def work(number: int) -> list[str]:
        mine: list[str] = []
        while racing_store.find(kind=KIND, state="waiting", limit=1):
            if (job := claim(racing_store, by=f"worker-{number}")) is not None:
                mine.append(job.id)
        return mine

    taken = [job_id for mine in in_threads(work) for job_id in mine]
    assert sorted(taken) == sorted(made)


def test_exactly_one_of_many_takes_over_a_claim_that_ran_out(racing_store: JobStore) -> None:
    made = racing_store.create(KIND)
    claimed(racing_store, by="dead", lease_s=1, now=soon(seconds=1))
    later = soon(minutes=1)
    winners = [job for job in in_threads(lambda number: claim(racing_store, by=f"worker-{number}", now=later)) if job is not None]
    assert [(job.id, job.attempts) for job in winners] == [(made.id, 2)]


def test_a_claim_is_one_command_that_mongodb_runs_atomically(mongodb_url: str) -> None:
    sent: list[Any] = []

    class Listener(CommandListener):
        def started(self, event: CommandStartedEvent) -> None:
            sent.append(event.command)

        def succeeded(self, event: object) -> None: ...

        def failed(self, event: object) -> None: ...

    mongo = MongoJobStore(mongodb_url, f"jobs_{secrets.token_hex(6)}")
    made = mongo.create(KIND)
    with MongoClient(mongodb_url, event_listeners=[Listener()], tz_aware=True) as client:
        mongo._jobs = client[mongo._jobs.database.name].get_collection("jobs")
        job = claimed(mongo)
        claims = list(sent)
        client.drop_database(mongo._jobs.database.name)
    mongo.close()
    assert job.id == made.id
    assert [next(iter(command)) for command in claims] == ["findAndModify"]
    assert claims[0]["query"]["$or"][0] == {"state": "waiting"}
    assert claims[0]["update"]["$set"]["state"] == "active"


def test_a_heartbeat_renews_its_holders_claim_only(store: JobStore) -> None:
    made = store.create(KIND)
    claimed(store, by="holder", lease_s=1)
    assert store.heartbeat(made.id, "holder", 600)
    assert not store.heartbeat(made.id, "stranger", 6000)
    assert claim(store, now=soon(seconds=300)) is None
    assert claim(store, now=soon(seconds=700)) is not None
    assert not store.heartbeat(made.id, "holder", 600)
    assert not store.heartbeat("unknown", "holder", 600)


# ---- progress and ends


def test_progress_stays_between_0_and_100(store: JobStore) -> None:
    job = store.create(KIND)
    for given, kept in ((40, 40), (-3, 0), (250, 100)):
        store.progress(job.id, given)
        found = store.get(job.id)
        assert found is not None
        assert found.progress == kept


def test_a_completed_job_has_its_result_and_no_claim(store: JobStore) -> None:
    store.create(KIND)
    job = claimed(store)
    assert store.complete(job.id, {"rows": 3})
    done = store.get(job.id)
    assert done is not None
    assert (done.state, done.progress, done.result, done.claimed_by, done.claimed_until) == (
        "completed",
        100,
        {"rows": 3},
        None,
        None,
    )
    assert claim(store, now=soon(days=1)) is None


def test_a_failed_job_says_why_and_is_not_claimed_again(store: JobStore) -> None:
    store.create(KIND)
    job = claimed(store)
    assert store.fail(job.id, "the disk is full")
    failed = store.get(job.id)
    assert failed is not None
    assert (failed.state, failed.error, failed.claimed_by) == ("failed", "the disk is full", None)
    assert claim(store, now=soon(days=1)) is None


def test_a_job_that_is_to_be_retried_waits_until_then(store: JobStore) -> None:
    store.create(KIND)
    job = claimed(store)
    store.fail(job.id, "busy", retry_at=soon(minutes=5))
    waiting = store.get(job.id)
    assert waiting is not None
    assert (waiting.state, waiting.error, waiting.attempts) == ("waiting", "busy", 1)
    assert claim(store, now=soon(minutes=4)) is None
    again = claimed(store, now=soon(minutes=6))
    assert (again.id, again.attempts) == (job.id, 2)
    store.complete(again.id)
    done = store.get(job.id)
    assert done is not None
    assert (done.state, done.error) == ("completed", None)


def test_a_cancelled_job_stays_cancelled(store: JobStore) -> None:
    waiting, active = store.create(KIND), store.create(KIND)
    assert store.cancel(waiting.id)
    assert claimed(store).id == active.id
    assert store.cancel(active.id)
    assert claim(store, now=soon(days=1)) is None
    assert not store.cancel(active.id)
    assert not store.complete(active.id, {"too": "late"})
    assert not store.fail(active.id, "too late", retry_at=soon(minutes=1))
    store.progress(active.id, 90)
    job = store.get(active.id)
    assert job is not None
    assert (job.state, job.result, job.error, job.progress) == ("cancelled", None, None, 0)


def test_what_is_over_cannot_be_cancelled(store: JobStore) -> None:
    done, failed = store.create(KIND), store.create(KIND)
    store.complete(done.id)
    store.fail(failed.id, "no")
    assert not store.cancel(done.id)
    assert not store.cancel(failed.id)
    assert not store.cancel("unknown")
    assert [job.state for job in store.find()] == ["failed", "completed"]


def test_who_lost_a_claim_ends_nothing(store: JobStore) -> None:
    made = store.create(KIND)
    claimed(store, by="slow", lease_s=1)
    claimed(store, by="fast", now=soon(minutes=1))
    assert not store.complete(made.id, {"from": "slow"}, claimed_by="slow")
    assert not store.fail(made.id, "slow", retry_at=soon(seconds=0), claimed_by="slow")
    active = store.get(made.id)
    assert active is not None
    assert (active.state, active.claimed_by) == ("active", "fast")
    assert store.complete(made.id, {"from": "fast"}, claimed_by="fast")


def test_a_store_that_answers_is_healthy(store: JobStore) -> None:
    assert store.healthy()


# ---- stores that do not answer


@pytest.fixture(params=["sql", "mongodb"])
def lost_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[JobStore]:
    monkeypatch.setattr("tenancy.jobs_mongo.TIMEOUT_MS", 200)
    port = free_port()
    if request.param == "sql":
        engine = open_engine(f"mysql+pymysql://nobody@{LOOPBACK}:{port}/system", pool_size=1)
        yield SqlJobStore(engine)
        engine.dispose()
    else:
        made = MongoJobStore(f"mongodb://{LOOPBACK}:{port}/", "lost")
        yield made
        made.close()


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.create(KIND, unique_key="a"),
        lambda store: store.get("a"),
        claim,
        lambda store: store.progress("a", 1),
        lambda store: store.heartbeat("a", "me", 1),
        lambda store: store.complete("a"),
        lambda store: store.fail("a", "why"),
        lambda store: store.cancel("a"),
        lambda store: store.find(),
    ],
    ids=["create", "get", "claim", "progress", "heartbeat", "complete", "fail", "cancel", "find"],
)
def test_a_store_that_is_lost_says_so(lost_store: JobStore, use: Callable[[JobStore], object]) -> None:
    assert not lost_store.healthy()
    with pytest.raises(JobStoreUnavailableError):
        use(lost_store)


def test_the_configuration_chooses_the_store(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/system.db", pool_size=1)
    assert isinstance(open_job_store(Config(data_dir=tmp_path), engine), SqlJobStore)
    chosen = open_job_store(Config(data_dir=tmp_path, mongodb_url=f"mongodb://{LOOPBACK}:{free_port()}/"), engine)
    assert isinstance(chosen, MongoJobStore)
    chosen.close()
    engine.dispose()
