"""Free ports of the loopback interface, for servers that start later than the port is chosen."""

import os
import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"
_PORT_MIN = 29_300  # above the replicas' windows (cli/local_service.py) and Ray's workers
_PORT_MAX = 32_700
_TRIES_MAX = 1_000
_KERNEL_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_given: set[int] = set()
_random = random.Random(os.urandom(8))  # noqa: S311 - spreads, keeps no secret; tests seed the shared one


def free_port() -> int:
    """A TCP port on which nobody listens, and which this process was not given before.

    It lies below the ports that the kernel hands to outgoing connections: one of those can be taken between the choice and the
    server's start, by any connection on the machine.
    """
    below = min(_PORT_MAX, _first_port_of_the_kernel())
    for _ in range(_TRIES_MAX):
        port = _random.randrange(min(_PORT_MIN, below - 2_000), below)
        if port not in _given and _can_bind(port):
            _given.add(port)
            return port
    raise NoFreePortError


def _first_port_of_the_kernel() -> int:
    try:
        return int(_KERNEL_RANGE.read_text().split()[0])
    except (OSError, ValueError):
        return _PORT_MAX


def _can_bind(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


class NoFreePortError(RuntimeError):
    """Every port that was tried is taken."""

    def __init__(self) -> None:
        super().__init__(f"no free port of {LOOPBACK} was found in {_TRIES_MAX} tries")
