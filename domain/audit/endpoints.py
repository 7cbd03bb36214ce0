"""The HTTP interface of the audit trail."""

from typing import Any

from domain.audit import service
from domain.audit.schemas import AuditTrailOut, AuditTrailQuery
from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import PREFERENCES

endpoint = EndpointGroup("Audit trail")


@endpoint.get("/audit-trail", permission=PREFERENCES, query=AuditTrailQuery, returns=AuditTrailOut)
def list_entries(ctx: TenantContext, query: AuditTrailQuery) -> dict[str, Any]:
    """Who changed what and when, newest first"""
    return service.list_entries(ctx, query)
