"""Real servers as pytest fixtures, loaded by tests/conftest.py.

A test that asks for `mariadb_server` or `mariadb_url` is marked `mariadb`; one that asks for `mongodb_url` is marked `slow`, since its
first use may build the server. A server that cannot be had skips its tests and is named at the end of the run; in CI a missing
MariaDB or Redis is a failure.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.services.ferretdb_server import FerretDbMissingError, FerretDbServer, find_or_build
from tests.services.mariadb_server import MariaDbServer, find_program

MISSING = "server missing: "
_MARIADB_FIXTURES = {"mariadb_server", "mariadb_url"}
_SLOW_FIXTURES = {"mongodb_url"}


@pytest.fixture(scope="session")
def mariadb_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDbServer]:
    """One MariaDB for the run. A test that kills, pauses or fills it makes a server of its own instead."""
    if find_program() is None:
        _missing("MariaDB tests need mariadbd: run tools/install_debian_packages.sh as root")
    with MariaDbServer(tmp_path_factory.mktemp("mariadb")) as server:
        yield server


@pytest.fixture
def mariadb_url(mariadb_server: MariaDbServer) -> Iterator[str]:
    """SQLAlchemy URL of an empty database, dropped after the test."""
    url = mariadb_server.fresh_database()
    yield url
    mariadb_server.drop_database(url)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of one Redis for the run; a test keeps to keys of its own."""
    if find_program("redis-server") is None:
        _missing("Redis tests need redis-server: run tools/install_debian_packages.sh as root")
    from tests.services.redis_server import RedisServer

    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture(scope="session")
def mongodb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Connection string of MongoDB: MONGODB_URI, or FerretDB over SQLite. A test keeps to a database of its own."""
    if given := os.environ.get("MONGODB_URI"):
        yield given
        return
    with FerretDbServer(tmp_path_factory.mktemp("ferretdb"), program=_ferretdb()) as server:
        yield server.url


def _ferretdb() -> Path:
    try:
        return find_or_build()
    except FerretDbMissingError as problem:
        pytest.skip(f"{MISSING}MongoDB tests did not run ({problem}): set MONGODB_URI to a server, or install Go 1.24 or newer")


def _missing(message: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(MISSING + message)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the servers that they ask for, before `-m` chooses."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if wanted & _MARIADB_FIXTURES:
            item.add_marker(pytest.mark.mariadb)
        if wanted & _SLOW_FIXTURES:
            item.add_marker(pytest.mark.slow)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which tests did not run for want of a server."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if MISSING in reason:
            message = reason.partition(MISSING)[2]
            counts[message] = counts.get(message, 0) + 1
    if counts:
        terminalreporter.section("NOT TESTED", sep="!", red=True)
        for message, count in counts.items():
            terminalreporter.line(f"{count} skipped: {message}", red=True, bold=True)
