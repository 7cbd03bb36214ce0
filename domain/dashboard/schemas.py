"""Wire models of the start of a client (platform.md 12)."""

from domain.kit.schemas import WireModel


class GrantedAbilityOut(WireModel):
    """What the acting member may do: `all`/`manage` is everything."""

    subject: str
    action: str


class FeatureOut(WireModel):
    """A feature that can be off."""

    name: str
    is_accessible: bool
    default_accessible: bool


class BootOut(WireModel):
    """What a client needs before its first page."""

    abilities: list[GrantedAbilityOut]
    features: list[FeatureOut]
    is_bigcapital_cloud: bool
