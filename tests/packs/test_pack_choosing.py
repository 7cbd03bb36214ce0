"""Packs and schedules of chosen organizations: only one's own, and not a word about whose the others are."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.errors import DomainError
from domain.kit.exchange import WireRequest
from tenancy.packs import choosing, service
from tenancy.packs.model import PACK
from tenancy.packs.schedules import SCHEDULE, run_occurrence
from tenancy.registry import TenantRecord, add_membership, set_membership
from tenancy.system_database import system_transaction
from tenancy.system_runtime import run_system_request
from tests.packs.test_pack_endpoints import ASKED, _another, _ask, _build, _drive, boss
from tests.tenancy.identity.conftest import ada, bob, make_system, system

__all__ = ["ada", "bob", "boss", "make_system", "system"]

MONTHLY = {"reports": ["profit-loss"], "formats": ["csv"], "day": 3}
FORBIDDEN = "PACK_ORGANIZATION_FORBIDDEN"
NOW = datetime(2024, 1, 1, tzinfo=UTC)


def _record(number):
    absent = dict.fromkeys(
        ("name", "initialized_at", "seeded_at", "built_at", "build_job_id", "upgrade_job_id", "schema_revision", "migration_state",
         "migration_error", "migrated_at", "profile"),
    )  # fmt: skip
    return TenantRecord(
        id=number, organization_id=f"o{number}", database_name="", owner_user_id=1, created_at=NOW, updated_at=NOW, **absent
    )


@given(offered=st.sets(st.integers(0, 9)), wanted=st.lists(st.integers(0, 12), min_size=1, max_size=30))
def test_what_is_chosen_is_what_was_wanted_or_the_refusal_names_the_rest(offered, wanted):
    records = [_record(number) for number in offered]
    ids = [f"o{number}" for number in wanted]
    missing = [f"o{number}" for number in dict.fromkeys(wanted) if number not in offered]
    if missing:
        with pytest.raises(DomainError) as refusal:
            choosing.choose(records, ids)
        assert refusal.value.code is choosing.PACK_ORGANIZATION_FORBIDDEN
        assert refusal.value.payload == {"organizationIds": missing}
    else:
        assert [record.id for record in choosing.choose(records, ids)] == [record.id for record in records if record.id in wanted]


@pytest.mark.parametrize("wanted", [[], None])
def test_none_is_refused(wanted):
    with pytest.raises(DomainError) as refusal:
        choosing.choose([], wanted)
    assert refusal.value.code is choosing.PACK_ORGANIZATIONS_NONE


def test_all_are_at_most_so_many(monkeypatch):
    monkeypatch.setattr(choosing, "TENANTS_MAX", 3)
    records = [_record(number) for number in range(4)]
    assert choosing.choose(records[:3], None) == records[:3]
    with pytest.raises(DomainError) as refusal:
        choosing.choose(records, None)
    assert refusal.value.code is choosing.PACK_ORGANIZATIONS_TOO_MANY


def test_a_pack_is_of_the_chosen_organizations(system, boss):
    _another(system, boss)
    third = _another(system, boss, "Third")
    started = _ask(system, boss, organizationIds=[third.organization_id, third.organization_id]).created
    assert started["tenants"] == 1
    assert _drive(system, started["id"])["completed"] == 1
    (part,) = system.get(f"/report-packs/{started['id']}", boss).ok["parts"]
    assert (part["organization_id"], part["name"], part["state"]) == (third.organization_id, "Third", "completed")
    assert system.get(f"/report-packs/{started['id']}/download/{third.tenant_id}", boss).status == 200
    assert system.get(f"/report-packs/{started['id']}/download/{boss.tenant_id}", boss).errors == ["PACK_NOT_FOUND"]
    both = _ask(system, boss, organization_ids=[third.organization_id, boss.organization_id]).created
    assert both["tenants"] == 2


PLACES = {PACK: ("/report-packs", ASKED), SCHEDULE: ("/report-packs/schedules", MONTHLY)}


@pytest.mark.parametrize("kind", PLACES)
def test_what_is_not_ones_own_is_answered_as_what_does_not_exist(system, boss, bob, kind):
    path, asked = PLACES[kind]
    _build(system, bob, name="Bob's")
    staffed = _another(system, bob, "Staffed")
    unbuilt = system.post("/organizations", {"name": "Unbuilt"}, boss).created
    lost = _another(system, boss, "Lost")
    with system_transaction(system.services.engine) as connection:
        add_membership(connection, user_id=boss.user_id, tenant_id=staffed.tenant_id, role_slug="staff", now=system.clock.now())
        set_membership(connection, boss.user_id, lost.tenant_id, active=False)

    def answer(organization_id):
        got = system.post(path, asked | {"organization_ids": [boss.organization_id, organization_id]}, boss)
        assert got.errors == [FORBIDDEN]
        return got.status, got.body.replace(organization_id.encode(), b"*"), sorted(got.headers)

    nowhere = answer("01HZZZZZZZZZZZZZZZZZZZZZZZ")
    assert nowhere[0] == 403
    for other in (bob.organization_id, staffed.organization_id, unbuilt["organization_id"], lost.organization_id):
        assert answer(other) == nowhere, other
    assert system.services.jobs.find(kind=kind) == []


def test_a_refusal_names_what_is_wrong_and_only_so_much(system, boss):
    wrong = [f"nowhere-{number}" for number in range(25)]
    answer = _ask(system, boss, organization_ids=[boss.organization_id, *wrong])
    (problem,) = answer.json["errors"]
    assert problem["payload"] == {"organizationIds": wrong[:10]}
    assert "“nowhere-0”, " in problem["message"]
    assert "“nowhere-9” and 15 more" in problem["message"]
    assert boss.organization_id not in problem["message"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"organization_ids": []}, "VALIDATION_ERROR"),
        ({"organization_ids": [""]}, "VALIDATION_ERROR"),
        ({"organization_ids": [7]}, "VALIDATION_ERROR"),
        ({"organization_ids": {"a": "b"}}, "VALIDATION_ERROR"),
        ({"organization_ids": ["x" * 61]}, "VALIDATION_ERROR"),
        ({"organization_ids": ["x"] * 1001}, "VALIDATION_ERROR"),
        ({"organization_ids": "nowhere"}, FORBIDDEN),
        ({"organization_ids": ["x"], "all_organizations": True}, "PACK_ORGANIZATIONS_AMBIGUOUS"),
    ],
)
@pytest.mark.parametrize("kind", PLACES)
def test_bad_choices(system, boss, kind, changes, code):
    path, asked = PLACES[kind]
    assert set(system.post(path, asked | changes, boss).errors) == {code}
    assert system.services.jobs.find(kind=kind) == []


def test_an_api_key_reaches_no_other_organization(system, boss):
    second = _another(system, boss)
    principal = replace(system.principal("GET", "/report-packs", boss.token, boss.organization_id), api_key_id=1, token_id=None)

    def ask(organization_id):
        body = f'{{"reports": ["journal"], "formats": ["csv"], "organizationIds": ["{organization_id}"]}}'.encode()
        request = WireRequest(id="key", method="POST", path="/report-packs", principal=principal, body=body)
        return run_system_request(system.services, request)

    other, nowhere = ask(second.organization_id), ask("nowhere")
    assert (other.status, nowhere.status) == (403, 403)
    assert other.body.replace(second.organization_id.encode(), b"nowhere") == nowhere.body
    assert ask(boss.organization_id).status == 201


def _schedule(system, person, **changes):
    return system.post("/report-packs/schedules", MONTHLY | changes, person)


def _due(system, month):
    """Run what is due of schedules, as the scheduler does."""
    store, results = system.services.jobs, []
    now = datetime(2024, month, 20, tzinfo=UTC)
    while (job := store.claim([SCHEDULE], claimed_by="scheduler", lease_s=30, now=now)) is not None:
        results.append(run_occurrence(system.services.engine, store, job))
        store.complete(job.id, results[-1], claimed_by="scheduler")
    return results


def test_a_schedule_of_chosen_organizations_makes_packs_of_those_one_still_administers(system, boss):
    second, third = _another(system, boss), _another(system, boss, "Third")
    chosen = [second.organization_id, third.organization_id]
    _schedule(system, boss, organization_ids=chosen).created  # noqa: B018 - a check
    (shown,) = system.get("/report-packs/schedules", boss).ok["schedules"]
    assert (set(shown["organization_ids"]), shown["all_organizations"]) == (set(chosen), False)

    def last_pack():
        return max(system.services.jobs.find(kind=PACK), key=lambda job: job.payload["request"]["from_date"]).payload

    assert len(_due(system, 6)) == 1
    assert set(last_pack()["tenant_ids"]) == {second.tenant_id, third.tenant_id}
    with system_transaction(system.services.engine) as connection:
        set_membership(connection, boss.user_id, third.tenant_id, role_slug_hint="staff")
    assert len(_due(system, 7)) == 1
    assert last_pack()["tenant_ids"] == [second.tenant_id]
    with system_transaction(system.services.engine) as connection:
        set_membership(connection, boss.user_id, second.tenant_id, active=False)
    assert _due(system, 8) == [{"ended": "whoever made the schedule no longer administers any of its organizations"}]
    assert system.get("/report-packs/schedules", boss).ok == {"schedules": []}
    assert len(system.services.jobs.find(kind=PACK)) == 2


def test_the_bound_of_schedules_holds_for_twenty_at_once(system, boss, bob):
    """Each looks, and then creates: without care, all twenty would find room."""
    _build(system, bob, name="Bob's")
    room = 3
    first = [_schedule(system, boss).created["id"] for _ in range(service.SCHEDULES_MAX - room)]
    _due(system, 6)  # successors count as what they follow
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: _schedule(system, boss), range(20)))
    refused = [answer.errors for answer in answers if answer.status != 201]
    assert refused == [["PACK_SCHEDULES_TOO_MANY"]] * (20 - room)
    listed = {item["id"] for item in system.get("/report-packs/schedules", boss).ok["schedules"]}
    assert listed == {*first, *(answer.created["id"] for answer in answers if answer.status == 201)}
    assert len(listed) == service.SCHEDULES_MAX
    _schedule(system, bob).created  # noqa: B018 - each person has a bound of his own
    ended = system.call("DELETE", f"/report-packs/schedules/{first[0]}", token=boss.token, organization=boss.organization_id)
    assert ended.status == 200
    assert _schedule(system, boss).status == 201
    assert _schedule(system, boss).errors == ["PACK_SCHEDULES_TOO_MANY"]


def test_one_idempotency_key_makes_one_schedule(system, boss):
    headers = {"idempotency-key": "once"}
    made = [system.post("/report-packs/schedules", MONTHLY, boss, headers=headers).created for _ in range(2)]
    assert made[0] == made[1]
    assert len(system.get("/report-packs/schedules", boss).ok["schedules"]) == 1
