"""Installations on both kinds of database, and a program that is one release further."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.config import Config as AlembicConfig

from tenancy import migration
from tests.tenancy.installation import Installation

REVISION = """
import sqlalchemy as sa
from domain.kit import tables

revision, down_revision, branch_labels, depends_on = "{revision}", "{before}", None, None


def upgrade(op):
{body}
"""


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb)])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An empty installation, once on SQLite and once on MariaDB."""
    server = request.getfixturevalue("mariadb_server") if request.param == "mariadb" else None
    made = Installation(tmp_path / "var", server)
    yield made
    made.close()


class Releases:
    """Lets the program be of a later release, with more tenant revisions than it has."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._real = migration.alembic_config
        shutil.copytree(Path(migration.__file__).parent / "migrations" / "tenant", folder)

    def later(self, body: str, revision: str = "9001") -> None:
        """A release with one more revision, whose `upgrade` has this body."""
        lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
        migration.revisions.cache_clear()
        before = migration.ScriptDirectory.from_config(self._real("tenant")).get_current_head()
        path = self._folder / "versions" / f"{revision}_test.py"
        path.write_text(REVISION.format(revision=revision, before=before, body=lines))
        shutil.rmtree(self._folder / "versions" / "__pycache__", ignore_errors=True)
        self._monkeypatch.setattr(migration, "alembic_config", self._config)

    def earlier(self) -> None:
        """Back to the program as it is."""
        migration.revisions.cache_clear()
        self._monkeypatch.setattr(migration, "alembic_config", self._real)

    def _config(self, kind: migration.Kind) -> AlembicConfig:
        config = self._real(kind)
        if kind == "tenant":
            config.set_main_option("script_location", str(self._folder))
        return config


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Releases]:
    """See :class:`Releases`."""
    yield Releases(tmp_path / "later-release", monkeypatch)
    migration.revisions.cache_clear()


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes a function fail once it was called so many times: `refuse(module, "name", after=6)`."""

    def arrange(owner: object, name: str, *, after: int = 0) -> None:
        real, calls = getattr(owner, name), [0]

        def failing(*arguments: object, **options: object) -> object:
            calls[0] += 1
            if calls[0] > after:
                raise ConnectionAbortedError("the process died here")
            return real(*arguments, **options)

        monkeypatch.setattr(owner, name, failing)

    return arrange
