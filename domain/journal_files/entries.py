"""Reads a transaction: its header, postings and comments."""

import re
from datetime import date as Date  # noqa: N812 - as in the model
from typing import Final, cast

from domain.journal_files.amounts import read_posting_fields
from domain.journal_files.errors import VirtualPostingError
from domain.journal_files.model import JournalTransaction, Posting, Status
from domain.journal_files.state import FileState, read_date, read_tags

POSTINGS_MAX: Final = 10_000
_STATUS: Final = re.compile(r"([*!])\s*")
_CODE: Final = re.compile(r"\(([^)]*)\)\s*")
_ACCOUNT_END: Final = re.compile(r"\s{2,}|\t")
_BRACKETED_DATE: Final = re.compile(r"\[([0-9/.=-]+)\]")


def read_transaction(state: FileState, start: int, end: int) -> JournalTransaction:
    """The transaction in the file's lines from `start` to before `end` (counted from 0), not yet balanced.

    Raises:
        JournalFileError: a line cannot be read.
        VirtualPostingError: a posting has no other side.

    """
    with state.errors_at(start + 1):
        entry = _read_header(state, state.lines[start], line=start + 1)
    comments = [entry.comment] if entry.comment else []
    index = start + 1
    while index < end and (text := state.lines[index].strip()).startswith(";"):
        comments.append(text[1:].strip())
        index += 1
    comment = "\n".join(comments)
    postings: list[Posting] = []
    while index < end:
        following = index + 1
        while following < end and state.lines[following].lstrip().startswith(";"):
            following += 1
        with state.errors_at(index + 1):
            postings.append(_read_posting(state, index, following, of=entry.date))
        index = following
    if len(postings) > POSTINGS_MAX:
        raise state.error(f"a transaction has at most {POSTINGS_MAX} postings", start + 1)
    return JournalTransaction(
        date=entry.date,
        secondary_date=entry.secondary_date,
        status=entry.status,
        code=entry.code,
        payee=entry.payee,
        note=entry.note,
        comment=comment,
        tags=read_tags(comment),
        postings=tuple(postings),
        file=state.file,
        line=start + 1,
    )


def _read_header(state: FileState, text: str, *, line: int) -> JournalTransaction:
    on, position = read_date(text, default_year=state.default_year)
    secondary: Date | None = None
    if text.startswith("=", position):
        secondary, position = read_date(text, default_year=on.year, position=position + 1)
    rest = text[position:]
    if rest and not rest[0].isspace():
        raise ValueError(f"expected a space after the date, found {rest[:20]!r}")
    rest = rest.strip()
    status: Status = ""
    if match := _STATUS.match(rest):
        status, rest = cast("Status", match[1]), rest[match.end() :]
    code = ""
    if match := _CODE.match(rest):
        code, rest = match[1].strip(), rest[match.end() :]
    description, _, comment = rest.partition(";")
    payee, bar, note = description.strip().partition("|")
    return JournalTransaction(
        date=on,
        secondary_date=secondary,
        status=status,
        code=code,
        payee=payee.strip(),
        note=note.strip() if bar else "",
        comment=comment.strip(),
        postings=(),
        file=state.file,
        line=line,
    )


def _read_posting(state: FileState, index: int, end: int, *, of: Date) -> Posting:
    text = state.lines[index].strip()
    status: Status = ""
    if match := _STATUS.match(text):
        status, text = cast("Status", match[1]), text[match.end() :]
    parts = _ACCOUNT_END.split(text, maxsplit=1)
    written, rest = parts[0], parts[1] if len(parts) > 1 else ""
    virtual = written.startswith("[") and written.endswith("]")
    if written.startswith("(") and written.endswith(")"):
        raise VirtualPostingError(
            f"the virtual posting {written} has no other side and cannot be posted to double-entry books; "
            "remove it or give it an account in plain or square brackets",
            file=state.file,
            line=index + 1,
        )
    account = state.account(written[1:-1] if virtual else written)
    before, _, inline = rest.partition(";")
    fields = read_posting_fields(before, state.style)
    if fields.has_lot:
        state.notice("lot prices and dates are left out; only @ and @@ count as a cost", index + 1)
    comments = [inline.strip()] if inline.strip() else []
    comments += [state.lines[number].strip()[1:].strip() for number in range(index + 1, end)]
    comment = "\n".join(comments)
    return Posting(
        account=account,
        amount=fields.amount,
        cost=fields.cost,
        assertion=fields.assertion,
        status=status,
        comment=comment,
        tags=read_tags(comment),
        date=_own_date(comment, of=of),
        virtual=virtual,
        line=index + 1,
        file=state.file,
    )


def _own_date(comment: str, *, of: Date) -> Date | None:
    """The posting's own date from a `date:` tag or from `[date]`; without a year, the transaction's."""
    for name, value in read_tags(comment):
        if name == "date" and value:
            return read_date(value, default_year=of.year)[0]
    for match in _BRACKETED_DATE.finditer(comment):
        first, _, _ = match[1].partition("=")
        if re.search(r"[0-9][-/.][0-9]", first):
            return read_date(first, default_year=of.year)[0]
    return None
