"""Journal files brought in by the page: a mapping changed, the books right afterwards; and a malformed file names its line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person
from tests.live.service import Client, LiveService, new_organization

pytestmark = pytest.mark.slow

MAIN = """include 2026.journal

2026-01-05 Opening
  Assets:Bank:Giro     1,000.00 USD
  Equity:Opening balance
"""
YEAR = """2026-01-06 (12) Büro | January
  Expenses:Rent  250.00 USD
  Assets:Bank:Giro

2026-01-07 Kaffeekasse
  Kasse:Küche  20.00 USD
  Assets:Bank:Giro

~ monthly
  Expenses:Rent  250.00 USD
  Assets:Bank:Giro
"""


@pytest.fixture(scope="module")
def owner(web: LiveService) -> Client:
    """An organization without transactions."""
    return new_organization(web, name="Harbour Books")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A journal that includes another one, which is written as old Windows programs do."""
    (tmp_path / "main.journal").write_text(MAIN)
    (tmp_path / "2026.journal").write_bytes(YEAR.encode("cp1252"))
    return [tmp_path / "2026.journal", tmp_path / "main.journal"]


def choose_files(page: Page, paths: list[Path]) -> None:
    """Hand files to the page as its file dialog would."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(paths)


def take(page: Page, label: str, option: str) -> None:
    """Choose an option of a list by the keyboard."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.type(option)
    page.locator("[data-combobox-selected]").filter(has_text=option).wait_for()
    page.keyboard.press("Enter")


def test_files_with_a_changed_mapping_become_books(person: Callable[..., Person], owner: Client, files: list[Path]) -> None:
    who = person()
    page = who.page
    who.sign_in(owner)
    who.go("/journals")
    page.get_by_role("link", name="Import a file").first.click()
    page.get_by_role("heading", level=1, name="Import a journal file").wait_for()
    choose_files(page, files)
    expect(page.get_by_text("2026.journal is not in UTF-8")).to_be_visible()
    start = page.get_by_role("button", name="Import 3 transactions")
    expect(start).to_be_disabled()
    expect(page.get_by_text("1 account of the file needs your decision")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Kasse:Küche")
    expect(row).to_contain_text("Its name does not tell what type it is")
    take(page, "Type of the new account for Kasse:Küche", "Cash")
    take(page, "Goes to, for Expenses:Rent", "Rent")
    expect(page.get_by_role("row").filter(has_text="Expenses:Rent")).to_contain_text("your choice")
    expect(start).to_be_enabled()
    who.check_accessibility()
    page.get_by_role("tab", name="First transactions").click()
    expect(page.get_by_text("Büro | January")).to_be_visible()
    who.check_accessibility()
    page.get_by_role("tab", name="Left out (1)").click()
    expect(page.get_by_text("2026.journal, line 9")).to_be_visible()
    assert owner.get("/manual-journals").json()["pagination"]["total"] == 0

    start.dblclick()
    expect(page.get_by_text("3 transactions were posted.")).to_be_visible()
    expect(page.get_by_text("3 accounts were created.")).to_be_visible()
    assert owner.get("/manual-journals").json()["pagination"]["total"] == 3
    page.get_by_role("link", name="Trial balance").last.click()
    page.get_by_role("heading", level=1, name="Trial balance").wait_for()
    for name, amount in (
        ("Assets:Bank:Giro", "730.00"),
        ("Kasse:Küche", "20.00"),
        ("Rent", "250.00"),
        ("Equity:Opening", "1,000.00"),
    ):
        expect(page.get_by_role("row").filter(has_text=name).first).to_contain_text(amount)


def test_a_second_time_nothing_is_left_to_do(person: Callable[..., Person], owner: Client, files: list[Path]) -> None:
    who = person(width=390)
    page = who.page
    who.sign_in(owner)
    who.go("/journal-import")
    expect(page.get_by_role("row").filter(has_text="main.journal")).to_contain_text("3")
    choose_files(page, files)
    expect(page.get_by_text("All transactions of these files are in the books already.")).to_be_visible()
    expect(page.get_by_role("button", name="Nothing to import")).to_be_disabled()
    expect(page.get_by_role("row").filter(has_text="Expenses:Rent")).to_contain_text("as in an earlier import")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    who.check_accessibility()


def test_a_malformed_file_shows_its_line(person: Callable[..., Person], owner: Client, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.journal"
    wrong.write_text(YEAR + "\n2026-02-01 Rent\n  Expenses:Rent  250 USD\n  Assets:Bank:Giro  -249 USD\n")
    before = owner.get("/manual-journals").json()["pagination"]["total"]
    who = person()
    who.expected_statuses = {400}
    page = who.page
    who.sign_in(owner)
    who.go("/journal-import")
    choose_files(page, [wrong])
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("wrong.journal, line 13")
    expect(alert).to_contain_text("the transaction does not balance")
    expect(alert).to_contain_text(re.compile(r"▸\s+13 2026-02-01 Rent"))
    who.check_accessibility()
    page.get_by_role("button", name="Other files").click()
    dropped = page.evaluate_handle(
        "() => {const held = new DataTransfer(); held.items.add(new File(['PNG\\u0000'], 'picture.journal')); return held}"
    )
    page.get_by_text("Drop journal files here").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_role("alert")).to_contain_text("no text: picture.journal")
    assert owner.get("/manual-journals").json()["pagination"]["total"] == before
