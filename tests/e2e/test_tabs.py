"""Many tabs of one browser: one stream of events for all, whichever of them closes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import Person
from tests.live.service import LiveService, new_organization

pytestmark = pytest.mark.slow

TABS = 8
"""A browser has six connections to a host: with a stream in each tab, the seventh would wait for ever."""
SETTLE_MS = 500


class Streams:
    """The streams of events that the tabs opened, and those that are still open."""

    def __init__(self) -> None:
        self.opened: list[Request] = []
        self._open: list[tuple[Page, Request]] = []

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._begin(page, request))
        for end in ("requestfinished", "requestfailed"):
            page.on(end, self._end)

    def _begin(self, page: Page, request: Request) -> None:
        if request.url.endswith("/api/events"):
            self.opened.append(request)
            self._open.append((page, request))

    def _end(self, request: Request) -> None:
        self._open = [item for item in self._open if item[1] != request]

    def leaders(self) -> list[Page]:
        """The tabs that have a stream open, each as often as it has one."""
        return [page for page, _ in self._open if not page.is_closed()]


def add_customer(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/customers/new")
    page.get_by_label("Display name").fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name=name).wait_for()


def test_eight_tabs_share_one_stream_and_hand_it_over(person: Callable[..., Person], web: LiveService) -> None:
    owner, streams = new_organization(web), Streams()
    first = person()
    streams.watch(first.page)
    first.sign_in(owner)
    tabs = [first]
    for _ in range(TABS - 1):
        tabs.append(Person(first.page.context.new_page(), web.url))
        streams.watch(tabs[-1].page)
    for tab in tabs:
        tab.go("/customers")
        tab.page.get_by_role("heading", name="Customers", exact=True).wait_for()
    first.page.wait_for_timeout(SETTLE_MS)
    assert len(streams.leaders()) == 1

    writer = next(tab.page for tab in reversed(tabs) if tab.page not in streams.leaders())
    add_customer(writer, web.url, "Ada & Sons")
    readers = [tab.page for tab in tabs if tab.page is not writer]
    for page in readers:
        expect(page.get_by_role("row").filter(has_text="Ada & Sons")).to_be_visible()

    (leader,) = streams.leaders()
    opened = len(streams.opened)
    leader.close()
    readers.remove(leader)
    add_customer(writer, web.url, "Babbage Mills")  # before or after another tab leads: it goes on after the last event
    for page in readers:
        expect(page.get_by_role("row").filter(has_text="Babbage Mills")).to_be_visible()
    (heir,) = streams.leaders()
    assert heir is not leader
    assert streams.opened[opened].headers["last-event-id"]

    heir.get_by_role("button", name="Your account").click()
    heir.get_by_role("menuitem", name="Sign out").click()
    for page in readers:
        expect(page.get_by_label("Password", exact=True)).to_be_visible()
    heir.wait_for_timeout(SETTLE_MS)
    assert streams.leaders() == []
    assert [complaint for tab in tabs for complaint in tab.complaints] == []
