"""Listings of ledger lines: a long sheet beside its query and meta, in forms that are written while they are read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.contacts.repository_names import ContactName
from domain.kit.context import TenantContext
from domain.kit.endpoint import Answer
from domain.kit.exchange import JSON_HEADERS
from domain.kit.wire import dump_json
from domain.reports.entries import day_texts
from domain.reports.number_format import NumberFormat
from domain.reports.rendering import table_json
from domain.reports.rendering.table import Cell, Column, Kind, Table
from domain.reports.schemas import PeriodQuery
from domain.reports.statement import echo, meta_of, over_days

Contacts = Mapping[int, ContactName]


@dataclass(frozen=True)
class Listing:
    """A listing beside its query and meta. `data` is its plain JSON in pieces, written while it is read, once."""

    query: dict[str, Any]
    meta: dict[str, Any]
    data: Iterator[str]
    table: Callable[[], Table]
    """What the renderers of files start from."""
    table_json: Callable[[], bytes]
    """The answer in form of a table as JSON, without the detour by `table`: listings are long."""

    def table_answer(self, _: Callable[["Listing"], Table]) -> Answer:
        """As a table in JSON."""
        return Answer(self.table_json(), media_type=JSON_HEADERS["content-type"])

    def answer(self) -> Answer:
        """As plain JSON."""
        # Encoded piece by piece: one wide character would make a text of everything four times as large.
        data = map(str.encode, self.data)
        pieces = [b'{"query":', dump_json(self.query), b',"data":', *data, b',"meta":', dump_json(self.meta), b"}"]
        return Answer(b"".join(pieces), media_type=JSON_HEADERS["content-type"])


def listing_of(
    ctx: TenantContext,
    query: PeriodQuery,
    title: str,
    days: tuple[date, date],
    *,
    data: Callable[[NumberFormat], Iterator[str]],
    table: Callable[[dict[str, Any], NumberFormat], Table],
    table_json: Callable[[dict[str, Any], dict[str, Any], NumberFormat], bytes],
) -> Listing:
    """A listing of the days given; its forms are functions of query, meta and number format, in this order."""
    numbers = query.number_format.settings(ctx.base_currency)
    understood = echo(query, numbers, from_date=days[0], to_date=days[1])
    meta = meta_of(ctx, title) | over_days(*days)
    return Listing(understood, meta, data(numbers), lambda: table(meta, numbers), lambda: table_json(understood, meta, numbers))


def as_table(listing: Listing) -> Table:
    """For all renderers of files: `Report.table` of every listing."""
    return listing.table()


def table_text(
    columns: Iterable[Column], rows: Iterable[str], query: Mapping[str, Any], meta: Mapping[str, Any], *, indexed: bool
) -> bytes:
    """The answer in form of a table: what `rendering.table_json` makes, without an object a cell, since a year has a million of them."""
    head = b'{"table":{"columns":' + dump_json(table_json.columns(columns, indexed=indexed)) + b',"rows":['
    tail = b']},"query":' + dump_json(query) + b',"meta":' + dump_json(meta) + b"}"
    return b"".join([head, *map(str.encode, rows), tail])


def day_cell(key: str, ordinal: int) -> Cell:
    """A cell of a day."""
    return Cell(key, day_texts(ordinal)[1], date.fromordinal(ordinal), Kind.DATE)


def filled(columns: tuple[Column, ...], given: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """The cells by column, the missing ones empty."""
    return tuple(given.get(column.key) or Cell(column.key, "") for column in columns)
