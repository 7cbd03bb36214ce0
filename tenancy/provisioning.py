"""Building an organization: create its database, bring it to the newest schema, seed its books. Safe to run again after any interruption."""

import logging
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Connection, Engine, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError

from domain.kit.context import ActingUser, Clock, Organization, TenantContext
from domain.kit.exchange import WireAnswer
from domain.kit.text import full_name
from domain.kit.warm import WarmState
from domain.organization.seeds import OwnerPerson, seed_books
from tenancy.config import Config
from tenancy.migration import STATEMENT_TIMEOUT_S, upgrade
from tenancy.registry import TenantRecord, get_tenant, mark_built, mark_initialized
from tenancy.system_database import system_transaction
from tenancy.system_tables import users
from tenancy.tenant_database import check_identity, create_database, open_engine, take_lease, tenant_url
from tenancy.tenant_tables import tenant_identity
from tenancy.unit_of_work import Command, WriteGroup

logger = logging.getLogger(__name__)


class NotDescribedError(RuntimeError):
    """The organization was never described: there is nothing to build from."""


def tenant_database_url(config: Config, record: TenantRecord) -> str:
    """The URL of a tenant's database, with its password."""
    return tenant_url(config.tenant_database_url, record.database_name).render_as_string(hide_password=False)


def build_tenant(config: Config, system_engine: Engine, tenant_id: int, *, progress: Callable[[int], None], clock: Clock) -> None:
    """Build a tenant, or finish a build that was interrupted. A tenant that is built already is left as it is.

    Nothing is ever dropped: a left-over database of the same name is continued if it is this tenant's own, else refused.

    Raises:
        NotDescribedError: the organization was not described.
        WrongDatabaseError: the database belongs to another tenant. ForeignTablesError: its tables are not ours.
        EpochLostError: another run of this build went ahead; that one finishes it.

    """
    with system_engine.connect() as connection, connection.begin():
        record = get_tenant(connection, tenant_id)
        if record is None or record.profile is None:
            raise NotDescribedError(f"tenant {tenant_id} was not described")
        owner = _owner(connection, record.owner_user_id)
    if record.built_at is not None:
        return
    progress(5)
    create_database(config.tenant_database_url, record.database_name)
    engine = open_engine(tenant_database_url(config, record), pool_size=2, statement_timeout_s=STATEMENT_TIMEOUT_S)
    try:
        progress(15)
        _check_unclaimed(engine, record)
        revision = upgrade(engine, "tenant")
        _claim_database(engine, record)
        with system_transaction(system_engine) as connection:
            mark_initialized(connection, tenant_id, clock.now(), revision=revision)
        progress(60)
        seed(engine, record.profile, owner, clock)
        progress(95)
    finally:
        engine.dispose()
    with system_transaction(system_engine) as connection:
        mark_built(connection, tenant_id, clock.now())


def _owner(connection: Connection, user_id: int) -> OwnerPerson:
    row = connection.execute(select(users).where(users.c.id == user_id)).mappings().one()
    return OwnerPerson(system_user_id=user_id, email=row["email"], first_name=row["first_name"], last_name=row["last_name"])


def _check_unclaimed(engine: Engine, record: TenantRecord) -> None:
    """Before anything is changed in a left-over database: it is this tenant's, or nobody's yet."""
    with engine.connect() as connection:
        if inspect(connection).has_table(tenant_identity.name) and _owner_of(connection) is not None:
            check_identity(connection, record.id)


def _claim_database(engine: Engine, record: TenantRecord) -> None:
    """Write whose database this is, once."""
    with engine.connect().execution_options(countinghouse_writer=True) as connection:
        with suppress(IntegrityError), connection.begin():  # another run of this build may have been quicker
            if _owner_of(connection) is None:
                connection.execute(
                    insert(tenant_identity).values(id=1, tenant_id=record.id, organization_id=record.organization_id, epoch=0)
                )
        with connection.begin():
            check_identity(connection, record.id)


def _owner_of(connection: Connection) -> int | None:
    return connection.execute(select(tenant_identity.c.tenant_id).where(tenant_identity.c.id == 1)).scalar()


def seed(engine: Engine, profile: Organization, owner: OwnerPerson, clock: Clock) -> None:
    """Fill an empty tenant, in one fenced transaction; nothing happens where that was done.

    Raises:
        RuntimeError: the seeds were refused; the message says why.

    """
    group = WriteGroup(
        engine=engine,
        lease=take_lease(engine, profile.tenant_id),
        state=WarmState(),
        clock=clock,
        organization=lambda _view: profile,
        services={},
    )
    name = full_name(owner.first_name, owner.last_name, owner.email)
    founder = ActingUser(owner.system_user_id, 1, name)

    def run(ctx: TenantContext) -> WireAnswer:
        if seed_books(ctx, profile, owner):
            ctx.db.execute(update(tenant_identity).where(tenant_identity.c.id == 1).values(seeded_at=ctx.now()))
        return WireAnswer(200)

    try:
        answer = group.run([Command(run=run, user=lambda _view: founder)]).answers[0]
    finally:
        group.close()
    if answer.status != 200:  # noqa: PLR2004
        raise RuntimeError(f"the books of {profile.organization_id} could not be seeded: {answer.body.decode()}")
