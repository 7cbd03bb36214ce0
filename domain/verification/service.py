"""Verification: everything that is stored beside the ledger is computed again and compared."""

from collections.abc import Iterator

from sqlalchemy import Connection

from domain.accounts.repository import AMOUNTS, CHART
from domain.audit.service import check_chain
from domain.kit.warm import WarmState
from domain.organization.repository import ORGANIZATION
from domain.settings.repository import SETTINGS
from domain.verification import document_checks, ledger_checks, repository, warm_checks
from domain.verification.model import FINDINGS_MAX, Check, VerificationReport


def verify_books(connection: Connection, *, warm: WarmState | None = None, version: int | None = None) -> VerificationReport:
    """Check the books of one tenant, in the read transaction of the connection. Nothing is changed.

    With the warm state of the running tenant, that is compared with the database too. `version` is the warm state's before the
    transaction read anything; without it, the present one.
    """
    if warm is not None and version is None:
        version = warm.version
    organization = ORGANIZATION.load(connection)
    checks = list(_checks(connection, organization.base_currency))
    if warm is not None and version is not None:
        checks.append(warm_checks.memory_equals_database(connection, warm, version))
    return VerificationReport(
        organization=organization.name,
        base_currency=organization.base_currency,
        checks=tuple(checks),
        ledger=repository.ledger_position(connection),
    )


def _checks(connection: Connection, base_currency: str) -> Iterator[Check]:
    chart = CHART.load(connection)
    yield ledger_checks.postings_balance(connection)
    yield ledger_checks.account_balances(connection, chart, AMOUNTS.load(connection), base_currency)
    yield ledger_checks.contact_balances(connection, chart, base_currency)
    yield document_checks.documents_are_posted(connection)
    yield document_checks.document_amounts(connection)
    yield document_checks.opening_balances(connection)
    yield document_checks.document_numbers(connection, SETTINGS.load(connection))
    yield audit_chain(connection)
    yield references(connection)
    yield stored_answers(connection)


def audit_chain(connection: Connection) -> Check:
    """No entry of the audit trail was changed, removed or put in afterwards (DECISIONS 13)."""
    check = Check("audit trail", "The audit trail is as it was written", checked=repository.audit_entries(connection))
    check.problem_each(check_chain(connection))
    return check


def references(connection: Connection) -> Check:
    """No record refers to one that is not there."""
    check = Check("references", "Every reference leads to a record")
    for column, target, count in repository.orphans(connection):
        check.checked += 1
        if count:
            check.problem(f"{count} rows of {column.table.name} have a {column.name} that is not in {target.table.name}")
    return check


def stored_answers(connection: Connection) -> Check:
    """Answers kept for repeated writes are of the form that the service writes."""
    check = Check("idempotency", "Answers kept for repeated writes are sound")
    check.checked, wrong = repository.stored_answers(connection, FINDINGS_MAX)
    check.problem_each(f"the answer kept under {key!r} is not of the service's form" for key in wrong)
    return check
