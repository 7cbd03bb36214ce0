"""Wire models of what lists say about themselves (platform-import-export.md 2, platform.md 15.4)."""

from typing import Any, Literal

from domain.kit.schemas import WireModel


class ResourceOptionOut(WireModel):
    """One value of an enumeration."""

    key: str
    label: str


class ResourceFieldOut(WireModel):
    """One field by which a list can be filtered or sorted."""

    name: str
    field_type: Literal["text", "number", "boolean", "date", "enumeration", "relation"]
    column: str
    columnable: bool
    filterable: bool
    sortable: bool
    options: list[ResourceOptionOut] | None = None


class ResourceSortOut(WireModel):
    """The order in which a client shows a list first."""

    sort_order: Literal["ASC", "DESC"]
    sort_field: str


class ResourceMetaOut(WireModel):
    """What a list is about; fields by key."""

    default_filter_field: str
    default_sort: ResourceSortOut
    fields: dict[str, ResourceFieldOut]


class ResourceOut(WireModel):
    """`GET /resources/{model}/meta`."""

    resource_meta: ResourceMetaOut


class ViewOut(WireModel):
    """A predefined view of a list; `slug` is what `view_slug` takes."""

    name: str
    slug: str
    roles_logic_expression: str
    roles: list[dict[str, Any]]
    columns: list[str]
