"""A Redis server of our own: own folder, own port, nothing kept on the disk. For tests and benchmarks."""

from pathlib import Path

import redis

from tests.services.mariadb_server import find_program
from tests.services.ports import LOOPBACK, free_port
from tests.services.process import ServerProcess, ServerStartError

PROGRAM = "redis-server"


class RedisServer(ServerProcess):
    """Redis on a loopback port. What it held is gone when it ends, as in an installation that uses it as a cache."""

    name = "redis"

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        super().__init__(folder)
        self.port = port or free_port()

    @property
    def url(self) -> str:
        """URL of its first database."""
        return f"redis://{LOOPBACK}:{self.port}/0"

    def command(self) -> list[str]:
        program = find_program(PROGRAM)
        if program is None:
            raise ServerStartError(f"{PROGRAM} is not installed: tools/install_debian_packages.sh")
        return [
            program,
            *("--port", str(self.port)),
            *("--bind", LOOPBACK),
            *("--dir", str(self.folder)),
            *("--save", ""),
            *("--appendonly", "no"),
            *("--daemonize", "no"),
        ]

    def is_ready(self) -> bool:
        client = redis.Redis(host=LOOPBACK, port=self.port, socket_timeout=1, socket_connect_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
