"""From nothing to open books, in the browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person
from tests.live.service import PASSWORD, LiveService, new_organization

pytestmark = pytest.mark.slow


def test_sign_up_and_wizard_lead_to_open_books(person: Callable[..., Person]) -> None:
    who = person()
    page = who.page
    who.go("/")
    expect(page).to_have_url(re.compile("/auth/login"))
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("First name").fill("Grace")
    page.get_by_label("Last name").fill("Hopper")
    page.get_by_label("E-mail address").fill("grace@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    who.check_accessibility()
    page.get_by_role("button", name="Create an account").click()
    page.get_by_role("heading", name="Set up your organisation").wait_for()
    page.get_by_label("Name of the organisation").fill("Compilers & Sons")
    who.check_accessibility()
    page.get_by_role("button", name="Open the books").click()
    page.get_by_role("button", name="Your account").wait_for()
    page.get_by_role("link", name="Chart of accounts").first.click()
    expect(page.get_by_text("Petty Cash").first).to_be_visible()


def test_wrong_password_is_said_and_nobody_is_let_in(person: Callable[..., Person], web: LiveService) -> None:
    owner = new_organization(web)
    who = person()
    who.expected_statuses = {401}
    who.go("/auth/login")
    who.page.get_by_label("E-mail address").fill(owner.email)
    who.page.get_by_label("Password", exact=True).fill("not the password")
    who.page.get_by_role("button", name="Sign in").click()
    expect(who.page.get_by_role("alert")).to_contain_text("not right")
    expect(who.page).to_have_url(re.compile("/auth/login"))


def test_sign_out_ends_the_session_at_the_server(person: Callable[..., Person], web: LiveService) -> None:
    owner = new_organization(web)
    who = person()
    who.sign_in(owner)
    token = who.page.evaluate("JSON.parse(localStorage.getItem('countinghouse.session')).token")
    who.page.get_by_role("button", name="Your account").click()
    who.page.get_by_role("menuitem", name="Sign out").click()
    expect(who.page).to_have_url(re.compile("/auth/login"))
    left = web.client()
    left.token = token
    assert left.get("/auth/account").status_code == 401
