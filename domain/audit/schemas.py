"""Wire models of the audit trail."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from domain.kit.lists import PageNumber
from domain.kit.schemas import OptionalDay, OptionalId, OptionalText, WireModel

PAGE_SIZE_MAX = 1000


class AuditTrailQuery(WireModel):
    """Filters of the trail; days are the organization's calendar days, both inclusive."""

    subject: OptionalText = None
    subject_id: OptionalId = None
    user_id: OptionalId = None
    action: OptionalText = None
    from_date: OptionalDay = None
    to_date: OptionalDay = None
    page: Annotated[PageNumber, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[PageNumber, Field(ge=1, le=PAGE_SIZE_MAX)] = 50


class AuditEntryOut(WireModel):
    """One change: who, when, before and after, and its place in the chain of hashes."""

    id: int
    at: datetime
    formatted_at: str
    user_id: int
    user_name: str
    action: str
    subject: str
    subject_id: int
    before: Any
    after: Any
    previous_hash: str
    hash: str


class PaginationOut(WireModel):
    """Which page of how many rows."""

    total: int
    page: int
    page_size: int


class AuditTrailOut(WireModel):
    """`GET /audit-trail`, newest first."""

    data: list[AuditEntryOut]
    pagination: PaginationOut
