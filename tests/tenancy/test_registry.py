import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from domain.kit.context import Organization
from tenancy import registry
from tenancy.system_database import system_transaction
from tenancy.system_tables import subscriptions, tenants


def test_a_new_tenant_has_an_owner_a_subscription_and_a_database_name(installation):
    record = installation.describe()
    with installation.engine.connect() as connection:
        assert registry.memberships_of(connection, record.owner_user_id) == [
            registry.Membership(record.owner_user_id, record.id, "admin", active=True)
        ]
        assert connection.execute(select(subscriptions.c.slug)).scalars().all() == ["main"]
    assert record.database_name == installation.config.tenant_database_prefix + record.organization_id
    assert record.organization_id == record.organization_id.lower()
    assert not record.ready


def test_names_are_found_ignoring_letter_case_of_any_script(installation):
    first, second = installation.describe("Übung & École"), installation.describe("übung & école")
    with installation.engine.connect() as connection:
        assert registry.find_by_name(connection, "ÜBUNG & ÉCOLE") == [first, second]
        assert registry.find_by_name(connection, second.organization_id) == [second]
        assert registry.find_by_name(connection, "Übung") == []
        assert registry.find_by_organization_id(connection, first.organization_id) == first
        assert registry.find_by_organization_id(connection, "nobody") is None


def test_the_whole_profile_is_kept(installation):
    record = installation.describe()
    profile = Organization(
        tenant_id=record.id,
        organization_id=record.organization_id,
        name="Näherei „Zwirn“ 🧵",
        base_currency="EUR",
        location="DE",
        industry="Textiles",
        language="de",
        timezone="Europe/Berlin",
        date_format="DD.MM.YYYY",
        fiscal_year="april",
        tax_number="DE 123",
        primary_color="#aabbcc",
        logo_key="logo/1",
        address={"address1": "Straße 1", "city": "Köln"},
    )
    assert all(getattr(profile, item.name) for item in dataclasses.fields(profile)), "a field was left out of this test"
    later = installation.clock.now() + timedelta(days=1)
    with system_transaction(installation.engine) as connection:
        registry.update_profile(connection, record.id, profile, later)
    stored = installation.record(record)
    assert (stored.profile, stored.name, stored.updated_at) == (profile, profile.name, later)
    assert stored.created_at == record.created_at


def test_the_way_of_a_tenant_to_built_books(installation):
    record, now = installation.describe(), installation.clock.now()
    with system_transaction(installation.engine) as connection:
        registry.set_build_job(connection, record.id, "job-1", now)
        assert registry.get_tenant(connection, record.id).build_job_id == "job-1"
        registry.mark_initialized(connection, record.id, now, revision="0001")
        assert not registry.get_tenant(connection, record.id).ready
        assert registry.list_tenants(connection) == []
        registry.mark_built(connection, record.id, now)
        built = registry.get_tenant(connection, record.id)
        assert registry.list_tenants(connection) == [built]
    assert built.ready
    assert (built.build_job_id, built.schema_revision, built.migration_state) == (None, "0001", "current")


def test_a_failed_migration_keeps_the_revision_and_says_why(installation):
    record, now = installation.describe(), installation.clock.now()
    with system_transaction(installation.engine) as connection:
        registry.mark_initialized(connection, record.id, now, revision="0001")
        registry.mark_migration(connection, record.id, now, state="failed", error="no disk left")
        failed = registry.get_tenant(connection, record.id)
        registry.mark_migration(connection, record.id, now, state="current", revision="0002")
        cured = registry.get_tenant(connection, record.id)
    assert (failed.schema_revision, failed.migration_state, failed.migration_error) == ("0001", "failed", "no disk left")
    assert (cured.schema_revision, cured.migration_state, cured.migration_error) == ("0002", "current", None)


def test_a_person_belongs_to_many_tenants_once_each(installation):
    first, second = installation.describe("First"), installation.describe("Second")
    user_id, later = first.owner_user_id, installation.clock.now() + timedelta(days=1)
    with system_transaction(installation.engine) as connection:
        registry.add_membership(connection, user_id=user_id, tenant_id=second.id, role_slug=None, now=later)
    with pytest.raises(IntegrityError), system_transaction(installation.engine) as connection:
        registry.add_membership(connection, user_id=user_id, tenant_id=second.id, role_slug="admin", now=later)
    with system_transaction(installation.engine) as connection:
        registry.set_membership(connection, user_id, second.id, active=False, role_slug_hint="staff")
        assert registry.tenants_of(connection, user_id) == [first, second]
        assert registry.find_membership(connection, user_id, second.id) == registry.Membership(
            user_id, second.id, "staff", active=False
        )
        assert registry.find_membership(connection, second.owner_user_id, first.id) is None
        assert registry.find_membership(connection, user_id, first.id).active


def test_a_transaction_that_fails_leaves_no_tenant(installation):
    record = installation.describe()

    def insert_and_fail():
        with system_transaction(installation.engine) as connection:
            registry.insert_tenant(connection, owner_user_id=record.owner_user_id, now=installation.clock.now(), prefix="x_")
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        insert_and_fail()
    with installation.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tenants)).scalar() == 1
