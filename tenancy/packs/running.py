"""Runs the jobs of packs, as the scheduler claims them."""

from threading import BoundedSemaphore
from typing import Any

from sqlalchemy import Connection, Engine

from domain.kit.context import Clock
from tenancy.config import Config
from tenancy.jobs import Job, JobStore
from tenancy.packs.driver import PackDriver
from tenancy.packs.execution import Executor
from tenancy.packs.keeping import pack_folder, remove_old_packs
from tenancy.packs.model import PackRequest
from tenancy.registry import TenantRecord, memberships_of, tenants_of

ADMIN = "admin"


def allowed_tenants(connection: Connection, user_id: int) -> list[TenantRecord]:
    """The built organizations whose every report a person may have: those that they administer."""
    active = {item.tenant_id for item in memberships_of(connection, user_id) if item.active and item.role_slug_hint == ADMIN}
    return [record for record in tenants_of(connection, user_id) if record.id in active and record.ready]


def drive_pack(
    config: Config,
    engine: Engine,
    store: JobStore,
    job: Job,
    *,
    executor: Executor,
    slots: BoundedSemaphore,
    claimed_by: str,
    clock: Clock,
    **options: Any,
) -> dict[str, Any]:
    """Make a pack that was asked for over HTTP or by a schedule; its result. The right to it is looked at again now."""
    with engine.connect() as connection, connection.begin():
        allowed = allowed_tenants(connection, int(job.payload["requested_by"]))
    wanted = set(job.payload["tenant_ids"])
    driver = PackDriver(
        store=store,
        executor=executor,
        slots=slots,
        claimed_by=claimed_by,
        folder=pack_folder(config, job.id),
        clock=clock,
        **options,
    )
    result = driver.run(job, PackRequest.of(job.payload["request"]), [record for record in allowed if record.id in wanted])
    remove_old_packs(config, clock.now())
    return result
