"""The guard of tests/conftest.py. 192.0.2.1 is an address for documentation; nothing is ever sent."""

import asyncio
import errno
import socket

import pytest

from tests.services.ports import LOOPBACK, accepts_connections, free_port

ELSEWHERE = ("192.0.2.1", 9)
BLOCKED = "tests reach this machine only"


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_connections_to_other_machines_raise(method: str) -> None:
    with socket.socket() as sock, pytest.raises(RuntimeError, match=BLOCKED):
        getattr(sock, method)(ELSEWHERE)


def test_datagrams_to_other_machines_raise() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(RuntimeError, match=BLOCKED):
        sock.sendto(b"", ELSEWHERE)


def test_asking_for_ones_own_address_is_refused_as_an_unreachable_network() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(OSError, match=BLOCKED) as caught:
        sock.connect(ELSEWHERE)
    assert caught.value.errno == errno.ENETUNREACH


def test_names_of_other_machines_are_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match=BLOCKED):
        socket.getaddrinfo("elsewhere.invalid", 80)


def test_asyncio_is_guarded() -> None:
    with pytest.raises(RuntimeError, match=BLOCKED):
        asyncio.run(asyncio.open_connection(*ELSEWHERE))


def test_loopback_stays_open() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        assert accepts_connections(port)
        with socket.create_connection(("localhost", port)):
            pass
    assert not accepts_connections(free_port())
