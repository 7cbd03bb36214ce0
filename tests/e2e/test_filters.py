"""The filter builder of the lists: asked of the server where that pages, of the rows where they are all here."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Person
from tests.live.service import Client, LiveService, journal, new_organization

pytestmark = pytest.mark.slow

SETTLE_MS = 500
"""An answer of the server comes in."""


@pytest.fixture(scope="module")
def owner(web: LiveService) -> Client:
    """An organization with journals, contacts and an expense."""
    client = new_organization(web, name="Sieve & Sons")
    for month, amount in enumerate((100, 200, 300), start=1):
        body = journal(amount, date=f"2026-0{month}-15", description=f"Rent {month}", publish=month < 3)
        assert client.post("/manual-journals", body).status_code == 201
    client.post("/customers", {"display_name": "Ada & Sons", "customer_type": "business"})
    client.post("/vendors", {"display_name": "Babbage Mills"})
    accounts = {account["slug"]: account["id"] for account in client.get("/accounts").json()["accounts"]}
    category = {"expense_account_id": accounts["office-expenses"], "amount": 12}
    expense = {"payment_date": "2026-02-01", "payment_account_id": accounts["petty-cash"], "categories": [category]}
    assert client.post("/expenses", expense).status_code == 201
    return client


def rows(page: Page) -> Locator:
    return page.locator("tbody tr")


def condition(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Condition {number}")


def fill(row: Locator, value: str, *, day: str = "2026-01-01") -> None:
    """Give the condition a value, or a day where its column is one of days; choices keep the first."""
    field = row.get_by_label("Value")
    if field.evaluate("input => input.tagName") == "INPUT":
        field.fill(day if "DateInput" in str(field.get_attribute("class")) else value)


def test_conditions_are_asked_of_the_server_and_stand_in_the_address(person: Callable[..., Person], owner: Client) -> None:
    who = person()
    page = who.page
    who.sign_in(owner)
    who.go("/journals")
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="Filter", exact=True).focus()
    page.keyboard.press("Enter")
    condition(page, 1).get_by_label("Column").select_option(label="Amount")
    condition(page, 1).get_by_label("Comparison").select_option(label=">")
    fill(condition(page, 1), "150")
    page.get_by_role("button", name="Add a condition").click()
    condition(page, 2).get_by_label("Joined by").select_option(label="or")
    condition(page, 2).get_by_label("Column").select_option(label="Date")
    condition(page, 2).get_by_label("Comparison").select_option(label="before")
    fill(condition(page, 2), "", day="2026-02-01")
    who.check_accessibility()
    page.get_by_role("button", name="Apply").click()
    chips = page.get_by_role("group", name="Active filter").get_by_role("button")
    expect(chips).to_have_count(2)
    expect(rows(page)).to_have_count(3)  # the first is before February, the others are more than 150
    chips.nth(1).focus()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(2)
    who.check_accessibility()

    page.get_by_text("Draft", exact=True).first.click()
    expect(rows(page)).to_have_count(1)
    page.reload()
    expect(rows(page)).to_have_count(1)
    expect(chips).to_have_count(1)
    page.get_by_role("button", name="Saved views").click()
    page.get_by_label("Name of this view").fill("Large")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    chips.first.click()
    page.get_by_text("All", exact=True).first.click()
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("button", name="Large", exact=True).click()
    expect(rows(page)).to_have_count(2)


@pytest.mark.parametrize("path", ["/journals", "/expenses", "/customers", "/vendors", "/accounts"])
def test_every_column_that_is_offered_can_be_asked(person: Callable[..., Person], owner: Client, path: str) -> None:
    """Whatever the server refuses fails the test by the browser's complaint."""
    who = person()
    page = who.page
    who.sign_in(owner)
    who.go(path)
    page.get_by_role("table").wait_for()
    page.get_by_role("button", name="Filter", exact=True).click()
    columns = condition(page, 1).get_by_label("Column").locator("option").all_inner_texts()
    assert len(columns) >= 5
    for number, column in enumerate(columns, start=1):
        if number > 1:
            page.get_by_role("button", name="Add a condition").click()
            condition(page, number).get_by_label("Joined by").select_option(label="or")
        condition(page, number).get_by_label("Column").select_option(label=column)
        fill(condition(page, number), "1")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("group", name="Active filter").get_by_role("button")).to_have_count(len(columns))
    page.wait_for_timeout(SETTLE_MS)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("table")).to_be_visible()


def test_accounts_are_filtered_where_they_are(person: Callable[..., Person], owner: Client) -> None:
    who = person()
    page = who.page
    who.sign_in(owner)
    who.go("/accounts")
    page.get_by_role("button", name="Filter", exact=True).click()
    condition(page, 1).get_by_label("Column").select_option(label="Balance")
    condition(page, 1).get_by_label("Comparison").select_option(label="≠")
    fill(condition(page, 1), "0")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("row").filter(has_text="Petty Cash")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Undeposited")).to_have_count(0)
