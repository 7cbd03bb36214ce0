"""A machine of its own for each test: an empty data directory, no settings from outside."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app


@dataclass
class Machine:
    """Runs the command line within one data directory."""

    data_dir: Path

    def run(self, *arguments):
        """The command's result: exit code, output."""
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    def ok(self, *arguments):
        """What a command that succeeds prints."""
        result = self.run(*arguments)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    def refused(self, *arguments):
        """What a command that fails prints, in words and not as a traceback."""
        result = self.run(*arguments)
        assert result.exit_code == 1, (result.exit_code, result.output, result.exception)
        assert isinstance(result.exception, SystemExit), result.exception
        return result.output


@pytest.fixture
def machine(tmp_path, monkeypatch):
    prefixes = ("COUNTINGHOUSE_", "DB_", "SYSTEM_", "TENANT_", "REDIS_", "MONGODB_", "MAIL_", "APP_", "JWT_")
    for name in [name for name in os.environ if name.startswith(prefixes)]:
        monkeypatch.delenv(name)
    data_dir = tmp_path / "var"
    monkeypatch.setenv("COUNTINGHOUSE_DATA_DIR", str(data_dir))
    monkeypatch.setenv("COUNTINGHOUSE_ENV_FILE", str(data_dir / "countinghouse.env"))
    return Machine(data_dir)
