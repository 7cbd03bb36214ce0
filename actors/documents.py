"""The API described for programs and for people: `/api/openapi.json` and `/api/docs`. Made once, from the declarations."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from domain.kit.endpoint import Endpoint
from domain.kit.exchange import JSON_HEADERS, WireAnswer
from domain.kit.openapi import docs_page, openapi_document
from domain.kit.wire import dump_json
from tenancy.version import VERSION


class Documents:
    """Both documents, made when first asked for."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._endpoints = list(endpoints)
        self._made: dict[str, WireAnswer] = {}

    @cached_property
    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, plain JSON values."""
        return openapi_document(self._endpoints, title="Countinghouse", version=VERSION)

    def find(self, path: str) -> WireAnswer | None:
        """The document at a path below `/api`."""
        if path not in {"/openapi.json", "/docs"}:
            return None
        if not self._made:
            self._made["/openapi.json"] = WireAnswer(200, dump_json(self.openapi), JSON_HEADERS)
            self._made["/docs"] = WireAnswer(200, docs_page(self.openapi), {"content-type": "text/html; charset=utf-8"})
        return self._made[path]
