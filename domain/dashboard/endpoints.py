"""The HTTP interface of the start of a client (platform.md 12)."""

from typing import Any

from domain.dashboard import service
from domain.dashboard.schemas import BootOut
from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import MEMBER

endpoint = EndpointGroup("Dashboard")


@endpoint.get("/dashboard/boot", permission=MEMBER, returns=BootOut, warm=True)
def boot(ctx: TenantContext) -> dict[str, Any]:
    """What the acting member may do and which features are on"""
    return service.boot(ctx)
