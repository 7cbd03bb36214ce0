"""What interrupts work and must not harm it: an answer that is lost, a service that is busy, a connection that is gone for a while."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Person
from tests.live.service import LiveService, new_organization

pytestmark = pytest.mark.slow

BUSY = {"errors": [{"type": "SERVICE_UNAVAILABLE", "message": "Busy."}], "message": "Busy."}
DRAFT_KEPT_MS = 1_500
"""A draft is kept half a second after the last key."""
JOURNALS = "**/api/manual-journals"


def test_a_write_whose_answer_is_lost_is_applied_once(web: LiveService, person: Callable[..., Person]) -> None:
    who, client = person(), new_organization(web)
    who.expected_texts.add("net::ERR_FAILED")
    who.sign_in(client)
    page = who.page
    keys: list[str | None] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) == 1:
            route.fetch()  # the service writes; nobody hears of it
            route.abort()
        else:
            route.continue_()

    page.route(JOURNALS, lose_the_first)
    who.go("/journals/new")
    for line, account, side, amount in ((1, "Bank Account", "Debit", "75"), (2, "Owner's Equity", "Credit", "75")):
        page.get_by_role("combobox", name=f"Account, line {line}").fill(account)
        page.get_by_role("option", name=account).first.click()
        page.get_by_label(f"{side}, line {line}").fill(amount)
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_role("heading", name="Journal J-").wait_for()
    assert len(keys) == 2
    assert keys[0] == keys[1] is not None
    assert client.get("/manual-journals").json()["pagination"]["total"] == 1


def test_a_busy_service_is_asked_again_without_a_word(web: LiveService, person: Callable[..., Person]) -> None:
    who, client = person(), new_organization(web)
    who.expected_statuses.add(503)
    who.expected_texts.add("the server responded with a status of 503")
    client.post("/customers", {"display_name": "Ada & Sons", "customer_type": "business"})
    who.sign_in(client)
    asked: list[str] = []

    def refuse_twice(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) <= 2:
            route.fulfill(status=503, json=BUSY, headers={"retry-after": "0"})
        else:
            route.continue_()

    who.page.route("**/api/customers?*", refuse_twice)
    who.go("/customers")
    who.page.get_by_text("Ada & Sons").wait_for()
    assert len(asked) >= 3
    assert who.page.get_by_role("alert").count() == 0


def test_a_lost_network_is_told_and_the_page_comes_with_it(web: LiveService, person: Callable[..., Person]) -> None:
    who, client = person(), new_organization(web)
    who.expected_texts.add("net::ERR_INTERNET_DISCONNECTED")
    client.post("/vendors", {"display_name": "Babbage Mills"})
    who.sign_in(client)
    page = who.page
    who.go("/vendors")
    page.get_by_text("Babbage Mills").wait_for()
    page.context.set_offline(True)
    page.get_by_role("link", name="Customers").click()
    page.get_by_text("The service does not answer right now").wait_for()
    page.context.set_offline(False)
    page.get_by_text("No customers yet").wait_for()
    page.get_by_text("The service does not answer right now").wait_for(state="detached")


@pytest.mark.parametrize(
    ("path", "field"), [("/expenses/new", "Reference"), ("/customers/new", "Company"), ("/journals/new", "Reference")]
)
def test_what_was_typed_is_offered_again_after_the_page_was_lost(
    path: str, field: str, web: LiveService, person: Callable[..., Person]
) -> None:
    who = person()
    who.sign_in(new_organization(web))
    page = who.page
    who.go(path)
    page.get_by_label(field).fill("Half a thought")
    page.wait_for_timeout(DRAFT_KEPT_MS)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_label(field)).to_have_value("Half a thought")
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="Reports").wait_for()
    who.go(path)
    page.get_by_label(field).wait_for()
    assert page.get_by_role("button", name="Restore it").count() == 0
