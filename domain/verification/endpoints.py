"""The HTTP interface of verification."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import PREFERENCES
from domain.verification.presenter import report_form
from domain.verification.schemas import VerificationOut
from domain.verification.service import verify_books

endpoint = EndpointGroup("Verification")


@endpoint.get("/verification", permission=PREFERENCES, returns=VerificationOut, cached=False)
def verification(ctx: TenantContext) -> dict[str, Any]:
    """Check the books: every balance, posting, number and reference, the audit trail, and the memory"""
    return report_form(verify_books(ctx.db, warm=ctx.warm.state, version=ctx.warm.version))
