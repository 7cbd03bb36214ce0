"""Names of contacts for statements: three columns of many rows, without building a contact for each."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from domain.contacts.model import ContactService
from domain.contacts.tables import contacts
from domain.kit.tables import folded

IDS_AT_ONCE_MAX = 500
"""Ids named in one statement; beyond it all contacts are read."""

_columns = contacts.c
_NAMES = select(_columns.id, _columns.display_name, _columns.contact_service)


class ContactName(NamedTuple):
    """Who it is, and on which side of the business."""

    id: int
    name: str
    service: ContactService


def names_by_id(connection: Connection, contact_ids: Iterable[int]) -> Mapping[int, ContactName]:
    """The contacts of these ids that exist, by id; others may be among them."""
    ids = sorted(set(contact_ids))
    if not ids:
        return {}
    statement = _NAMES.where(_columns.id.in_(ids)) if len(ids) <= IDS_AT_ONCE_MAX else _NAMES
    rows = connection.execute(statement)
    return {row[0]: ContactName(row[0], row[1], ContactService(row[2])) for row in rows}


def names_of_kind(connection: Connection, service: ContactService) -> list[ContactName]:
    """All customers or all vendors, active or not, by display name."""
    statement = _NAMES.where(_columns.contact_service == service.value).order_by(folded(_columns.display_name), _columns.id)
    return [ContactName(row[0], row[1], service) for row in connection.execute(statement)]
