"""What a verification of the books found. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

FINDINGS_MAX = 100
"""Problems and notes kept of one check; further ones are only counted."""


@dataclass(slots=True)
class Check:
    """One question put to the books, and its answer."""

    name: str
    title: str
    checked: int = 0
    """How many things were looked at."""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is worth knowing and may be right, such as a gap in a number series."""
    omitted: int = 0
    """Findings beyond the bound."""

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def problem(self, text: str) -> None:
        """Note something that is wrong."""
        self._keep(self.problems, text)

    def problem_each(self, texts: Iterable[str]) -> None:
        """Note several things that are wrong."""
        for text in texts:
            self.problem(text)

    def note(self, text: str) -> None:
        """Note something worth knowing."""
        self._keep(self.notes, text)

    def _keep(self, findings: list[str], text: str) -> None:
        if len(findings) < FINDINGS_MAX:
            findings.append(text)
        else:
            self.omitted += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPosition:
    """Where the ledger stood: what a backup or another run can be compared with. Amounts in base currency."""

    lines: int
    last_line_id: int
    debit: Decimal
    credit: Decimal
    audit_entries: int
    audit_head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """The result of one verification."""

    organization: str
    base_currency: str
    checks: tuple[Check, ...]
    ledger: LedgerPosition

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def problems(self) -> list[str]:
        """All that is wrong, by check; bounded."""
        return [f"{check.name}: {problem}" for check in self.checks for problem in check.problems]

    @property
    def notes(self) -> list[str]:
        """All that is worth knowing, by check; bounded."""
        return [f"{check.name}: {note}" for check in self.checks for note in check.notes]

    @property
    def counts(self) -> dict[str, int]:
        """How many things each check looked at."""
        return {check.name: check.checked for check in self.checks}
