"""The ledger lines behind one document (reports.md section 20)."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from domain.contacts.repository_names import names_by_id
from domain.kit.context import TenantContext
from domain.kit.permissions import MEMBER
from domain.kit.schemas import RecordId, WireModel
from domain.ledger.repository_words import Words, read_words
from domain.reports.entries import Entry, Lines, choose, day_texts, stored_type
from domain.reports.number_format import NumberFormat
from domain.reports.report import Report
from domain.reports.schemas import AmountOut, NumberFormatIn
from domain.reports.sheet import Books
from domain.reports.statement import books_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The document: its kind, in any letter case, and its id. An unknown one has no lines."""

    reference_type: str
    reference_id: int


def needed(books: Books, query: Query) -> Lines:
    """The lines of the document."""
    return choose(books.ledger, reference_type=stored_type(query.reference_type), reference_id=query.reference_id)


def build(lines: Lines, words: Words) -> tuple[Entry, ...]:
    """The lines, in the order in which they were stored."""
    return tuple(sorted(lines.entries(words), key=lambda entry: entry.line_id))


# ---- the wire


class ReferenceQuery(WireModel):
    """`GET /reports/transactions-by-reference`: the document whose lines are wanted; the letter case of its type does not matter."""

    reference_type: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    reference_id: RecordId


class DayOut(WireModel):
    """A day, for display and as an instant."""

    formatted_date: str
    date: str


class ReferenceLineOut(WireModel):
    """A ledger line of a document."""

    id: int
    date: DayOut
    formatted_date: str
    credit: AmountOut
    debit: AmountOut
    reference_type: str
    reference_id: int
    formatted_reference_type: str
    contact_id: int | None
    contact_type: str | None
    formatted_contact_type: str
    contact_type_camel: str = Field(alias="contactTypeFormatted")
    account_name: str
    account_code: str | None
    account_id: int


class ReferenceOut(WireModel):
    """The ledger lines of a document."""

    transactions: list[ReferenceLineOut]


def _form(entry: Entry, numbers: NumberFormat) -> dict[str, Any]:
    day = day_texts(entry.day)[0]
    return {
        "id": entry.line_id,
        "date": {"formatted_date": day, "date": f"{day}T00:00:00.000Z"},
        "formatted_date": day,
        "credit": numbers.amount(entry.credit, total=False),
        "debit": numbers.amount(entry.debit, total=False),
        "reference_type": entry.reference_type,
        "reference_id": entry.reference_id,
        "formatted_reference_type": entry.label,
    }


# ---- the report


def make(ctx: TenantContext, query: ReferenceQuery) -> dict[str, Any]:
    """The ledger lines of one document; none for an unknown one."""
    asked = Query(reference_type=query.reference_type, reference_id=query.reference_id)
    held = books_of(ctx)
    lines = needed(held, asked)
    entries = build(lines, read_words(ctx.db, lines.line_ids))
    contacts = names_by_id(ctx.db, lines.contact_ids)
    numbers = NumberFormatIn().settings(ctx.base_currency)
    forms = []
    for entry in entries:
        contact_type = contacts[entry.contact_id].service.value if entry.contact_id else None
        account = held.chart.accounts[entry.account_id]
        forms.append(
            {
                **_form(entry, numbers),
                "contact_id": entry.contact_id or None,
                "contact_type": contact_type,
                "formatted_contact_type": contact_type or "",
                "contactTypeFormatted": contact_type or "",
                "account_name": account.name,
                "account_code": account.code,
                "account_id": account.id,
            }
        )
    return {"transactions": forms}


REPORT = Report(
    name="reference-transactions",
    operation="transactions_by_reference",
    title="The ledger lines of one document",
    path="/reports/transactions-by-reference",
    permission=MEMBER,
    query=ReferenceQuery,
    returns=ReferenceOut,
    make=make,
)
