"""OpenAPI 3.1 from the declared endpoints (DECISIONS 27). The same endpoints always give the same document, in whatever order they come."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.kit.docs_page import docs_page
from domain.kit.endpoint import Endpoint, Mode, Scope
from domain.kit.errors import (
    BODY_TOO_LARGE,
    FORBIDDEN,
    IDEMPOTENCY_KEY_INVALID,
    IDEMPOTENCY_KEY_REUSED,
    MALFORMED_BODY,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    NUMERIC_ID_EXPECTED,
    QUERY_TOO_LONG,
    REGISTRY,
    TOO_MANY_REQUESTS,
    UNAUTHORIZED,
    VALIDATION_ERROR,
    ErrorCode,
)
from domain.kit.lists import (
    FILTER_FIELDS_NOT_FOUND,
    FILTER_ROLES_INVALID,
    SORT_COLUMN_NOT_FOUND,
    VIEW_NOT_FOUND,
    ListQuery,
)
from domain.kit.openapi_components import JSON_TYPE, SHARED_CODES, SHARED_STATUSES, UNAVAILABLE, Json, components, refusal
from domain.kit.openapi_schemas import ModelSchemas
from domain.kit.permissions import PUBLIC, SIGNED_IN
from domain.kit.schemas import ID_MAX

__all__ = ["PREFIX", "docs_page", "openapi_document"]

PREFIX = "/api"
_METHODS = ("GET", "PUT", "PATCH", "POST", "DELETE")
_LIST_ERRORS = (SORT_COLUMN_NOT_FOUND, VIEW_NOT_FOUND, FILTER_ROLES_INVALID, FILTER_FIELDS_NOT_FOUND)
_MEMBER_ERRORS = ("USER_INACTIVE",)
"""Errors of the check who acts, which is declared beside the members; by name, since the kit knows no noun."""

_INTRODUCTION = (
    "Double-entry books of many organizations over HTTP. Sign in for a token, or use an API key; send either as a bearer. "
    "The `organization-id` header chooses among the organizations of a person. Keys of requests may be spelt in snake_case, "
    "camelCase or kebab-case; answers are in snake_case, error answers in camelCase. Every refused request says why in `errors`, "
    "by `type`. Send an `Idempotency-Key` with a write, and repeating it is harmless."
)


def openapi_document(endpoints: Iterable[Endpoint], *, title: str, version: str) -> Json:
    """The OpenAPI 3.1 description of the endpoints, plain JSON values."""
    ordered = sorted(endpoints, key=lambda item: (item.path, _METHODS.index(item.method)))
    schemas = ModelSchemas(ordered)
    names = _operation_ids(ordered)
    templates: dict[str, list[str]] = {}
    paths: dict[str, Json] = {}
    codes: dict[str, ErrorCode] = {}
    for endpoint, (operation_id, alias_of) in zip(ordered, names, strict=True):
        parameters = templates.setdefault(re.sub(r"\{[^}]*\}", "{}", endpoint.path.lower()), list(endpoint.path_types))
        path = _with_names(endpoint.path, parameters)
        errors = _errors(endpoint)
        codes |= {code.type: code for group in errors.values() for code in group}
        operation = _operation(endpoint, operation_id, parameters, errors, schemas)
        if alias_of is not None:
            operation["x-alias-of"] = alias_of
        paths.setdefault(f"{PREFIX}{path}", {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": _INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in sorted({endpoint.group for endpoint in ordered})],
        "paths": paths,
        "components": components(schemas.reachable(paths)),
        "x-error-codes": {name: _catalogued(code) for name, code in sorted(codes.items())},
    }


def _catalogued(code: ErrorCode) -> Json:
    entry: Json = {"status": int(code.status), "message": code.message}
    return entry | ({"aliases": list(code.aliases)} if code.aliases else {})


def _with_names(path: str, names: Sequence[str]) -> str:
    """Paths of one shape share one template, as OpenAPI demands: the first one's parameter names."""
    remaining = iter(names)
    return re.sub(r"\{[^}]*\}", lambda _: f"{{{next(remaining)}}}", path)


def _operation_ids(endpoints: Sequence[Endpoint]) -> list[tuple[str, str | None]]:
    """The handler's name, with the group's before it where two groups share it; numbered where one handler serves many paths."""
    handlers: dict[str, list[Any]] = defaultdict(list)
    for endpoint in endpoints:
        if endpoint.handler not in handlers[endpoint.name]:
            handlers[endpoint.name].append(endpoint.handler)
    given: dict[str, Any] = {}
    first: dict[Any, str] = {}
    ids: list[tuple[str, str | None]] = []
    for endpoint in endpoints:
        group = re.sub(r"[^a-z0-9]+", "_", endpoint.group.lower()).strip("_")
        base = endpoint.name if len(handlers[endpoint.name]) == 1 else f"{group}_{endpoint.name}"
        unique, number = base, 1
        while unique in given:
            number += 1
            unique = f"{base}_{number}"
        given[unique] = endpoint
        ids.append((unique, first.get(endpoint.handler)))
        first.setdefault(endpoint.handler, unique)
    return ids


# ---- one operation


