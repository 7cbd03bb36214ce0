"""Wire models of warehouses."""

from datetime import datetime

from domain.kit.schemas import WireModel


class WarehouseOut(WireModel):
    """A warehouse."""

    id: int
    name: str
    code: str | None
    address: str | None
    city: str | None
    country: str | None
    phone_number: str | None
    email: str | None
    website: str | None
    primary: bool
    created_at: datetime
    updated_at: datetime
