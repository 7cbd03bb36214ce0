"""Use cases of branches. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import asdict, replace
from typing import Any

from domain.branches import presenter, repository, rules
from domain.branches.model import Branch
from domain.branches.repository import BRANCHES
from domain.branches.schemas import BranchEditIn, BranchIn
from domain.branches.tables import FIRST_BRANCH_ID, branches
from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id
from domain.kit.text import fold_text
from domain.settings import repository as settings
from domain.settings.service import setting

SUBJECT = "Branch"
HEAD_BRANCH = {"name": "Head Branch", "code": "10001"}


def branches_active(ctx: TenantContext) -> bool:
    """Whether documents carry branches."""
    return setting(ctx, "features", "branches") is True


def document_branch(ctx: TenantContext, branch_id: int | None) -> int | None:
    """The branch to store with a document: none while the feature is off; the primary one where none is given (DECISIONS 28).

    Raises:
        BRANCH_ID_NOT_FOUND: no such branch.

    """
    if not branches_active(ctx):
        return None
    known = ctx.warm.get(BRANCHES)
    if branch_id is None:
        primary = rules.primary_of(known)
        return primary.id if primary else None
    if branch_id not in known:
        raise rules.BRANCH_ID_NOT_FOUND()
    return branch_id


def list_branches(ctx: TenantContext) -> list[Branch]:
    """All branches, by name descending."""
    return sorted(ctx.warm.get(BRANCHES).values(), key=lambda item: (fold_text(item.name), item.id), reverse=True)


def get_branch(ctx: TenantContext, branch_id: int) -> Branch:
    """The branch.

    Raises:
        NOT_FOUND: no such branch.

    """
    branch = ctx.warm.get(BRANCHES).get(branch_id)
    if branch is None:
        raise NOT_FOUND()
    return branch


def create_branch(ctx: TenantContext, body: BranchIn) -> Branch:
    """Open a branch. The first one is primary; one that asks to be takes over.

    Raises:
        CODE_NOT_UNIQUE.

    """
    known = ctx.warm.get(BRANCHES)
    rules.check_unique_code(known, body.code)
    values = body.model_dump(exclude={"primary"})
    return _open(ctx, primary=bool(body.primary) or not known, **values)


def _open(ctx: TenantContext, *, primary: bool, **values: Any) -> Branch:
    now = ctx.now()
    new_id = next_id(ctx.warm, branches, first=FIRST_BRANCH_ID)
    branch = Branch(id=new_id, primary=False, created_at=now, updated_at=now, **values)
    repository.insert_branch(ctx, branch)
    ctx.audit("created", SUBJECT, branch.id, after=asdict(branch))
    return _make_primary(ctx, branch) if primary else branch


def edit_branch(ctx: TenantContext, branch_id: int, body: BranchEditIn) -> Branch:
    """Change a branch; absent keys keep their value.

    Raises:
        NOT_FOUND, CODE_NOT_UNIQUE.

    """
    branch = get_branch(ctx, branch_id)
    given = body.model_dump(exclude_unset=True, exclude={"primary"})
    if given.get("name") is None:
        given.pop("name", None)
    rules.check_unique_code(ctx.warm.get(BRANCHES), given.get("code"), own_id=branch_id)
    changed = replace(branch, **given, updated_at=ctx.now())
    repository.update_branches(ctx, changed)
    ctx.audit("edited", SUBJECT, branch_id, before=asdict(branch), after=asdict(changed))
    return _make_primary(ctx, changed) if body.primary else changed


def mark_as_primary(ctx: TenantContext, branch_id: int) -> Branch:
    """Make a branch the primary one; the others no longer are.

    Raises:
        NOT_FOUND.

    """
    return _make_primary(ctx, get_branch(ctx, branch_id))


def _make_primary(ctx: TenantContext, branch: Branch) -> Branch:
    now = ctx.now()
    chosen = replace(branch, primary=True, updated_at=now)
    others = [
        replace(item, primary=False, updated_at=now)
        for item in ctx.warm.get(BRANCHES).values()
        if item.primary and item.id != branch.id
    ]
    if branch.primary and not others:
        return branch
    repository.update_branches(ctx, *others, chosen)
    ctx.audit(
        "marked as primary",
        SUBJECT,
        branch.id,
        before={"primary_branch_ids": [item.id for item in others]},
        after={"primary_branch_ids": [branch.id]},
    )
    return chosen


def delete_branch(ctx: TenantContext, branch_id: int) -> None:
    """Remove a branch to which nothing belongs; where it was primary, the lowest id takes over.

    Raises:
        NOT_FOUND, ONLY_BRANCH, HAS_TRANSACTIONS (409).

    """
    branch = get_branch(ctx, branch_id)
    if len(ctx.warm.get(BRANCHES)) == 1:
        raise rules.ONLY_BRANCH()
    if repository.has_records(ctx.db, branch_id):
        raise rules.HAS_TRANSACTIONS()
    repository.delete_branch(ctx, branch_id)
    ctx.audit("deleted", SUBJECT, branch_id, before=asdict(branch))
    successor = rules.primary_of(ctx.warm.get(BRANCHES))
    if successor is not None and not successor.primary:
        _make_primary(ctx, successor)


def activate_branches(ctx: TenantContext) -> Branch:
    """Let documents carry branches from now on, and give all that exist to the primary one. Cannot be undone.

    Raises:
        ALREADY_ACTIVATED.

    """
    if branches_active(ctx):
        raise rules.ALREADY_ACTIVATED()
    primary = rules.primary_of(ctx.warm.get(BRANCHES))
    primary = _make_primary(ctx, primary) if primary else _open(ctx, primary=True, **HEAD_BRANCH)
    settings.put(ctx, {("features", "branches"): "1"})
    repository.stamp_records(ctx.db, primary.id)
    _reload_ledger(ctx)
    ctx.audit("activated", "Branches", primary.id, after=presenter.branch_form(primary))
    return primary


def _reload_ledger(ctx: TenantContext) -> None:
    from domain.ledger.columns import LEDGER  # numpy: not needed by documents

    ctx.warm.drop(LEDGER)
