"""Views, filters, search, sort and paging: one kit for every list endpoint (`platform.md` section 15).

A noun describes its list once, as a :class:`Resource`. Identifiers in SQL come from that description alone, never from the request.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import BeforeValidator
from pydantic import Field as Constraint
from sqlalchemy import ColumnElement, Connection, RowMapping, Select

from domain.kit.errors import ErrorCode
from domain.kit.money import AMOUNT_MAX, LEDGER_SCALE, parse_decimal, round_half_up
from domain.kit.schemas import OptionalFlag, OptionalText, WireModel, _flag, blank_to_none, parse_day
from domain.kit.tables import UtcDateTime, folded
from domain.kit.text import fold_text
from domain.kit.wire import fold_key, read_json

PAGE_SIZE_MAX = 10_000
FILTER_ROLES_MAX = 50

SORT_COLUMN_NOT_FOUND = ErrorCode("sort_column_not_found", "The list cannot be sorted by that column.")
VIEW_NOT_FOUND = ErrorCode("view_not_found", "There is no such view of this list.")
FILTER_ROLES_INVALID = ErrorCode(
    "stringified_filter_roles_invalid", "The filter is not a JSON list of {fieldKey, comparator, value, condition}."
)
FILTER_FIELDS_NOT_FOUND = ErrorCode("filter_roles_fields_not_found", "The filter names a field that this list does not have.")

FieldType = Literal["text", "number", "boolean", "date", "enumeration", "relation"]
Condition = Callable[[str, Any], ColumnElement[bool]]
"""Builds a custom condition from the comparator group (`equal` or `not_equal`) and the value."""


@dataclass(frozen=True)
class ListField:
    """One field of a list by which it can be filtered or sorted."""

    key: str
    label: str
    type: FieldType
    column: ColumnElement[Any] | None = None
    sort_by: ColumnElement[Any] | None = None
    filterable: bool = True
    sortable: bool = True
    options: tuple[tuple[str, str], ...] = ()
    condition: Condition | None = None
    columnable: bool = True

    def meta(self) -> dict[str, Any]:
        """The wire form of `resources/:model/meta`."""
        form: dict[str, Any] = {
            "name": self.label,
            "field_type": self.type,
            "column": self.column.key if self.column is not None and hasattr(self.column, "key") else self.key,
            "columnable": self.columnable,
            "filterable": self.filterable,
            "sortable": self.sortable,
        }
        if self.options:
            form["options"] = [{"key": key, "label": label} for key, label in self.options]
        return form


@dataclass(frozen=True)
class ListView:
    """A predefined view: one condition under a name."""

    slug: str
    label: str
    field_key: str
    value: str

    def wire(self, columns: Sequence[str] = ()) -> dict[str, Any]:
        """The element of `GET /views/resource/:model`."""
        return {
            "name": self.label,
            "slug": self.slug,
            "roles_logic_expression": "1",
            "roles": [{"index": 1, "field_key": self.field_key, "comparator": "equals", "value": self.value}],
            "columns": list(columns),
        }


@dataclass(frozen=True)
class Resource:
    """The description of one list. `search` builds one condition a searched field, joined with OR."""

    name: str
    list_key: str
    table: sa.Table
    fields: tuple[ListField, ...]
    views: tuple[ListView, ...] = ()
    search: tuple[Callable[[str], ColumnElement[bool] | None], ...] = ()
    default_sort: str = "created_at"
    default_order: Literal["asc", "desc"] = "desc"
    view_columns: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    default_filter_field: str = "name"

    def field(self, key: str) -> ListField | None:
        """By key, in any spelling."""
        wanted = fold_key(key)
        return next((item for item in self.fields if fold_key(item.key) == wanted), None)

    def view(self, slug: str) -> ListView | None:
        """By slug."""
        return next((item for item in self.views if item.slug == slug), None)

    def meta(self) -> dict[str, Any]:
        """The wire form of `GET /resources/:model/meta`."""
        return {
            "resource_meta": {
                "default_filter_field": self.default_filter_field,
                "default_sort": {"sort_order": "DESC", "sort_field": "name"},
                "fields": {item.key: item.meta() for item in self.fields},
            }
        }


def _page_number(value: Any) -> Any:
    return int(parse_decimal(value)) if isinstance(value, str | Decimal) else value


RolesText = Annotated[str, Constraint(max_length=20_000)]
PageNumber = Annotated[int, BeforeValidator(lambda value: 1 if blank_to_none(value) is None else _page_number(value))]


class ListQuery(WireModel):
    """Query of every list endpoint. `page` is 1-based; `page_size` at most 10,000."""

    page: Annotated[PageNumber, Constraint(ge=1, le=1_000_000)] = 1
    page_size: Annotated[PageNumber, Constraint(ge=1, le=PAGE_SIZE_MAX)] = 12
    view_slug: OptionalText = None
    column_sort_by: OptionalText = None
    sort_order: OptionalText = None
    search_keyword: OptionalText = None
    stringified_filter_roles: Annotated[RolesText | None, BeforeValidator(blank_to_none)] = None
    inactive_mode: OptionalFlag = None
    only_inactive: OptionalFlag = None

    @property
    def inactive(self) -> bool:
        """Whether only inactive rows are asked for."""
        return bool(self.inactive_mode or self.only_inactive)

    @property
    def plain(self) -> bool:
        """Whether nothing is filtered, searched or sorted."""
        return not (
            self.view_slug or self.column_sort_by or self.search_keyword or self.stringified_filter_roles or self.sort_order
        )


def contains(column: ColumnElement[Any]) -> Callable[[str], ColumnElement[bool]]:
    """A searched field: the text contains the keyword."""
    return lambda keyword: _like(column, f"%{_escaped(keyword)}%")


def amount_is(column: ColumnElement[Any]) -> Callable[[str], ColumnElement[bool] | None]:
    """A searched field: the amount equals the keyword, where that is an amount that can be stored."""

    def condition(keyword: str) -> ColumnElement[bool] | None:
        try:
            number = parse_decimal(keyword.replace(",", ""))
        except ValueError:
            return None
        if abs(number) > AMOUNT_MAX or number != round_half_up(number, LEDGER_SCALE):
            return None
        return column == sa.literal(number, column.type)

    return condition


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _like(column: ColumnElement[Any], pattern: str) -> ColumnElement[bool]:
    return folded(column).like(fold_text(pattern), escape="\\")


def _text_condition(column: ColumnElement[Any], comparator: str, value: Any) -> ColumnElement[bool]:
    text = str(value)
    match comparator:
        case "not_equal" | "not_equals" | "is_not":
            return folded(column) != fold_text(text)
        case "contain" | "contains":
            return _like(column, f"%{_escaped(text)}%")
        case "not_contain" | "not_contains":
            return sa.not_(_like(column, f"%{_escaped(text)}%"))
        case "starts_with" | "start_with":
            return _like(column, f"{_escaped(text)}%")
        case "ends_with" | "end_with":
            return _like(column, f"%{_escaped(text)}")
        case _:
            return folded(column) == fold_text(text)


_NUMBER_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "not_equal": lambda column, number: column != number,
    "not_equals": lambda column, number: column != number,
    "bigger_than": lambda column, number: column > number,
    "bigger": lambda column, number: column > number,
    "smaller_than": lambda column, number: column < number,
    "smaller": lambda column, number: column < number,
    "bigger_or_equals": lambda column, number: column >= number,
    "bigger_or_equal": lambda column, number: column >= number,
    "smaller_or_equals": lambda column, number: column <= number,
    "smaller_or_equal": lambda column, number: column <= number,
}


def _number_condition(column: ColumnElement[Any], comparator: str, value: Any) -> ColumnElement[bool]:
    number = parse_decimal(value)
    if abs(number) > Decimal(10) ** 14:
        raise ValueError("the number is out of range")
    operator = _NUMBER_OPERATORS.get(comparator, lambda left, right: left == right)
    return operator(column, sa.literal(number.quantize(Decimal("0.0001")), column.type))  # type: ignore[no-any-return]


def _date_condition(column: ColumnElement[Any], comparator: str, value: Any) -> ColumnElement[bool]:
    day = parse_day(value)
    if isinstance(column.type, UtcDateTime):
        start: date | datetime = datetime.combine(day, time(), UTC)
        end: date | datetime = datetime.combine(day + timedelta(days=1), time(), UTC)
    else:
        start, end = day, day + timedelta(days=1)
    match comparator:
        case "after":
            return column >= end
        case "before":
            return column < start
        case "not_equal" | "not_equals" | "is_not":
            return sa.or_(column < start, column >= end)
        case _:
            return sa.and_(column >= start, column < end)


def condition_of(item: ListField, comparator: str, value: Any) -> ColumnElement[bool]:
    """The SQL condition of one filter role.

    Raises:
        FILTER_ROLES_INVALID: the value does not fit the field's type.

    """
    if isinstance(value, dict | list):
        raise FILTER_ROLES_INVALID(f"The value of the filter on {item.key} must be a single value.")
    negated = comparator in {"not_equal", "not_equals", "is_not"}
    try:
        if item.condition is not None:
            return item.condition("not_equal" if negated else "equal", str(value))
        column = item.column
        if column is None:
            raise FILTER_FIELDS_NOT_FOUND()
        match item.type:
            case "number":
                return _number_condition(column, comparator, value)
            case "date":
                return _date_condition(column, comparator, value)
            case "boolean":
                flag = _flag(value)
                return column.is_(not flag) if negated else column.is_(flag)
            case _:
                return _text_condition(column, comparator, value)
    except (ValueError, ArithmeticError) as problem:
        raise FILTER_ROLES_INVALID(f"The filter on {item.key} is not valid: {problem}") from None


def _filter_roles(text: str) -> list[dict[str, Any]]:
    try:
        parsed = read_json(text)
    except ValueError:
        raise FILTER_ROLES_INVALID() from None
    roles = [parsed] if isinstance(parsed, dict) else parsed
    if not isinstance(roles, list) or len(roles) > FILTER_ROLES_MAX:
        raise FILTER_ROLES_INVALID()
    for role in roles:
        if not isinstance(role, dict) or not isinstance(role.get("field_key"), str) or role.get("value") in (None, ""):
            raise FILTER_ROLES_INVALID()
    return roles


def _roles_condition(resource: Resource, roles: list[dict[str, Any]]) -> ColumnElement[bool] | None:
    """Left to right, without precedence: `A or B and C` means `(A or B) and C`."""
    joined: ColumnElement[bool] | None = None
    for role in roles:
        item = resource.field(role["field_key"])
        if item is None or not item.filterable:
            raise FILTER_FIELDS_NOT_FOUND(f"This list has no field {role['field_key'][:60]} to filter by.")
        clause = condition_of(item, str(role.get("comparator") or "equals"), role["value"])
        if joined is None:
            joined = clause
        elif str(role.get("condition") or "and").lower() == "or":
            joined = sa.or_(joined, clause)
        else:
            joined = sa.and_(joined, clause)
    return joined


@dataclass(frozen=True)
class Listing:
    """A composed list: conditions, order and what `filter_meta` says of them."""

    conditions: tuple[ColumnElement[bool], ...]
    order: tuple[ColumnElement[Any], ...]
    filter_meta: dict[str, Any]
    page: int
    page_size: int

    def apply(self, statement: Select[Any]) -> Select[Any]:
        """The statement with conditions and order."""
        return statement.where(*self.conditions).order_by(*self.order)


def compose(resource: Resource, query: ListQuery) -> Listing:
    """Turn a list query into conditions and an order.

    Raises:
        SORT_COLUMN_NOT_FOUND, VIEW_NOT_FOUND, FILTER_ROLES_INVALID, FILTER_FIELDS_NOT_FOUND: as they say.

    """
    conditions: list[ColumnElement[bool]] = []
    meta: dict[str, Any] = {}
    if query.view_slug:
        view = resource.view(query.view_slug)
        if view is None:
            raise VIEW_NOT_FOUND()
        item = resource.field(view.field_key)
        if item is None:
            msg = f"view {view.slug} of {resource.name} names an unknown field"
            raise RuntimeError(msg)
        conditions.append(condition_of(item, "equals", view.value))
        wire = view.wire()
        meta["view"] = {
            "logic_expression": "1",
            "filter_roles": wire["roles"],
            "view_slug": view.slug,
            "view_columns": list(resource.view_columns),
        }
    if query.stringified_filter_roles:
        roles = _filter_roles(query.stringified_filter_roles)
        clause = _roles_condition(resource, roles)
        if clause is not None:
            conditions.append(clause)
            meta["filter_roles"] = roles
    if query.search_keyword:
        found = [clause for build in resource.search if (clause := build(query.search_keyword)) is not None]
        conditions.append(sa.or_(*found) if found else sa.false())
        meta["search_keyword"] = query.search_keyword
    order, sort_meta = _order(resource, query)
    return Listing(tuple(conditions), order, sort_meta | meta, query.page, query.page_size)


def _order(resource: Resource, query: ListQuery) -> tuple[tuple[ColumnElement[Any], ...], dict[str, Any]]:
    key = query.column_sort_by or resource.default_sort
    item = resource.field(key)
    if item is None or not item.sortable:
        raise SORT_COLUMN_NOT_FOUND()
    direction = (query.sort_order or (resource.default_order if not query.column_sort_by else "desc")).lower()
    if direction not in {"asc", "desc"}:
        raise SORT_COLUMN_NOT_FOUND("sort_order is asc or desc.")
    column = item.sort_by if item.sort_by is not None else item.column
    if column is not None and item.sort_by is None and item.type == "text":
        column = folded(column)
    if column is None:
        raise SORT_COLUMN_NOT_FOUND()
    by_id = resource.table.c.id
    ordered = (column.asc(), by_id.asc()) if direction == "asc" else (column.desc(), by_id.desc())
    return ordered, {"field_key": item.key, "order": direction}


def fetch_page(connection: Connection, listing: Listing, statement: Select[Any]) -> tuple[Sequence[RowMapping], dict[str, int]]:
    """The rows of the asked page and the `pagination` object."""
    filtered = statement.where(*listing.conditions)
    total = connection.execute(sa.select(sa.func.count()).select_from(filtered.order_by(None).subquery())).scalar_one()
    rows = connection.execute(
        filtered.order_by(*listing.order).limit(listing.page_size).offset((listing.page - 1) * listing.page_size)
    )
    return rows.mappings().all(), {"total": int(total), "page": listing.page, "page_size": listing.page_size}
