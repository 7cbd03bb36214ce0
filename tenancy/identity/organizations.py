"""The organizations of a person: listing, creating, building (`platform.md` 7.1, DECISIONS 25)."""

import re
from dataclasses import dataclass

from ulid import ULID

from domain.kit.context import Organization
from domain.kit.errors import NOT_FOUND
from domain.kit.formatting import DATE_FORMAT_DEFAULT
from tenancy.identity import organization_repository as repository
from tenancy.identity.errors import JOB_NOT_FOUND, ORGANIZATIONS_TOO_MANY, TENANT_ALREADY_BUILT, TENANT_IS_BUILDING
from tenancy.identity.schemas import BuildIn
from tenancy.identity.users import get_user
from tenancy.jobs import OPEN_STATES, Job
from tenancy.registry import Membership, TenantRecord, get_tenant, insert_tenant, memberships_of, tenants_of, update_profile
from tenancy.system_context import WAKE_SCHEDULER, SystemContext

ORGANIZATIONS_PER_PERSON_MAX = 50
BUILD_JOB = "organization.build"
_JOB_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Place:
    """An organization of a person."""

    tenant: TenantRecord
    membership: Membership
    current: bool


def current_tenant(ctx: SystemContext) -> TenantRecord:
    """The organization that the request is for."""
    tenant = get_tenant(ctx.db, ctx.tenant_id)
    if tenant is None:
        raise NOT_FOUND()
    return tenant


def list_places(ctx: SystemContext) -> list[Place]:
    """All organizations of the person, in the order of joining. Current is the one chosen by the header, else the last used one."""
    person = ctx.person
    user = get_user(ctx.db, person.user_id)
    members = {member.tenant_id: member for member in memberships_of(ctx.db, person.user_id)}
    tenants = tenants_of(ctx.db, person.user_id)
    current = person.tenant_id or (user.last_tenant_id if user else None)
    if current not in members and tenants:
        current = tenants[0].id
    return [Place(tenant, members[tenant.id], tenant.id == current) for tenant in tenants]


def create_organization(ctx: SystemContext, *, name: str | None) -> TenantRecord:
    """Another organization of the person, still to be built.

    Raises:
        ORGANIZATIONS_TOO_MANY: the person has 50 already.

    """
    person, now = ctx.person, ctx.now()
    repository.lock_user(ctx.db, person.user_id, now)
    if len(memberships_of(ctx.db, person.user_id)) >= ORGANIZATIONS_PER_PERSON_MAX:
        raise ORGANIZATIONS_TOO_MANY()
    tenant = insert_tenant(ctx.db, owner_user_id=person.user_id, now=now, prefix=ctx.config.tenant_database_prefix)
    if name is not None:
        repository.set_name(ctx.db, tenant.id, name)
    ctx.news.append(person.user_id)
    return get_tenant(ctx.db, tenant.id) or tenant


def build_organization(ctx: SystemContext, body: BuildIn) -> str:
    """Describe the organization and have its books built. The job's id, stored before the job is queued.

    Raises:
        TENANT_ALREADY_BUILT; TENANT_IS_BUILDING: a build is under way.

    """
    tenant = current_tenant(ctx)
    if tenant.built_at is not None:
        raise TENANT_ALREADY_BUILT()
    seen = tenant.build_job_id
    job = ctx.jobs.get(seen) if seen is not None else None
    if job is not None and job.state in OPEN_STATES:
        raise TENANT_IS_BUILDING()
    # A stored id without a job is a build whose request died before the job was queued: it goes on under the same id.
    job_id = seen if seen is not None and job is None else str(ULID())
    now = ctx.now()
    if not repository.claim_build(ctx.db, tenant.id, job_id=job_id, seen=seen, now=now):
        raise TENANT_IS_BUILDING()
    update_profile(ctx.db, tenant.id, _profile(tenant, body), now)
    ctx.news.append(ctx.person.user_id)
    ctx.after_commit.append(lambda: queue_build(ctx, tenant.id, job_id))
    ctx.effects.append((WAKE_SCHEDULER, {}))
    return job_id


def queue_build(ctx: SystemContext, tenant_id: int, job_id: str) -> Job:
    """Queue the build job of this id, once however often this is called."""
    return ctx.jobs.create(BUILD_JOB, tenant_id=tenant_id, unique_key=f"{BUILD_JOB}:{tenant_id}:{job_id}", job_id=job_id)


def _profile(tenant: TenantRecord, body: BuildIn) -> Organization:
    return Organization(
        tenant_id=tenant.id,
        organization_id=tenant.organization_id,
        name=body.name,
        base_currency=body.base_currency,
        location=body.location,
        industry=body.industry,
        language=body.language,
        timezone=body.timezone,
        date_format=body.date_format or DATE_FORMAT_DEFAULT,
        fiscal_year=body.fiscal_year,
    )


def build_job(ctx: SystemContext, job_id: str) -> Job:
    """The build job of the caller's own organization.

    Raises:
        JOB_NOT_FOUND: no such job, or another organization's.

    """
    if not _JOB_ID.fullmatch(job_id):
        raise JOB_NOT_FOUND()
    tenant = current_tenant(ctx)
    job = ctx.jobs.get(job_id)
    if job is None and tenant.build_job_id == job_id:
        job = queue_build(ctx, tenant.id, job_id)  # see build_organization
        ctx.effects.append((WAKE_SCHEDULER, {}))
    if job is None or job.tenant_id != tenant.id or job.kind != BUILD_JOB:
        raise JOB_NOT_FOUND()
    return job
