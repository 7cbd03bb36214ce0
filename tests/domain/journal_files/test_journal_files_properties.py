"""Random books, written and read again by us and by hledger."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.journal_files.balancing import sum_weights
from domain.journal_files.escaping import unique_account_names
from domain.journal_files.identity import transaction_keys
from domain.journal_files.model import Amount
from domain.journal_files.numbers import EXACT
from domain.journal_files.parser import parse_text
from domain.journal_files.writer import ExportedAccount, ExportedLine, ExportedTransaction, exported_transactions, write_journal

ACCOUNTS = ["Assets:Bank", "Assets:Cash 現金", "Income:Sales", "Expenses:Food (out)", "Liabilities:Loan 🎉"]
account_names = st.sampled_from(ACCOUNTS)
quantities = st.decimals(min_value=Decimal(-999999999999), max_value=Decimal(999999999999), places=2)
texts = st.text(max_size=30)


@st.composite
def entries(draw, names=account_names):
    """A balanced entry in dollars, some of whose lines are in another currency at a cost."""
    lines = []
    for _ in range(draw(st.integers(1, 5))):
        worth = Amount(draw(quantities), "USD")
        units = draw(st.decimals(min_value=Decimal("0.001"), max_value=Decimal(99999), places=3))
        foreign = draw(st.sampled_from(["", "KWD", "JP1"]))
        if foreign and worth.quantity:
            signed = -units if worth.quantity < 0 else units
            lines.append(ExportedLine(draw(names), Amount(signed, foreign), worth, note=draw(texts)))
        else:
            lines.append(ExportedLine(draw(names), worth, note=draw(texts)))
    total = sum((line.weight.quantity for line in lines), Decimal(0))
    lines.append(ExportedLine(draw(names), Amount(-total, "USD")))
    on = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31)))
    return ExportedTransaction(on, lines, number=draw(texts), description=draw(texts), reference=draw(texts), note=draw(texts))


def expected_balances(books):
    names = unique_account_names(line.account for entry in books for line in entry.lines)
    sums = {}
    for entry in books:
        for line in entry.lines:
            key = names[line.account], line.amount.commodity
            sums[key] = EXACT.add(sums.get(key, Decimal(0)), line.amount.quantity)
    held = {}
    for (account, commodity), total in sums.items():
        if total:
            held.setdefault(account, {})[commodity] = total
    return held


@given(st.lists(entries(), max_size=8))
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back(nonzero, books):
    journal = parse_text(write_journal(books))
    assert nonzero(journal) == expected_balances(books)
    assert [entry.date for entry in journal.transactions] == [entry.date for entry in books]


@given(st.lists(entries(names=texts), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_hostile_books_are_the_same_to_hledger(hledger, nonzero, books):
    written = write_journal(books, [ExportedAccount(books[0].lines[0].account, "cash", books[0].note)])
    balances = hledger.balances(written)
    assert balances == nonzero(parse_text(written))
    assert len(balances) == len(expected_balances(books))


@given(st.lists(entries(), max_size=5))
@settings(max_examples=50, deadline=None)
def test_writing_twice_changes_nothing(books):
    first = parse_text(write_journal(books))
    second = parse_text(write_journal(exported_transactions(first)))
    assert transaction_keys(second.transactions) == transaction_keys(first.transactions)


@st.composite
def priced_texts(draw):
    """A transaction bought at unit costs of many places, paid in whole cents."""
    units = draw(st.lists(st.tuples(st.integers(1, 50), st.decimals("0.0001", 9, places=4)), min_size=1, max_size=4))
    total = sum((count * price for count, price in units), Decimal(0)).quantize(Decimal("0.01"))
    lines = "".join(f"  a  {count} X @ {price} USD\n" for count, price in units)
    return f"2020-01-01 x\n{lines}  b  {-total:f} USD\n"


@given(priced_texts())
@settings(max_examples=100, deadline=None)
def test_weights_sum_to_exactly_zero(text):
    for entry in parse_text(text).transactions:
        assert not any(sum_weights(entry.postings).values())
