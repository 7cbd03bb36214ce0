"""What the reports by contact as of a day share: their lines on the control accounts, the contacts' names, and how they are shown."""

from datetime import date
from typing import Any, Protocol

from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName, names_by_id, names_of_kind
from domain.kit.context import TenantContext
from domain.ledger.control import ControlLines, control_lines
from domain.reports.sheet import Books
from domain.reports.statement import books_of

WITHOUT_CONTACT = "Without contact"
"""The name of what stands on control accounts without a contact."""


class _Asked(Protocol):
    """A question about the contacts of a kind as of a day."""

    @property
    def service(self) -> ContactService: ...

    @property
    def as_date(self) -> date: ...

    @property
    def branches(self) -> frozenset[int] | None: ...


def lines_of(books: Books, query: _Asked) -> ControlLines:
    """The lines on the control accounts that the sheet is made of."""
    accounts = (account.id for account in books.chart if account.account_type == query.service.control_type)
    return control_lines(books.ledger, accounts, until=query.as_date, branches=query.branches)


def read(ctx: TenantContext, query: _Asked) -> tuple[ControlLines, list[ContactName]]:
    """These lines, and all contacts of the kind by name, then those of the other kind with lines on its control accounts.

    Raises:
        ElsewhereError: there are too many for this process.

    """
    lines = lines_of(books_of(ctx), query)
    ctx.expect_rows(len(lines.contacts))
    names = names_of_kind(ctx.db, query.service)
    others = set(lines.contacts) - {contact.id for contact in names}
    return lines, [*names, *sorted(names_by_id(ctx.db, others).values())] if others else names


def identity(kind: str, contact: ContactName | None) -> dict[str, Any]:
    """Id and name of a contact, the name under the key of its kind."""
    return {"id": id_of(contact), f"{kind}_name": name_of(contact)}


def name_of(contact: ContactName | None) -> str:
    """Its name, or what stands for none."""
    return WITHOUT_CONTACT if contact is None else contact.name


def id_of(contact: ContactName | None) -> int | None:
    """With which the contact's transactions can be fetched."""
    return None if contact is None else contact.id
