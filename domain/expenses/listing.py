"""How the list of expenses can be filtered, searched and sorted (platform-import-export.md, Expense)."""

from domain.expenses.tables import expenses, payment_account_name, payment_account_slug
from domain.kit.lists import ListField, ListView, Resource, amount_is, contains
from domain.manual_journals.listing import STATUS_OPTIONS, status_field

_columns = expenses.c

EXPENSES = Resource(
    name="Expense",
    list_key="expenses",
    aliases=("expenses", "expense"),
    table=expenses,
    fields=(
        ListField("payment_date", "Payment Date", "date", _columns.payment_date),
        ListField("payment_account", "Payment Account", "relation", payment_account_slug, sort_by=payment_account_name),
        ListField("amount", "Amount", "number", _columns.total_amount),
        ListField("reference_no", "Reference No.", "text", _columns.reference_no),
        ListField("description", "Description", "text", _columns.description),
        ListField("published", "Published", "date", _columns.published_at),
        status_field(_columns.published_at),
        ListField("created_at", "Created at", "date", _columns.created_at),
    ),
    views=tuple(ListView(status, label, "status", status) for status, label in STATUS_OPTIONS),
    search=(contains(_columns.reference_no), amount_is(_columns.total_amount)),
    default_filter_field="description",
)
