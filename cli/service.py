"""`countinghouse up` and `countinghouse status`."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import typer
from rich.table import Table

from cli.instance_lock import AlreadyRunningError, InstanceLock
from cli.output import FAILED, console, fail, say
from tenancy.config import Config, ConfigError, ensure_secrets, load_config

STATUS_TIMEOUT_S = 5


def configuration() -> Config:
    """The configuration of this machine, or the end of the command with what is wrong with it."""
    try:
        return load_config()
    except ConfigError as problem:
        fail(f"the configuration is not usable: {problem}")


def up() -> None:
    """Start the whole service in the foreground; Ctrl-C or SIGTERM ends it."""
    data_dir = configuration().data_dir
    try:
        with InstanceLock(data_dir):
            ensure_secrets(data_dir)
            code = _serve(configuration())
    except AlreadyRunningError as problem:
        fail(f"{problem}; see `countinghouse status`, or stop that process first.")
    raise typer.Exit(code)


def migrate() -> None:
    """Create the system database and bring it to the schema of this program; then `tenant migrate --all` does the organizations'."""
    config = configuration()
    _migrate_system(config)
    say("The system database is at the current schema.")


def _migrate_system(config: Config) -> None:
    from tenancy.migration import ForeignTablesError, UnknownSchemaError
    from tenancy.system_database import DatabaseUnreachableError, migrate_system

    try:
        migrate_system(config)
    except (DatabaseUnreachableError, UnknownSchemaError, ForeignTablesError) as problem:
        fail(f"the system database cannot be used: {problem}")


def _serve(config: Config) -> int:
    _migrate_system(config)
    from cli.local_service import run

    say("Starting …")
    return run(config, on_ready=lambda: say(f"Countinghouse answers at {config.base_url} (Ctrl-C ends it)."))


def status() -> None:
    """Ask the running service how it is; exit code 1 where it is not well or not there."""
    url = f"{configuration().base_url.rstrip('/')}/healthz"
    try:
        code, body = _get(url)
    except (OSError, ValueError) as problem:
        fail(f"no answer from {url}: {problem}. Is the service running? Start it with `countinghouse up`.")
    table = Table("what", "state", title=url)
    for name, value in _flatten(body):
        table.add_row(name, str(value))
    console.print(table)
    if code != HTTPStatus.OK:
        say(f"the service answered {code}")
        raise typer.Exit(FAILED)


def _get(url: str) -> tuple[int, Any]:
    if not url.startswith(("http://", "https://")):
        raise ValueError("the address is not one of http")
    try:
        with urllib.request.urlopen(url, timeout=STATUS_TIMEOUT_S) as answer:  # noqa: S310 - checked above
            return int(answer.status), json.loads(answer.read())
    except urllib.error.HTTPError as problem:
        return problem.code, _read(problem.read())


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return {"answer": body.decode(errors="replace")[:500]}


def _flatten(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Leaves of the answer by their dotted path."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _flatten(item, f"{path}.{name}" if path else str(name))
    else:
        yield path or "status", value
