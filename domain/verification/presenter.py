"""A verification as JSON and as text."""

from typing import Any

from domain.verification.model import Check, VerificationReport


def report_form(report: VerificationReport) -> dict[str, Any]:
    """The report as it travels."""
    ledger = report.ledger
    return {
        "passed": report.passed,
        "organization_name": report.organization,
        "base_currency": report.base_currency,
        "problems": report.problems,
        "notes": report.notes,
        "checks": [_check_form(check) for check in report.checks],
        "ledger": {
            "lines": ledger.lines,
            "last_line_id": ledger.last_line_id,
            "debit": ledger.debit,
            "credit": ledger.credit,
            "audit_entries": ledger.audit_entries,
            "audit_head": ledger.audit_head,
        },
    }


def _check_form(check: Check) -> dict[str, Any]:
    return {
        "name": check.name,
        "title": check.title,
        "passed": check.passed,
        "checked": check.checked,
        "problems": check.problems,
        "notes": check.notes,
        "omitted": check.omitted,
    }


def render_text(report: VerificationReport) -> str:
    """The report for people: a line a check, its findings below."""
    ledger = report.ledger
    lines = [
        f"Books of {report.organization} ({report.base_currency})",
        f"Ledger: {ledger.lines} lines up to id {ledger.last_line_id}, debit {ledger.debit}, credit {ledger.credit}",
        f"Audit trail: {ledger.audit_entries} entries up to {ledger.audit_head[:16]}…",
        "",
    ]
    for check in report.checks:
        lines.append(f"{'ok     ' if check.passed else 'WRONG  '}{check.title} ({check.checked} checked)")
        lines += [f"         ! {problem}" for problem in check.problems]
        lines += [f"         · {note}" for note in check.notes]
        if check.omitted:
            lines.append(f"         … and {check.omitted} more")
    wrong = sum(len(check.problems) for check in report.checks)
    lines += [
        "",
        "The books are right." if report.passed else f"{wrong} problems. Restore a backup, or mend the records named above.",
    ]
    return "\n".join(lines)
