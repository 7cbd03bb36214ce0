"""The bulk load reads what was posted, and what is followed is what would be loaded."""

from datetime import date
from decimal import Decimal

import pytest

from domain.ledger.columns import LEDGER, LedgerColumns
from domain.ledger.model import Journal, JournalLine, ReferenceType
from domain.ledger.repository_columns import REFERENCE_TYPES
from domain.ledger.service import post, unpost
from domain.verification.warm_checks import ledger_differences


def journal(
    reference_id: int, *lines: JournalLine, kind: ReferenceType = ReferenceType.JOURNAL, day: str = "2024-05-31"
) -> Journal:
    return Journal(reference_type=kind, reference_id=reference_id, date=date.fromisoformat(day), base_currency="USD", lines=lines)


def pair(
    books, amount: str, *, currency: str = "USD", rate: str = "1", tax_rate_id: int | None = None
) -> tuple[JournalLine, JournalLine]:
    base = (Decimal(amount) * Decimal(rate)).quantize(Decimal("0.01"))
    common = {"currency": currency, "rate": Decimal(rate), "tax_rate_id": tax_rate_id}
    return (
        JournalLine(account_id=books.account("bank-account"), debit=base, foreign_debit=Decimal(amount), **common),
        JournalLine(account_id=books.account("owner-equity"), credit=base, foreign_credit=Decimal(amount), **common),
    )


def check(books):
    stored = books.query(lambda ctx: LedgerColumns.load(ctx.db))
    assert ledger_differences(books.runtime.state.values[LEDGER.name], stored) == []
    return stored.view()


def use(books):
    books.query(lambda ctx: ctx.warm.get(LEDGER))
    assert LEDGER.name in books.runtime.state.values
    for number, kind in enumerate(ReferenceType, start=1):
        books.command(lambda ctx, n=number, k=kind: post(ctx, journal(n, *pair(books, "12.34"), kind=k)))
    books.command(
        lambda ctx: post(ctx, journal(70, *pair(books, "1000", currency="JPY", rate="0.0065", tax_rate_id=1), day="1999-12-31"))
    )
    books.command(lambda ctx: post(ctx, journal(71, *pair(books, "9999999999999.99"))))
    books.command(lambda ctx: unpost(ctx, ReferenceType.EXPENSE, list(ReferenceType).index(ReferenceType.EXPENSE) + 1))
    view = check(books)
    assert view.lines == 2 * (len(REFERENCE_TYPES) + 1)
    (position,) = (view.column("reference_id") == 70).nonzero()[0][:1]
    assert view.column("debit")[position] == 6_5000
    assert view.column("foreign")[position] == 1000_0000
    assert date.fromordinal(int(view.column("day")[position])) == date(1999, 12, 31)


def test_load_and_follow_agree(books):
    use(books)


@pytest.mark.mariadb
def test_load_and_follow_agree_on_mariadb(mariadb_books):
    use(mariadb_books)


def test_a_failed_command_leaves_the_columns_alone(books):
    books.query(lambda ctx: ctx.warm.get(LEDGER))

    def fail(ctx):
        post(ctx, journal(1, *pair(books, "5")))
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        books.command(fail)
    books.command(lambda ctx: post(ctx, journal(2, *pair(books, "6"))))
    assert check(books).lines == 2


def test_pages_are_put_together(books, monkeypatch):
    from sqlalchemy import text

    from domain.ledger import repository_columns as module

    for number in range(7):
        books.command(lambda ctx, n=number: post(ctx, journal(n + 1, *pair(books, "5"))))
    small = str(module._PAGES["sqlite"]).replace(f"LIMIT {module.PAGE_LINES}", "LIMIT 3")
    monkeypatch.setitem(module._PAGES, "sqlite", text(small))
    assert books.query(lambda ctx: LedgerColumns.load(ctx.db)).view().lines == 14


def test_an_unknown_reference_type_is_refused(books):
    from domain.ledger.repository_columns import LedgerReadError

    books.command(lambda ctx: post(ctx, journal(1, *pair(books, "5"))))
    books.sql("UPDATE ledger_lines SET reference_type = 'Dream'")
    with pytest.raises(LedgerReadError):
        books.query(lambda ctx: LedgerColumns.load(ctx.db))
