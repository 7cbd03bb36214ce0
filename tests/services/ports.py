"""Free ports of the loopback interface."""

import socket

from cli.ports import LOOPBACK, free_port

__all__ = ["LOOPBACK", "accepts_connections", "free_port"]


def accepts_connections(port: int) -> bool:
    """Whether somebody listens on the port."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False
