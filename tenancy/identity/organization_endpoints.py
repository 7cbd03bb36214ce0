"""The HTTP interface of the registry of organizations (`platform.md` 7.1, 7.2, 11)."""

from typing import Any

from sqlalchemy import literal, select

from domain.kit.endpoint import EndpointGroup, Scope
from domain.kit.permissions import MEMBER, PUBLIC, SIGNED_IN
from tenancy.identity import organizations, presenter
from tenancy.identity.errors import JOB_NOT_FOUND, ORGANIZATIONS_TOO_MANY, TENANT_ALREADY_BUILT, TENANT_IS_BUILDING
from tenancy.identity.organization_repository import subscriptions_of
from tenancy.identity.rates import AUTH
from tenancy.identity.schemas import (
    BuildIn,
    BuildJobOut,
    BuildStartedOut,
    CurrentOrganizationOut,
    NewOrganizationOut,
    OrganizationIn,
    PlacesOut,
    StatusOut,
    SubscriptionsOut,
)
from tenancy.system_context import SystemContext

endpoint = EndpointGroup("Organizations", scope=Scope.SYSTEM)


@endpoint.get(
    "/organization/current", permission=MEMBER, returns=CurrentOrganizationOut, allow_unverified=True, allow_unbuilt=True
)
def get_current(ctx: SystemContext) -> dict[str, Any]:
    """The organization that the request is for, built or not"""
    tenant = organizations.current_tenant(ctx)
    return presenter.current_form(tenant, subscriptions_of(ctx.db, tenant.id))


@endpoint.get("/organizations", permission=SIGNED_IN, returns=PlacesOut, allow_unverified=True, allow_unbuilt=True)
def list_organizations(ctx: SystemContext) -> dict[str, Any]:
    """All organizations of the signed-in person"""
    return {"organizations": [presenter.place_form(place) for place in organizations.list_places(ctx)]}


@endpoint.post(
    "/organizations",
    permission=SIGNED_IN,
    body=OrganizationIn,
    returns=NewOrganizationOut,
    errors=(ORGANIZATIONS_TOO_MANY,),
    limiter=AUTH,
    allow_unbuilt=True,
)
def create_organization(ctx: SystemContext, body: OrganizationIn) -> dict[str, Any]:
    """Create another organization for the signed-in person"""
    tenant = organizations.create_organization(ctx, name=body.name)
    return {"id": tenant.id, "tenant_id": tenant.id, "organization_id": tenant.organization_id}


@endpoint.post(
    "/organization/build",
    permission=MEMBER,
    body=BuildIn,
    returns=BuildStartedOut,
    status=200,
    errors=(TENANT_ALREADY_BUILT, TENANT_IS_BUILDING),
    limiter=AUTH,
    allow_unbuilt=True,
)
def build_organization(ctx: SystemContext, body: BuildIn) -> dict[str, Any]:
    """Describe the organization and have its books built"""
    job_id = organizations.build_organization(ctx, body)
    return {
        "type": "success",
        "code": "ORGANIZATION.DATABASE.INITIALIZED",
        "message": "The books of the organization are being built.",
        "data": {"delay": 0, "job_id": job_id},
    }


@endpoint.get(
    "/organization/build/{job_id}",
    permission=MEMBER,
    returns=BuildJobOut,
    errors=(JOB_NOT_FOUND,),
    limiter="build",
    allow_unbuilt=True,
)
def get_build(ctx: SystemContext, job_id: str) -> dict[str, Any]:
    """How far the build of the organization is"""
    return presenter.job_form(organizations.build_job(ctx, job_id))


@endpoint.get("/subscription", permission=MEMBER, returns=SubscriptionsOut, allow_unbuilt=True)
def get_subscription(ctx: SystemContext) -> dict[str, Any]:
    """The organization's subscription: free and without end"""
    tenant = organizations.current_tenant(ctx)
    date_format = tenant.profile.date_format if tenant.profile else None
    return {"subscriptions": [presenter.billing_form(row, date_format) for row in subscriptions_of(ctx.db, tenant.id)]}


@endpoint.get("/system_db", permission=PUBLIC, returns=StatusOut)
def get_system_database(ctx: SystemContext) -> dict[str, Any]:
    """Whether the system database answers"""
    ctx.db.scalar(select(literal(1)))
    return {"status": "ok"}
