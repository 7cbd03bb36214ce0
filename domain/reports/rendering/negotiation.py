"""Which form of a report a client asks for by its Accept header (reports.md section 3, RFC 9110 section 12.5.1), and the answer in it.

How a report becomes one of every form: its declaration names the function from what its use case answers to a `Table`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from domain.kit.context import TenantContext
from domain.kit.endpoint import Answer
from domain.kit.errors import NOT_ACCEPTABLE
from domain.kit.money import ZERO
from domain.reports.rendering import csv_file, pdf_file, xlsx_file
from domain.reports.rendering.table import Table

_ACCEPT_CHARACTERS_MAX = 2000
_ANY = "*/*"


class Form(Enum):
    """A form of a report. `asked` are the media types that ask for it, in order of preference of forms: JSON first."""

    JSON = ("application/json",)
    TABLE = ("application/json+table",)
    CSV = ("application/csv", "text/csv")
    XLSX = ("application/xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel")
    PDF = ("application/pdf",)

    @property
    def asked(self) -> tuple[str, ...]:
        """The media types that ask for it."""
        names: tuple[str, ...] = self.value
        return names


MEDIA_TYPES = tuple(form.asked[0] for form in Form)
"""For the declaration of an endpoint of every form."""
RENDERING_ERRORS = (pdf_file.REPORT_TOO_LONG_FOR_PDF, pdf_file.TYPESETTER_UNAVAILABLE)


class Presentable(Protocol):
    """What a use case of a report answers: a sheet beside its query and meta."""

    def answer(self) -> Any:
        """As plain JSON."""

    def table_answer(self, table: Callable[[Any], Table]) -> Any:
        """As a table in JSON."""


Presented = TypeVar("Presented", bound=Presentable)


@dataclass(frozen=True, slots=True)
class _File:
    render: Callable[[Table], bytes]
    media_type: str
    name: str | None
    row_cost: int
    """The time that a row takes, in rows of plain JSON (some 20 µs each)."""


_FILES: Mapping[Form, _File] = {
    Form.CSV: _File(csv_file.render, "text/csv; charset=utf-8", "output.csv", 2),
    Form.XLSX: _File(xlsx_file.render, Form.XLSX.asked[1], "output.xlsx", 5),
    Form.PDF: _File(pdf_file.render, Form.PDF.asked[0], None, 40),
}


def respond(
    ctx: TenantContext, accept: str, report: Callable[[], Presented], table: Callable[[Presented], Table]
) -> dict[str, Any] | Answer:
    """The report in the form that the client asks for. Files are made beside the event loop.

    Raises:
        NOT_ACCEPTABLE, what the report raises, and RENDERING_ERRORS.
        ElsewhereError: the report says that it is longer than what this process makes.

    """
    form = choose(accept)
    file = _FILES.get(form)
    if file is not None:
        _leave_event_loop(ctx)
        ctx.row_cost = file.row_cost
    presented = report()
    if file is None:
        plain: dict[str, Any] | Answer = presented.answer() if form is Form.JSON else presented.table_answer(table)
        return plain
    headers = {} if file.name is None else {"content-disposition": f"attachment; filename={file.name}"}
    return Answer(file.render(table(presented)), media_type=file.media_type, headers=headers)


def _leave_event_loop(ctx: TenantContext) -> None:
    """Have a request that runs without a database run again with one: in a reader thread."""
    _ = ctx.db


@lru_cache(maxsize=256)
def choose(accept: str) -> Form:
    """The form that an Accept header prefers; JSON without one, and where several are liked equally and JSON is among them.

    Raises:
        NOT_ACCEPTABLE: no form that we have is accepted.

    """
    ranges = list(_ranges(accept[:_ACCEPT_CHARACTERS_MAX]))
    if not ranges:
        return Form.JSON
    liking, form = max(((_liking(form, ranges), form) for form in Form), key=lambda item: item[0])  # the first of equals
    if not liking[0]:
        raise NOT_ACCEPTABLE(f"This report comes as {', '.join(MEDIA_TYPES)}.")
    return form


def require_json(accept: str) -> None:
    """For reports that come as JSON only.

    Raises:
        NOT_ACCEPTABLE: JSON is not accepted.

    """
    ranges = list(_ranges(accept[:_ACCEPT_CHARACTERS_MAX]))
    if ranges and not _liking(Form.JSON, ranges)[0]:
        raise NOT_ACCEPTABLE(f"This report comes as {Form.JSON.asked[0]} only.")


def _ranges(accept: str) -> Iterator[tuple[str, Decimal]]:
    """Media ranges with their q-values; a q-value that is none counts as 1."""
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            yield name, next((_quality(text[2:]) for text in parameters if text.startswith("q=")), Decimal(1))


def _quality(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return Decimal(1)
    return min(max(value, ZERO), Decimal(1)) if value.is_finite() else Decimal(1)


def _liking(form: Form, ranges: list[tuple[str, Decimal]]) -> tuple[Decimal, bool]:
    """How much a form is liked, by the most specific range that matches; then whether it is asked for by name."""
    specific, quality = -1, ZERO
    for name, liked in ranges:
        for asked in form.asked:
            if name == asked:
                rank = 2
            elif name == f"{asked.split('/')[0]}/*":
                rank = 1
            else:
                rank = 0 if name == _ANY else -1
            if rank >= 0:
                specific, quality = max((specific, quality), (rank, liked))
    return quality, specific > 1
