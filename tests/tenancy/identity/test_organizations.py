from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.kit.context import Organization
from domain.kit.exchange import WireRequest
from tenancy.jobs import JobStoreUnavailableError
from tenancy.registry import update_profile
from tenancy.system_database import system_transaction
from tenancy.system_effects import apply_effects
from tenancy.system_runtime import run_system_request
from tests.tenancy.identity.conftest import BUILD


def test_current_before_the_build(system, ada):
    form = system.get("/organization/current", ada).ok
    assert (form["id"], form["organization_id"]) == (ada.tenant_id, ada.organization_id)
    assert (form["is_ready"], form["is_build_running"], form["is_upgrade_running"]) == (False, False, False)
    assert (form["metadata"], form["built_at"], form["build_job_id"]) == (None, None, None)
    [subscription] = form["subscriptions"]
    assert subscription["slug"] == "main"
    assert (subscription["active"], subscription["on_trial"], subscription["ends_at"]) == (True, False, None)
    assert (subscription["inactive"], subscription["status"]) == (False, "active")


def test_build(system, ada):
    answer = system.post("/organization/build", BUILD, ada)
    assert answer.status == 200
    form = answer.json
    assert (form["type"], form["code"]) == ("success", "ORGANIZATION.DATABASE.INITIALIZED")
    assert "wake_scheduler" in answer.headers["x-countinghouse-effects"]
    job_id = form["data"]["job_id"]
    job = system.services.jobs.get(job_id)
    assert (job.kind, job.tenant_id, job.state) == ("organization.build", ada.tenant_id, "waiting")
    current = system.get("/organization/current", ada).ok
    assert (current["build_job_id"], current["is_build_running"]) == (job_id, True)
    metadata = current["metadata"]
    assert (metadata["name"], metadata["timezone"], metadata["fiscal_year"]) == ("Analytical Engines", "Europe/Berlin", "april")
    assert (metadata["date_format"], metadata["logo_uri"], metadata["address"]) == ("DD MMM yyyy", None, None)
    poll = system.get(f"/organization/build/{job_id}", ada).ok
    assert poll == {
        "id": job_id, "state": "waiting", "progress": 0, "is_completed": False, "is_running": False, "is_waiting": True,
        "is_failed": False,
    }  # fmt: skip
    assert system.post("/organization/build", BUILD, ada).errors == ["TENANT_IS_BUILDING"]

    system.build(ada.tenant_id)
    system.services.jobs.complete(job_id)
    assert system.get(f"/organization/build/{job_id}", ada).ok["is_completed"] is True
    current = system.get("/organization/current", ada).ok
    assert (current["is_ready"], current["is_build_running"]) == (True, False)
    assert system.post("/organization/build", BUILD, ada).errors == ["TENANT_ALREADY_BUILT"]


def build_at_once(system, person):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: system.post("/organization/build", BUILD, person), range(4)))
    begun = [answer.json["data"]["job_id"] for answer in answers if answer.status == 200]
    refused = [answer.errors for answer in answers if answer.status != 200]
    (job,) = system.services.jobs.find()
    # A request that comes between the commit of another and the queueing of its job takes that job over.
    assert begun
    assert set(begun) == {job.id}
    assert refused == [["TENANT_IS_BUILDING"]] * (4 - len(begun))


def test_simultaneous_builds_make_one_job(system, ada):
    build_at_once(system, ada)


def test_simultaneous_builds_make_one_job_on_mariadb(make_system, mariadb_url):
    system = make_system(system_database_url=mariadb_url)
    build_at_once(system, system.person())


def test_a_failed_build_can_be_asked_for_again(system, ada):
    job_id = system.post("/organization/build", BUILD, ada).ok["data"]["job_id"]
    system.services.jobs.fail(job_id, "the disk is full: /secret/path")
    poll = system.get(f"/organization/build/{job_id}", ada)
    assert poll.ok["is_failed"] is True
    assert "secret" not in poll.body.decode()
    again = system.post("/organization/build", BUILD | {"name": "Better"}, ada).ok["data"]["job_id"]
    assert again != job_id
    assert system.get("/organization/current", ada).ok["metadata"]["name"] == "Better"


