"""Somebody who may only read: invited by the page, accepted by the link of the mail, and offered nothing that would be refused."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person
from tests.live.mails import invitation_token
from tests.live.service import PASSWORD, Client, LiveService, journal, new_organization

pytestmark = pytest.mark.slow

READER = "reader@example.com"
READS = ("Chart of accounts: View", "Manual journals: View", "All reports: All")
CHANGES = re.compile(r"^(New|Add|Create|Edit|Delete|Remove|Invite|Publish|Duplicate|Make|Lock|Unlock|Activate|Save)\b")
PAGES = {
    "Overview": "/", "Chart of accounts": "/accounts", "Manual journals": "/journals", "Reports": "/reports",
    "Report packs": "/packs", "Settings": "/settings", "People and roles": "/people", "Currencies": "/currencies",
    "Branches": "/branches",
}  # fmt: skip
REFUSED = [
    "/journals/new",
    "/expenses",
    "/customers/new",
    "/vendors",
    "/tax-rates",
    "/audit-trail",
    "/api-keys",
    "/people/roles/new",
]
SETTLE_MS = 500


@pytest.fixture(scope="module")
def owner(web: LiveService) -> Client:
    """An organization with a published journal."""
    client = new_organization(web, name="Harbour & Pine")
    assert client.post("/manual-journals", journal(100, date="2026-03-01")).status_code == 201
    return client


def make_role(page: Page, name: str) -> None:
    """A role with nothing but what is to be read."""
    page.get_by_role("tab", name="Roles").click()
    page.get_by_role("link", name="New role").click()
    page.get_by_label("Name").fill(name)
    ticked = page.get_by_role("checkbox", checked=True)
    page.get_by_role("checkbox", name=READS[0]).wait_for()
    while ticked.count():
        ticked.first.click()
    for ability in READS:
        page.get_by_role("checkbox", name=ability).click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="People and roles").wait_for()


def invite(page: Page, email: str, role: str) -> None:
    """Invite somebody by the dialog."""
    page.get_by_role("button", name="Invite a person").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email").fill(email)
    dialog.get_by_role("combobox", name="Role").click()
    page.get_by_role("option", name=role).click()
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(dialog).to_be_hidden()


def accept(page: Page) -> None:
    """Fill in the page behind the link, and sign in."""
    expect(page.get_by_text("Harbour & Pine invites you")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value(READER)
    page.get_by_label("First name").fill("Rhea")
    page.get_by_label("Last name").fill("Der")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page).to_have_url(re.compile("/auth/login"))
    expect(page.get_by_text("Welcome! Sign in")).to_be_visible()
    page.get_by_label("E-mail address").fill(READER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Your account").wait_for()


def offers(page: Page) -> list[str]:
    """Buttons and links of the page that would change something."""
    main = page.get_by_role("main")
    things = [*main.get_by_role("button").all(), *main.get_by_role("link").all()]
    names = [thing.get_attribute("aria-label") or thing.inner_text().strip() for thing in things]
    return [name for name in names if CHANGES.search(name)]


def open_page(who: Person, path: str) -> None:
    """Go there, and wait for what comes in after the heading."""
    who.go(path)
    who.page.get_by_role("heading", level=1).wait_for()
    who.page.wait_for_timeout(SETTLE_MS)


def test_a_reader_reads_and_is_offered_nothing_else(person: Callable[..., Person], owner: Client, web: LiveService) -> None:
    boss = person()
    boss.sign_in(owner)
    boss.go("/people")
    make_role(boss.page, "Reader")
    invite(boss.page, READER, "Reader")
    row = boss.page.get_by_role("row").filter(has_text=READER)
    expect(row).to_contain_text("Invited")

    reader = person()
    page = reader.page
    reader.go(f"/auth/invite/{invitation_token(web, READER)}/accept")
    accept(page)
    navigation = page.get_by_role("navigation").get_by_role("link")
    assert [link.inner_text() for link in navigation.all()] == list(PAGES)
    for path in PAGES.values():
        open_page(reader, path)
        assert offers(page) == [], path

    reader.go("/accounts")
    expect(page.get_by_text("Petty Cash").first).to_be_visible()
    page.get_by_role("button", name="Actions for Petty Cash").click()
    assert [item.inner_text() for item in page.get_by_role("menuitem").all()] == ["Open register"]
    reader.go("/journals")
    page.get_by_role("link", name="J-00001").click()
    page.get_by_role("heading", name="Journal J-00001").wait_for()
    expect(page.get_by_text("Published").first).to_be_visible()
    assert offers(page) == []
    reader.go("/reports/balance-sheet")
    expect(page.get_by_role("row").filter(has_text="Petty Cash").first).to_contain_text("100.00")

    boss.go("/people")
    expect(boss.page.get_by_role("row").filter(has_text=READER)).to_contain_text("Active")
    expect(boss.page.get_by_role("row").filter(has_text=READER)).to_contain_text("Rhea Der")


@pytest.fixture
def reader(web: LiveService, owner: Client) -> Client:
    """The same person, at the API."""
    return web.client().sign_in(READER)


def test_pages_that_are_not_for_a_reader_say_so(person: Callable[..., Person], reader: Client) -> None:
    who = person()
    who.sign_in(reader)
    for path in REFUSED:
        open_page(who, path)
        expect(who.page.get_by_role("heading", level=1)).to_have_text("Your role does not allow this")
        expect(who.page).to_have_url(f"{who.url}{path}")
    who.check_accessibility()
    who.page.get_by_role("link", name="Go to the start page").click()
    who.page.get_by_role("heading", name="Harbour & Pine").wait_for()
    who.page.keyboard.press("Control+K")
    who.page.get_by_placeholder("Search or go to…").fill("journal")
    options = who.page.get_by_role("dialog").get_by_role("button")
    expect(options.filter(has_text="Manual journals").first).to_be_visible()
    assert options.filter(has_text="New journal").count() == 0


def test_the_server_refuses_what_the_pages_do_not_offer(reader: Client) -> None:
    petty = next(item for item in reader.get("/accounts").json()["accounts"] if item["code"])
    for method, path, body in (
        ("POST", "/manual-journals", journal(5)),
        ("POST", "/accounts", {"name": "Slush", "account_type": "cash"}),
        ("DELETE", f"/accounts/{petty['id']}", None),
        ("PATCH", "/invite", {"email": "accomplice@example.com", "role_id": 1}),
        ("POST", "/roles", {"role_name": "Mine", "permissions": []}),
    ):
        answer = reader.call(method, path, body)
        assert (answer.status_code, answer.json()["errors"][0]["type"]) == (403, "USER_PERMISSIONS_FORBIDDEN"), path
    assert len(reader.get("/manual-journals").json()["manual_journals"]) == 1


def test_a_link_that_cannot_be_used(person: Callable[..., Person]) -> None:
    who = person()
    who.expected_statuses = {400}
    who.go("/auth/invite/0123456789abcdef/accept")
    expect(who.page.get_by_role("heading", level=1)).to_have_text("This invitation cannot be used")
    who.check_accessibility()
    who.page.get_by_role("link", name="Sign in").click()
    expect(who.page).to_have_url(re.compile("/auth/login"))
