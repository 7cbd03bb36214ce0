"""What a person waits for the heavy pages of the web application: a real Chromium on the running service (SQLite), over HTTP.

python -m bench.pages [--lines 100000] [--rounds 5]

One account gets so many lines in a year. A page is ready when what it shows is drawn and the browser's main thread has been free for
a while: the end of the last long task before that quiet is the time to interactive. "First visit" is a browser that has nothing in
its cache; "again" is the same page opened anew by its address.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.kit import figure, plain_accounts, remark
from tests.e2e.conftest import DESKTOP, PROGRAM, SWITCHES
from tests.live.service import PASSWORD, Client, LiveService, new_organization

LINES_EACH = 100
QUIET_MS = 500
WATCH = """
window.longTasks = [];
new PerformanceObserver(list => { for (const task of list.getEntries()) longTasks.push([task.startTime, task.duration]); })
  .observe({ type: 'longtask', buffered: true });
"""
# The condition is written into the script: the page's security policy lets nothing be evaluated within it.
READY = """async quietMs => {
  const drawn = () => (%s);
  while (!drawn()) {
    if (performance.now() > 60000) throw new Error('not drawn within a minute: ' + document.body.innerText.slice(0, 2000));
    await new Promise(requestAnimationFrame);
  }
  const shown = performance.now();
  const quietSince = () => Math.max(shown, ...longTasks.map(([start, duration]) => start + duration));
  while (performance.now() - quietSince() < quietMs) await new Promise(done => setTimeout(done, 20));
  return [quietSince(), longTasks.reduce((sum, [, duration]) => sum + duration - 50, 0)];
}"""
NOTHING_LOADS = "!document.querySelector('[role=status]') && !document.querySelector('.mantine-Loader-root')"
DASHBOARD = f"document.querySelectorAll('main svg.recharts-surface').length >= 3 && {NOTHING_LOADS}"
SHEET = f"document.querySelectorAll('main thead th[scope=col]').length >= 13 && {NOTHING_LOADS}"


def fill(client: Client, lines: int, last_day: date) -> int:
    """Lines of one account over the year that ends with a day, the counterparts in one line a journal. The account's id."""
    bank, *others = plain_accounts(client.get("/accounts").json()["accounts"])
    for number in range(lines // LINES_EACH):
        entries = [{"account_id": bank, "debit": 10 + place, "note": f"Delivery {number}-{place}"} for place in range(LINES_EACH)]
        total = sum(entry["debit"] for entry in entries if isinstance(entry["debit"], int))
        entries.append({"account_id": others[number % len(others)], "credit": total, "note": "All of them"})
        day = last_day - timedelta(days=number % 365)
        answer = client.post("/manual-journals", {"date": day.isoformat(), "publish": True, "entries": entries})
        if answer.status_code != 201:
            sys.exit(f"a journal was refused: {answer.text[:300]}")
    return bank


def signed_in(browser: Browser, url: str, client: Client) -> BrowserContext:
    """A new browser profile in which the person has signed in, on a page that loads nothing more."""
    context = browser.new_context(viewport=DESKTOP, locale="en-US")  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{url}/auth/login")
    page.get_by_label("E-mail address").fill(client.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Your account").wait_for()
    return context


def open_page(page: Page, address: str, ready: str) -> tuple[float, float]:
    """Seconds from the start of the navigation to interactive, and how long the main thread was blocked."""
    page.goto(address, wait_until="commit")
    at, blocked = page.evaluate(READY % ready, QUIET_MS)
    return at / 1000, blocked / 1000


def measure(name: str, context: BrowserContext, address: str, ready: str, rounds: int) -> None:
    """The middle of some rounds, each in a tab of its own."""
    found: list[tuple[float, float]] = []
    for _ in range(rounds):
        page = context.new_page()
        found.append(open_page(page, address, ready))
        page.close()
    at, blocked = _middle(found)
    figure(name, at, f"main thread blocked {blocked * 1000:.0f} ms")


def _middle(found: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sorted(found)[len(found) // 2]


def first_visit(browser: Browser, url: str, client: Client) -> None:
    """The sign-in page and then the dashboard, with an empty cache; what travels is counted."""
    context = browser.new_context(viewport=DESKTOP, locale="en-US")  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    at, blocked = open_page(page, f"{url}/auth/login", f"document.querySelector('form') && {NOTHING_LOADS}")
    figure("sign-in page, first visit", at, f"main thread blocked {blocked * 1000:.0f} ms; {sum(sizes) / 1000:.0f} kB travelled")
    page.get_by_label("E-mail address").fill(client.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    start = time.perf_counter()
    page.get_by_role("button", name="Sign in").click()
    page.evaluate(READY % DASHBOARD, 0)
    figure("from the click on Sign in to the dashboard's charts", time.perf_counter() - start, "no part of it cached")
    context.close()


def scroll_to_end(page: Page, address: str, ready: str) -> float:
    """Seconds until the last line of a long table stands after a jump to the end."""
    open_page(page, address, ready)
    start = time.perf_counter()
    page.evaluate(
        """async () => {
          const box = [...document.querySelectorAll('main *')].find(e => e.scrollHeight > 100000 && e.scrollTop !== undefined
            && getComputedStyle(e).overflowY !== 'visible');
          box.scrollTop = box.scrollHeight;
          await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
        }"""
    )
    return time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="countinghouse-bench-") as folder,
        LiveService(Path(folder)) as service,
        sync_playwright() as playwright,
    ):
        client = new_organization(service)
        start = time.perf_counter()
        last_day = date.today()  # noqa: DTZ011 - the dashboard shows the year until today
        first_day = last_day - timedelta(days=364)
        account = fill(client, given.lines, last_day)
        figure(f"post {given.lines:,} lines to one account", time.perf_counter() - start)
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
        first_visit(browser, service.url, client)
        context = signed_in(browser, service.url, client)
        measure("dashboard, again", context, f"{service.url}/", DASHBOARD, given.rounds)
        sheet = f"{service.url}/reports/balance-sheet?from={first_day}&to={last_day}&columns=month"
        measure("balance sheet of 12 months", context, sheet, SHEET, given.rounds)
        compared = f"{sheet}&previous_year=amount"
        measure("the same with the previous year beside each", context, compared, SHEET, given.rounds)
        register = f"{service.url}/accounts/{account}?from_date={first_day}&to_date={last_day}"
        drawn = f"document.querySelectorAll('main tbody tr').length > 10 && {NOTHING_LOADS}"
        measure(f"register of {given.lines:,} lines", context, register, drawn, given.rounds)
        page = context.new_page()
        figure("to its last line by a jump", scroll_to_end(page, register, drawn))
        heap = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0")
        remark("memory of that page's scripts", f"{heap / 2**20:.0f} MiB")
        browser.close()


if __name__ == "__main__":
    main()
