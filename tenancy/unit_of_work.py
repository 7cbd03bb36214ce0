"""The write path of one tenant: several commands in one transaction, each under its own savepoint (group commit).

begin → check the epoch → run each command → write deferred balances, audit entries and idempotency keys → commit. The caller
publishes the warm values and the ledger changes after the commit. A failed command leaves no trace in the database or in memory.
"""

import contextlib
import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from domain.audit.service import append_entries
from domain.kit.context import ActingUser, AuditNote, Changes, Clock, LedgerChange, Organization, TenantContext
from domain.kit.errors import IDEMPOTENCY_KEY_REUSED, INTERNAL_ERROR, DomainError, ErrorCode, ValidationFailedError
from domain.kit.exchange import WireAnswer, WireRequest, error_answer
from domain.kit.warm import WarmState, WarmView
from tenancy.tenant_database import Lease, check_lease
from tenancy.tenant_tables import idempotency_keys

logger = logging.getLogger(__name__)

CONFLICT = ErrorCode("CONFLICT", "The change contradicts other records: something that it refers to changed or is in use.", 409)
VALUE_OUT_OF_RANGE = ErrorCode("VALUE_OUT_OF_RANGE", "A value is too long or too large to be stored.")

CONNECTION_KEPT_S = 300.0
"""A writer's connection that was idle for longer is replaced: the server may have closed it."""
KEYS_KEPT = timedelta(hours=24)
"""How long the answer of a write can be had again under its Idempotency-Key."""

Run = Callable[[TenantContext], WireAnswer]


@dataclass(slots=True)
class Command:
    """One write that waits for its turn. `run` performs it within a context; `user` resolves who acts, inside the transaction."""

    run: Run
    user: Callable[[WarmView], ActingUser]
    request: WireRequest | None = None
    key: str | None = None
    """Idempotency key, client's or gateway's."""
    look_up: bool = False
    """Whether an earlier attempt under this key may have been committed."""


@dataclass(slots=True)
class GroupResult:
    """What a committed group did."""

    answers: list[WireAnswer]
    warm: dict[str, Any] = field(default_factory=dict)
    ledger: list[LedgerChange] = field(default_factory=list)
    wrote: bool = False


def fingerprint(request: WireRequest) -> str:
    """What a key stands for: method, path, query, body and who asked."""
    who = request.principal.user_id if request.principal else 0
    text = b"\0".join((request.method.encode(), request.path.encode(), request.query.encode(), str(who).encode(), request.body))
    return hashlib.sha256(text).hexdigest()


