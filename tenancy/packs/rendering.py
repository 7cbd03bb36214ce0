"""One organization's part of a pack: its reports as of one moment of its database, in one archive.

The database is opened beside the service: no actor is woken, no lease is taken, nothing is written, one connection is used.
"""

import hashlib
import logging
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from domain.audit.repository import CHAIN_HEAD
from domain.kit.context import ActingUser, Clock, SystemClock, TenantContext
from domain.kit.endpoint import Answer
from domain.kit.errors import DomainError
from domain.kit.money import from_scaled, minor_unit
from domain.kit.schemas import validate
from domain.kit.warm import WarmState, WarmView
from domain.kit.wire import dump_json
from domain.ledger.columns import LEDGER
from domain.organization.repository import ORGANIZATION
from domain.reports.report import Pack, Report
from domain.reports.rules import fiscal_month
from domain.reports.sheet import Node, Query
from domain.reports.sheets import balance_sheet, profit_loss
from domain.reports.statement import books_of
from tenancy.config import Config
from tenancy.migration import current_revision, newest_revision
from tenancy.packs.archive import ArchiveTooLargeError, archive_name, file_digest, read_manifest, write_archive
from tenancy.packs.model import FORMATS, REPORTS, PackOutcome, PackRequest
from tenancy.provisioning import tenant_database_url
from tenancy.registry import TenantRecord
from tenancy.snapshot import open_snapshot
from tenancy.tenant_database import SchemaBehindError, WrongDatabaseError
from tenancy.version import VERSION

logger = logging.getLogger(__name__)

MANIFEST_VERSION = 1
_DAMAGES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY_CODE = 0xFF
"""SQLite's codes tell the kind in the lowest byte."""
ERROR_CHARACTERS_MAX = 500
_READER = "Report pack"
_RESTORE = "restore it from a backup, then make the pack again"


class DamagedDatabaseError(RuntimeError):
    """The file of an organization's database is no longer one."""

    def __init__(self, found: str) -> None:
        super().__init__(f"the database of the organization is damaged ({found}); {_RESTORE}")


_LASTING = (WrongDatabaseError, SchemaBehindError, ArchiveTooLargeError, FileNotFoundError, DamagedDatabaseError)
"""What a second attempt would meet again."""


def render_tenant_pack(
    config: Config, record: TenantRecord, request: PackRequest, folder: Path, *, clock: Clock | None = None, reuse: bool = True
) -> PackOutcome:
    """Write the archive of an organization into the folder; with `reuse`, a whole one of the same question is left as it is.

    Never raises for the organization's sake: what goes wrong is in the outcome.
    """
    begun = time.monotonic()
    path = folder / archive_name(record.name, record.organization_id)
    try:
        manifest = read_manifest(path, request.fingerprint(record.id)) if reuse else None
        reused = manifest is not None
        if manifest is None:
            manifest = _render(config, record, request, path, clock or SystemClock())
        return PackOutcome(
            tenant_id=record.id,
            file=path.name,
            size_bytes=path.stat().st_size,
            sha256=file_digest(path),
            lines=manifest["ledger"]["lines"],
            base_currency=manifest["organization"]["base_currency"],
            totals=manifest["totals"],
            duration_ms=_since(begun),
            reused=reused,
        )
    except DomainError as problem:
        lasting = problem.status < 500  # noqa: PLR2004 - refused, not broken
        return PackOutcome(
            tenant_id=record.id,
            error=_words(f"{problem.code.type}: {problem.message}"),
            lasting=lasting,
            duration_ms=_since(begun),
        )
    except Exception as problem:
        logger.warning("a report pack failed for a tenant", exc_info=True, extra={"tenant_id": record.id})
        text = f"{type(problem).__name__}: {getattr(problem, 'orig', None) or problem}"
        return PackOutcome(
            tenant_id=record.id, error=_words(text), lasting=isinstance(problem, _LASTING), duration_ms=_since(begun)
        )


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)


def _words(text: str) -> str:
    return text[:ERROR_CHARACTERS_MAX]


@contextmanager
def read_snapshot(config: Config, record: TenantRecord) -> Iterator[Connection]:
    """A tenant's database as of one moment, read only, over one connection of its own.

    Raises:
        FileNotFoundError, DamagedDatabaseError, WrongDatabaseError, SchemaBehindError.

    """
    url = make_url(tenant_database_url(config, record))
    if url.get_backend_name() == "sqlite":  # opening would make a new one
        _check_file(Path(str(url.database)))
    try:
        with open_snapshot(tenant_database_url(config, record), record.id) as connection:
            found, newest = current_revision(connection), newest_revision("tenant")
            if found != newest:
                msg = f"the database has schema {found}, the program {newest}; run `countinghouse tenant migrate`"
                raise SchemaBehindError(msg)
            yield connection
    except DatabaseError as problem:
        if isinstance(problem.orig, sqlite3.DatabaseError) and problem.orig.sqlite_errorcode & _PRIMARY_CODE in _DAMAGES:
            raise DamagedDatabaseError(str(problem.orig)) from problem
        raise


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise FileNotFoundError(f"the database of the organization is missing; {_RESTORE}")
    if not path.stat().st_size:
        raise DamagedDatabaseError("its file is empty")


