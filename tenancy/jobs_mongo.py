"""Job metadata in MongoDB."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bson.codec_options import CodecOptions
from pymongo import ASCENDING, DESCENDING, MongoClient, ReturnDocument
from pymongo.errors import DuplicateKeyError, PyMongoError
from ulid import ULID

from domain.kit.context import SystemClock
from tenancy.jobs import FIND_MAX, OPEN_STATES, Job, JobStoreUnavailableError, State

TIMEOUT_MS = 2000
COLLECTION = "jobs"
IDENTITY = "identity"
"""What no two jobs share: the unique key, or where there is none the id. A plain index can hold every job to it; not every server
that speaks MongoDB's protocol has partial ones."""
_FIELDS = [item.name for item in fields(Job) if item.name != "id"]
T = TypeVar("T")


def _stored(instant: datetime) -> datetime:
    """The instant as MongoDB keeps it: in whole milliseconds."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _job(document: dict[str, Any]) -> Job:
    values: dict[str, Any] = {name: document.get(name) for name in _FIELDS}
    for name, value in values.items():
        if isinstance(value, datetime) and value.tzinfo is None:
            values[name] = value.replace(tzinfo=UTC)
    return Job(id=document["_id"], **values)


class MongoJobStore:
    """A :class:`tenancy.jobs.JobStore`."""

    def __init__(self, url: str, database: str) -> None:
        self._client: MongoClient[dict[str, Any]] = MongoClient(
            url, serverSelectionTimeoutMS=TIMEOUT_MS, connectTimeoutMS=TIMEOUT_MS, socketTimeoutMS=TIMEOUT_MS * 2, connect=False
        )
        options: CodecOptions[dict[str, Any]] = CodecOptions(tz_aware=True)
        self._jobs = self._client[database].get_collection(COLLECTION, codec_options=options)
        self._clock = SystemClock()
        self._indexed = False

    def _ask(self, question: Callable[[], T]) -> T:
        try:
            if not self._indexed:
                self._jobs.create_index([(IDENTITY, ASCENDING)], unique=True)
                self._jobs.create_index([("state", ASCENDING), ("due_at", ASCENDING)])
                self._indexed = True
            return question()
        except DuplicateKeyError:
            raise
        except PyMongoError as problem:
            raise JobStoreUnavailableError(str(problem)) from problem

    def create(
        self,
        kind: str,
        *,
        tenant_id: int | None = None,
        payload: dict[str, Any] | None = None,
        due_at: datetime | None = None,
        unique_key: str | None = None,
        job_id: str | None = None,
    ) -> Job:
        """Add a job."""
        now = _stored(self._clock.now())
        identity = job_id or str(ULID())
        job = Job(
            id=identity, kind=kind, tenant_id=tenant_id, payload=payload or {}, created_at=now, updated_at=now,
            due_at=_stored(due_at or now), unique_key=unique_key,
        )  # fmt: skip
        document = {name: getattr(job, name) for name in _FIELDS if getattr(job, name) is not None}
        document |= {"_id": identity, IDENTITY: f"key:{unique_key}" if unique_key else f"id:{identity}"}
        try:
            self._ask(lambda: self._jobs.insert_one(document))
        except DuplicateKeyError:
            same = {"$or": [{IDENTITY: document[IDENTITY]}, {"_id": identity}]}
            known = self._ask(lambda: self._jobs.find_one(same))
            if known is None:
                raise JobStoreUnavailableError("a job with that key appeared and vanished") from None
            return _job(known)
        return job

    def get(self, job_id: str) -> Job | None:
        """The job."""
        document = self._ask(lambda: self._jobs.find_one({"_id": job_id}))
        return None if document is None else _job(document)

    def claim(self, kinds: Sequence[str], *, claimed_by: str, lease_s: float, now: datetime) -> Job | None:
        """Take a due job, in one atomic step of the server."""
        wanted = {
            "kind": {"$in": list(kinds)},
            "due_at": {"$lte": now},
            "$or": [{"state": "waiting"}, {"state": "active", "claimed_until": {"$lt": now}}],
        }
        change = {
            "$set": {
                "state": "active",
                "claimed_by": claimed_by,
                "claimed_until": now + timedelta(seconds=lease_s),
                "updated_at": now,
            },
            "$inc": {"attempts": 1},
        }
        document = self._ask(
            lambda: self._jobs.find_one_and_update(
                wanted, change, sort=[("due_at", ASCENDING), ("_id", ASCENDING)], return_document=ReturnDocument.AFTER
            )
        )
        return None if document is None else _job(document)

    def _change(self, job_id: str, conditions: dict[str, Any], **values: Any) -> bool:
        change = {"$set": {"updated_at": self._clock.now(), **values}}
        return bool(self._ask(lambda: self._jobs.update_one({"_id": job_id, **conditions}, change)).matched_count)

    def progress(self, job_id: str, percent: int) -> None:
        """Note how far it is."""
        self._change(job_id, {"state": {"$in": list(OPEN_STATES)}}, progress=max(0, min(100, percent)))

    def heartbeat(self, job_id: str, claimed_by: str, lease_s: float) -> bool:
        """Renew a claim."""
        until = self._clock.now() + timedelta(seconds=lease_s)
        return self._change(job_id, {"claimed_by": claimed_by, "state": "active"}, claimed_until=until)

    def complete(self, job_id: str, result: dict[str, Any] | None = None, *, claimed_by: str | None = None) -> bool:
        """It is done."""
        return self._end(job_id, claimed_by, state="completed", progress=100, result=result or {}, error=None)

    def fail(self, job_id: str, error: str, *, retry_at: datetime | None = None, claimed_by: str | None = None) -> bool:
        """It failed."""
        if retry_at is None:
            return self._end(job_id, claimed_by, state="failed", error=error)
        return self._end(job_id, claimed_by, state="waiting", error=error, due_at=_stored(retry_at))

    def _end(self, job_id: str, claimed_by: str | None, **values: Any) -> bool:
        """Give the claim back, unless the job is over or somebody else's."""
        conditions: dict[str, Any] = {"state": {"$in": list(OPEN_STATES)}}
        if claimed_by is not None:
            conditions["claimed_by"] = claimed_by
        return self._change(job_id, conditions, claimed_by=None, claimed_until=None, **values)

    def cancel(self, job_id: str) -> bool:
        """Cancel a job that is not over."""
        return self._end(job_id, None, state="cancelled")

    def find(
        self, *, kind: str | None = None, tenant_id: int | None = None, state: State | None = None, limit: int = 100
    ) -> list[Job]:
        """Jobs, newest first."""
        wanted = {"kind": kind, "tenant_id": tenant_id, "state": state}
        query = {name: value for name, value in wanted.items() if value is not None}
        order = [("created_at", DESCENDING), ("_id", DESCENDING)]
        return self._ask(lambda: [_job(item) for item in self._jobs.find(query).sort(order).limit(min(limit, FIND_MAX))])

    def healthy(self) -> bool:
        """Whether the server answers."""
        try:
            self._client.admin.command("ping")
        except PyMongoError:
            return False
        return True

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
