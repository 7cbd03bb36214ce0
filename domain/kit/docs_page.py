"""The readable page of an OpenAPI document: one self-contained HTML file, without any script, so that a strict CSP holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

Json = Mapping[str, Any]
_STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 6%, transparent); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 15rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1rem; border-inline-end: 1px solid var(--line); }
nav a { display: block; padding: .15rem .5rem; color: inherit; text-decoration: none; border-radius: .3rem; }
nav a:hover, nav a:focus-visible { background: var(--soft); }
main { padding: 1.5rem 2rem 6rem; max-width: 70rem; }
h1 { margin-top: 0; } h2 { margin: 2.5rem 0 .75rem; } h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .35rem 0; }
details[open] > summary { border-bottom: 1px solid var(--line); }
summary { padding: .45rem .75rem; cursor: pointer; display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; }
summary .what { opacity: .75; }
.body { padding: .25rem 1rem 1rem; }
.method { font: 600 .8rem/1.6 ui-monospace, monospace; width: 4rem; flex: none; }
.get { color: light-dark(#14633d, #7ad6a4); } .post { color: light-dark(#1c4f9c, #8db8f5); } .delete { color: light-dark(#a02525, #f29a9a); }
.put, .patch { color: light-dark(#8a5200, #f0c070); }
code { font: .9em ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; margin: .25rem 0; font-size: .92rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
.note { opacity: .75; font-size: .92rem; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; } main { padding: 1rem; } }
"""
_DEPTH_MAX = 4
"""How deep a type is spelt out before it is only called an object."""


def docs_page(document: Json) -> bytes:
    """The page, UTF-8. Every text of the document is escaped."""
    info = document["info"]
    by_tag: dict[str, list[tuple[str, str, Json]]] = defaultdict(list)
    for path, item in document["paths"].items():
        for method, operation in item.items():
            by_tag[operation["tags"][0]].append((method, path, operation))
    tags = [tag["name"] for tag in document["tags"]]
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<title>{escape(info["title"])} API</title><style>{_STYLE}</style></head><body><nav aria-label="Sections">',
        *(f'<a href="#{_anchor(tag)}">{escape(tag)}</a>' for tag in tags),
        '<a href="#error-codes">Error codes</a><a href="#schemas">Schemas</a></nav><main>',
        f"<h1>{escape(info['title'])} API</h1><p>{_prose(info['description'])}</p>",
        f'<p class="note">Version {escape(info["version"])}. For programs: <a href="openapi.json">openapi.json</a>.</p>',
    ]
    for tag in tags:
        parts.append(f'<section><h2 id="{_anchor(tag)}">{escape(tag)}</h2>')
        parts += [_operation(document, *entry) for entry in by_tag[tag]]
        parts.append("</section>")
    parts += [_error_codes(document), _schemas(document), "</main></body></html>"]
    return "".join(parts).encode("utf-8", "replace")


def _anchor(name: str) -> str:
    return "tag-" + "".join(letter if letter.isalnum() else "-" for letter in name.lower())


def _prose(text: str) -> str:
    """Escaped text; what stands between backticks is code."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))


def _resolved(document: Json, item: Json) -> Json:
    """What a reference within the document points to."""
    reference = item.get("$ref")
    if reference is None:
        return item
    target: Any = document
    for step in reference.removeprefix("#/").split("/"):
        target = target[step]
    return target  # type: ignore[no-any-return]


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table; cells are HTML already."""
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"


def _operation(document: Json, method: str, path: str, operation: Json) -> str:
    return "".join(
        [
            f'<details id="{escape(operation["operationId"])}"><summary><span class="method {method}">{method.upper()}</span>',
            f'<code>{escape(path)}</code><span class="what">{_prose(operation["summary"])}</span></summary><div class="body">',
            f"<p>{_prose(operation['description'])}</p>" if "description" in operation else "",
            f'<p class="note">Permission: <code>{escape(_permission(operation))}</code></p>',
            *_parameters(document, operation),
            *_body(operation),
            *_answers(document, operation),
            "</div></details>",
        ]
    )


