"""JSON Schemas of the models of all endpoints, as the wire has them, named once over the whole OpenAPI document."""

import inspect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from domain.kit.endpoint import Endpoint

Json = dict[str, Any]
_REF = "#/components/schemas/"
_Key = tuple[str, JsonSchemaMode]


class _WireSchema(GenerateJsonSchema):
    """JSON Schema of the wire: decimals are numbers; no title that only repeats a key."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A JSON number, with the bounds that are whole numbers."""
        bounds = {"minimum": schema.get("ge"), "maximum": schema.get("le"), "exclusiveMinimum": schema.get("gt")}
        return {"type": "number"} | {
            key: int(value) for key, value in bounds.items() if value is not None and value == int(value)
        }

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False


class ModelSchemas:
    """The schemas of all bodies, queries and results of the endpoints."""

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        inputs: list[tuple[int, JsonSchemaMode, TypeAdapter[Any]]] = []
        self._places: dict[_Key, int] = {}
        for endpoint in endpoints:
            used: tuple[tuple[Any, JsonSchemaMode], ...] = (
                (endpoint.body, "validation"),
                (endpoint.query, "validation"),
                (endpoint.returns, "serialization"),
            )
            for kind, mode in used:
                if kind is not None and _key(kind, mode) not in self._places:
                    self._places[_key(kind, mode)] = len(inputs)
                    inputs.append((len(inputs), mode, TypeAdapter(kind)))
        found, shared = TypeAdapter.json_schemas(inputs, ref_template=f"{_REF}{{model}}", schema_generator=_WireSchema)
        definitions = shared.get("$defs", {})
        names = _short_names(definitions)
        self._schemas: dict[int, Any] = {place: _tidy(schema, names) for (place, _), schema in found.items()}
        self.components: Json = {names[name]: _tidy(schema, names) for name, schema in sorted(definitions.items())}

    def of(self, kind: Any, mode: JsonSchemaMode) -> Json:
        """The schema of a type, usually a reference."""
        return dict(self._schemas[self._places[_key(kind, mode)]])

    def fields(self, model: type) -> list[tuple[str, Json, bool]]:
        """The fields of a query model: name, schema, whether it is required. Absent is the only null that a query knows."""
        schema = self.of(model, "validation")
        if "$ref" in schema:
            schema = self.components[schema["$ref"].removeprefix(_REF)]
        required = set(schema.get("required", ()))
        return [(name, _without_null(field), name in required) for name, field in schema.get("properties", {}).items()]

    def reachable(self, roots: Any) -> Json:
        """The components that the rest of the document refers to, directly or through others, by name."""
        wanted: set[str] = set()
        waiting = _references(roots)
        while waiting:
            name = waiting.pop()
            if name in self.components and name not in wanted:
                wanted.add(name)
                waiting |= _references(self.components[name])
        return {name: self.components[name] for name in sorted(wanted)}


def _key(kind: Any, mode: JsonSchemaMode) -> _Key:
    plain = inspect.isclass(kind) and not hasattr(kind, "__origin__")
    return (f"{kind.__module__}.{kind.__qualname__}" if plain else repr(kind)), mode


def _short_names(definitions: Mapping[str, Any]) -> dict[str, str]:
    """Names for components: models of the same name are one where they are equal, else the noun stands before the name."""
    by_suffix: dict[str, list[str]] = defaultdict(list)
    for name in definitions:
        by_suffix[name.rpartition("__")[2]].append(name)
    names: dict[str, str] = {}
    for suffix, group in by_suffix.items():
        equal = all(definitions[name] == definitions[group[0]] for name in group)
        names |= {name: suffix if equal else f"{_noun(name)}{suffix}" for name in group}
    return names


def _noun(name: str) -> str:
    """`domain__sale_invoices__schemas__EntryOut` → `SaleInvoices`."""
    parts = name.split("__")
    return "".join(word.capitalize() for word in parts[1 if parts[0] == "domain" else 0].split("_"))


def _tidy(schema: Any, names: Mapping[str, str]) -> Any:
    """References under the short names; lengths of lists under their JSON Schema name; no default that is only null."""
    if isinstance(schema, list):
        return [_tidy(item, names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidy(value, names) for key, value in schema.items() if not (key == "default" and value is None)}
    reference = tidy.get("$ref")
    if isinstance(reference, str):
        name = reference.removeprefix(_REF)
        tidy["$ref"] = f"{_REF}{names.get(name, name)}"
    if tidy.get("type") == "array":
        for wrong, right in (("minLength", "minItems"), ("maxLength", "maxItems")):
            if isinstance(tidy.get(wrong), int):
                tidy[right] = tidy.pop(wrong)
    return tidy


def _without_null(schema: Json) -> Json:
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    if len(options) == 1:
        return {**options[0], **rest}
    return {**rest, "anyOf": options} if options else schema


def _references(value: Any) -> set[str]:
    """Names of the components that a part of the document refers to."""
    if isinstance(value, Mapping):
        found = set().union(*(_references(item) for item in value.values()))
        reference = value.get("$ref")
        return found | {reference.removeprefix(_REF)} if isinstance(reference, str) else found
    if isinstance(value, list | tuple):
        return set().union(*(_references(item) for item in value))
    return set()