def _operation(
    endpoint: Endpoint, operation_id: str, names: Sequence[str], errors: Mapping[int, Sequence[ErrorCode]], schemas: ModelSchemas
) -> Json:
    _, _, more = (inspect.getdoc(endpoint.handler) or "").partition("\n")
    operation: Json = {"operationId": operation_id, "summary": endpoint.summary, "tags": [endpoint.group]}
    if more.strip():
        operation["description"] = more.strip()
    parameters = [
        *_path_parameters(endpoint, names),
        *_query_parameters(endpoint, schemas),
        *({"$ref": f"#/components/parameters/{name}"} for name in _header_parameters(endpoint)),
    ]
    if parameters:
        operation["parameters"] = parameters
    if endpoint.body is not None:
        schema = schemas.of(endpoint.body, "validation")
        operation["requestBody"] = {
            "required": any(field.is_required() for field in endpoint.body.model_fields.values()),
            "content": {JSON_TYPE: {"schema": schema}},
        }
    operation["responses"] = _responses(endpoint, errors, schemas)
    operation["security"] = _security(endpoint)
    operation["x-permission"] = str(endpoint.permission)
    if endpoint.any_of:
        operation["x-permission-any-of"] = [str(permission) for permission in endpoint.any_of]
    return operation


def _path_parameters(endpoint: Endpoint, names: Sequence[str]) -> Iterable[Json]:
    for name, kind in zip(names, endpoint.path_types.values(), strict=True):
        schema = {"type": "integer", "minimum": 1, "maximum": ID_MAX} if kind is int else {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameters(endpoint: Endpoint, schemas: ModelSchemas) -> Iterable[Json]:
    if endpoint.query is None:
        return
    for name, schema, required in schemas.fields(endpoint.query):
        parameter: Json = {"name": name, "in": "query", "required": required, "schema": schema}
        if "$ref" in schema or schema.get("type") == "object":
            parameter |= {"style": "deepObject", "explode": True}
        yield parameter


def _header_parameters(endpoint: Endpoint) -> Iterable[str]:
    if endpoint.writes and endpoint.idempotent:
        yield "IdempotencyKey"
    if _has_tag(endpoint):
        yield "IfNoneMatch"


def _has_tag(endpoint: Endpoint) -> bool:
    return endpoint.scope is Scope.TENANT and endpoint.mode is not Mode.WRITE


def _security(endpoint: Endpoint) -> list[Json]:
    if endpoint.permission is PUBLIC:
        return []
    if endpoint.permission is SIGNED_IN:
        return [{"bearer": []}]
    return [{"bearer": [], "organization": []}, {"bearer": []}]


# ---- answers


def _errors(endpoint: Endpoint) -> dict[int, list[ErrorCode]]:
    """The declared errors and those that any endpoint of this form may answer, by status."""
    codes: list[ErrorCode] = [*endpoint.errors, TOO_MANY_REQUESTS, *UNAVAILABLE]
    if endpoint.body is not None or endpoint.query is not None:
        codes.append(VALIDATION_ERROR)
    if endpoint.body is not None:
        codes += [MALFORMED_BODY, BODY_TOO_LARGE]
    if endpoint.query is not None:
        codes += (QUERY_TOO_LONG, *(_LIST_ERRORS if issubclass(endpoint.query, ListQuery) else ()))
    if int in endpoint.path_types.values():
        codes.append(NUMERIC_ID_EXPECTED)
    if len(endpoint.media_types) > 1 or "accept" in endpoint.handler.__annotations__:
        codes.append(NOT_ACCEPTABLE)
    if endpoint.path_types or endpoint.body is not None or endpoint.query is not None:
        codes.append(NOT_FOUND)  # of the path, or one that the body or query refers to
    if endpoint.permission is not PUBLIC:
        codes.append(UNAUTHORIZED)
        if endpoint.permission is not SIGNED_IN:
            codes.append(FORBIDDEN)
        if endpoint.scope is Scope.TENANT:
            codes += [REGISTRY[name] for name in _MEMBER_ERRORS if name in REGISTRY]
    if endpoint.writes and endpoint.idempotent:
        codes += [IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_REUSED]
    grouped: dict[int, list[ErrorCode]] = defaultdict(list)
    for code in sorted(dict.fromkeys(codes), key=lambda item: item.type):
        grouped[int(code.status)].append(code)
    return dict(sorted(grouped.items()))


def _responses(endpoint: Endpoint, errors: Mapping[int, Sequence[ErrorCode]], schemas: ModelSchemas) -> Json:
    responses: Json = {str(int(endpoint.status)): _success(endpoint, schemas)}
    if _has_tag(endpoint):
        responses["304"] = {"description": "Unchanged since the answer with the sent entity tag."}
    for status, codes in errors.items():
        shared = SHARED_CODES.get(status) == tuple(codes)
        responses[str(status)] = (
            {"$ref": f"#/components/responses/{SHARED_STATUSES[status]}"} if shared else refusal(status, codes)
        )
    return responses


def _success(endpoint: Endpoint, schemas: ModelSchemas) -> Json:
    response: Json = {"description": "Done." if endpoint.writes else "Found."}
    content: Json = {}
    for media_type in endpoint.media_types:
        if media_type == JSON_TYPE:
            if endpoint.returns is not None:
                content[media_type] = {"schema": schemas.of(endpoint.returns, "serialization")}
        elif media_type.startswith(JSON_TYPE):
            content[media_type] = {"schema": {"type": "object"}}
        else:
            content[media_type] = {
                "schema": {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}
            }
    if content:
        response["content"] = content
    if _has_tag(endpoint):
        response["headers"] = {"ETag": {"$ref": "#/components/headers/ETag"}}
    return response