@pytest.mark.parametrize("how", ["post", "get"])
def test_a_build_whose_request_died_before_the_job_was_queued_goes_on(system, ada, monkeypatch, how):
    def unavailable(*_args, **_options):
        raise JobStoreUnavailableError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(system.services.jobs, "create", unavailable)
        refused = system.post("/organization/build", BUILD, ada)
        assert (refused.status, refused.errors) == (503, ["JOB_STORE_UNAVAILABLE"])
        assert refused.headers["retry-after"] == "1"
    job_id = system.get("/organization/current", ada).ok["build_job_id"]
    assert system.services.jobs.get(job_id) is None
    if how == "get":
        assert system.get(f"/organization/build/{job_id}", ada).ok["is_waiting"] is True
    else:
        assert system.post("/organization/build", BUILD, ada).ok["data"]["job_id"] == job_id
    assert system.services.jobs.get(job_id).state == "waiting"


def test_jobs_of_others_are_unknown(system, ada, bob):
    job_id = system.post("/organization/build", BUILD, ada).ok["data"]["job_id"]
    for path in (job_id, "nope", "%27", "x" * 5000, "0"):
        answer = system.get(f"/organization/build/{path}", bob)
        assert (answer.status, answer.errors) == (400, ["JOB_NOT_FOUND"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 256),
        ("location", "USA"),
        ("location", "XX"),
        ("base_currency", "US"),
        ("base_currency", "QQQ"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("fiscal_year", "brumaire"),
        ("language", "tlh"),
        ("date_format", "whatever"),
        ("industry", "x" * 256),
        ("name", None),
        ("language", None),
    ],
)
def test_build_fields(system, ada, field, value):
    answer = system.post("/organization/build", BUILD | {field: value}, ada)
    assert (answer.status, answer.errors[0]) == (400, "VALIDATION_ERROR")
    assert answer.json["message"][0]["property"] == field
    assert system.services.jobs.find() == []


def test_build_is_lenient(system, ada):
    body = {"Name": "B", "baseCurrency": "eur", "location": "de", "timezone": "UTC", "fiscal-year": "July", "language": "es",
            "date_format": "MM/DD/YY", "industry": ""}  # fmt: skip
    assert system.post("/organization/build", body, ada).status == 200
    metadata = system.get("/organization/current", ada).ok["metadata"]
    assert (metadata["base_currency"], metadata["location"], metadata["fiscal_year"]) == ("EUR", "DE", "july")


def test_token_of_one_with_the_header_of_another(system, ada, bob):
    for path in (
        "/organization/current",
        "/subscription",
        "/auth/account",
        "/organizations",
        "/organization/build/x",
        "/api-keys",
    ):
        for header in (bob.organization_id, "no-such-organization", "' OR 1=1", "x" * 5000):
            answer = system.get(path, token=ada.token, organization=header)
            assert (answer.status, answer.errors) == (403, ["ORGANIZATION_NOT_YOURS"])
    foreign = [
        system.get("/organization/current", token=ada.token, organization=name).body for name in (bob.organization_id, "x")
    ]
    assert foreign[0] == foreign[1]
    build = system.post("/organization/build", BUILD, token=ada.token, organization=bob.organization_id)
    assert build.status == 403


def test_the_header_is_needed(system, ada):
    answer = system.get("/organization/current", token=ada.token)
    assert (answer.status, answer.errors, answer.json["message"]) == (
        401, ["ORGANIZATION_ID_REQUIRED"], "Organization ID is required.",
    )  # fmt: skip
    assert system.get("/organization/current").errors == ["UNAUTHORIZED"]


def test_several_organizations(system, ada):
    made = system.post("/organizations", {"name": "Second 🏛"}, ada).created
    assert made["organization_id"] != ada.organization_id
    places = system.get("/organizations", token=ada.token).ok["organizations"]
    assert [(place["name"], place["state"], place["is_current"]) for place in places] == [
        (None, "unbuilt", True), ("Second 🏛", "unbuilt", False),
    ]  # fmt: skip
    assert all(place["role_slug"] == "admin" and place["is_owner"] and place["active"] for place in places)

    second = made["organization_id"]
    assert system.get("/organization/current", token=ada.token, organization=second).ok["id"] == made["tenant_id"]
    places = system.get("/organizations", token=ada.token, organization=second).ok["organizations"]
    assert [place["is_current"] for place in places] == [False, True]
    assert system.sign_in().organization_id == second  # the last used one
    assert system.get("/auth/account", token=ada.token).ok["tenant_id"] == made["tenant_id"]
    system.clock.advance(seconds=60)  # what is known from memory is not noted
    system.get("/organization/current", ada)
    assert system.sign_in().organization_id == ada.organization_id


