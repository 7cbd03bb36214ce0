"""The HTTP interface of the reports (reports.md): one endpoint a path of each."""

from collections.abc import Iterable
from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.reports.report import Report, find_reports


def endpoints_of(reports: Iterable[Report]) -> EndpointGroup:
    """The endpoints that serve some reports."""
    group = EndpointGroup("Reports")
    for report in reports:
        _declare(group, report)
    return group


def _declare(group: EndpointGroup, report: Report) -> None:
    def answer(ctx: TenantContext, query: Any, accept: str) -> Any:
        return report.respond(ctx, query, accept)

    answer.__name__ = report.operation
    for path, summary in {report.path: report.title, **report.aliases}.items():
        group.get(
            path,
            summary=summary,
            permission=report.permission,
            any_of=report.any_of,
            query=report.query,
            returns=report.returns,
            errors=report.errors,
            media_types=report.media_types,
            warm=report.warm,
        )(answer)


endpoint = endpoints_of(find_reports())
