"""Job metadata in a table of the system database: what serves where no MongoDB is configured."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Insert, RowMapping, Update, and_, insert, or_, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from ulid import ULID

from domain.kit.context import SystemClock
from tenancy.jobs import FIND_MAX, OPEN_STATES, Job, JobStoreUnavailableError, State
from tenancy.system_tables import jobs

CLAIM_ATTEMPTS_MAX = 10
WRITE_ATTEMPTS_MAX = 5
_GIVEN_UP = frozenset({1020, 1205, 1213})
"""MySQL and MariaDB: record changed since last read, lock wait timeout, deadlock. The transaction was rolled back; run it again."""
_columns = jobs.c


def _job(row: RowMapping) -> Job:
    values = dict(row)
    values["payload"] = json.loads(values["payload"])
    values["result"] = None if values["result"] is None else json.loads(values["result"])
    return Job(**values)


def _is_given_up(problem: Exception) -> bool:
    cause = problem.orig if isinstance(problem, DBAPIError) else None
    return cause is not None and bool(cause.args) and cause.args[0] in _GIVEN_UP


class SqlJobStore:
    """A :class:`tenancy.jobs.JobStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._clock = SystemClock()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection, connection.begin():
                yield connection
        except (DBAPIError, PoolTimeoutError) as problem:
            raise JobStoreUnavailableError(str(problem)) from problem

    def _write(self, statement: Insert | Update) -> int:
        """Run one statement in a transaction of its own, again where the database gave it up; the number of rows it met."""
        attempts = 0
        while True:
            attempts += 1
            try:
                with self._engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
                    return connection.execute(statement).rowcount
            except IntegrityError:
                raise
            except (DBAPIError, PoolTimeoutError) as problem:
                if not _is_given_up(problem) or attempts == WRITE_ATTEMPTS_MAX:
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
        now = self._clock.now()
        job = Job(
            id=job_id or str(ULID()), kind=kind, tenant_id=tenant_id, payload=payload or {}, created_at=now, updated_at=now,
            due_at=due_at or now, unique_key=unique_key,
        )  # fmt: skip
        values = {name: getattr(job, name) for name in jobs.columns.keys()}  # noqa: SIM118 - columns are no mapping to ruff
        values["payload"] = json.dumps(job.payload)
        try:
            self._write(insert(jobs).values(**values))
        except IntegrityError:
            same = _columns.id == job.id if unique_key is None else or_(_columns.unique_key == unique_key, _columns.id == job.id)
            with self._reading() as connection:
                return _job(connection.execute(select(jobs).where(same).order_by(_columns.id).limit(1)).mappings().one())
        return job

    def get(self, job_id: str) -> Job | None:
        """The job."""
        with self._reading() as connection:
            row = connection.execute(select(jobs).where(_columns.id == job_id)).mappings().first()
        return None if row is None else _job(row)

    def claim(self, kinds: Sequence[str], *, claimed_by: str, lease_s: float, now: datetime) -> Job | None:
        """Take a due job: found first, then taken by an update that only one claimer can make."""
        free = or_(
            _columns.state == "waiting",
            and_(_columns.state == "active", _columns.claimed_until < now),
        )
        for _ in range(CLAIM_ATTEMPTS_MAX):
            with self._reading() as connection:
                row = (
                    connection.execute(
                        select(_columns.id, _columns.attempts)
                        .where(_columns.kind.in_(kinds), _columns.due_at <= now, free)
                        .order_by(_columns.due_at, _columns.id)
                        .limit(1)
                    )
                    .mappings()
                    .first()
                )
            if row is None:
                return None
            taken = self._write(
                update(jobs)
                .where(_columns.id == row["id"], _columns.attempts == row["attempts"], free)
                .values(
                    state="active", claimed_by=claimed_by, claimed_until=now + timedelta(seconds=lease_s), updated_at=now,
                    attempts=row["attempts"] + 1,
                )
            )  # fmt: skip
            if taken == 1:
                return self.get(row["id"])
        return None

    def _change(self, job_id: str, *conditions: Any, **values: Any) -> bool:
        statement = update(jobs).where(_columns.id == job_id, *conditions)
        return self._write(statement.values(updated_at=self._clock.now(), **values)) == 1

    def progress(self, job_id: str, percent: int) -> None:
        """Note how far it is."""
        self._change(job_id, _columns.state.in_(OPEN_STATES), progress=max(0, min(100, percent)))

    def heartbeat(self, job_id: str, claimed_by: str, lease_s: float) -> bool:
        """Renew a claim."""
        until = self._clock.now() + timedelta(seconds=lease_s)
        return self._change(job_id, _columns.claimed_by == claimed_by, _columns.state == "active", claimed_until=until)

    def complete(self, job_id: str, result: dict[str, Any] | None = None, *, claimed_by: str | None = None) -> bool:
        """It is done."""
        return self._end(job_id, claimed_by, state="completed", progress=100, result=json.dumps(result or {}), error=None)

    def fail(self, job_id: str, error: str, *, retry_at: datetime | None = None, claimed_by: str | None = None) -> bool:
        """It failed."""
        if retry_at is None:
            return self._end(job_id, claimed_by, state="failed", error=error)
        return self._end(job_id, claimed_by, state="waiting", error=error, due_at=retry_at)

    def _end(self, job_id: str, claimed_by: str | None, **values: Any) -> bool:
        """Give the claim back, unless the job is over or somebody else's."""
        conditions: list[ColumnElement[bool]] = [_columns.state.in_(OPEN_STATES)]
        if claimed_by is not None:
            conditions.append(_columns.claimed_by == claimed_by)
        return self._change(job_id, *conditions, claimed_by=None, claimed_until=None, **values)

    def cancel(self, job_id: str) -> bool:
        """Cancel a job that is not over."""
        return self._end(job_id, None, state="cancelled")

    def find(
        self, *, kind: str | None = None, tenant_id: int | None = None, state: State | None = None, limit: int = 100
    ) -> list[Job]:
        """Jobs, newest first."""
        wanted = {"kind": kind, "tenant_id": tenant_id, "state": state}
        statement = select(jobs).where(*(_columns[name] == value for name, value in wanted.items() if value is not None))
        statement = statement.order_by(_columns.created_at.desc(), _columns.id.desc()).limit(min(limit, FIND_MAX))
        with self._reading() as connection:
            return [_job(row) for row in connection.execute(statement).mappings()]

    def healthy(self) -> bool:
        """Whether the system database answers."""
        try:
            with self._reading() as connection:
                connection.execute(select(1))
        except JobStoreUnavailableError:
            return False
        return True

    def close(self) -> None:
        """The engine is its owner's."""
