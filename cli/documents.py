"""`countinghouse openapi`: the description of the API as a file, for programs that are made from it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.output import fail, say


def openapi(
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write; its folder must be there.")],
) -> None:
    """Write the OpenAPI document of this program; the service need not run. The same program always writes the same bytes."""
    text = openapi_text()
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as problem:
        fail(f"{out} cannot be written: {problem.strerror or problem}")
    say(f"{out}: {len(text.encode())} bytes")


def openapi_text() -> str:
    """The document as a file has it: indented, so that a change of it can be read."""
    from actors.documents import Documents
    from domain.catalog import tenant_endpoints
    from tenancy.system_catalog import system_endpoints

    document = Documents([*system_endpoints(), *tenant_endpoints()]).openapi
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
