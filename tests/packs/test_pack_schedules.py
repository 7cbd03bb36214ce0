import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenancy.packs.model import PACK
from tenancy.packs.running import allowed_tenants
from tenancy.packs.schedules import (
    SCHEDULE,
    Month,
    begin_schedule,
    due_at,
    end_schedule,
    first_month,
    new_schedule_id,
    open_schedules,
    period,
    run_occurrence,
)
from tenancy.registry import set_membership
from tenancy.system_database import system_transaction
from tests.packs.conftest import records_of

BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")
NOW = datetime(2024, 6, 10, 12, 0, tzinfo=UTC)


def test_an_occurrence_is_due_as_its_day_begins_where_the_organization_is():
    assert due_at(Month(2024, 7), 1, BERLIN) == datetime(2024, 6, 30, 22, 0, tzinfo=UTC)
    assert due_at(Month(2024, 1), 1, BERLIN) == datetime(2023, 12, 31, 23, 0, tzinfo=UTC)
    assert due_at(Month(2024, 7), 5, AUCKLAND) == datetime(2024, 7, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day", "zone", "expected"),
    [
        (NOW, 11, BERLIN, Month(2024, 6)),
        (NOW, 10, BERLIN, Month(2024, 7)),
        (datetime(2024, 12, 31, 12, 0, tzinfo=UTC), 1, AUCKLAND, Month(2025, 2)),
        (datetime(2024, 12, 31, 12, 0, tzinfo=UTC), 1, BERLIN, Month(2025, 1)),
    ],
)
def test_the_first_occurrence_lies_ahead(now, day, zone, expected):
    assert first_month(now, day, zone) == expected
    assert due_at(expected, day, zone) > now


def test_months_follow_each_other():
    assert (Month(2024, 12).next, Month(2024, 1).next, str(Month.of("2024-02"))) == (Month(2025, 1), Month(2024, 2), "2024-02")


def test_what_an_occurrence_reports_on():
    assert period(Month(2024, 3), "previous_month", "january") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period(Month(2024, 1), "previous_month", "january") == (date(2023, 12, 1), date(2023, 12, 31))
    assert period(Month(2024, 3), "fiscal_year_to_date", "april") == (date(2023, 4, 1), date(2024, 2, 29))
    assert period(Month(2024, 4), "fiscal_year_to_date", "april") == (date(2023, 4, 1), date(2024, 3, 31))


@pytest.fixture
def scheduled(office):
    """A schedule of the first organization's owner."""
    record = records_of(office.installation)[0]
    payload = {
        "day": 5,
        "covers": "previous_month",
        "request": {"reports": ["balance-sheet"], "formats": ["csv"], "columns": "total"},
        "requested_by": record.owner_user_id,
        "all_organizations": False,
    }
    job = begin_schedule(office.store, record, payload, NOW, new_schedule_id(), unique_key=f"{SCHEDULE}:1")
    return record, job


def _claim(office, now, by="scheduler", lease_s=30):
    return office.store.claim([SCHEDULE], claimed_by=by, lease_s=lease_s, now=now)


def _packs(office):
    return sorted(office.store.find(kind=PACK), key=lambda job: job.payload["request"]["from_date"])


def _run_due(office, now, by="scheduler"):
    """As a scheduler does: whatever is due, until nothing is."""
    count = 0
    while (job := _claim(office, now, by)) is not None:
        office.store.complete(job.id, run_occurrence(office.installation.engine, office.store, job), claimed_by=by)
        count += 1
    return count


def test_each_month_has_its_pack_also_those_that_were_missed(office, scheduled):
    record, job = scheduled
    assert _claim(office, NOW) is None
    assert job.due_at == datetime(2024, 7, 5, tzinfo=UTC)
    assert _run_due(office, datetime(2024, 10, 20, tzinfo=UTC)) == 4
    packs = _packs(office)
    assert [pack.payload["request"]["from_date"] for pack in packs] == ["2024-06-01", "2024-07-01", "2024-08-01", "2024-09-01"]
    assert all(pack.payload["tenant_ids"] == [record.id] and pack.tenant_id == record.id for pack in packs)
    (following,) = open_schedules(office.store, tenant_id=record.id, user_id=record.owner_user_id)
    assert following.due_at == datetime(2024, 11, 5, tzinfo=UTC)


