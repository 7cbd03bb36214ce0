"""The declaration of a report. Endpoints, OpenAPI, report packs and the tests of all reports derive from it.

Adding a report is adding a module to `domain/reports/sheets/`: the sheet as a pure function of the books and a query, the models of its
query and its answer, its plain JSON, its table, its use case, and at the end `REPORT = Report(…)`, or `REPORTS = (Report(…), …)`.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from domain.kit.context import TenantContext
from domain.kit.errors import ErrorCode
from domain.kit.permissions import Permission
from domain.reports import sheets
from domain.reports.rendering.negotiation import MEDIA_TYPES, RENDERING_ERRORS, Form, require_json, respond
from domain.reports.rendering.table import Table

PLACE_LAST = 1000


class Pack(Enum):
    """How a pack tells a report its days."""

    PERIOD = "period"
    """From the first to the last day of the period."""
    COLUMNS = "columns"
    """The same; its columns can be months, quarters or years."""
    DAY = "day"
    """As of the last day of the period."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report: where it is served, who may read it, and the functions that make it."""

    name: str
    """As packs name it."""
    operation: str
    """As OpenAPI names it: an identifier."""
    title: str
    path: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Further paths, and the title under each."""
    permission: Permission
    any_of: tuple[Permission, ...] = ()
    """Further permissions of which one is enough."""
    query: type[BaseModel]
    returns: type[BaseModel]
    make: Callable[[TenantContext, Any], Any]
    """The use case: from the query to a statement or a listing; without a table, to plain JSON."""
    table: Callable[[Any], Table] | None = None
    """What `make` answered as a table, for all renderers. None: the report comes as JSON only."""
    raises: tuple[ErrorCode, ...] = ()
    """What `make` raises."""
    warm: bool = False
    """Whether warm state can answer it, without a database."""
    pack: Pack | None = None
    """None: no pack holds it."""
    place: int = PLACE_LAST
    """Its place among reports."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """The forms that it comes in."""
        return Form.JSON.asked if self.table is None else MEDIA_TYPES

    @property
    def errors(self) -> tuple[ErrorCode, ...]:
        """All that a request for it may meet."""
        return self.raises if self.table is None else (*self.raises, *RENDERING_ERRORS)

    def respond(self, ctx: TenantContext, query: Any, accept: str) -> Any:
        """The answer in the form that is asked for.

        Raises:
            NOT_ACCEPTABLE, `errors`.
            ElsewhereError: the report says that it is longer than what this process makes.

        """
        if self.table is None:
            require_json(accept)
            return self.make(ctx, query)
        return respond(ctx, accept, lambda: self.make(ctx, query), self.table)


def find_reports() -> list[Report]:
    """The reports that the modules in `sheets` declare, by their places."""
    names = [found.name for found in pkgutil.walk_packages(sheets.__path__, f"{sheets.__name__}.")]
    modules = [vars(import_module(name)) for name in names]
    declared = [
        report for module in modules for report in (*module.get("REPORTS", ()), module.get("REPORT")) if report is not None
    ]
    return sorted(declared, key=lambda report: (report.place, report.name))
