"""A client of `/api/events`, as a browser would read it."""

import contextlib
import json
import queue
import socket
import threading
from typing import Any, Self

import httpx

from tests.live.service import Client

EVENT_TIMEOUT_S = 20


class EventReader:
    """Reads a person's stream in a thread of its own. Use as a context manager."""

    def __init__(self, client: Client, *, base_url: str = "", last_event_id: str = "") -> None:
        self._url = f"{base_url or client.url}/api/events"
        self._headers = client.headers({"last-event-id": last_event_id} if last_event_id else None)
        self._events: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue()
        self._http = httpx.Client(timeout=60, verify=False)  # noqa: S501 - plain HTTP, or a certificate of the test
        self._thread = threading.Thread(target=self._read, daemon=True)
        self.headers: dict[str, str] = {}
        self.last_event_id = ""
        self.beats = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self.expect("ready")
        return self

    def __exit__(self, *exception: object) -> None:
        connection = self._response.extensions["network_stream"].get_extra_info("socket")
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)  # closing alone does not wake the thread that reads
        self._thread.join(10)
        self._http.close()

    def _read(self) -> None:
        try:
            with self._http.stream("GET", self._url, headers=self._headers) as self._response:
                self.headers = dict(self._response.headers)
                event = ""
                for line in self._response.iter_lines():
                    name, _, value = line.partition(": ")
                    if name == "id":
                        self.last_event_id = value
                    elif name == "event":
                        event = value
                    elif name == "data":
                        self._events.put((event, json.loads(value)))
                    elif line.startswith(":"):
                        self.beats += 1
        except (httpx.HTTPError, httpx.StreamError, OSError):
            pass
        self._events.put(("closed", {}))

    def next(self) -> tuple[str, dict[str, Any]]:
        """The next event."""
        return self._events.get(timeout=EVENT_TIMEOUT_S)

    def expect(self, name: str) -> dict[str, Any]:
        """The data of the next event, which has this name."""
        event, data = self.next()
        assert event == name, (event, data)
        return data

    def waiting(self) -> list[tuple[str, dict[str, Any]]]:
        """What has come and was not taken."""
        return [self._events.get() for _ in range(self._events.qsize())]
