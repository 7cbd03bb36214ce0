"""Checks of documents against the ledger, and of their numbers."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping

from domain.settings.model import Kind, read_text
from domain.settings.repository import SettingTexts
from domain.verification import repository_documents as stored
from domain.verification.model import Check
from domain.verification.repository_documents import DocumentSource
from domain.verification.rules import gaps, repeated

Pair = tuple[RowMapping | None, RowMapping | None]


def documents_are_posted(connection: Connection) -> Check:
    """Each published document has its ledger lines, drafts have none, and each ledger reference has its document."""
    check = Check("documents", "Published documents and ledger references belong together")
    for source in stored.sources():
        kind = source.reference_type.value
        pairs = side_by_side(stored.documents(connection, source), stored.postings(connection, source), ("id",))
        for document, posting in pairs:
            check.checked += document is not None
            check.problem_each(_posting_problems(kind, source, document, posting))
    for kind, count in stored.other_postings(connection):
        check.note(f"{count} postings of {kind} were not compared with documents")
    return check


def _posting_problems(
    kind: str, source: DocumentSource, document: RowMapping | None, posting: RowMapping | None
) -> Iterator[str]:
    if document is None:
        if posting is not None:
            yield f"the ledger has {posting['lines']} lines of {kind} {posting['id']}, which does not exist"
        return
    name = f"{kind} {document['id']}"
    if posting is None:
        if document["published"]:
            yield f"{name} is published and has no ledger lines"
        return
    if not document["published"]:
        yield f"{name} is not published and has {posting['lines']} ledger lines"
        return
    if not posting["first_date"] == posting["last_date"] == document["date"]:
        yield f"{name} is of {document['date']}, its ledger lines of {posting['first_date']} to {posting['last_date']}"
    for aspect in source.aspects:
        expected, least, greatest = (document[f"expected_{aspect}"], posting[f"least_{aspect}"], posting[f"greatest_{aspect}"])
        if not least == greatest == expected:
            yield f"{name} has {aspect} {expected}, its ledger lines {least} to {greatest}"


def document_amounts(connection: Connection) -> Check:
    """What a document's entries say, by account, is what was posted for it, in its currency."""
    check = Check("amounts", "Document amounts equal what was posted, by account")
    for source in stored.sources():
        if source.entries is None:
            continue
        kind = source.reference_type.value
        pairs = side_by_side(
            stored.expected_sums(connection, source), stored.posted_sums(connection, source), ("document_id", "account_id")
        )
        for entry, line in pairs:
            check.checked += 1
            expected, posted = (row["net"] if row is not None else 0 for row in (entry, line))
            if expected != posted:
                row = entry if entry is not None else line
                place = f"{kind} {row['document_id']}, account {row['account_id']}" if row is not None else kind
                check.problem(f"{place}: the document says {expected}, the ledger {posted}")
    return check


def opening_balances(connection: Connection) -> Check:
    """The opening balance stored with a contact is what was posted on the control account for it."""
    check = Check("opening balances", "Opening balances of contacts equal what was posted")
    for row in stored.opening_balances(connection):
        check.checked += 1
        if row["stored"] != row["posted"]:
            check.problem(f"contact {row['id']} stores an opening balance of {row['stored']}, the ledger has {row['posted']}")
    return check


def document_numbers(connection: Connection, settings: SettingTexts) -> Check:
    """No number is given twice; gaps in series that count by themselves are noted, since deleting a document leaves one."""
    check = Check("numbers", "Document numbers are unique")
    for source in stored.sources():
        if source.number is None or source.settings_group is None:
            continue
        kind, group = source.reference_type.value, source.settings_group
        given = list(stored.numbers(connection, source))
        check.checked += len(given)
        check.problem_each(f"{kind}: the number {number} is given more than once" for number in repeated(given))
        if read_text(Kind.FLAG, settings.get((group, "auto_increment"))):
            for low, high in gaps(given, settings.get((group, "number_prefix"), "")):
                check.note(f"{kind}: {low} is missing" if low == high else f"{kind}: {low} to {high} are missing")
    return check


def side_by_side(first: Iterator[RowMapping], second: Iterator[RowMapping], names: tuple[str, ...]) -> Iterator[Pair]:
    """Two streams in the order of a key, row by row: where only one has the key, the other's place is None."""

    def key(row: RowMapping) -> tuple[Any, ...]:
        return tuple(row[name] for name in names)

    left, right = next(first, None), next(second, None)
    while left is not None or right is not None:
        if right is None or (left is not None and key(left) < key(right)):
            yield left, None
            left = next(first, None)
        elif left is None or key(right) < key(left):
            yield None, right
            right = next(second, None)
        else:
            yield left, right
            left, right = next(first, None), next(second, None)
