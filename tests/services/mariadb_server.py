"""A MariaDB server of our own: own folder, own port, durable commits. For tests, benchmarks and by hand:

python -m tests.services.mariadb_server --datadir /tmp/books --port 3307
"""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from types import FrameType

import pymysql

from tests.services.ports import LOOPBACK, free_port
from tests.services.process import ServerProcess, ServerStartError

PROGRAM = "mariadbd"
CONNECTIONS_MAX = 200
INSTALL_TIMEOUT_S = 120
LOOK_EVERY_S = 0.5


def find_program(name: str = PROGRAM) -> str | None:
    """Where a server program is; Debian keeps it where only root looks."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


class MariaDbServer(ServerProcess):
    """MariaDB on a loopback port, with a random password for root over TCP.

    Every commit is flushed to the disk as in production (`innodb_flush_log_at_trx_commit=1`): after `kill` what was committed is
    there. The folder may be kept and given to another instance; the password is set anew at each start.
    """

    name = "mariadb"

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        password: str | None = None,
        connections_max: int = CONNECTIONS_MAX,
        buffer_pool_mb: int = 128,
    ) -> None:
        super().__init__(folder)
        self.port = port or free_port()
        self.password = password or secrets.token_hex(16)
        self.connections_max = connections_max
        self.buffer_pool_mb = buffer_pool_mb
        self._data = self.folder / "data"
        self._init_file = self.folder / "init.sql"

    @property
    def admin_url(self) -> str:
        """SQLAlchemy URL of root, without a database."""
        return self.url("")

    def url(self, database: str) -> str:
        """SQLAlchemy URL of root in a database."""
        return f"mysql+pymysql://root:{self.password}@{LOOPBACK}:{self.port}/{database}?charset=utf8mb4"

    def fresh_database(self, prefix: str = "test") -> str:
        """Create an empty database with a name of its own.

        Returns:
            its SQLAlchemy URL.

        """
        name = f"{prefix}_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database that `fresh_database` made."""
        name = url.rpartition("/")[2].partition("?")[0]
        self.execute(f"DROP DATABASE IF EXISTS `{name}`")

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Run one statement as root; returns the rows."""
        with self._connect(timeout_s=10) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def command(self) -> list[str]:
        program = find_program()
        if program is None:
            raise ServerStartError(f"{PROGRAM} is not installed: tools/install_debian_packages.sh")
        return [
            program,
            "--no-defaults",
            *_as_root(),
            f"--datadir={self._data}",
            f"--socket={self.folder / 'socket'}",
            f"--pid-file={self.folder / 'pid'}",
            f"--port={self.port}",
            f"--bind-address={LOOPBACK}",
            f"--init-file={self._init_file}",
            f"--max-connections={self.connections_max}",
            f"--innodb-buffer-pool-size={self.buffer_pool_mb}M",
            "--innodb-flush-log-at-trx-commit=1",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_unicode_520_ci",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--performance-schema=OFF",
        ]

    def is_ready(self) -> bool:
        try:
            self._connect(timeout_s=1).close()
        except pymysql.MySQLError:
            return False
        return True

    def prepare(self) -> None:
        if not (self._data / "mysql").is_dir():
            self._install()
        account = f"'root'@'{LOOPBACK}'"
        self._init_file.touch(mode=0o600)
        self._init_file.write_text(
            f"CREATE USER IF NOT EXISTS {account};\n"
            f"ALTER USER {account} IDENTIFIED BY '{self.password}';\n"
            f"GRANT ALL PRIVILEGES ON *.* TO {account} WITH GRANT OPTION;\n"
        )

    def _install(self) -> None:
        installer = find_program("mariadb-install-db")
        if installer is None:
            raise ServerStartError("mariadb-install-db is not installed: tools/install_debian_packages.sh")
        done = subprocess.run(
            [installer, "--no-defaults", *_as_root(), f"--datadir={self._data}", "--skip-test-db", "--skip-name-resolve"],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=INSTALL_TIMEOUT_S,
        )
        if done.returncode != 0:
            raise ServerStartError(f"mariadb-install-db ended with {done.returncode}:\n{done.stdout}{done.stderr}")

    def _connect(self, *, timeout_s: int) -> "pymysql.Connection[pymysql.cursors.Cursor]":
        return pymysql.connect(
            host=LOOPBACK,
            port=self.port,
            user="root",
            password=self.password,
            connect_timeout=timeout_s,
            read_timeout=timeout_s,
            autocommit=True,
        )


def _as_root() -> list[str]:
    """MariaDB wants to be told that running as root is meant."""
    return ["--user=root"] if os.geteuid() == 0 else []


def main() -> None:
    """Run a server in the foreground until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(description="A MariaDB server for benchmarks and by hand; ends with Ctrl-C.")
    parser.add_argument("--datadir", type=Path, required=True, help="folder of the server, made when missing")
    parser.add_argument("--port", type=int, help="loopback port; a free one by default")
    parser.add_argument("--password", help="of root over TCP; random by default")
    parser.add_argument("--connections", type=int, default=CONNECTIONS_MAX)
    parser.add_argument("--buffer-pool-mb", type=int, default=128)
    chosen = parser.parse_args()
    server = MariaDbServer(
        chosen.datadir,
        port=chosen.port,
        password=chosen.password,
        connections_max=chosen.connections,
        buffer_pool_mb=chosen.buffer_pool_mb,
    )

    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    with server:
        print(server.admin_url, flush=True)
        # Not `signal.pause()`: a signal that comes just before it would never wake it.
        while not ended.wait(LOOK_EVERY_S):
            pass


if __name__ == "__main__":
    main()
