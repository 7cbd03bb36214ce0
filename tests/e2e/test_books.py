"""A day at the books: journal, sheet, drill-down, expense, lock, pack."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person
from tests.live.service import Client, LiveService, journal, new_organization

pytestmark = pytest.mark.slow

TABS_MAX = 30


@pytest.fixture(scope="module")
def owner(web: LiveService) -> Client:
    """An organization with one published journal of last year."""
    client = new_organization(web, name="Harbour <b>& Pine</b>")
    assert client.post("/manual-journals", journal(100, date="2025-06-01")).status_code == 201
    return client


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the field with this accessible name has the focus."""
    for _ in range(TABS_MAX):
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no field {label} within {TABS_MAX} tabs")


def choose(page: Page, name: str) -> None:
    """Take the option that the list has marked, once it is the one with this name."""
    page.locator("[data-combobox-selected]").filter(has_text=name).wait_for()
    page.keyboard.press("Enter")


def test_journal_by_keyboard_then_sheet_then_drill_down_then_edit(person: Callable[..., Person], owner: Client) -> None:
    who = person()
    page = who.page
    who.sign_in(owner)
    page.get_by_role("heading", level=1).wait_for()
    page.keyboard.press("Shift+M")
    page.get_by_role("heading", name="New journal").wait_for()
    tab_to(page, "Account, line 1")
    page.keyboard.type("Petty")
    choose(page, "Petty Cash")
    tab_to(page, "Debit, line 1")
    page.keyboard.type("250.50")
    tab_to(page, "Account, line 2")
    page.keyboard.type("Owner's")
    choose(page, "Owner's Equity")
    expect(page.get_by_label("Credit, line 2")).to_have_value(re.compile(r"250\.50?"))
    expect(page.get_by_role("status").filter(has_text="Balanced")).to_be_visible()
    page.keyboard.press("Control+Shift+Enter")
    page.get_by_role("heading", name=re.compile(r"Journal J-")).wait_for()
    expect(page.get_by_text("Published").first).to_be_visible()

    who.go("/reports/balance-sheet")
    expect(page.get_by_text(re.compile(r"As of \d"))).to_be_visible()
    petty = page.get_by_role("row").filter(has_text="Petty Cash").first
    expect(petty).to_contain_text("350.50")
    page.get_by_role("button", name="Customise").click()
    page.get_by_role("switch", name="Previous year").click()
    page.get_by_role("button", name="Apply").click()
    expect(petty).to_contain_text("100.00")
    assert "350.50" in petty.inner_text()
    petty.get_by_role("button", name=re.compile("350.50")).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("link").last.click()
    page.get_by_role("heading", name=re.compile(r"Journal J-")).wait_for()
    page.get_by_role("link", name="Edit").click()
    amount = page.get_by_label("Debit, line 1")
    amount.fill("300")
    page.get_by_label("Credit, line 2").fill("300")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name=re.compile(r"Journal J-")).wait_for()
    who.go("/reports/balance-sheet")
    expect(page.get_by_role("row").filter(has_text="Petty Cash").first).to_contain_text("400.00")


def test_expense_by_the_form(person: Callable[..., Person], owner: Client) -> None:
    who = person()
    page = who.page
    who.sign_in(owner)
    who.go("/expenses/new")
    page.get_by_role("combobox", name="Paid from").click()
    page.keyboard.type("Petty")
    choose(page, "Petty Cash")
    page.get_by_role("combobox", name=re.compile("^Line 1: ")).click()
    page.keyboard.type("Office Exp")
    choose(page, "Office expenses")
    page.get_by_label("Line 1: Amount").fill("12.30")
    page.get_by_role("button", name="Save and publish").click()
    expect(page).to_have_url(re.compile(r"/expenses/\d+"))
    listed = owner.get("/expenses").json()["expenses"]
    assert [expense["total_amount"] for expense in listed] == [12.3]


def test_a_lock_refuses_a_journal_before_its_day(person: Callable[..., Person], web: LiveService) -> None:
    client = new_organization(web)
    who = person()
    who.expected_statuses = {400}
    page = who.page
    who.sign_in(client)
    who.go("/transactions-locking")
    page.get_by_role("button", name="Lock", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Last locked day").fill("2026-06-30")
    dialog.get_by_label("Reason").fill("Closed <i>books</i>")
    dialog.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_text("Closed <i>books</i>").first).to_be_visible()

    who.go("/journals/new")
    page.get_by_label("Date").first.fill("2026-06-30")
    page.keyboard.press("Escape")
    for line, name, side in ((1, "Petty Cash", "Debit"), (2, "Owner's Equity", "Credit")):
        page.get_by_role("combobox", name=f"Account, line {line}").click()
        page.keyboard.type(name)
        choose(page, name)
        page.get_by_label(f"{side}, line {line}").fill("5")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text(re.compile("locked")).first).to_be_visible()
    assert client.get("/manual-journals").json()["pagination"]["total"] == 0


def test_a_pack_is_made_and_downloaded(person: Callable[..., Person], owner: Client, tmp_path: Path) -> None:
    who = person()
    page = who.page
    who.sign_in(owner)
    who.go("/packs/new")
    page.get_by_role("button", name="Make the pack").click()
    download_button = page.get_by_role("button", name=re.compile("Download the archive"))
    download_button.wait_for(timeout=120_000)
    with page.expect_download() as download:
        download_button.click()
    kept = tmp_path / "pack.zip"
    download.value.save_as(kept)
    names = zipfile.ZipFile(kept).namelist()
    assert any(name.endswith(".pdf") for name in names)
    assert "manifest.json" in names


def test_two_people_never_see_each_other(person: Callable[..., Person], owner: Client, web: LiveService) -> None:
    other = new_organization(web, name="Somebody Else Ltd")
    other.post("/customers", {"display_name": "Secret Customer", "customer_type": "business"})
    first, second = person(), person()
    first.sign_in(owner)
    second.sign_in(other)
    second.go("/customers")
    expect(second.page.get_by_text("Secret Customer").first).to_be_visible()
    first.go("/customers")
    first.page.get_by_role("heading", name="Customers", exact=True).wait_for()
    expect(first.page.get_by_text("Secret Customer")).to_have_count(0)
    first.expected_statuses = {404}
    customer_id = other.get("/customers").json()["customers"][0]["id"]
    first.go(f"/customers/{customer_id}")
    first.page.get_by_text("no such", exact=False).first.wait_for()
    expect(first.page.get_by_text("Secret Customer")).to_have_count(0)
    first.page.get_by_role("button", name="Your account").click()
    expect(first.page.get_by_role("menuitem", name="Somebody Else Ltd")).to_have_count(0)


def test_markup_in_free_text_stays_text(person: Callable[..., Person], web: LiveService) -> None:
    evil = '<img src=x onerror="window.stolen=1"><b>Bold</b>'
    client = new_organization(web, name=evil)
    client.post("/customers", {"display_name": evil, "customer_type": "business", "note": evil})
    client.post("/accounts", {"name": evil, "account_type": "cash"})
    client.post("/manual-journals", journal(7, description=evil, reference=evil))
    who = person()
    who.sign_in(client)
    for path in ("/", "/customers", "/accounts", "/journals", "/audit-trail", "/reports/balance-sheet", "/reports/journal"):
        who.go(path)
        who.page.get_by_role("heading", level=1).wait_for()
        who.page.wait_for_timeout(500)
        assert who.page.evaluate("window.stolen") is None, path
        assert who.page.locator("img[src=x]").count() == 0, path
    who.go("/customers")
    expect(who.page.get_by_text(evil).first).to_be_visible()
