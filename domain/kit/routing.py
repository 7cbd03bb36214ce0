"""Finds the endpoint of a request in time proportional to the length of its path, and binds its parameters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from domain.kit.endpoint import Endpoint
from domain.kit.errors import METHOD_NOT_ALLOWED, NUMERIC_ID_EXPECTED, ROUTE_NOT_FOUND
from domain.kit.schemas import ID_MAX, validate
from domain.kit.wire import parse_json, parse_query


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    parameter: "_Node | None" = None
    endpoints: dict[str, Endpoint] = field(default_factory=dict)


def split_path(path: str) -> list[str]:
    """Path segments; doubled and trailing slashes do not count."""
    return [segment for segment in path.split("/") if segment]


class RoutingTable:
    """All declared endpoints by method and path. Letter case of fixed segments does not matter."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._root = _Node()
        self.endpoints: list[Endpoint] = []
        for endpoint in endpoints:
            self._add(endpoint)

    def _add(self, endpoint: Endpoint) -> None:
        node = self._root
        for segment in split_path(endpoint.path):
            if segment.startswith("{"):
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.children.setdefault(segment.lower(), _Node())
        if endpoint.method in node.endpoints:
            msg = f"{endpoint.method} {endpoint.path} is declared twice"
            raise RuntimeError(msg)
        node.endpoints[endpoint.method] = endpoint
        self.endpoints.append(endpoint)

    def find(self, method: str, path: str) -> tuple[Endpoint, list[str]]:
        """The endpoint and its raw path values. A fixed segment wins over a parameter.

        Raises:
            ROUTE_NOT_FOUND: no such path.
            METHOD_NOT_ALLOWED: the path exists, with other methods.

        """
        segments = split_path(path)
        node = _descend(self._root, segments, 0, [])
        if node is None:
            raise ROUTE_NOT_FOUND(f"Cannot {method} /api/{'/'.join(segments)[:200]}")
        found, values = node
        endpoint = found.endpoints.get(method)
        if endpoint is None:
            raise METHOD_NOT_ALLOWED(headers={"Allow": ", ".join(sorted(found.endpoints))})
        return endpoint, values


def _descend(node: _Node, segments: list[str], depth: int, values: list[str]) -> tuple[_Node, list[str]] | None:
    if depth == len(segments):
        return (node, values) if node.endpoints else None
    child = node.children.get(segments[depth].lower())
    if child is not None:
        found = _descend(child, segments, depth + 1, values)
        if found is not None:
            return found
    if node.parameter is not None:
        return _descend(node.parameter, segments, depth + 1, [*values, segments[depth]])
    return None


def bind(endpoint: Endpoint, values: list[str], query: str, body: bytes) -> dict[str, Any]:
    """The handler's keyword arguments from the request, checked.

    Raises:
        NUMERIC_ID_EXPECTED: an id in the path is not a number.
        MALFORMED_BODY, ValidationFailedError: the body or query is not of the declared form.

    """
    arguments: dict[str, Any] = {}
    for (name, kind), value in zip(endpoint.path_types.items(), values, strict=True):
        if kind is int:
            if not (value.isascii() and value.isdigit() and len(value) <= 10 and int(value) <= ID_MAX):  # noqa: PLR2004
                raise NUMERIC_ID_EXPECTED()
            arguments[name] = int(value)
        else:
            arguments[name] = value
    if endpoint.query is not None:
        arguments["query"] = validate(endpoint.query, parse_query(query))
    if endpoint.body is not None:
        arguments["body"] = validate(endpoint.body, parse_json(body))
    return arguments
