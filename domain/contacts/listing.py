"""How the lists of customers and vendors can be filtered, searched and sorted (platform-import-export.md, Customer and Vendor)."""

from sqlalchemy import ColumnElement, false, not_, or_

from domain.contacts.model import ContactService
from domain.contacts.repository import overdue_contact_ids
from domain.contacts.tables import contacts
from domain.kit.lists import ListField, ListView, Resource, contains
from domain.kit.tables import folded

_columns = contacts.c
_STATUSES = (("overdue", "Overdue"), ("unpaid", "Unpaid"))


def status_condition(comparator: str, value: str) -> ColumnElement[bool]:
    """`unpaid`: the balance is not 0. `overdue`: a document of the contact is past its due date and not settled."""
    match value.strip().lower():
        case "unpaid":
            matching: ColumnElement[bool] = _columns.balance != 0
        case "overdue":
            matching = or_(false(), *(_columns.id.in_(found) for found in overdue_contact_ids()))
        case _:
            raise ValueError("the status is overdue or unpaid")
    return not_(matching) if comparator == "not_equal" else matching


def _text(key: str, label: str) -> ListField:
    column = _columns[key]
    return ListField(key, label, "text", column, sort_by=folded(column))


def _contact_list(service: ContactService) -> Resource:
    plural = f"{service.value}s"
    return Resource(
        name=service.label,
        list_key=plural,
        aliases=(plural, service.value),
        table=contacts,
        fields=(
            _text("first_name", "First name"),
            _text("last_name", "Last name"),
            _text("display_name", "Display name"),
            _text("email", "Email"),
            _text("work_phone", "Work phone number"),
            _text("personal_phone", "Personal phone number"),
            _text("company_name", "Company name"),
            _text("website", "Website"),
            ListField("created_at", "Created at", "date", _columns.created_at),
            ListField("balance", "Balance", "number", _columns.balance),
            ListField("opening_balance", "Opening balance", "number", _columns.opening_balance),
            ListField("opening_balance_at", "Opening balance at", "date", _columns.opening_balance_at),
            ListField("currency_code", "Currency", "text", _columns.currency_code),
            ListField("status", "Status", "enumeration", sortable=False, options=_STATUSES, condition=status_condition),
        ),
        views=tuple(ListView(slug, label, "status", slug) for slug, label in _STATUSES),
        search=tuple(
            contains(_columns[key])
            for key in (
                "display_name",
                "first_name",
                "last_name",
                "company_name",
                "email",
                "work_phone",
                "personal_phone",
                "website",
            )
        ),
        default_filter_field="displayName",
    )


CUSTOMERS = _contact_list(ContactService.CUSTOMER)
VENDORS = _contact_list(ContactService.VENDOR)
LISTS = {ContactService.CUSTOMER: CUSTOMERS, ContactService.VENDOR: VENDORS}
