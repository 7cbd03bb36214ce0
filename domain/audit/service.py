"""Keeping and reading the audit trail (DECISIONS 13)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping

from domain.audit import presenter, repository
from domain.audit.repository import CHAIN_HEAD
from domain.audit.rules import GENESIS_HASH, canonical_json, entry_hash
from domain.audit.schemas import AuditTrailQuery
from domain.audit.tables import FIRST_ENTRY_ID, audit_trail
from domain.kit.context import ActingUser, AuditNote, TenantContext
from domain.kit.identifiers import next_ids

USER_NAME_LENGTH_MAX = 600
PROBLEMS_MAX = 100
_HASHED = ("id", "at", "user_id", "user_name", "action", "subject", "subject_id", "before", "after")


def append_entries(ctx: TenantContext, notes: Sequence[tuple[ActingUser, AuditNote]]) -> None:
    """Append what a group of commands noted, each under its user's name: one insert. Called by the unit of work, before the commit."""
    if not notes:
        return
    head, now = ctx.warm.get(CHAIN_HEAD), ctx.now()
    ids = next_ids(ctx.warm, audit_trail, len(notes), first=FIRST_ENTRY_ID)
    rows = []
    for entry_id, (user, note) in zip(ids, notes, strict=True):
        row: dict[str, Any] = {
            "id": entry_id,
            "at": now,
            "user_id": user.user_id,
            "user_name": user.name[:USER_NAME_LENGTH_MAX],
            "action": note.action,
            "subject": note.subject,
            "subject_id": note.subject_id,
            "before": None if note.before is None else canonical_json(note.before),
            "after": None if note.after is None else canonical_json(note.after),
        }
        digest = entry_hash(head, row | {"organization_id": ctx.organization.organization_id})
        rows.append(row | {"previous_hash": head, "hash": digest})
        head = digest
    repository.insert_entries(ctx.db, rows)
    ctx.warm.put(CHAIN_HEAD, head)


def check_chain(connection: Connection) -> list[str]:
    """What is wrong with the chain, oldest first; empty when every entry is as it was written. At most 100 problems."""
    problems: list[str] = []
    head, expected_id, owner = GENESIS_HASH, FIRST_ENTRY_ID, repository.organization_id(connection)
    for page in repository.pages(connection):
        for row in page:
            if row["id"] != expected_id:
                problems.append(f"audit entries {expected_id} to {row['id'] - 1} are missing")
            if row["previous_hash"] != head:
                problems.append(f"audit entry {row['id']} does not follow the entry before it")
            if entry_hash(row["previous_hash"], _hashed(row, owner)) != row["hash"]:
                problems.append(f"audit entry {row['id']} was changed after it was written")
            if len(problems) >= PROBLEMS_MAX:
                return problems[:PROBLEMS_MAX]
            head, expected_id = row["hash"], row["id"] + 1
    return problems


def _hashed(row: RowMapping, owner: str) -> dict[str, Any]:
    return {name: row[name] for name in _HASHED} | {"organization_id": owner}


def list_entries(ctx: TenantContext, query: AuditTrailQuery) -> dict[str, Any]:
    """Entries that match all the given filters, newest first. Days are the organization's calendar days."""
    columns = audit_trail.c
    conditions: list[ColumnElement[bool]] = [
        columns[name] == value for name in ("subject", "subject_id", "user_id", "action") if (value := getattr(query, name))
    ]
    if query.from_date is not None:
        conditions.append(columns.at >= _start_of(ctx, query.from_date))
    if query.to_date is not None:
        conditions.append(columns.at < _start_of(ctx, query.to_date + timedelta(days=1)))
    rows, total = repository.find_entries(ctx.db, conditions, page=query.page, page_size=query.page_size)
    return {
        "data": [presenter.entry_form(row, ctx.organization) for row in rows],
        "pagination": {"total": total, "page": query.page, "page_size": query.page_size},
    }


def _start_of(ctx: TenantContext, day: date) -> datetime:
    return datetime.combine(day, time(), ctx.organization.zone()).astimezone(UTC)
