"""How the list of manual journals can be filtered, searched and sorted (platform-import-export.md, ManualJournal)."""

from sqlalchemy import Column, ColumnElement, case, false

from domain.kit.lists import ListField, Resource, amount_is, contains
from domain.manual_journals.tables import manual_journals

_columns = manual_journals.c
STATUS_OPTIONS = (("draft", "Draft"), ("published", "Published"))


def status_field(published_at: Column[object]) -> ListField:
    """Draft or published, by whether there is a day of publication."""

    def condition(comparator: str, value: str) -> ColumnElement[bool]:
        by_status = {"draft": published_at.is_(None), "published": published_at.is_not(None)}
        if comparator == "not_equal":
            by_status = {"draft": by_status["published"], "published": by_status["draft"]}
        return by_status.get(value.strip().lower(), false())

    by_publication = case((published_at.is_(None), 0), else_=1)
    return ListField("status", "Status", "enumeration", sort_by=by_publication, options=STATUS_OPTIONS, condition=condition)


MANUAL_JOURNALS = Resource(
    name="ManualJournal",
    list_key="manual_journals",
    aliases=("manual_journals", "manual-journals"),
    table=manual_journals,
    fields=(
        ListField("date", "Date", "date", _columns.date),
        ListField("journal_number", "Journal No.", "text", _columns.journal_number),
        ListField("reference", "Reference No.", "text", _columns.reference),
        ListField("journal_type", "Journal Type", "text", _columns.journal_type),
        ListField("amount", "Amount", "number", _columns.amount),
        ListField("description", "Description", "text", _columns.description),
        status_field(_columns.published_at),
        ListField("created_at", "Created at", "date", _columns.created_at),
    ),
    search=(contains(_columns.journal_number), contains(_columns.reference), amount_is(_columns.amount)),
    default_filter_field="date",
)
