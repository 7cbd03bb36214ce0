"""The choice of tenants to put to rest."""

from hypothesis import given
from hypothesis import strategies as st

from actors.passivation import Activity, Limits, choose

GIB = 1024**3
LIMITS = Limits(idle_s=900, active_max=100, memory_high_percent=80, memory_low_percent=75)


def active(*idle_s: float, memory: int = 100_000_000) -> list[Activity]:
    return [Activity(number, seconds, memory) for number, seconds in enumerate(idle_s, 1)]


def pick(activities: list[Activity], *, percent: float = 50, relieving: bool = False, limits: Limits = LIMITS):
    return choose(activities, limits=limits, memory_percent=percent, memory_total_bytes=10 * GIB, relieving=relieving)


def test_idle_tenants_rest() -> None:
    assert pick(active(10, 900, 1000)) == ([3, 2], False)


def test_beyond_the_number_the_longest_idle_rest() -> None:
    limits = Limits(idle_s=900, active_max=2, memory_high_percent=80, memory_low_percent=75)
    assert pick(active(1, 50, 20, 30), limits=limits) == ([2, 4], False)


def test_memory_is_relieved_below_the_low_mark() -> None:
    chosen, relieving = pick(active(*range(20), memory=GIB // 10), percent=81)
    assert relieving
    assert chosen == [20, 19, 18, 17, 16, 15, 14][: len(chosen)]
    assert len(chosen) == 7  # six tenths of a GiB, and what is left of rounding


def test_between_the_marks_what_was_begun_goes_on_and_nothing_is_begun() -> None:
    assert pick(active(5), percent=77) == ([], False)
    assert pick(active(5), percent=77, relieving=True) == ([1], True)
    assert pick(active(5), percent=75, relieving=True) == ([], False)


@given(
    st.lists(st.tuples(st.floats(0, 2000), st.integers(1, GIB)), max_size=30),
    st.floats(0, 100),
    st.booleans(),
    st.integers(1, 40),
)
def test_never_twice_never_too_few(rows, percent, relieving, active_max) -> None:
    activities = [Activity(number, idle, memory) for number, (idle, memory) in enumerate(rows)]
    limits = Limits(idle_s=900, active_max=active_max, memory_high_percent=80, memory_low_percent=75)
    chosen, _ = pick(activities, percent=percent, relieving=relieving, limits=limits)
    assert len(chosen) == len(set(chosen))
    assert len(activities) - len(chosen) <= active_max
    assert {item.tenant_id for item in activities if item.idle_s >= 900} <= set(chosen)
