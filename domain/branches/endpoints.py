"""The HTTP interface of branches (accounting.md 12.1)."""

from typing import Any

from domain.branches import service
from domain.branches.presenter import branch_form
from domain.branches.rules import ALREADY_ACTIVATED, CODE_NOT_UNIQUE, HAS_TRANSACTIONS, ONLY_BRANCH
from domain.branches.schemas import ActivatedOut, BranchEditIn, BranchIn, BranchOut
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES

endpoint = EndpointGroup("Branches")


@endpoint.get("/branches", permission=MEMBER, returns=list[BranchOut], warm=True)
def list_branches(ctx: TenantContext) -> list[dict[str, Any]]:
    """All branches, by name descending"""
    return [branch_form(branch) for branch in service.list_branches(ctx)]


@endpoint.get("/branches/{branch_id}", permission=MEMBER, returns=BranchOut, warm=True)
def get_branch(ctx: TenantContext, branch_id: int) -> dict[str, Any]:
    """One branch"""
    return branch_form(service.get_branch(ctx, branch_id))


@endpoint.post("/branches", permission=PREFERENCES, body=BranchIn, returns=BranchOut, errors=(CODE_NOT_UNIQUE,))
def create_branch(ctx: TenantContext, body: BranchIn) -> dict[str, Any]:
    """Open a branch"""
    return branch_form(service.create_branch(ctx, body))


@endpoint.put("/branches/{branch_id}", permission=PREFERENCES, body=BranchEditIn, returns=BranchOut, errors=(CODE_NOT_UNIQUE,))
def edit_branch(ctx: TenantContext, branch_id: int, body: BranchEditIn) -> dict[str, Any]:
    """Change a branch"""
    return branch_form(service.edit_branch(ctx, branch_id, body))


@endpoint.delete("/branches/{branch_id}", permission=PREFERENCES, errors=(ONLY_BRANCH, HAS_TRANSACTIONS))
def delete_branch(ctx: TenantContext, branch_id: int) -> Answer:
    """Delete a branch to which nothing belongs"""
    service.delete_branch(ctx, branch_id)
    return EMPTY


@endpoint.post("/branches/activate", permission=PREFERENCES, returns=ActivatedOut, errors=(ALREADY_ACTIVATED,))
def activate_branches(ctx: TenantContext) -> dict[str, Any]:
    """Let documents carry branches; cannot be undone"""
    service.activate_branches(ctx)
    return {"code": 200, "message": "Branches are in use now; existing transactions belong to the primary branch."}


@endpoint.put("/branches/{branch_id}/mark-as-primary", permission=PREFERENCES, returns=BranchOut)
@endpoint.post("/branches/{branch_id}/mark-primary", permission=PREFERENCES, returns=BranchOut, status=200)
def mark_as_primary(ctx: TenantContext, branch_id: int) -> dict[str, Any]:
    """Make a branch the primary one"""
    return branch_form(service.mark_as_primary(ctx, branch_id))
