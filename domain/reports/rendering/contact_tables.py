"""Reports by contact as of a day as tables (reports-tables.md sections I and J): agings and balance summaries."""

from collections.abc import Iterator

from domain.contacts.repository_names import ContactName
from domain.reports.aging import Aging, ContactAge
from domain.reports.cells import percent_cell
from domain.reports.contact_balances import ContactBalances
from domain.reports.contact_json import contact_name
from domain.reports.number_format import Style
from domain.reports.rendering.adapters import Statement, figure, money, table, words
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, Row, Table


def aging(statement: Statement) -> Table:
    """The aging of receivables or payables; no total without a contact. All its periods have the same key, as on the wire."""
    sheet: Aging = statement.sheet
    numbers, name_key = statement.numbers, f"{sheet.service.value}_name"

    def figures(age: ContactAge, style: Style) -> Iterator[Cell]:
        for place, amount in enumerate(age.figures):
            yield money("aging_period" if place else "current", amount, numbers, style)
        yield money("total", age.total, numbers, Style.MONEY0)

    rows = [
        Row((words(name_key, contact_name(age.contact)), *figures(age, Style.ROW)), ("contact",), _id(age.contact))
        for age in sheet.contacts
    ]
    if rows:
        rows.append(Row((words("blank", ""), *figures(sheet.total, Style.MONEY0)), ("total",), emphasis=Emphasis.CLOSING))
    columns = (
        Column(name_key, f"{sheet.service.label} name"),
        Column("current", "Current", Kind.MONEY),
        *(Column("aging_period", period.label, Kind.MONEY) for period in sheet.periods),
        Column("total", "Total", Kind.MONEY),
    )
    return table(statement, columns, rows)


def contact_balances(statement: Statement) -> Table:
    """The balances of customers or vendors, with the share of each if wanted; no total without a contact."""
    sheet: ContactBalances = statement.sheet
    numbers, shares = statement.numbers, "percentage_column" in statement.percentages

    def figures(balance: int, whole: int, style: Style) -> Iterator[Cell]:
        yield money("total", balance, numbers, style)
        if shares:
            yield figure("percentageOfColumn", percent_cell(balance, whole, zero=False))

    types = (sheet.service.value.upper(),)
    rows = [
        Row(
            (words("name", contact_name(item.contact)), *figures(item.balance, sheet.listed, Style.MONEY)),
            types,
            _id(item.contact),
        )
        for item in sheet.contacts
    ]
    if rows:
        total = (words("name", "Total"), *figures(sheet.total, sheet.total, Style.MONEY0))
        rows.append(Row(total, ("TOTAL",), emphasis=Emphasis.CLOSING))
    columns = [Column("name", "Account name"), Column("total", "Total", Kind.MONEY)]
    if shares:
        columns.append(Column("percentage_of_column", "% of Column", Kind.PERCENT))
    return table(statement, columns, rows, indexed=False)


def _id(contact: ContactName | None) -> int | None:
    """With which the contact's transactions can be fetched."""
    return None if contact is None else contact.id