def test_organizations_are_bounded(system, ada, monkeypatch):
    monkeypatch.setattr("tenancy.identity.organizations.ORGANIZATIONS_PER_PERSON_MAX", 3)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: system.post("/organizations", {}, ada), range(6)))
    assert sorted(answer.status for answer in answers) == [201, 201, 400, 400, 400, 400]
    assert answers[-1].status == 201 or system.post("/organizations", {}, ada).errors == ["ORGANIZATIONS_TOO_MANY"]


def test_a_repeated_request_makes_one_organization(system, ada, bob):
    headers = {"idempotency-key": "one"}
    first = system.post("/organizations", {"name": "A"}, ada, headers=headers)
    assert system.post("/organizations", {"name": "A"}, ada, headers=headers).body == first.body
    assert system.post("/organizations", {"name": "B"}, ada, headers=headers).errors == ["IDEMPOTENCY_KEY_REUSED"]
    assert system.post("/organizations", {"name": "A"}, bob, headers=headers).body != first.body
    assert len(system.get("/organizations", ada).ok["organizations"]) == 2


def test_an_inactive_membership(system, ada):
    assert system.get("/organization/current", ada).status == 200
    apply_effects(system.services, ada.tenant_id, {"membership.changed": {"user_id": ada.user_id, "active": False}})
    answer = system.get("/organization/current", ada)
    assert (answer.status, answer.errors) == (400, ["USER_INACTIVE"])
    apply_effects(
        system.services, ada.tenant_id, {"membership.changed": [{"user_id": ada.user_id, "active": True, "role_slug": "staff"}]}
    )
    assert system.get("/organizations", ada).ok["organizations"][0]["role_slug"] == "staff"


def test_somebody_who_belongs_nowhere(system, ada):
    system.sql("UPDATE memberships SET active = 0")
    form = system.post("/auth/signin", {"email": ada.email, "password": "correct horse battery"}).created
    assert (form["organization_id"], form["tenant_id"]) == (None, None)
    assert system.get("/auth/account", token=form["access_token"]).ok["tenant_id"] is None


def test_profile_effects_update_the_copy(system, ada, bob):
    system.post("/organization/build", BUILD, ada)
    system.post("/organization/build", BUILD, bob)
    address = {"address1": "1 Way", "address2": None, "city": "Rome", "state_province": None, "postal_code": "1", "phone": None}
    payload = {"tenant_id": bob.tenant_id, "organization_id": "stolen", "name": "New", "logo_key": "a/b c", "address": address}
    apply_effects(system.services, ada.tenant_id, {"organization.profile": payload, "unknown": {}})
    metadata = system.get("/organization/current", ada).ok["metadata"]
    assert (metadata["name"], metadata["tenant_id"], metadata["base_currency"]) == ("New", ada.tenant_id, "USD")
    assert metadata["logo_uri"] == "/api/attachments/a%2Fb%20c"
    assert metadata["address"] == {**address, "address_1": "1 Way", "address_2": None}
    assert system.get("/organization/current", bob).ok["metadata"]["name"] == "Analytical Engines"
    apply_effects(system.services, None, {"organization.profile": payload})


def test_both_spellings_of_the_address(system, ada):
    profile = Organization(ada.tenant_id, ada.organization_id, "A", "USD", address={"address_1": "x", "city": "y"})
    with system_transaction(system.services.engine) as connection:
        update_profile(connection, ada.tenant_id, profile, system.clock.now())
    address = system.get("/organization/current", ada).ok["metadata"]["address"]
    assert (address["address1"], address["address_1"], address["city"]) == ("x", "x", "y")


def test_subscription(system, ada):
    [row] = system.get("/subscription", ada).ok["subscriptions"]
    assert (row["slug"], row["active"], row["plan_slug"], row["canceled_at_formatted"]) == ("main", True, "free", "")
    assert "id" not in row


def test_system_database(system):
    assert system.get("/system_db").ok == {"status": "ok"}
    system.services.engine.dispose()
    assert system.get("/system_db/").ok == {"status": "ok"}


def test_unknown_routes(system):
    for method, path, status in (("GET", "/nope", 404), ("DELETE", "/auth/signin", 405)):
        found = run_system_request(system.services, WireRequest("1", method, path))
        assert found.status == status
        assert b'"errors"' in found.body
    for path in ("/organization/current", "/api-keys", "/auth/account"):
        assert run_system_request(system.services, WireRequest("1", "GET", path)).status == 401  # a gateway that forgot to ask
