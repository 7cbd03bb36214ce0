"""How the list of accounts can be filtered, searched and sorted (platform-import-export.md, Account)."""

from typing import Any

from sqlalchemy import ColumnElement

from domain.accounts.model import ACCOUNT_TYPES, Normal, RootType
from domain.accounts.tables import accounts
from domain.kit.lists import ListField, ListView, Resource, condition_of, contains

_columns = accounts.c


def _types_where(attribute: str) -> Any:
    def condition(comparator: str, value: Any) -> ColumnElement[bool]:
        wanted = str(value).lower()
        keys = [
            kind.key
            for kind in ACCOUNT_TYPES.values()
            if (kind.root.value if attribute == "root" else kind.normal.value) == wanted
        ]
        matching = _columns.account_type.in_(keys)
        return ~matching if comparator == "not_equal" else matching

    return condition


def _options(values: Any) -> tuple[tuple[str, str], ...]:
    return tuple((item.value, item.value.capitalize()) for item in values)


_CODE = ListField("code", "Account code", "text", _columns.code)

ACCOUNTS = Resource(
    name="Account",
    list_key="accounts",
    aliases=("accounts", "account"),
    table=accounts,
    fields=(
        ListField("name", "Account name", "text", _columns.name),
        ListField("description", "Description", "text", _columns.description),
        ListField("slug", "Account slug", "text", _columns.slug, filterable=False, columnable=False),
        _CODE,
        ListField(
            "root_type", "Root type", "enumeration", sortable=False, options=_options(RootType), condition=_types_where("root")
        ),
        ListField(
            "normal", "Account normal", "enumeration", sortable=False, options=_options(Normal), condition=_types_where("normal")
        ),
        ListField(
            "type",
            "Type",
            "enumeration",
            _columns.account_type,
            options=tuple((kind.key, kind.label) for kind in ACCOUNT_TYPES.values()),
        ),
        ListField("active", "Active", "boolean", _columns.active, filterable=False),
        ListField("balance", "Balance", "number", _columns.amount),
        ListField("currency", "Currency", "text", _columns.currency_code, filterable=False),
        ListField("created_at", "Created at", "date", _columns.created_at),
    ),
    views=tuple(
        ListView(slug, label, "root_type", root)
        for slug, label, root in (
            ("assets", "Assets", "asset"),
            ("liabilities", "Liabilities", "liability"),
            ("equity", "Equity", "equity"),
            ("income", "Income", "income"),
            ("expenses", "Expenses", "expense"),
        )
    ),
    search=(contains(_columns.name), lambda keyword: condition_of(_CODE, "starts_with", keyword)),
    view_columns=("name", "code", "account_type_label", "account_normal", "amount", "currencyCode"),
)
