"""Whole services as fixtures. Every module here is marked `slow` and of the group `live`: it starts Ray."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.service import Client, LiveService, new_organization
from tests.services.mariadb_server import MariaDbServer


def write_webapp(folder: Path) -> Path:
    """What stands in for the built web application."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Countinghouse</title>")
    (folder / "assets" / "index-B4x_9Qaz.js").write_text("console.log('Countinghouse');" * 100)
    return folder


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveService]:
    """The embedded default: SQLite and nothing else. Shared; a test that kills something makes its own."""
    folder = tmp_path_factory.mktemp("service")
    with LiveService(folder, COUNTINGHOUSE_WEBAPP_DIR=str(write_webapp(folder / "dist"))) as running:
        yield running


def on_mariadb(server: MariaDbServer, redis_url: str | None = None) -> dict[str, str]:
    """Settings for the databases of a MariaDB server."""
    settings = {
        "SYSTEM_DATABASE_URL": server.url("countinghouse_system"),
        "TENANT_DATABASE_URL": server.url("{name}"),
    }
    return settings | ({"REDIS_URL": redis_url, "GATEWAY_REPLICAS": "2"} if redis_url else {})


@pytest.fixture(scope="session")
def mariadb_service(
    mariadb_server: MariaDbServer, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveService]:
    """Two gateways on MariaDB and Redis."""
    with LiveService(tmp_path_factory.mktemp("mariadb-service"), **on_mariadb(mariadb_server, redis_url)) as running:
        yield running


@pytest.fixture
def client(service: LiveService) -> Client:
    """A new organization on SQLite."""
    return new_organization(service)
