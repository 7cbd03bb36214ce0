"""A report pack of one organization of several, chosen from another one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person
from tests.live.service import Client, LiveService, build, new_organization

pytestmark = pytest.mark.slow

PACK_WAIT_MS = 120_000


@pytest.fixture(scope="module")
def boss(web: LiveService) -> Client:
    """Somebody with three organizations, signed in to the first."""
    client = new_organization(web, name="Quay & Co")
    first = client.organization_id
    for name in ("Anchor Works", "Beacon <i>Light</i>"):
        client.organization_id = client.post("/organizations", {"name": name}).json()["organization_id"]
        build(client, name=name)
    client.organization_id = first
    return client


def test_a_pack_of_a_chosen_organization(person: Callable[..., Person], boss: Client) -> None:
    who = person()
    page = who.page
    who.sign_in(boss)
    who.go("/packs/new")
    page.get_by_label("Chosen organisations").check()
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_text("Choose at least one.")).to_be_visible()
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.get_by_text("3 of 3 chosen")).to_be_visible()
    page.get_by_role("button", name="None", exact=True).click()
    page.get_by_label("Search for organisations").fill("beac")
    page.get_by_role("checkbox", name="Beacon <i>Light</i>").check()
    expect(page.get_by_text("1 of 3 chosen")).to_be_visible()
    who.check_accessibility()
    page.get_by_role("button", name="Make the pack").click()
    expect(page).to_have_url(re.compile(r"/packs/[0-9A-Z]{26}"))
    row = page.get_by_role("row").filter(has_text="Beacon <i>Light</i>")
    expect(row.get_by_role("button", name=re.compile("Download the archive"))).to_be_visible(timeout=PACK_WAIT_MS)
    assert page.get_by_role("row").count() == 2  # the heading, and that organization


def test_a_schedule_of_chosen_organizations_names_them(person: Callable[..., Person], boss: Client) -> None:
    who = person()
    page = who.page
    who.sign_in(boss)
    who.go("/packs/schedules")
    page.get_by_role("button", name="New schedule").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Chosen organisations").check()
    dialog.get_by_label("Anchor Works").check()
    dialog.get_by_role("button", name="Save").click()
    row = page.get_by_role("row").filter(has_text="Anchor Works")
    expect(row).to_be_visible()
    expect(row).not_to_contain_text("Quay & Co")
