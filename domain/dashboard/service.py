"""What a client asks for when it starts: what its user may do, and which features are on (platform.md 12)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.permissions import Grants
from domain.settings.service import setting

BANK_FEED = "bank_feed_enabled"
"""Name of the service's switch for bank feeds among `ctx.services`."""
_SWITCHED_BY_SETTING = ("branches", "warehouses")


def boot(ctx: TenantContext) -> dict[str, Any]:
    """Abilities of the acting member and the features."""
    bank_feed = bool(ctx.services.get(BANK_FEED, False))
    features = [_feature(name, on=setting(ctx, "features", name) is True, default=False) for name in _SWITCHED_BY_SETTING]
    return {
        "abilities": abilities(ctx.user.grants),
        "features": [*features, _feature("BankSyncing", on=bank_feed, default=bank_feed)],
        "is_bigcapital_cloud": False,
    }


def abilities(grants: Grants) -> list[dict[str, str]]:
    """The pairs that a role holds, in a steady order; `all`/`manage` for everything."""
    if grants.everything:
        return [{"subject": "all", "action": "manage"}]
    pairs = sorted((pair.subject, pair.ability) for pair in grants.pairs)
    return [{"subject": subject, "action": ability} for subject, ability in pairs]


def _feature(name: str, *, on: bool, default: bool) -> dict[str, Any]:
    return {"name": name, "is_accessible": on, "default_accessible": default}
