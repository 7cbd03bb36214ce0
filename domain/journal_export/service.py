"""Writes the books as a journal file that hledger reads back to the same balances.

Amounts are as they were posted; a line in a foreign currency carries its worth in base currency as a total cost (`@@`), so that
`hledger balance --cost` shows the balances of our statements.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from sqlalchemy import RowMapping

from domain.accounts.model import Account, Chart
from domain.accounts.repository import CHART
from domain.journal_export import repository
from domain.journal_files.model import Amount
from domain.journal_files.writer import ExportedAccount, ExportedLine, ExportedTransaction, write_journal
from domain.kit.context import TenantContext
from domain.kit.errors import ErrorCode
from domain.kit.money import minor_unit, round_half_up
from domain.ledger.model import REFERENCE_LABELS, ReferenceType

LINES_MAX = 2_000_000
BOOKS_TOO_LARGE = ErrorCode("BOOKS_TOO_LARGE_TO_EXPORT", f"A journal file holds at most {LINES_MAX} lines of the ledger.")


def export_journal(ctx: TenantContext) -> str:
    """The text of the journal file: accounts that are posted to, then every posting by date.

    Raises:
        BOOKS_TOO_LARGE: more than `LINES_MAX` ledger lines.

    """
    if repository.count_lines(ctx.db) > LINES_MAX:
        raise BOOKS_TOO_LARGE()
    chart, base_currency = ctx.warm.get(CHART), ctx.base_currency
    names = {account.id: _path(chart, account) for account in chart}
    entries = list(_entries(ctx, names))
    used = {line.account for entry in entries for line in entry.lines}
    accounts = [
        ExportedAccount(names[account.id], account.account_type, account.description or "")
        for account in chart
        if names[account.id] in used
    ]
    title = f"{ctx.organization.name}: books in {base_currency}, written on {ctx.today().isoformat()}"
    return write_journal(entries, accounts, title=title)


def _path(chart: Chart, account: Account) -> str:
    return ":".join([*(ancestor.name for ancestor in reversed(chart.ancestors(account))), account.name])


def _entries(ctx: TenantContext, names: dict[int, str]) -> Iterator[ExportedTransaction]:
    descriptions = repository.journal_descriptions(ctx.db)
    rows = repository.ledger_in_order(ctx.db)
    for (day, kind, reference_id), group in groupby(rows, lambda row: (row["date"], row["reference_type"], row["reference_id"])):
        lines = list(group)
        described = descriptions.get(reference_id) if kind == ReferenceType.JOURNAL.value else None
        yield ExportedTransaction(
            date=day,
            lines=list(_lines(lines, names, ctx.base_currency)),
            number=lines[0]["transaction_number"] or "",
            description=described or _label(kind),
            reference=lines[0]["reference_number"] or "",
        )


def _label(kind: str) -> str:
    return REFERENCE_LABELS[ReferenceType(kind)]


def _lines(rows: Iterable[RowMapping], names: dict[int, str], base_currency: str) -> Iterator[ExportedLine]:
    for row in rows:
        currency = row["currency_code"]
        base = _plain(row["debit"] - row["credit"], base_currency)
        foreign = _plain(row["foreign_debit"] - row["foreign_credit"], currency)
        account, note = names[row["account_id"]], row["note"] or ""
        if currency == base_currency or not foreign:
            yield ExportedLine(account, Amount(base, base_currency), note=note)
        else:
            yield ExportedLine(account, Amount(foreign, currency), cost=Amount(base, base_currency), note=note)


def _plain(amount: Decimal, currency: str) -> Decimal:
    return round_half_up(amount, minor_unit(currency))
