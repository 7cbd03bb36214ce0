"""Contact balances and aging as plain JSON (reports.md sections 17 and 18)."""

from typing import Any

from domain.contacts.repository_names import ContactName
from domain.reports.aging import Aging, AgingPeriod, ContactAge
from domain.reports.cells import percent_cell
from domain.reports.contact_balances import ContactBalances
from domain.reports.number_format import NumberFormat, Style
from domain.reports.plain_json import cell_object

WITHOUT_CONTACT = "Without contact"
"""The name of what stands on control accounts without a contact."""


def contact_balances(sheet: ContactBalances, numbers: NumberFormat, *, shares: bool) -> dict[str, Any]:
    """`data` of a balance summary, with each contact's share of all if wanted."""
    kind = sheet.service.value

    def figures(balance: int, whole: int, style: Style, *, zero: bool = False) -> dict[str, Any]:
        form: dict[str, Any] = {"total": numbers.amount(balance, style)}
        if shares:
            form["percentage_of_column"] = cell_object(percent_cell(balance, whole, zero=zero), numbers.currency)
        return form

    return {
        f"{kind}s": [
            {**identity(kind, item.contact), **figures(item.balance, sheet.listed, Style.MONEY)} for item in sheet.contacts
        ],
        "total": figures(sheet.total, sheet.total, Style.MONEY0),
    }


def identity(kind: str, contact: ContactName | None) -> dict[str, Any]:
    """Id and name of a contact, the name under the key of its kind."""
    return {"id": None if contact is None else contact.id, f"{kind}_name": contact_name(contact)}


def contact_name(contact: ContactName | None) -> str:
    """Its name, or what stands for none."""
    return WITHOUT_CONTACT if contact is None else contact.name


def aging(sheet: Aging, numbers: NumberFormat) -> dict[str, Any]:
    """`data` of an aging summary."""
    kind = sheet.service.value
    return {
        f"{kind}s": [{**identity(kind, age.contact), **_ages(age, sheet, numbers, total=False)} for age in sheet.contacts],
        "total": _ages(sheet.total, sheet, numbers, total=True),
    }


def _ages(age: ContactAge, sheet: Aging, numbers: NumberFormat, *, total: bool) -> dict[str, Any]:
    style = Style.MONEY0 if total else Style.ROW
    current, *overdue = age.figures
    return {
        "current": numbers.amount(current, style),
        "aging": [
            period_form(period) | {"total": numbers.amount(amount, style)}
            for period, amount in zip(sheet.periods, overdue, strict=True)
        ],
        "total": numbers.amount(age.total, Style.MONEY0),
    }


def period_form(period: AgingPeriod) -> dict[str, Any]:
    """A period of an aging summary."""
    return {
        "from_period": period.from_period.isoformat(),
        "to_period": None if period.to_period is None else period.to_period.isoformat(),
        "before_days": period.before_days,
        "to_days": period.to_days,
    }
