"""Every page in both schemes, both directions and both widths: no complaint of the console, no violation that axe finds."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person
from tests.live.service import Client, LiveService, journal, new_organization

pytestmark = pytest.mark.slow

PAGES = [
    "/", "/accounts", "/journals", "/journals/new", "/journal-import", "/expenses", "/expenses/new", "/customers", "/customers/new", "/vendors",
    "/tax-rates", "/currencies", "/branches", "/transactions-locking", "/settings", "/api-keys", "/people", "/audit-trail",
    "/verification", "/reports", "/reports/balance-sheet", "/reports/profit-loss", "/reports/trial-balance",
    "/reports/cash-flow", "/reports/general-ledger", "/reports/journal", "/reports/receivable-aging", "/packs", "/packs/new",
    "/profile",
]  # fmt: skip
SETTLE_MS = 150
"""From the last sign that something loads until what came in has been drawn."""
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {},
    "dark": {"dark": True},
    "right-to-left": {"language": "ar"},
    "phone": {"width": 390},
}


@pytest.fixture(scope="module")
def owner(web: LiveService) -> Client:
    """An organization with something to show on most pages."""
    client = new_organization(web)
    for month in range(1, 7):
        assert client.post("/manual-journals", journal(100 * month, date=f"2026-0{month}-15")).status_code == 201
    client.post("/customers", {"display_name": "Ada & Sons", "customer_type": "business"})
    client.post("/vendors", {"display_name": "Babbage Mills"})
    return client


@pytest.mark.parametrize("look", LOOKS)
def test_every_page(look: str, person: Callable[..., Person], owner: Client) -> None:
    who = person(**LOOKS[look])
    who.page.add_init_script("localStorage.setItem('mantine-color-scheme-value', 'auto')")
    if look == "right-to-left":
        who.go("/auth/login")
        who.page.locator("input[type=email]").fill(owner.email)
        who.page.locator("input[type=password]").fill("correct horse battery")
        who.page.locator("button[type=submit]").click()
        who.page.locator("nav").wait_for(state="attached")
    else:
        who.sign_in(owner)
    problems = [
        problem for path in PAGES for problem in _problems_of(who, path, direction="rtl" if look == "right-to-left" else "ltr")
    ]
    assert problems == [], "\n".join(problems)


def _problems_of(who: Person, path: str, *, direction: str) -> list[str]:
    who.go(path)
    who.page.get_by_role("heading", level=1).wait_for()
    who.page.wait_for_timeout(SETTLE_MS)
    expect(who.page.locator(".mantine-Loader-root")).to_have_count(0)
    who.page.wait_for_timeout(SETTLE_MS)
    problems = [f"{path}: {violation}" for violation in who.accessibility_violations()]
    if not who.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        problems.append(f"{path}: wider than the screen")
    if who.page.evaluate("document.documentElement.dir") != direction:
        problems.append(f"{path}: not {direction}")
    return problems