def _render(config: Config, record: TenantRecord, request: PackRequest, path: Path, clock: Clock) -> dict[str, Any]:
    """Write the archive; its manifest."""
    made: list[dict[str, Any]] = []
    with read_snapshot(config, record) as connection:
        view = WarmView(WarmState(), lambda: connection)
        ctx = TenantContext(
            organization=view.get(ORGANIZATION),
            user=ActingUser(record.owner_user_id, 0, _READER),
            clock=clock,
            warm=view,
            connect=lambda: connection,
        )
        figures: dict[str, str] = {}

        def manifest(files: list[dict[str, Any]]) -> Mapping[str, Any]:
            made.append(_manifest(ctx, record, request, files, figures))
            return made[-1]

        write_archive(path, _files(ctx, request, figures), manifest, at=ctx.now())
    return made[-1]


def _files(ctx: TenantContext, request: PackRequest, figures: dict[str, str]) -> Iterator[tuple[Mapping[str, Any], bytes]]:
    """Each report in each format; notes in `figures` the digest of each report's plain JSON, which no format changes."""
    for report in request.reports:
        plain = _form(ctx, request, report, "json")
        figures[report] = hashlib.sha256(plain).hexdigest()
        for name in request.formats:
            content = plain if name == "json" else _form(ctx, request, report, name)
            yield {"name": f"{report}.{name}", "report": report, "format": name}, content


def _form(ctx: TenantContext, request: PackRequest, report: str, format_name: str) -> bytes:
    """A report as its endpoint answers it."""
    asked = REPORTS[report]
    query = validate(asked.query, _query(request, asked))
    answer = asked.respond(ctx, query, FORMATS[format_name].asked[0])
    body = answer.body if isinstance(answer, Answer) else answer
    return body if isinstance(body, bytes) else dump_json(body)


def _query(request: PackRequest, report: Report) -> dict[str, Any]:
    if report.pack is Pack.DAY:
        return {"as_date": request.to_date.isoformat()}
    query = {"from_date": request.from_date.isoformat(), "to_date": request.to_date.isoformat()}
    if report.pack is Pack.COLUMNS and request.columns != "total":
        query |= {"display_columns_type": "date_periods", "display_columns_by": request.columns}
    return query


def _manifest(
    ctx: TenantContext, record: TenantRecord, request: PackRequest, files: list[dict[str, Any]], figures: Mapping[str, str]
) -> dict[str, Any]:
    ledger = ctx.warm.get(LEDGER).view()
    joined = "".join(f"{report}:{digest}\n" for report, digest in figures.items())
    return {
        "manifest_version": MANIFEST_VERSION,
        "program": "countinghouse",
        "program_version": VERSION,
        "fingerprint": request.fingerprint(record.id),
        "generated_at": ctx.now().isoformat(),
        "organization": {
            "tenant_id": record.id,
            "organization_id": record.organization_id,
            "name": ctx.organization.name,
            "base_currency": ctx.base_currency,
        },
        "period": {"from_date": request.from_date.isoformat(), "to_date": request.to_date.isoformat()},
        "columns": request.columns,
        "files": files,
        "figures": {"sha256": hashlib.sha256(joined.encode()).hexdigest(), "reports": dict(figures)},
        "ledger": {"lines": ledger.lines, "newest_line_id": int(ledger.column("line_id").max(initial=0))},
        "audit": {"head": ctx.warm.get(CHAIN_HEAD)},
        "totals": totals(ctx, request),
    }


@dataclass(frozen=True)
class _Totals:
    nodes: Mapping[str, int]

    @classmethod
    def of(cls, nodes: tuple[Node, ...]) -> "_Totals":
        found: dict[str, int] = {}

        def walk(node: Node) -> None:
            if isinstance(node.id, str):
                found.setdefault(node.id, node.figures[0])
            for child in node.children:
                walk(child)

        for node in nodes:
            walk(node)
        return cls(found)

    def __getitem__(self, name: str) -> int:
        return self.nodes.get(name, 0)


def totals(ctx: TenantContext, request: PackRequest) -> dict[str, str]:
    """What the summary over all organizations shows, in base currency: balances at the end, income and expense of the period."""
    held, month = books_of(ctx), fiscal_month(ctx.organization.fiscal_year)
    asked = Query(from_date=request.from_date, to_date=request.to_date, fiscal_month=month)
    balance, profit = balance_sheet.build(held, asked), profit_loss.build(held, asked)
    balances, earned = _Totals.of(balance.nodes), _Totals.of(profit.nodes)
    income = earned["INCOME"] + earned["OTHER_INCOME"]
    scaled = {
        "assets": balances["ASSETS"],
        "liabilities": balances["LIABILITY"],
        "equity": balances["EQUITY"],
        "income": income,
        "expense": income - earned["NET_INCOME"],
        "net_income": earned["NET_INCOME"],
    }
    places = minor_unit(ctx.base_currency)
    return {name: f"{from_scaled(amount):.{places}f}" for name, amount in scaled.items()}
