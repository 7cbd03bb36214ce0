"""Counters and latencies of one gateway, and the Prometheus page of all of them. Labels never name a tenant."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SERIES_MAX = 2000

Figures = dict[str, float]
"""Value by series: a metric's name with its labels, as Prometheus writes it."""

_GAUGES = {
    "active_tenants": "Tenants that have an actor.",
    "spare_actors": "Actors that wait for a tenant.",
    "queued_writes": "Writes that wait for their turn, over all tenants.",
    "connections": "Open database connections of tenants.",
    "memory_private_bytes": "Private memory of all tenant actors.",
    "activation_p50_s": "Median time to open a tenant, of the last 200.",
}
_COUNTERS = {
    "activations": "Tenants opened.",
    "passivations": "Tenants put to rest.",
    "actor_deaths": "Tenant actors found dead, gone or fenced out.",
    "rebuilds": "Times that the directory found its map again.",
}


class GatewayMetrics:
    """What one gateway counts. Cheap: two dictionary updates a request."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, int], int] = defaultdict(int)
        self._buckets: dict[tuple[str, str], list[int]] = {}
        self._sums: dict[tuple[str, str], float] = defaultdict(float)
        self.gauges: Figures = {}

    def observe(self, method: str, endpoint: str, status: int, seconds: float) -> None:
        """One answered request; `endpoint` is the declared path, never the real one."""
        if len(self._counts) < SERIES_MAX or (method, endpoint, status) in self._counts:
            self._counts[method, endpoint, status] += 1
        key = (method, endpoint)
        buckets = self._buckets.get(key)
        if buckets is None:
            if len(self._buckets) >= SERIES_MAX:
                return
            buckets = self._buckets[key] = [0] * (len(BUCKETS_S) + 1)
        buckets[bisect_left(BUCKETS_S, seconds)] += 1
        self._sums[key] += seconds

    def figures(self) -> Figures:
        """All series, flat, to be added up over gateways."""
        figures: Figures = {}
        for (method, endpoint, status), count in self._counts.items():
            labels = f'method="{method}",endpoint="{endpoint}",status="{status}"'
            figures[f"countinghouse_requests_total{{{labels}}}"] = count
        for (method, endpoint), buckets in self._buckets.items():
            labels, running = f'method="{method}",endpoint="{endpoint}"', 0
            for bound, count in zip((*map(str, BUCKETS_S), "+Inf"), buckets, strict=True):
                running += count
                figures[f'countinghouse_request_seconds_bucket{{{labels},le="{bound}"}}'] = running
            figures[f"countinghouse_request_seconds_count{{{labels}}}"] = running
            figures[f"countinghouse_request_seconds_sum{{{labels}}}"] = round(self._sums[method, endpoint], 6)
        return figures | {f"countinghouse_gateway_{name}": value for name, value in self.gauges.items()}


def prometheus_page(directory: Mapping[str, Any], gateways: Iterable[Figures]) -> bytes:
    """The text of `/metrics`: the directory's figures and the sum over the gateways."""
    lines: list[str] = []
    for name, text in _GAUGES.items():
        lines += [f"# HELP countinghouse_{name} {text}", f"# TYPE countinghouse_{name} gauge"]
        lines.append(f"countinghouse_{name} {directory.get(name, 0)}")
    for name, text in _COUNTERS.items():
        lines += [f"# HELP countinghouse_{name}_total {text}", f"# TYPE countinghouse_{name}_total counter"]
        lines.append(f"countinghouse_{name}_total {directory.get(name, 0)}")
    total: Figures = defaultdict(float)
    for figures in gateways:
        for series, value in figures.items():
            total[series] += value
    kinds = {
        "countinghouse_requests_total": ("counter", "Answered requests by declared path."),
        "countinghouse_request_seconds": ("histogram", "Time to answer, seconds."),
    }
    announced: set[str] = set()
    for series in sorted(total):
        family = series.partition("{")[0]
        for suffix in ("_bucket", "_count", "_sum"):
            family = family.removesuffix(suffix)
        if family not in announced:
            kind, text = kinds.get(family, ("gauge", "A figure of the gateways, summed."))
            lines += [f"# HELP {family} {text}", f"# TYPE {family} {kind}"]
            announced.add(family)
        value = total[series]
        lines.append(f"{series} {int(value) if value == int(value) else value}")
    return ("\n".join(lines) + "\n").encode()
