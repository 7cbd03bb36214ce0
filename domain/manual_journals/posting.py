"""What a manual journal puts into the ledger: its entries, line by line, converted (accounting.md 6.4)."""

from dataclasses import replace

from domain.kit.money import ZERO, convert
from domain.ledger.model import Journal, JournalLine, ReferenceType, settle_residue
from domain.manual_journals.model import ManualJournal, ManualJournalEntry


def journal_of(journal: ManualJournal, base_currency: str) -> Journal:
    """The posting. The residue of converting line by line goes to the line with the largest base amount."""
    lines = [_line(journal, entry, base_currency) for entry in journal.entries]
    settled = settle_residue(lines)
    return Journal(
        reference_type=ReferenceType.JOURNAL,
        reference_id=journal.id,
        date=journal.date,
        base_currency=base_currency,
        lines=tuple(_both_sides(line, mended) for line, mended in zip(lines, settled, strict=True)),
        transaction_number=journal.journal_number,
        reference_number=journal.reference,
    )


def _line(journal: ManualJournal, entry: ManualJournalEntry, base_currency: str) -> JournalLine:
    rate = journal.exchange_rate
    same = journal.currency_code == base_currency
    return JournalLine(
        account_id=entry.account_id,
        debit=entry.debit if same else convert(entry.debit, rate, base_currency),
        credit=entry.credit if same else convert(entry.credit, rate, base_currency),
        foreign_debit=entry.debit,
        foreign_credit=entry.credit,
        currency=journal.currency_code,
        rate=rate,
        index=entry.index,
        contact_id=entry.contact_id,
        branch_id=entry.branch_id,
        project_id=entry.project_id,
        note=entry.note,
    )


def _both_sides(line: JournalLine, mended: JournalLine) -> JournalLine:
    """A line with two sides keeps both when it takes the residue."""
    if mended is line or not (line.debit and line.credit):
        return mended
    shift = mended.movement - line.movement
    return replace(line, debit=line.debit + max(shift, ZERO), credit=line.credit + max(-shift, ZERO))
