"""A real Chromium on the real service, as a person would use it. Whatever the browser's console complains about fails the test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from tests.live.service import PASSWORD, Client, LiveService

PROGRAM = shutil.which("chromium") or "/usr/bin/chromium"
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "webapp/node_modules/axe-core/axe.min.js"
SWITCHES = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAIT_MS = 30_000
DESKTOP = {"width": 1440, "height": 900}
_REFUSALS = "the server responded with a status of 4"


@dataclass
class Person:
    """Somebody at a browser of his own. Console errors, warnings and failed scripts are collected, to be empty at the end."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    #: Statuses that the test provokes; the browser writes a console error of its own for each.
    expected_statuses: set[int] = field(default_factory=set)
    #: What the browser's console may say about that: parts of its texts.
    expected_texts: set[str] = field(default_factory=lambda: {_REFUSALS})

    def __post_init__(self) -> None:
        self.page.set_default_timeout(WAIT_MS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda problem: self.complaints.append(f"uncaught: {problem}"))
        self.page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(text in message.text for text in self.expected_texts):
            self.complaints.append(f"{message.type}: {message.text}")

    def _see(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.complaints.append(f"{response.status} of {response.request.method} {response.url}")

    def go(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(f"{self.url}{path}")

    def sign_in(self, client: Client) -> None:
        """Sign in by the form as the person that a client of the API made."""
        self.go("/auth/login")
        self.page.get_by_label("E-mail address").fill(client.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Your account").wait_for()

    def check_accessibility(self) -> None:
        """The page as it is now breaks no rule."""
        found = self.accessibility_violations()
        assert found == [], "\n".join(found)

    def accessibility_violations(self) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA on the page as it is now, one line a rule."""
        if not self.page.evaluate("typeof window.axe === 'object'"):
            self.page.evaluate(AXE.read_text())  # a script tag would be refused by the page's security policy
        found: list[str] = self.page.evaluate(
            "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}))"
            ".violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`)"
        )
        return found


@pytest.fixture(scope="package")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveService]:
    """The service with the built web application."""
    if not (ROOT / "webapp/dist/index.html").exists():
        pytest.skip("server missing: the web application is not built; `make webapp`")
    with LiveService(tmp_path_factory.mktemp("web")) as service:
        yield service


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each person has a profile of his own in it."""
    if not Path(PROGRAM).exists():
        pytest.skip("server missing: chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def person(web: LiveService, browser: Browser) -> Iterator[Callable[..., Person]]:
    """Makes persons; at the end, none of their consoles may have complained."""
    people: list[Person] = []
    contexts = []

    def make(*, dark: bool = False, language: str = "en", width: int = DESKTOP["width"]) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": DESKTOP["height"]},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            locale="en-US",
        )
        context.add_init_script(f"localStorage.setItem('countinghouse.language', '{language}')")
        contexts.append(context)
        people.append(Person(context.new_page(), web.url))
        return people[-1]

    yield make
    for context in contexts:
        context.close()
    assert [complaint for who in people for complaint in who.complaints] == []
