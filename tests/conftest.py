"""What holds for every test: real servers as fixtures, no network beyond this machine, how hard hypothesis tries."""

import errno
import functools
import ipaddress
import os
import socket
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.services.fixtures", "tests.books"]

# ---- hypothesis: HYPOTHESIS_PROFILE=fast|ci; CI repeats the same examples at each run, so that it fails for changes only
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "fast"))

# ---- one whole service at a time: two on two cores make each other late

_WHOLE_SERVICES = ("tests/live/", "tests/e2e/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests of whole services run in one worker, one after the other; all others go to whichever worker is free."""
    from xdist.scheduler import LoadScopeScheduling

    class OneServiceAtATime(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "whole services" if nodeid.startswith(_WHOLE_SERVICES) else nodeid

    return OneServiceAtATime(config, log)


# ---- the network ends at this machine


class NetworkBlockedError(RuntimeError):
    """A test tried to reach another machine."""


_LOCAL_NAMES = {"", "localhost", socket.gethostname()}


@functools.lru_cache(maxsize=256)
def _is_local(host: str) -> bool:
    """Whether the host is this machine: loopback, a wildcard, or an address of its own (Ray talks to itself over that)."""
    if host in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if address.is_loopback or address.is_unspecified:
        return True
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, 0))  # only an address of this machine can be bound
        except OSError:
            return False
    return True


def _check(address: Any) -> None:
    if isinstance(address, tuple) and not _is_local(_text(address[0])):
        raise NetworkBlockedError(f"tests reach this machine only, not {address[0]}")


def _text(host: Any) -> str:
    return host.decode() if isinstance(host, bytes) else str(host or "")


def _guarded_connect(sock: socket.socket, address: Any) -> None:
    if sock.type == socket.SOCK_DGRAM and isinstance(address, tuple) and not _is_local(_text(address[0])):
        # Connecting a datagram socket sends nothing: it is how Ray and others ask for their own address, and they can take a no.
        raise OSError(errno.ENETUNREACH, "tests reach this machine only")
    _check(address)
    _connect(sock, address)


def _guarded_connect_ex(sock: socket.socket, address: Any) -> int:
    _check(address)
    return _connect_ex(sock, address)


def _guarded_sendto(sock: socket.socket, data: Any, *rest: Any) -> int:
    _check(rest[-1])
    return _sendto(sock, data, *rest)


def _guarded_getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
    _check((host, 0))
    return _getaddrinfo(host, *rest, **options)


_connect, _connect_ex, _sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
_getaddrinfo = socket.getaddrinfo
socket.socket.connect = _guarded_connect  # type: ignore[method-assign]
socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign]
socket.socket.sendto = _guarded_sendto  # type: ignore[assignment]
socket.getaddrinfo = _guarded_getaddrinfo
