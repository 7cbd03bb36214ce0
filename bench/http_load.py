"""The whole stack under load: the service on MariaDB (flush at every commit), `wrk` as the load, a process of its own, on loopback.

`python -m bench http` prints the table of docs/PERFORMANCE.md. Every run ends by itself; nothing here passes or fails.
"""

import json
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live.conftest import on_mariadb
from tests.live.service import Client, LiveService, journal, new_organization
from tests.live.storm import all_journals
from tests.services.mariadb_server import MariaDbServer

SECONDS = 8
WARM_UP_SECONDS = 3
TENANTS = 8
ACTIVATIONS = 15


@dataclass(frozen=True)
class Load:
    """What one run of wrk gave. Latencies in milliseconds."""

    rate: float
    p50_ms: float
    p99_ms: float
    requests: int
    errors: int

    def __str__(self) -> str:
        return f"{self.rate:,.0f}/s, p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms, {self.requests:,} requests, {self.errors} errors"


def _lua(method: str, body: bytes | None, clients: list[Client]) -> str:
    quoted = json.dumps((body or b"").decode())
    tokens = ", ".join(f'{{"{item.token}", "{item.organization_id}"}}' for item in clients)
    return f"""
local who = {{ {tokens} }}
local turn = 0
local threads = {{}}
function setup(thread) table.insert(threads, thread) end
function init(args) failures = 0 end
function request()
  turn = turn % #who + 1
  local headers = {{ ["authorization"] = "Bearer " .. who[turn][1], ["organization-id"] = who[turn][2],
                    ["content-type"] = "application/json" }}
  return wrk.format("{method}", nil, headers, {quoted if body else "nil"})
end
function response(status) if status >= 400 then failures = failures + 1 end end
function done(summary, latency, requests)
  local failed = 0
  for _, thread in ipairs(threads) do failed = failed + (thread:get("failures") or 0) end
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %f %f %d\\n", summary.requests, summary.duration, latency:percentile(50),
           latency:percentile(99), failed + broken))
end
"""


def wrk(
    clients: list[Client], method: str, path: str, *, connections: int, seconds: int = SECONDS, body: bytes | None = None
) -> Load:
    """One run. Requests take turns over the clients' organizations."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("wrk is not installed: run tools/install_debian_packages.sh as root")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_lua(method, body, clients))
        script.flush()
        command = [
            program, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", script.name,
            f"{clients[0].url}/api{path}",
        ]  # fmt: skip
        output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    found = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+)", output)
    if found is None:
        raise SystemExit(f"wrk said: {output}")
    requests, duration_us, p50_us, p99_us, errors = found.groups()
    return Load(int(requests) * 1e6 / int(duration_us), float(p50_us) / 1000, float(p99_us) / 1000, int(requests), int(errors))


@contextmanager
def service_on_mariadb() -> Iterator[LiveService]:
    """A fresh service on a fresh MariaDB."""
    with (
        tempfile.TemporaryDirectory(prefix="countinghouse-bench-") as folder,
        MariaDbServer(Path(folder) / "mariadb", connections_max=400) as server,
        LiveService(Path(folder) / "service", CONNECTIONS_TOTAL="360", **on_mariadb(server)) as service,
    ):
        yield service


def reads(client: Client) -> None:
    """GET /accounts and its like."""
    body = client.get("/accounts", headers={"accept-encoding": "identity"})
    print(f"body of GET /accounts: {len(body.content):,} bytes, {len(body.json()['accounts'])} accounts")
    wrk([client], "GET", "/accounts", connections=64, seconds=WARM_UP_SECONDS)
    print("GET /accounts, 64 connections:        ", wrk([client], "GET", "/accounts", connections=64))
    print("GET /accounts, 1 connection:          ", wrk([client], "GET", "/accounts", connections=1))
    print("GET /settings, 16 connections:        ", wrk([client], "GET", "/settings", connections=16))
    print("GET trial balance, 16 connections:    ", wrk([client], "GET", "/reports/trial-balance-sheet", connections=16))


def writes(clients: list[Client]) -> None:
    """POST /manual-journals, one tenant and several."""
    body = json.dumps(journal(100)).encode()
    wrk(clients[:1], "POST", "/manual-journals", connections=16, seconds=WARM_UP_SECONDS, body=body)
    print("POST /manual-journals, 16, one tenant:", wrk(clients[:1], "POST", "/manual-journals", connections=16, body=body))
    print("POST /manual-journals, 1 connection:  ", wrk(clients[:1], "POST", "/manual-journals", connections=1, body=body))
    print(
        f"POST /manual-journals, 16, {len(clients)} tenants: ",
        wrk(clients, "POST", "/manual-journals", connections=16, body=body),
    )
    for client in clients:
        numbers = sorted(int(item["journal_number"].removeprefix("J-")) for item in all_journals(client))
        consecutive = numbers == list(range(1, len(numbers) + 1)) or len(numbers) == 10_000
        print(f"  numbers of tenant {client.tenant_id}: {len(numbers)}, consecutive: {consecutive}")


def activation(service: LiveService, client: Client) -> None:
    """The first request to a passive tenant while a spare actor is ready."""
    times = []
    for _ in range(ACTIVATIONS):
        passivate(service, client.tenant_id)
        time.sleep(4)  # a new spare actor is started
        started = time.perf_counter()
        client.get("/accounts").raise_for_status()
        times.append((time.perf_counter() - started) * 1000)
    print(
        f"first request to a passive tenant:     p50 {statistics.median(times):.0f} ms, max {max(times):.0f} ms of {len(times)}"
    )


def passivate(service: LiveService, tenant_id: int) -> None:
    """Through the command line, as an operator does."""
    environment = service.command()[1:-2]
    subprocess.run(["env", *environment, service.command()[-2], "tenant", "passivate", str(tenant_id)], check=True, timeout=60)


def memory(client: Client) -> None:
    """Private memory of active tenants, as the service itself reports it."""
    page = client.http.get(f"{client.url}/metrics").text
    figures = dict(line.rsplit(" ", 1) for line in page.splitlines() if line and not line.startswith("#"))
    total, active = float(figures["countinghouse_memory_private_bytes"]), float(figures["countinghouse_active_tenants"])
    print(f"private memory of an active tenant:    {total / max(active, 1) / 1e6:.0f} MB (mean of {active:.0f})")


def main() -> None:
    """All of it."""
    with service_on_mariadb() as service:
        clients = [new_organization(service) for _ in range(TENANTS)]
        for client in clients:
            client.get("/accounts")
        time.sleep(6)
        memory(clients[0])
        reads(clients[0])
        writes(clients)
        time.sleep(6)
        memory(clients[0])
        activation(service, clients[-1])


if __name__ == "__main__":
    main()