class WriteGroup:
    """Runs commands in one transaction. Used by the tenant's single writer thread only."""

    def __init__(
        self,
        *,
        engine: Engine,
        lease: Lease,
        state: WarmState,
        clock: Clock,
        organization: Callable[[WarmView], Organization],
        services: dict[str, Any],
    ) -> None:
        self._engine = engine
        self._lease = lease
        self._connection: Connection | None = None
        self._used_at = 0.0
        self._state = state
        self._clock = clock
        self._organization = organization
        self._services = services

    def run(self, commands: Sequence[Command]) -> GroupResult:
        """Run and commit.

        Raises:
            EpochLostError: this holder was fenced out; nothing was written.
            DBAPIError: the database failed; whether the commit happened may be unknown.

        """
        connection = self._open()
        try:
            with connection.begin() as transaction:
                check_lease(connection, self._lease)
                group = _Transaction(self, connection, alone=len(commands) == 1)
                result = group.run(commands)
                if group.spoilt:
                    transaction.rollback()  # house: the refusal of a lone command, which has no savepoint
        except BaseException:
            self.close()
            raise
        self._used_at = time.monotonic()
        return result

    def _open(self) -> Connection:
        """The writer's own connection, kept between groups: no ping, no reset. One that was not used for long is given back first."""
        if self._connection is not None and time.monotonic() - self._used_at > CONNECTION_KEPT_S:
            self.close()
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(countinghouse_writer=True)
        return self._connection

    def close(self) -> None:
        """Give the connection back; whatever is wrong with it, the next group gets another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(DBAPIError):
                connection.close()

    def context(self, view: WarmView, connect: Callable[[], Connection], user: ActingUser) -> TenantContext:
        """The context of one command."""
        return TenantContext(
            organization=self._organization(view),
            user=user,
            clock=self._clock,
            warm=view,
            connect=connect,
            services=self._services,
        )

    @property
    def state(self) -> WarmState:
        """The shared warm values."""
        return self._state

    @property
    def clock(self) -> Clock:
        """Where the time comes from."""
        return self._clock


class _Transaction:
    def __init__(self, group: WriteGroup, connection: Connection, *, alone: bool) -> None:
        self._alone = alone
        self.spoilt = False
        """Whether a command without a savepoint was refused: nothing of the transaction may stay."""
        self._group = group
        self._connection = connection
        self._view = WarmView(group.state, self._connect)
        self._savepoint = False
        self._in_command = False
        self._ledger: list[LedgerChange] = []
        self._notes: list[tuple[ActingUser, AuditNote]] = []
        self._deferred: dict[str, Callable[[TenantContext], None]] = {}
        self._answers_by_key: dict[str, tuple[str, WireAnswer]] = {}
        self._key_rows: list[dict[str, Any]] = []
        self._last: TenantContext | None = None

    def _connect(self) -> Connection:
        if self._in_command and not self._savepoint and not self._alone:
            self._connection.exec_driver_sql("SAVEPOINT command")
            self._savepoint = True
        return self._connection

    def run(self, commands: Sequence[Command]) -> GroupResult:
        answers = [self._answer(command) for command in commands]
        self._flush()
        return GroupResult(answers, self._view.changes(), self._ledger, wrote=self._last is not None)

    def _answer(self, command: Command) -> WireAnswer:
        try:
            replay = self._replay(command)
            return replay if replay is not None else self._perform(command)
        except (DomainError, ValidationFailedError) as problem:
            return error_answer(problem)

    def _replay(self, command: Command) -> WireAnswer | None:
        if command.key is None or command.request is None:
            return None
        known = self._answers_by_key.get(command.key)
        if known is None and command.look_up:
            row = self._connection.execute(_STORED.where(idempotency_keys.c.key == command.key)).mappings().first()
            if row is not None:
                known = row["fingerprint"], WireAnswer(row["status"], bytes(row["body"]), json.loads(row["headers"]))
        if known is None:
            return None
        print_, answer = known
        if print_ != fingerprint(command.request):
            raise IDEMPOTENCY_KEY_REUSED()
        return WireAnswer(answer.status, answer.body, {**answer.headers, "idempotent-replayed": "true"})

    def _perform(self, command: Command) -> WireAnswer:
        self._view.begin_command()
        self._in_command, self._savepoint = True, False
        try:
            ctx = self._group.context(self._view, self._connect, command.user(self._view))
            answer = command.run(ctx)
        except (DomainError, ValidationFailedError):
            self._undo()
            raise
        except (IntegrityError, DataError) as problem:
            self._undo()
            logger.warning("a write was refused by the database: %s", problem.orig)
            return error_answer(CONFLICT() if isinstance(problem, IntegrityError) else VALUE_OUT_OF_RANGE())
        except DBAPIError:
            raise
        except Exception:
            self._undo()
            logger.exception("a write failed", extra={"request_id": command.request.id if command.request else None})
            return error_answer(INTERNAL_ERROR())
        self._view.keep_command()
        self._in_command = False
        self._keep(ctx, command, answer)
        return answer

    def _undo(self) -> None:
        self.spoilt = self._alone
        if self._savepoint:
            self._connection.exec_driver_sql("ROLLBACK TO SAVEPOINT command")
        self._view.discard_command()
        self._in_command = self._savepoint = False

    def _keep(self, ctx: TenantContext, command: Command, answer: WireAnswer) -> None:
        changes = ctx.changes
        self._ledger.extend(changes.ledger)
        self._notes.extend((ctx.user, note) for note in changes.audit)
        self._deferred.update(changes.deferred)
        self._last = ctx
        if command.key is not None and command.request is not None:
            print_ = fingerprint(command.request)
            self._answers_by_key[command.key] = (print_, answer)
            self._key_rows.append(
                {
                    "key": command.key,
                    "fingerprint": print_,
                    "status": answer.status,
                    "headers": json.dumps(dict(answer.headers)),
                    "body": answer.body,
                    "created_at": self._group.clock.now(),
                }
            )

    def _flush(self) -> None:
        if self._last is None:
            return
        ctx = self._group.context(self._view, lambda: self._connection, self._last.user)
        ctx.changes = Changes()
        for write in self._deferred.values():
            write(ctx)
        append_entries(ctx, self._notes)
        if self._key_rows:
            self._connection.execute(_STORE, self._key_rows)


_STORED = select(idempotency_keys)
_STORE = insert(idempotency_keys)


def delete_keys(connection: Connection, before: datetime) -> None:
    """Forget idempotency keys of writes before an instant."""
    connection.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at < before))
