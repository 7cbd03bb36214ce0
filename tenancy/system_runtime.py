"""Runs a request on the system database: one transaction, committed here and nowhere else, then mails, news and jobs.

What may run twice: a request whose transaction the database gave up because of another one; nothing of its first run is left.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.kit.context import SystemClock
from domain.kit.endpoint import Endpoint
from domain.kit.errors import (
    DATABASE_UNAVAILABLE,
    INTERNAL_ERROR,
    UNAUTHORIZED,
    DomainError,
    ValidationFailedError,
)
from domain.kit.exchange import WireAnswer, WireRequest, error_answer
from domain.kit.permissions import PUBLIC, SIGNED_IN
from domain.kit.routing import bind
from tenancy.answers import plain_answer
from tenancy.cache import open_cache
from tenancy.cache_keys import IDENTITY_CHANNEL
from tenancy.config import Config
from tenancy.identity.errors import ORGANIZATION_ID_REQUIRED
from tenancy.identity.rates import AUTH, check_auth_rate
from tenancy.identity.replays import find_replay, keep_replay
from tenancy.identity.tokens import signing_key
from tenancy.jobs import JOB_STORE_UNAVAILABLE, JobStoreUnavailableError, open_job_store
from tenancy.mail import Mail, open_mail
from tenancy.system_catalog import system_routing
from tenancy.system_context import SystemContext, SystemServices
from tenancy.system_database import open_system_engine

__all__ = ["SystemServices", "open_services", "run_system_request"]

logger = logging.getLogger(__name__)

RETRY_AFTER_S = 1
ATTEMPTS_MAX = 5
_GIVEN_UP = frozenset({1020, 1205, 1213})
"""MySQL and MariaDB: record changed since last read, lock wait timeout, deadlock. The transaction was rolled back; run it again."""
_SECRET_FIELDS = frozenset({"password", "current_password", "token"})


def open_services(config: Config) -> SystemServices:
    """The services of this process, as configured. Connections open with their first use.

    Raises:
        ConfigError: there is no token secret.

    """
    signing_key(config)
    engine = open_system_engine(config)
    return SystemServices(
        config=config,
        engine=engine,
        cache=open_cache(config),
        jobs=open_job_store(config, engine),
        mail=open_mail(config),
        clock=SystemClock(),
    )


def run_system_request(services: SystemServices, request: WireRequest) -> WireAnswer:
    """Answer a request. Never raises; what fails leaves no trace in the database.

    The caller has verified the principal, and asked the tenant whether its role holds a permission beyond membership.
    """
    try:
        return _answer(services, request)
    except DomainError as problem:
        return error_answer(problem)
    except ValidationFailedError as problem:
        return error_answer(_without_secrets(problem))
    except JobStoreUnavailableError as problem:
        logger.warning("the job store is not available: %s", problem)
        return error_answer(JOB_STORE_UNAVAILABLE(headers={"Retry-After": str(RETRY_AFTER_S)}))
    except (OperationalError, PoolTimeoutError) as problem:
        logger.warning("the system database is not available: %s", problem)
        return error_answer(DATABASE_UNAVAILABLE(headers={"Retry-After": str(RETRY_AFTER_S)}))
    except Exception:
        logger.exception("a request failed", extra={"request_id": request.id, "path": request.path[:200]})
        return error_answer(INTERNAL_ERROR())


def _answer(services: SystemServices, request: WireRequest) -> WireAnswer:
    endpoint, values = system_routing().find(request.method, request.path)
    _check_caller(endpoint, request)
    rates: dict[str, str] = {}
    if endpoint.limiter == AUTH:
        rates = check_auth_rate(services.cache, services.config, endpoint, request)
    try:
        answer = find_replay(services.cache, endpoint, request)
        if answer is None:
            arguments = bind(endpoint, values, request.query, request.body)
            answer = _run_again_if_given_up(lambda: _run(services, endpoint, request, arguments))
            keep_replay(services.cache, endpoint, request, answer)
    except DomainError as problem:
        problem.headers.update(rates)
        raise
    except ValidationFailedError as problem:
        problem.headers = {**problem.headers, **rates}
        raise
    return WireAnswer(answer.status, answer.body, {**answer.headers, **{name.lower(): value for name, value in rates.items()}})


def _check_caller(endpoint: Endpoint, request: WireRequest) -> None:
    """That the gateway has done its part: nobody without an identity comes further, whatever it forgot."""
    if endpoint.permission == PUBLIC:
        return
    if request.principal is None:
        raise UNAUTHORIZED()
    if endpoint.permission != SIGNED_IN and request.principal.tenant_id is None:
        raise ORGANIZATION_ID_REQUIRED()


def _run_again_if_given_up(run: Callable[[], WireAnswer]) -> WireAnswer:
    for attempt in range(1, ATTEMPTS_MAX + 1):
        try:
            return run()
        except DBAPIError as problem:
            code = problem.orig.args[0] if problem.orig is not None and problem.orig.args else None
            if code not in _GIVEN_UP or attempt == ATTEMPTS_MAX:
                raise
    raise AssertionError("unreachable")


def _run(services: SystemServices, endpoint: Endpoint, request: WireRequest, arguments: Mapping[str, Any]) -> WireAnswer:
    with _transaction(services, writes=endpoint.writes) as connect:
        ctx = SystemContext(
            services=services,
            connect=connect,
            principal=request.principal,
            headers=request.headers,
            address=request.address,
        )
        result = endpoint.handler(ctx, **arguments)
    # Committed. News first: what was revoked must not be believed for a moment longer, whatever comes after.
    for user_id in dict.fromkeys(ctx.news):
        services.cache.publish(IDENTITY_CHANNEL, str(user_id))
    for work in ctx.after_commit:
        work()
    for mail in ctx.mail:
        services.background.submit(_sending(services, mail))
    for work in ctx.background:
        services.background.submit(work)
    return plain_answer(endpoint, result, ctx.effects)


def _sending(services: SystemServices, mail: Mail) -> Callable[[], None]:
    return lambda: services.mail.send(mail)


@contextmanager
def _transaction(services: SystemServices, *, writes: bool) -> Iterator[Callable[[], Connection]]:
    """A transaction that begins when it is first asked for, and is committed at the end unless something is raised."""
    opened: list[Connection] = []
    with ExitStack() as stack:

        def connect() -> Connection:
            if not opened:
                connection = services.engine.connect().execution_options(countinghouse_writer=writes)
                stack.enter_context(connection)
                stack.enter_context(connection.begin())
                opened.append(connection)
            return opened[0]

        yield connect


def _without_secrets(problem: ValidationFailedError) -> ValidationFailedError:
    """The same refusal without the refused passwords in it."""
    problems = [
        replace(item, value=None) if _SECRET_FIELDS & set(item.path) or item.path == ("body",) else item
        for item in problem.problems
    ]
    return ValidationFailedError(problems, problem.headers)
