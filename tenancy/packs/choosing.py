"""Of which organizations a pack is: chosen of those that whoever asks may have, for requests, schedules and the command alike."""

from collections.abc import Sequence
from http import HTTPStatus

from domain.kit.errors import ErrorCode
from tenancy.packs.model import TENANTS_MAX
from tenancy.registry import TenantRecord

NAMED_MAX = 10
"""Organizations that a refusal names."""

PACK_ORGANIZATION_FORBIDDEN = ErrorCode(
    "PACK_ORGANIZATION_FORBIDDEN", "You administer no organization of this id that has its books open.", HTTPStatus.FORBIDDEN
)
PACK_ORGANIZATIONS_NONE = ErrorCode("PACK_ORGANIZATIONS_NONE", "There is no organization to report on.")
PACK_ORGANIZATIONS_TOO_MANY = ErrorCode(
    "PACK_ORGANIZATIONS_TOO_MANY", f"A pack has at most {TENANTS_MAX:,} organizations. Choose fewer."
)
PACK_ORGANIZATIONS_AMBIGUOUS = ErrorCode(
    "PACK_ORGANIZATIONS_AMBIGUOUS", "Ask for all organizations or for chosen ones, not for both."
)


def choose(offered: Sequence[TenantRecord], wanted: Sequence[str] | None) -> list[TenantRecord]:
    """The organizations of these ids, each once, in the order in which they are offered; all of them for None.

    Raises:
        PACK_ORGANIZATION_FORBIDDEN: an id is not among those offered. Whether there is such an organization is not said.
        PACK_ORGANIZATIONS_NONE, PACK_ORGANIZATIONS_TOO_MANY.

    """
    ids = {record.organization_id for record in offered}
    asked = dict.fromkeys(wanted or ())
    missing = [name for name in asked if name not in ids]
    if missing:
        named = ", ".join(f"“{name}”" for name in missing[:NAMED_MAX])
        more = f" and {len(missing) - NAMED_MAX} more" if len(missing) > NAMED_MAX else ""
        raise PACK_ORGANIZATION_FORBIDDEN(
            f"You administer no organization {named}{more} that has its books open.",
            payload={"organizationIds": missing[:NAMED_MAX]},
        )
    chosen = list(offered) if wanted is None else [record for record in offered if record.organization_id in asked]
    if not chosen:
        raise PACK_ORGANIZATIONS_NONE()
    if len(chosen) > TENANTS_MAX:
        raise PACK_ORGANIZATIONS_TOO_MANY(f"A pack has at most {TENANTS_MAX:,} organizations; these are {len(chosen):,}.")
    return chosen
