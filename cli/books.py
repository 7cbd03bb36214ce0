"""Opens an organization's books in this process: for operators, beside the service.

Opening takes the epoch. An actor that serves the organization at that moment is fenced off at its next write and the service opens
the books again by itself; what this process writes stands in one transaction under its own epoch.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from cli.output import fail
from cli.service import configuration
from domain.kit.context import ActingUser, TenantContext
from domain.kit.errors import DomainError
from tenancy.config import Config
from tenancy.migration import ensure_current
from tenancy.provisioning import tenant_database_url
from tenancy.registry import TenantRecord, find_by_name, find_by_organization_id, get_tenant, list_tenants
from tenancy.runtime import TenantRuntime
from tenancy.system_database import DatabaseUnreachableError, open_system_engine
from tenancy.tenant_database import EpochLostError, SchemaBehindError, WrongDatabaseError

T = TypeVar("T")
OPERATOR = "Operator"


@dataclass(frozen=True, slots=True)
class System:
    """The configuration and the system database."""

    config: Config
    engine: Engine


@contextmanager
def open_system() -> Iterator[System]:
    """The system database of this machine's configuration; what goes wrong with it ends the command in words."""
    config = configuration()
    engine = open_system_engine(config)
    try:
        yield System(config, engine)
    except DomainError as problem:
        fail(problem.message)
    except (WrongDatabaseError, SchemaBehindError, DatabaseUnreachableError) as problem:
        fail(str(problem))
    except EpochLostError:
        fail("the service opened these books again before this command was done; nothing was written. Try again.")
    except DBAPIError as problem:
        fail(f"the database does not answer as it should: {problem.orig}. Was `countinghouse up` ever run here?")
    finally:
        engine.dispose()


def find_tenant(system: System, wanted: str) -> TenantRecord:
    """The organization of a name, an organization id or a tenant's number; none or several end the command."""
    with system.engine.connect() as connection, connection.begin():
        found = find_by_name(connection, wanted)
        if not found:
            by_id = find_by_organization_id(connection, wanted)
            if by_id is None and wanted.isdecimal():
                by_id = get_tenant(connection, int(wanted))
            found = [by_id] if by_id is not None else []
        known = [record.name for record in list_tenants(connection)] if not found else []
    if not found:
        names = f" There are: {', '.join(str(name) for name in known[:20])}." if known else " There is none yet."
        fail(f"no organization is called “{wanted}”.{names}")
    if len(found) > 1:
        ids = ", ".join(record.organization_id for record in found)
        fail(f"several organizations are called “{wanted}”; name one of these ids instead: {ids}")
    return found[0]


def operator_of(record: TenantRecord) -> ActingUser:
    """Who stands in the audit trail: the owner's id, for an operator's work."""
    return ActingUser(record.owner_user_id, 0, OPERATOR)


def in_books(system: System, record: TenantRecord, work: Callable[[TenantRuntime], Coroutine[Any, Any, T]]) -> T:
    """Do some work with the books of an organization."""
    if not record.ready:
        fail(f"the organization “{record.name}” is not built yet")
    ensure_current(system.config, record, system.engine)

    async def run() -> T:
        runtime = TenantRuntime.open(tenant_database_url(system.config, record), record.id, connection_allowance=2)
        try:
            return await work(runtime)
        finally:
            await runtime.drain()
            runtime.close()

    return asyncio.run(run())


def write_books(system: System, record: TenantRecord, run: Callable[[TenantContext], T]) -> T:
    """One command in one transaction, with the owner's name in the audit trail."""
    result: T = in_books(system, record, lambda runtime: runtime.run_command(run, operator_of(record)))
    return result


def read_books(system: System, record: TenantRecord, run: Callable[[TenantContext], T]) -> T:
    """One consistent read."""
    result: T = in_books(system, record, lambda runtime: runtime.run_query(run, operator_of(record)))
    return result