def test_two_schedulers_make_one_pack_of_a_month(office, scheduled):
    ready, counts = threading.Barrier(2), []

    def work(name):
        ready.wait(10)
        counts.append(_run_due(office, datetime(2024, 9, 20, tzinfo=UTC), name))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(counts) >= 1
    _run_due(office, datetime(2024, 9, 20, tzinfo=UTC))
    assert len(_packs(office)) == 3


@pytest.mark.parametrize("survives", [0, 1, 2])
def test_a_scheduler_that_dies_in_between_is_made_good_by_the_next(office, scheduled, survives):
    record, _ = scheduled
    now = datetime(2024, 7, 6, tzinfo=UTC)
    job = _claim(office, now, by="dies", lease_s=5)

    class Dying:
        """The store, until it has taken so many jobs."""

        left = survives

        def create(self, *arguments, **options):
            if self.left == 0:
                raise ConnectionAbortedError
            self.left -= 1
            return office.store.create(*arguments, **options)

        def __getattr__(self, name):
            return getattr(office.store, name)

    if survives < 2:
        with pytest.raises(ConnectionAbortedError):
            run_occurrence(office.installation.engine, Dying(), job)
    else:
        run_occurrence(office.installation.engine, Dying(), job)  # and dies before it can say so
    assert _run_due(office, now + timedelta(seconds=10), "lives") == 1
    assert len(_packs(office)) == 1
    assert len(open_schedules(office.store, tenant_id=record.id, user_id=record.owner_user_id)) == 1


def test_an_ended_schedule_makes_no_more_packs(office, scheduled):
    record, job = scheduled
    schedule_id, owner = job.payload["schedule_id"], record.owner_user_id
    assert not end_schedule(office.store, schedule_id, tenant_id=record.id, user_id=owner + 1)
    assert not end_schedule(office.store, schedule_id, tenant_id=record.id + 1, user_id=owner)
    assert end_schedule(office.store, schedule_id, tenant_id=record.id, user_id=owner)
    assert not end_schedule(office.store, schedule_id, tenant_id=record.id, user_id=owner)
    assert _run_due(office, datetime(2025, 1, 1, tzinfo=UTC)) == 0
    assert _packs(office) == []


def test_a_schedule_that_is_ended_while_it_runs_has_no_successor(office, scheduled):
    record, job = scheduled
    running = _claim(office, datetime(2024, 7, 6, tzinfo=UTC))
    real = office.store.create

    class Ending:
        def create(self, kind, **options):
            made = real(kind, **options)
            if kind == PACK:
                end_schedule(office.store, job.payload["schedule_id"], tenant_id=record.id, user_id=record.owner_user_id)
            return made

        def __getattr__(self, name):
            return getattr(office.store, name)

    run_occurrence(office.installation.engine, Ending(), running)
    assert open_schedules(office.store, tenant_id=record.id, user_id=record.owner_user_id) == []
    assert _run_due(office, datetime(2025, 1, 1, tzinfo=UTC)) == 0


def test_who_lost_the_right_gets_no_more_packs(office, scheduled):
    record, _ = scheduled
    engine, owner = office.installation.engine, record.owner_user_id
    with system_transaction(engine) as connection:
        set_membership(connection, owner, record.id, role_slug_hint="staff")
    try:
        with engine.connect() as connection:
            assert allowed_tenants(connection, owner) == []
        assert _run_due(office, datetime(2024, 12, 1, tzinfo=UTC)) == 1
        assert _packs(office) == []
    finally:
        with system_transaction(engine) as connection:
            set_membership(connection, owner, record.id, role_slug_hint="admin")
