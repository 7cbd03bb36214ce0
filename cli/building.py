"""People and organizations made by an operator, without the web."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cli.books import System
from domain.kit.context import Organization, SystemClock
from tenancy.identity.passwords import hash_password
from tenancy.identity.users import User, find_by_email, insert_user, set_last_tenant
from tenancy.provisioning import build_tenant
from tenancy.registry import TenantRecord, get_tenant, insert_tenant, tenants_of, update_profile
from tenancy.system_database import system_transaction

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
NAME_LENGTH_MAX = 255


class BuildingError(RuntimeError):
    """An organization cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organization is to be. `fiscal_year` is the English name of its first month, in lower case."""

    name: str
    currency: str
    location: str
    timezone: str
    fiscal_year: str

    def check(self) -> None:
        """Refuse what would not make an organization.

        Raises:
            BuildingError: the message says what is wrong.

        """
        if not 0 < len(self.name.strip()) <= NAME_LENGTH_MAX:
            raise BuildingError(f"a name has 1 to {NAME_LENGTH_MAX} characters")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise BuildingError(f"{self.currency} is no currency code of ISO 4217, such as USD")
        if not re.fullmatch("[A-Z]{2}", self.location):
            raise BuildingError(f"{self.location} is no country code of two letters, such as US")
        if self.fiscal_year not in MONTHS:
            raise BuildingError(f"{self.fiscal_year} is no month; say january, april, …")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise BuildingError(f"{self.timezone} is no time zone; say Europe/Berlin, for example") from problem


def find_person(system: System, email: str) -> User | None:
    """Who signed up with an e-mail address."""
    with system.engine.connect() as connection, connection.begin():
        return find_by_email(connection, email)


def add_person(system: System, email: str, *, first_name: str, last_name: str, password: str) -> User:
    """Someone new, verified, who can sign in with the password.

    Raises:
        EMAIL_EXISTS: the address was used before.

    """
    password_hash = hash_password(password)
    with system_transaction(system.engine) as connection:
        return insert_user(
            connection,
            email=email,
            first_name=first_name,
            last_name=last_name,
            password_hash=password_hash,
            now=SystemClock().now(),
        )


def build(system: System, profile: Profile, owner: User, *, progress: Callable[[int], None]) -> TenantRecord:
    """The organization of this name that the person owns: made and built if it is not there, finished if it is half built.

    `progress` is called with percents.

    Raises:
        BuildingError: the profile cannot be used.

    """
    profile.check()
    record = _find(system, profile.name, owner) or _insert(system, profile, owner)
    build_tenant(system.config, system.engine, record.id, progress=progress, clock=SystemClock())
    progress(100)
    return _find(system, profile.name, owner) or record


def _find(system: System, name: str, owner: User) -> TenantRecord | None:
    with system.engine.connect() as connection, connection.begin():
        records = tenants_of(connection, owner.id)
    return next((record for record in records if record.owner_user_id == owner.id and record.name == name), None)


def _insert(system: System, profile: Profile, owner: User) -> TenantRecord:
    now = SystemClock().now()
    with system_transaction(system.engine) as connection:
        record = insert_tenant(connection, owner_user_id=owner.id, now=now, prefix=system.config.tenant_database_prefix)
        described = Organization(
            tenant_id=record.id,
            organization_id=record.organization_id,
            name=profile.name,
            base_currency=profile.currency,
            location=profile.location,
            timezone=profile.timezone,
            fiscal_year=profile.fiscal_year,
        )
        update_profile(connection, record.id, described, now)
        set_last_tenant(connection, owner.id, record.id)
        return get_tenant(connection, record.id) or record
