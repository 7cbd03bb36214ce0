"""What the first page costs somebody who comes for the first time."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Request

from tests.e2e.conftest import Person

pytestmark = pytest.mark.slow

SCRIPT_BYTES_MAX = 250_000
"""Of compressed scripts, as they travel (issue 4)."""


def test_scripts_of_the_first_page_travel_compressed_and_are_few(person: Callable[..., Person]) -> None:
    who = person()
    finished: list[Request] = []

    def note(request: Request) -> None:
        finished.append(request)

    who.page.on("requestfinished", note)
    who.go("/auth/login")
    who.page.get_by_role("button", name="Sign in").wait_for()
    who.page.wait_for_load_state("networkidle")
    scripts = [request for request in finished if request.resource_type == "script"]
    sizes = {request.url: request.sizes()["responseBodySize"] for request in scripts}
    assert scripts
    assert sum(sizes.values()) <= SCRIPT_BYTES_MAX, sizes
    for request in scripts:
        response = request.response()
        assert response is not None
        assert "immutable" in (response.header_value("cache-control") or "")
