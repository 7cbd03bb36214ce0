"""The API described for programs and for people: `/api/openapi.json` and `/api/docs`. Made once, from the declarations."""

from collections.abc import Iterable

from domain.kit.endpoint import Endpoint
from domain.kit.exchange import WireAnswer
from domain.kit.openapi import docs_page, openapi_document
from domain.kit.wire import dump_json
from tenancy.version import VERSION


class Documents:
    """Both documents, made when first asked for."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._endpoints = list(endpoints)
        self._made: dict[str, WireAnswer] = {}

    def find(self, path: str) -> WireAnswer | None:
        """The document at a path below `/api`."""
        if path not in {"/openapi.json", "/docs"}:
            return None
        if not self._made:
            document = openapi_document(self._endpoints, title="Countinghouse", version=VERSION)
            self._made["/openapi.json"] = WireAnswer(
                200, dump_json(document), {"content-type": "application/json; charset=utf-8"}
            )
            self._made["/docs"] = WireAnswer(200, docs_page(document), {"content-type": "text/html; charset=utf-8"})
        return self._made[path]
