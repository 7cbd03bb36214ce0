"""Warm state: values of one tenant kept in memory between requests, and how a transaction sees and changes them.

A warm value is an immutable object under a typed :class:`WarmKey`, loaded from the database on first use. A transaction reads
through a :class:`WarmView`: what it replaced itself comes first, then what the group's earlier commands replaced, then the shared
value. Only after the commit are replaced values published (`WarmState.publish`); a failed command's values vanish with it.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar, cast, runtime_checkable

from sqlalchemy import Connection

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_MISSING: Any = object()


@dataclass(frozen=True, eq=False)
class WarmKey(Generic[T_co]):
    """Names a warm value and knows how to load it from the tenant's database. The loaded object must not be mutated."""

    name: str
    load: Callable[[Connection], T_co]
    measure: Callable[[Connection], int] | None = None
    """How many bytes the loaded value would take, found out without loading it. None: small."""


class ColdValueError(LookupError):
    """A warm value was needed where no database may be touched; the request is run again with a database connection."""


class ElsewhereError(LookupError):
    """The answer is not for this process to make: too large a value, or too long an answer. The request is run on a snapshot beside it."""


@runtime_checkable
class LedgerFollower(Protocol):
    """A warm value that is kept in step with the ledger instead of being replaced."""

    def follow(self, changes: Sequence[Any]) -> None:
        """Apply the ledger changes of one committed transaction, in order."""

    def size_bytes(self) -> int:
        """Memory that it takes, as `WarmKey.measure` counts it."""


LATE_CHANGES_MAX = 4096


@dataclass
class WarmState:
    """The shared values of one tenant. `version` grows with every publication: caches of answers hang on it."""

    values: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    bytes_max: int | None = None
    """The largest value that is kept here, in bytes; None: any."""
    outgrown: set[str] = field(default_factory=set)
    """Values that are larger than that. They are not measured again until everything is forgotten."""
    _recent: deque[tuple[int, Sequence[Any], frozenset[str]]] = field(default_factory=lambda: deque(maxlen=LATE_CHANGES_MAX))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def publish(self, changes: dict[str, Any], ledger: Sequence[Any] = ()) -> None:
        """Make a committed transaction's values the shared ones. A dropped value is loaded again on its next use."""
        with self._lock:
            for name, value in changes.items():
                if value is _MISSING:
                    self.values.pop(name, None)
                else:
                    self.values[name] = value
            self.version += 1
            self._recent.append((self.version, ledger, frozenset(changes)))
            if ledger:
                for name, value in list(self.values.items()):
                    if isinstance(value, LedgerFollower):
                        value.follow(ledger)
                        if not self.admits(name, value.size_bytes):
                            del self.values[name]

    def admits(self, name: str, measure: Callable[[], int]) -> bool:
        """Whether a value of so many bytes may be kept here; measured only where there is a bound."""
        if name not in self.outgrown and self.bytes_max is not None and measure() > self.bytes_max:
            self.outgrown.add(name)
        return name not in self.outgrown

    def offer(self, name: str, value: Any, version: int) -> None:
        """Share a value that was read from the database as of a version, unless that has passed.

        A follower that comes late is first brought up to date with the changes since.
        """
        with self._lock:
            if self.version != version:
                missed = [(changes, names) for seen, changes, names in self._recent if seen > version]
                if not isinstance(value, LedgerFollower) or len(missed) != self.version - version:
                    return
                if any(name in names for _, names in missed):  # dropped meanwhile: what was read may be what was dropped
                    return
                for changes, _ in missed:
                    value.follow(changes)
                if not self.admits(name, value.size_bytes):
                    return
            self.values.setdefault(name, value)

    def clear(self) -> None:
        """Forget everything: what the database holds is no longer known for certain."""
        with self._lock:
            self.values.clear()
            self.outgrown.clear()
            self._recent.clear()
            self.version += 1


class WarmView:
    """The warm values as one transaction or read sees them."""

    __slots__ = ("_connection", "_layers", "_state", "_version")

    def __init__(self, state: WarmState, connection: "Callable[[], Connection] | None") -> None:
        self._state = state
        self._version = state.version
        self._connection = connection
        self._layers: list[dict[str, Any]] = [{}]

    @property
    def state(self) -> WarmState:
        """The shared values behind this view."""
        return self._state

    @property
    def version(self) -> int:
        """The version of the shared values when the view was made, before its transaction read anything."""
        return self._version

    def get(self, key: WarmKey[T]) -> T:
        """The value, loaded if need be.

        Raises:
            ColdValueError: it is not loaded, and this view has no database.
            ElsewhereError: it would be larger than what may be kept here.

        """
        for layer in reversed(self._layers):
            value = layer.get(key.name, None)
            if value is not None:
                if value is _MISSING:
                    break
                return cast("T", value)
        else:
            value = self._state.values.get(key.name)
            if value is not None:
                return cast("T", value)
        if key.name in self._state.outgrown:
            raise ElsewhereError(key.name)
        if self._connection is None:
            raise ColdValueError(key.name)
        connection, measure = self._connection(), key.measure
        if measure is not None and not self._state.admits(key.name, lambda: measure(connection)):
            raise ElsewhereError(key.name)
        loaded = key.load(connection)
        if any(key.name in layer for layer in self._layers):
            self._layers[-1][key.name] = loaded
        else:
            # Loaded by a transaction that has not touched it: what it read is committed state.
            self._state.offer(key.name, loaded, self._version)
        return loaded

    def shared(self, key: WarmKey[T]) -> T | None:
        """The committed value as others see it, if it is loaded."""
        return cast("T | None", self._state.values.get(key.name))

    def put(self, key: WarmKey[T], value: T) -> None:
        """Replace the value for this transaction; shared after its commit."""
        self._layers[-1][key.name] = value

    def drop(self, key: WarmKey[Any]) -> None:
        """Have the value loaded again: within this transaction now, for others after the commit."""
        self._layers[-1][key.name] = _MISSING

    def begin_command(self) -> None:
        """Start a layer for one command of a group."""
        self._layers.append({})

    def keep_command(self) -> None:
        """The command succeeded: its values belong to the group."""
        layer = self._layers.pop()
        self._layers[-1].update(layer)

    def discard_command(self) -> None:
        """The command failed: its values vanish."""
        self._layers.pop()

    def changes(self) -> dict[str, Any]:
        """What the whole group replaced, to publish after the commit."""
        return self._layers[0]
