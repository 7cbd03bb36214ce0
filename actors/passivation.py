"""Which tenants to put to rest. Pure: from what is active to a choice, with hysteresis so that it does not flutter."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """When tenants are put to rest (DESIGN 7). Percentages are of the machine's memory."""

    idle_s: float
    active_max: int
    memory_high_percent: float
    memory_low_percent: float


@dataclass(frozen=True, slots=True)
class Activity:
    """One active tenant as last seen."""

    tenant_id: int
    idle_s: float
    memory_private_bytes: int


def choose(
    activities: Iterable[Activity], *, limits: Limits, memory_percent: float, memory_total_bytes: int, relieving: bool
) -> tuple[list[int], bool]:
    """The tenants to passivate now, longest idle first, and whether memory is still to be relieved.

    Beyond the high mark of memory, tenants go until the estimate is below the low mark; in between, what was begun goes on.
    """
    by_idleness = sorted(activities, key=lambda item: (-item.idle_s, item.tenant_id))
    chosen = [item.tenant_id for item in by_idleness if item.idle_s >= limits.idle_s]
    surplus = len(by_idleness) - limits.active_max
    chosen += [item.tenant_id for item in by_idleness if item.tenant_id not in chosen][: max(0, surplus - len(chosen))]
    relieving = memory_percent >= limits.memory_high_percent or (relieving and memory_percent > limits.memory_low_percent)
    if relieving:
        surplus_bytes = (memory_percent - limits.memory_low_percent) / 100 * memory_total_bytes
        for item in by_idleness:
            if surplus_bytes <= 0:
                break
            if item.tenant_id not in chosen:
                chosen.append(item.tenant_id)
            surplus_bytes -= item.memory_private_bytes
    return chosen, relieving
