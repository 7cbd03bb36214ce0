"""All SQL of manual journals. Statements are composed once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Table, bindparam, delete, exists, insert, select, update

from domain.kit.lists import ListQuery, compose, fetch_page
from domain.kit.tables import TENANT_METADATA
from domain.manual_journals.listing import MANUAL_JOURNALS
from domain.manual_journals.model import ManualJournal, ManualJournalEntry, number_key
from domain.manual_journals.tables import manual_journal_entries, manual_journals

_journals, _entries = manual_journals.c, manual_journal_entries.c
_HEAD = (
    "id", "journal_number", "reference", "journal_type", "amount", "currency_code", "exchange_rate", "date", "description",
    "published_at", "user_id", "branch_id", "created_at", "updated_at",
)  # fmt: skip
_LINE = ("id", "index", "account_id", "debit", "credit", "note", "contact_id", "branch_id", "project_id")

_INSERT = insert(manual_journals)
_INSERT_ENTRIES = insert(manual_journal_entries)
_UPDATE = update(manual_journals).where(_journals.id == bindparam("of_id"))
_DELETE = delete(manual_journals).where(_journals.id == bindparam("of_id"))
_DELETE_ENTRIES = delete(manual_journal_entries).where(_entries.manual_journal_id == bindparam("of_id"))
_READ = select(*(_journals[name] for name in _HEAD)).where(_journals.id == bindparam("of_id"))
_READ_ENTRIES = (
    select(_entries.manual_journal_id, *(_entries[name] for name in _LINE))
    .where(_entries.manual_journal_id.in_(bindparam("of_ids", expanding=True)))
    .order_by(_entries.manual_journal_id, _entries.index, _entries.id)
)
_NUMBER_OWNER = select(_journals.id).where(_journals.number_key == bindparam("key"))
_NUMBERS_TAKEN = select(_journals.number_key).where(_journals.number_key.in_(bindparam("keys", expanding=True)))
_PAGE = select(*(_journals[name] for name in _HEAD))


def _head(journal: ManualJournal) -> dict[str, Any]:
    return {name: getattr(journal, name) for name in _HEAD} | {"number_key": number_key(journal.journal_number)}


def insert_journal(connection: Connection, journal: ManualJournal) -> None:
    """Store a new journal."""
    connection.execute(_INSERT, _head(journal))
    _insert_entries(connection, journal)


def _insert_entries(connection: Connection, journal: ManualJournal) -> None:
    rows = [{name: getattr(entry, name) for name in _LINE} | {"manual_journal_id": journal.id} for entry in journal.entries]
    connection.execute(_INSERT_ENTRIES, rows)


def replace_journal(connection: Connection, journal: ManualJournal) -> None:
    """Store a changed journal; its entries are new ones."""
    connection.execute(_DELETE_ENTRIES, {"of_id": journal.id})
    update_head(connection, journal)
    _insert_entries(connection, journal)


def update_head(connection: Connection, journal: ManualJournal) -> None:
    """Store a journal whose entries stay."""
    values = _head(journal)
    del values["id"]
    connection.execute(_UPDATE, values | {"of_id": journal.id})


def delete_journal(connection: Connection, journal_id: int) -> None:
    """Remove a journal and its entries."""
    connection.execute(_DELETE_ENTRIES, {"of_id": journal_id})
    connection.execute(_DELETE, {"of_id": journal_id})


def find_journal(connection: Connection, journal_id: int) -> ManualJournal | None:
    """The journal, if there is one."""
    row = connection.execute(_READ, {"of_id": journal_id}).mappings().first()
    return _with_entries(connection, [row])[0] if row is not None else None


def list_journals(connection: Connection, query: ListQuery) -> tuple[list[ManualJournal], dict[str, int], dict[str, Any]]:
    """The journals of a page with their entries, `pagination` and `filter_meta`: three statements, however long the page."""
    listing = compose(MANUAL_JOURNALS, query)
    rows, pagination = fetch_page(connection, listing, _PAGE)
    return _with_entries(connection, rows), pagination, listing.filter_meta


def _with_entries(connection: Connection, heads: Sequence[RowMapping]) -> list[ManualJournal]:
    if not heads:
        return []
    by_journal = read_entries(connection, [head["id"] for head in heads])
    return [ManualJournal(**head, entries=tuple(by_journal[head["id"]])) for head in heads]


def read_entries(connection: Connection, journal_ids: Collection[int]) -> defaultdict[int, list[ManualJournalEntry]]:
    """The entries of some journals in their order, by journal. One statement: for a bounded number of journals."""
    by_journal: defaultdict[int, list[ManualJournalEntry]] = defaultdict(list)
    for row in connection.execute(_READ_ENTRIES, {"of_ids": list(journal_ids)}):
        by_journal[row[0]].append(_entry(row))
    return by_journal


def _entry(row: Row[Any]) -> ManualJournalEntry:
    return ManualJournalEntry(**dict(zip(_LINE, row[1:], strict=True)))


def number_owner(connection: Connection, number: str) -> int | None:
    """Id of the journal that has the number."""
    owner = connection.execute(_NUMBER_OWNER, {"key": number_key(number)}).scalar()
    return None if owner is None else int(owner)


def numbers_taken(connection: Connection, numbers: Collection[str]) -> set[str]:
    """The keys of those numbers that journals have."""
    return set(connection.execute(_NUMBERS_TAKEN, {"keys": [number_key(number) for number in numbers]}).scalars())


def is_matched(connection: Connection, reference_type: str, reference_id: int) -> bool:
    """Whether a bank transaction is matched with the document. Books without a bank feed have no such table."""
    matched = _matched()
    if matched is None:
        return False
    found = exists().where(matched.c.reference_type == reference_type, matched.c.reference_id == reference_id)
    return bool(connection.execute(select(found)).scalar())


def _matched() -> Table | None:
    return TENANT_METADATA.tables.get("matched_bank_transactions")
