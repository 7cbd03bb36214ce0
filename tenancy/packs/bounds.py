"""How many packs and schedules a person may have at once, also where many ask at the same time through several gateways."""

from collections.abc import Callable, Iterable

from tenancy.jobs import Job

_TURNS_MAX = 1000
"""Numbers that are tried: more were given since the person's last one only where others asked for as many."""


def create_within_bound(
    job_id: str,
    *,
    key: str,
    numbers: Callable[[], Iterable[int]],
    has_room: Callable[[], bool],
    create: Callable[[int, str], Job],
) -> bool:
    """Create a job unless there are as many as can be; False where there are.

    The jobs that count together are numbered without gaps under the unique keys `key:1`, `key:2` …, and the job store gives each key
    once. So who gets the number after the last one that they knew of before they counted knows that none was added since. Safe to do
    again: `create` is given the number and the key, and gives the job its id.
    """
    last = 0
    for _ in range(_TURNS_MAX):
        last = max([last, *numbers()])
        if not has_room():
            return False
        if create(last + 1, f"{key}:{last + 1}").id == job_id:
            return True
        last += 1  # somebody was quicker, or it is older than what the store lists
    return False
