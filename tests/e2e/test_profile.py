"""What people change about themselves, in the browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person
from tests.live.mails import eventually
from tests.live.service import PASSWORD, LiveService, new_organization

pytestmark = pytest.mark.slow

NEW_PASSWORD = "an even better horse"


def open_profile(who: Person) -> None:
    """By the user menu."""
    who.page.get_by_role("button", name="Your account").click()
    who.page.get_by_role("menuitem", name="Your profile").click()
    who.page.get_by_role("heading", name="Your profile").wait_for()
    expect(who.page.get_by_role("menu")).to_have_count(0)  # it closes slowly, and what is half gone breaks rules


def test_name_password_and_sessions(person: Callable[..., Person], web: LiveService) -> None:
    owner = new_organization(web, name="Harbour & Pine")
    elsewhere = web.client().sign_in(owner.email)
    who = person()
    page = who.page
    who.sign_in(owner)
    open_profile(who)
    who.check_accessibility()
    expect(page.get_by_label("E-mail address")).to_have_value(owner.email)
    expect(page.get_by_role("region", name="Your organisations")).to_contain_text("Harbour & Pine")

    page.get_by_label("First name").fill("Augusta")
    page.get_by_role("region", name="Name").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your name is changed")).to_be_visible()
    eventually(lambda: owner.get("/users").json()[0]["full_name"] == "Augusta Lovelace")

    who.expected_statuses = {400}
    page.get_by_label("Current password").fill("not the password")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_label("The same password again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("This is not your current password.")).to_be_visible()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is changed")).to_be_visible()
    expect(page.get_by_label("Current password")).to_have_value("")
    assert elsewhere.get("/auth/account").status_code == 401
    page.reload()  # this session goes on
    page.get_by_role("heading", name="Your profile").wait_for()

    elsewhere.sign_in(owner.email, NEW_PASSWORD)
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    expect(page).to_have_url(re.compile("/auth/login"))
    assert elsewhere.get("/auth/account").status_code == 401


def test_language_and_colours(person: Callable[..., Person], web: LiveService) -> None:
    who = person()
    page = who.page
    who.sign_in(new_organization(web))
    open_profile(who)
    page.get_by_role("radiogroup", name="Colours").get_by_text("Dark").click()
    assert page.evaluate("document.documentElement.dataset.mantineColorScheme") == "dark"
    page.get_by_role("radiogroup", name="Language").get_by_text("العربية").click()
    page.get_by_role("heading", name="ملفك الشخصي").wait_for()
    assert page.evaluate("document.documentElement.dir") == "rtl"
    who.check_accessibility()
