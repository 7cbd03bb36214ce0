"""The HTTP interface of what lists say about themselves (platform-import-export.md 2, platform.md 15.4)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import MEMBER
from domain.resources.rules import RESOURCE_MODEL_NOT_FOUND
from domain.resources.schemas import ResourceOut, ViewOut
from domain.resources.service import find_resource

endpoint = EndpointGroup("Resources")


@endpoint.get("/resources/{model}/meta", permission=MEMBER, returns=ResourceOut, errors=(RESOURCE_MODEL_NOT_FOUND,), warm=True)
def resource_meta(ctx: TenantContext, model: str) -> dict[str, Any]:  # noqa: ARG001
    """The fields by which a list can be filtered and sorted"""
    return find_resource(model).meta()


@endpoint.get("/views/resource/{model}", permission=MEMBER, returns=list[ViewOut], errors=(RESOURCE_MODEL_NOT_FOUND,), warm=True)
def resource_views(ctx: TenantContext, model: str) -> list[dict[str, Any]]:  # noqa: ARG001
    """The predefined views of a list"""
    resource = find_resource(model)
    return [view.wire(resource.view_columns) for view in resource.views]
