"""The parts of the OpenAPI document that are the same for all endpoints: security, headers, refusals."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from domain.kit.errors import (
    BODY_TOO_LARGE,
    DATABASE_UNAVAILABLE,
    FORBIDDEN,
    IDEMPOTENCY_KEY_REUSED,
    NOT_FOUND,
    TENANT_BUSY,
    TENANT_UNAVAILABLE,
    TOO_MANY_REQUESTS,
    UNAUTHORIZED,
    ErrorCode,
)

Json = dict[str, Any]
JSON_TYPE = "application/json"
ERROR_SCHEMA = "Error"
UNAVAILABLE = (TENANT_BUSY, TENANT_UNAVAILABLE, DATABASE_UNAVAILABLE)
SHARED_STATUSES = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    413: "TooLarge",
    422: "KeyReused",
    429: "TooMany",
    503: "Busy",
}
"""Answers that are the same for most endpoints, by status: the name of the component."""
SHARED_CODES: Mapping[int, tuple[ErrorCode, ...]] = {
    401: (UNAUTHORIZED,),
    403: (FORBIDDEN,),
    404: (NOT_FOUND,),
    413: (BODY_TOO_LARGE,),
    422: (IDEMPOTENCY_KEY_REUSED,),
    429: (TOO_MANY_REQUESTS,),
    503: tuple(sorted(UNAVAILABLE, key=lambda item: item.type)),
}


def refusal(status: int, codes: Sequence[ErrorCode]) -> Json:
    """The answer of a status for these errors."""
    names = sorted({name for code in codes for name in (code.type, *code.aliases)})
    return {
        "description": f"{HTTPStatus(status).phrase}: {', '.join(names)}",
        "content": {
            JSON_TYPE: {
                "schema": {
                    "allOf": [
                        {"$ref": f"#/components/schemas/{ERROR_SCHEMA}"},
                        {"properties": {"errors": {"items": {"properties": {"type": {"enum": names}}}}}},
                    ]
                }
            }
        },
        **({"headers": {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}} if status in {429, 503} else {}),
    }


def components(schemas: Json) -> Json:
    """The components of the document; `schemas` are those of the models."""
    return {
        "schemas": dict(sorted((schemas | {ERROR_SCHEMA: _error_schema()}).items())),
        "responses": {name: refusal(status, SHARED_CODES[status]) for status, name in sorted(SHARED_STATUSES.items())},
        "parameters": {
            "IdempotencyKey": {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "description": "Names this write. Sent again with the same request, it answers the same and does nothing more.",
                "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
            },
            "IfNoneMatch": {
                "name": "If-None-Match",
                "in": "header",
                "required": False,
                "description": "The entity tag of an earlier answer: 304 without a body where nothing has changed.",
                "schema": {"type": "string"},
            },
        },
        "headers": {
            "ETag": {"description": "Entity tag of this answer.", "schema": {"type": "string"}},
            "RetryAfter": {"description": "Seconds to wait before trying again.", "schema": {"type": "integer", "minimum": 0}},
        },
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A token from sign-in, or an API key."},
            "organization": {
                "type": "apiKey",
                "in": "header",
                "name": "organization-id",
                "description": "Which of the person's organizations is meant; an API key belongs to one and needs no header.",
            },
        },
    }


def _error_schema() -> Json:
    return {
        "type": "object",
        "description": "A refused request: nothing was done. `errors` has one element for each reason and name of it.",
        "required": ["statusCode", "message", "errors"],
        "properties": {
            "statusCode": {"type": "integer"},
            "message": {"description": "A text; for a validation failure the failed fields.", "type": ["string", "array"]},
            "error": {"type": "string"},
            "errors": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["statusCode", "type", "message"],
                    "properties": {
                        "statusCode": {"type": "integer"},
                        "type": {"type": "string", "description": "The code by which a program tells errors apart."},
                        "message": {"type": "string", "description": "For people, in English."},
                        "property": {"type": "string", "description": "The refused field, for a validation failure."},
                        "payload": {"description": "What the error is about; differs by type."},
                        "meta": {},
                    },
                },
            },
        },
    }
