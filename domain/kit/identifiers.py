"""Record ids. The tenant's single writer hands them out from counters that start where the reference's do (1000 or 1).

Ids are consecutive within committed transactions; a failed command takes none. This is safe because only the holder of the
tenant's epoch writes (DESIGN 7); it is not `max + 1` per request, which races.
"""

from sqlalchemy import Connection, Table, func, select

from domain.kit.warm import WarmKey, WarmView

_KEYS: dict[str, WarmKey[int]] = {}


def _counter(table: Table, first: int) -> WarmKey[int]:
    key = _KEYS.get(table.name)
    if key is None:

        def load(connection: Connection) -> int:
            highest = connection.execute(select(func.max(table.c.id))).scalar()  # house: the one place that counts ids
            return max(int(highest or 0) + 1, first)

        key = _KEYS[table.name] = WarmKey(f"next_id:{table.name}", load)
    return key


def next_ids(warm: WarmView, table: Table, count: int = 1, *, first: int = 1) -> range:
    """So many consecutive new ids of the table; `first` is the id of the very first record."""
    key = _counter(table, first)
    start = warm.get(key)
    warm.put(key, start + count)
    return range(start, start + count)


def next_id(warm: WarmView, table: Table, *, first: int = 1) -> int:
    """One new id of the table."""
    return next_ids(warm, table, first=first)[0]