def _permission(operation: Json) -> str:
    return " or ".join([operation["x-permission"], *operation.get("x-permission-any-of", ())])


def _parameters(document: Json, operation: Json) -> Iterator[str]:
    rows = []
    for reference in operation.get("parameters", ()):
        item = _resolved(document, reference)
        need = "required" if item["required"] else ""
        rows.append(
            (f"<code>{escape(item['name'])}</code>", item["in"], _type(item["schema"]), need, _note(item | item["schema"]))
        )
    if rows:
        yield "<h3>Parameters</h3>" + _table(("Name", "In", "Type", "", "Notes"), rows)


def _body(operation: Json) -> Iterator[str]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f'<h3>Body</h3><p>{_type(content["schema"])} <span class="note">as {escape(media_type)}</span></p>'


def _answers(document: Json, operation: Json) -> Iterator[str]:
    rows = []
    for status, reference in operation["responses"].items():
        response = _resolved(document, reference)
        refused = int(status) >= 400  # noqa: PLR2004 - the border of HTTP
        types = (
            ""
            if refused
            else "<br>".join(
                f'{_type(content["schema"])} <span class="note">as {escape(media_type)}</span>'
                for media_type, content in response.get("content", {}).items()
            )
        )
        rows.append((f"<code>{escape(status)}</code>", types, _prose(response["description"])))
    yield "<h3>Answers</h3>" + _table(("Status", "Type", "Meaning"), rows)


def _type(schema: Any, depth: int = 0) -> str:
    """What a value looks like, in a few words; a named schema links to its table."""
    if not isinstance(schema, Mapping) or not schema:
        return "any"
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#schema-{name}">{name}</a>'
    for joined, word in (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")):
        if joined in schema:
            return word.join(dict.fromkeys(_type(item, depth + 1) for item in schema[joined]))
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in values)
    kind = schema.get("type", "any")
    if kind == "array" and depth < _DEPTH_MAX:
        return f"list of {_type(schema.get('items'), depth + 1)}"
    if kind == "object" and depth < _DEPTH_MAX and isinstance(schema.get("additionalProperties"), Mapping):
        return f"map of {_type(schema['additionalProperties'], depth + 1)}"
    text = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return escape(f"{text} ({schema['format']})" if "format" in schema else text)


_LIMITS = {
    "minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most", "minLength": "length at least", "maxLength": "length at most",
    "minItems": "items at least", "maxItems": "items at most", "pattern": "matches", "default": "default",
}  # fmt: skip


def _note(schema: Json) -> str:
    options = [schema, *(item for item in schema.get("anyOf", ()) if isinstance(item, Mapping))]
    limits = [
        f"{text} <code>{escape(str(option[key]))}</code>"
        for option in options
        for key, text in _LIMITS.items()
        if option.get(key) is not None
    ]
    described = [_prose(schema["description"])] if "description" in schema else []
    return "; ".join([*described, *dict.fromkeys(limits)])


def _error_codes(document: Json) -> str:
    rows = [
        (
            "<br>".join(f"<code>{escape(known)}</code>" for known in (name, *code.get("aliases", ()))),
            str(code["status"]),
            _prose(code["message"]),
        )
        for name, code in document["x-error-codes"].items()
    ]
    return '<section><h2 id="error-codes">Error codes</h2>' + _table(("Type", "Status", "Message"), rows) + "</section>"


def _schemas(document: Json) -> str:
    parts = ['<section><h2 id="schemas">Schemas</h2>']
    for name, schema in document["components"]["schemas"].items():
        required = set(schema.get("required", ()))
        rows = [
            (f"<code>{escape(key)}</code>", _type(field), "required" if key in required else "", _note(field))
            for key, field in schema.get("properties", {}).items()
        ]
        described = f"<p>{_prose(schema['description'])}</p>" if "description" in schema else ""
        content = _table(("Key", "Type", "", "Notes"), rows) if rows else f"<p>{_type(schema)}</p>"
        parts.append(
            f'<details id="schema-{escape(name)}"><summary><code>{escape(name)}</code></summary><div class="body">{described}{content}</div></details>'
        )
    return "".join([*parts, "</section>"])
