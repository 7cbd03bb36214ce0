"""Wire models of verification."""

from decimal import Decimal

from domain.kit.schemas import WireModel


class CheckOut(WireModel):
    """One check: findings are bounded, `omitted` counts the rest."""

    name: str
    title: str
    passed: bool
    checked: int
    problems: list[str]
    notes: list[str]
    omitted: int


class LedgerPositionOut(WireModel):
    """Where the ledger stood; amounts in base currency."""

    lines: int
    last_line_id: int
    debit: Decimal
    credit: Decimal
    audit_entries: int
    audit_head: str


class VerificationOut(WireModel):
    """`GET /verification`."""

    passed: bool
    organization_name: str
    base_currency: str
    problems: list[str]
    notes: list[str]
    checks: list[CheckOut]
    ledger: LedgerPositionOut
