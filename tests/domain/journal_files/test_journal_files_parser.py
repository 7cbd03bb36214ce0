from datetime import date
from decimal import Decimal

import pytest

from domain.journal_files.errors import BalanceAssertionError, JournalFileError, UnbalancedTransactionError, VirtualPostingError
from domain.journal_files.model import Amount, Cost
from domain.journal_files.parser import parse_journal, parse_text
from domain.journal_files.state import INCLUDE_DEPTH_MAX


def read_one(text):
    (entry,) = parse_text(text).transactions
    return entry


def files(texts, **options):
    def find(pattern):
        return [path for path in texts if path.startswith(pattern.split("*")[0])]

    return parse_journal("main.journal", read_file=texts.__getitem__, find_files=find, **options)


def test_header_fields():
    entry = read_one("2020-01-05=1/6 ! (INV 7) Lyft | airport ride ; why: not, k:v\n    ; second line\n  a  1\n  b\n")
    assert (entry.date, entry.secondary_date) == (date(2020, 1, 5), date(2020, 1, 6))
    assert (entry.status, entry.code, entry.payee, entry.note) == ("!", "INV 7", "Lyft", "airport ride")
    assert entry.comment == "why: not, k:v\nsecond line"
    assert entry.tags == (("why", "not"), ("k", "v"))
    assert entry.description == "Lyft | airport ride"
    assert (entry.file, entry.line) == ("journal", 1)


def test_posting_fields():
    entry = read_one("2020-01-05 x\n  * a b  2 EUR @ $1.10 = 2 EUR  ; first\n    ; second: tag\n  ! c\n")
    posting, other = entry.postings
    assert (posting.account, posting.amount, posting.cost) == (
        "a b",
        Amount(Decimal(2), "EUR"),
        Cost("@", Amount(Decimal("1.10"), "$")),
    )
    assert posting.assertion.amount == Amount(Decimal(2), "EUR")
    assert (posting.status, posting.comment, posting.tags) == ("*", "first\nsecond: tag", (("second", "tag"),))
    assert (posting.line, other.line, other.status) == (2, 4, "!")


def test_amount_keeps_the_places_it_was_written_with():
    assert read_one("2020-01-05 x\n  a  1.50 EUR\n  b\n").postings[0].amount.places == 2


def test_left_out_amount_is_inferred_from_costs():
    entry = read_one("2020-01-05 x\n  a  2 EUR @ 1.5 USD\n  b\n")
    assert entry.postings[1].amount == Amount(Decimal("-3.0"), "USD")


def test_inferred_conversion_is_a_total_cost():
    entry = read_one("2020-01-05 x\n  a  -5 EUR\n  b  7 USD\n")
    assert entry.postings[0].cost == Cost("@@", Amount(Decimal(7), "USD"))
    assert entry.postings[0].weight == Amount(Decimal(-7), "USD")


def test_inferred_conversion_shares_out_the_last_cent():
    entry = read_one("2020-01-05 x\n  a  1 EUR\n  b  1 EUR\n  c  1 EUR\n  d  -10.00 USD\n")
    assert [posting.weight.quantity for posting in entry.postings] == [
        Decimal("3.33"), Decimal("3.33"), Decimal("3.34"), Decimal("-10.00"),
    ]  # fmt: skip


def test_tolerated_rounding_goes_into_the_largest_cost():
    entry = read_one("2020-01-05 x\n  a  1 EUR @ 0.333 USD\n  a  2 EUR @ 0.5 USD\n  b  -1.33 USD\n")
    assert [posting.weight.quantity for posting in entry.postings] == [Decimal("0.333"), Decimal("0.997"), Decimal("-1.33")]


def test_a_commodity_directive_loosens_nothing():
    with pytest.raises(UnbalancedTransactionError):
        parse_text("commodity 1. USD\n2020-01-01 a\n  a  1.4 USD\n  b  -1 USD\n")


def test_a_single_tab_separates():
    assert [posting.account for posting in read_one("2020-01-01 x\n\ta\t1\n\tb b\t-1\n").postings] == ["a", "b b"]


def test_no_break_space_separates_thousands():
    assert read_one("2020-01-01 x\n  a  1\u00a0234,5 EUR\n  b\n").postings[0].amount.quantity == Decimal("1234.5")


@pytest.mark.parametrize("directive", ["Y2015", "Y 2015", "year 2015", "apply year 2015"])
def test_dates_without_a_year(directive):
    assert read_one(f"{directive}\n1/5 x\n").date == date(2015, 1, 5)


def test_year_may_be_given_by_the_caller():
    assert parse_text("1/5 x\n", default_year=2015).transactions[0].date == date(2015, 1, 5)


def test_declarations_are_kept():
    journal = parse_text(
        "account Assets:Foo  ; type: Cash\n  ; branch: 1\ncommodity EUR\ncommodity $1,000.00\npayee X\ntag k\nP 2020-01-01 EUR $1.10\n"
    )
    assert [(account.name, account.type, account.comment) for account in journal.accounts] == [
        ("Assets:Foo", "C", "type: Cash\nbranch: 1")
    ]
    assert (journal.commodities, journal.payees, journal.tags) == (("EUR", "$"), ("X",), ("k",))
    assert [(price.commodity, price.price) for price in journal.prices] == [("EUR", Amount(Decimal("1.10"), "$"))]


def test_what_is_left_out_is_reported():
    text = "~ monthly\n  a  1\n  b\n\n= food\n  (x)  *2\n\n2020-01-01 x\n  a  1 A {$2}\n  b\n\ndefine x=y\n"
    notices = [str(notice) for notice in parse_text(text).notices]
    assert [notice.split(": ")[0] for notice in notices] == ["journal:1", "journal:5", "journal:9", "journal:12"]


def test_comment_block_without_an_end_runs_to_the_end():
    assert parse_text("comment\n2020-01-01 x\n  a  1\n").transactions == ()


def test_byte_order_mark_is_skipped():
    assert len(parse_text("\ufeff2020-01-01 x\n  a  1\n  b\n").transactions) == 1


def test_large_sums_are_exact():
    journal = parse_text("2020-01-01 x\n  a  123456789012345678901234567890.12 A\n  a  0.000000000000000000000000000001 A\n  b\n")
    assert journal.balances()["a"]["A"] == Decimal("123456789012345678901234567890.120000000000000000000000000001")


def test_transactions_stay_in_the_order_of_the_file():
    journal = parse_text("2020-01-02 x\n  a  = 1\n  b\n\n2020-01-01 y\n  a  3\n  b\n")
    assert [entry.payee for entry in journal.transactions] == ["x", "y"]
    assert journal.transactions[0].postings[0].amount.quantity == -2


def test_include_is_relative_to_its_file():
    texts = {"main.journal": "include sub/a.journal\n", "sub/a.journal": "include b.journal\n", "sub/b.journal": "2020-01-01 x\n"}
    journal = files(texts)
    assert journal.transactions[0].file == "sub/b.journal"
    assert journal.files == ("main.journal", "sub/a.journal", "sub/b.journal")


def test_include_takes_patterns():
    texts = {"main.journal": "include sub/*.journal\n", "sub/b.journal": "2020-01-02 b\n", "sub/a.journal": "2020-01-01 a\n"}
    assert [entry.payee for entry in files(texts).transactions] == ["a", "b"]


def test_directives_of_an_included_file_end_with_it_except_commodity():
    texts = {
        "main.journal": "Y2012\ninclude sub.journal\n1/1 x\n  a  1.234 EUR\n  a  1.234 XX\n  a  1.234\n  b\n",
        "sub.journal": "D 1.000,00 USD\nY2011\ncommodity 1.000,00 EUR\nalias a=z\ndecimal-mark ,\napply account q\n",
    }
    entry = files(texts).transactions[0]
    assert entry.date.year == 2012
    assert [str(posting.amount) for posting in entry.postings[:3]] == ["1234 EUR", "1.234 XX", "1.234"]
    assert entry.postings[0].account == "a"


def test_files_in_a_circle_are_refused():
    with pytest.raises(JournalFileError, match=r"^b\.journal:2: .*circle: main\.journal > b\.journal > main\.journal"):
        files({"main.journal": "include b.journal\n", "b.journal": ";\ninclude main.journal\n"})


def test_files_too_deep_are_refused():
    texts = {f"{number}.journal": f"include {number + 1}.journal\n" for number in range(INCLUDE_DEPTH_MAX + 1)}
    with pytest.raises(JournalFileError, match="deep"):
        files({**texts, "main.journal": "include 0.journal\n"})


REFUSED = {
    "unbalanced": ("\n2020-01-01 x\n  a  1 USD\n  b  -2 USD\n", 2, UnbalancedTransactionError, "-1 USD"),
    "two left out": ("2020-01-01 x\n  a  1\n  b\n  c\n", 4, UnbalancedTransactionError, "at most one"),
    "virtual": ("2020-01-01 x\n  a  1\n  b\n  (c)  1\n", 4, VirtualPostingError, "(c)"),
    "assertion": ("2020-01-01 x\n  a  1 USD = 2 USD\n  b\n", 2, BalanceAssertionError, "balance of a is 1 USD"),
    "total assertion": ("2020-01-01 x\n  a  1 A\n  a  1 B == 1 B\n  b\n", 3, BalanceAssertionError, "1 A"),
    "assigned on a date of its own": ("2020-01-01 x\n  a  = 2 ; date:1/2\n  b\n", 2, JournalFileError, "date of its own"),
    "not in the calendar": ("\n\n2020-02-30 x\n", 3, JournalFileError, "2020-02-30"),
    "date separators": ("2020-02/03 x\n", 1, JournalFileError, "separators"),
    "no year": ("2/3 x\n", 1, JournalFileError, "Y2024"),
    "posting date": ("2020-01-01 x\n  a  1 ; date: tomorrow\n  b\n", 2, JournalFileError, "tomorrow"),
    "amount": ("2020-01-01 x\n  a  USD\n  b\n", 2, JournalFileError, "expected an amount"),
    "left over": ("2020-01-01 x\n  a  1 USD foo\n  b\n", 2, JournalFileError, "foo"),
    "marks": ("2020-01-01 x\n  a  1.2.3.4. USD\n  b\n", 2, JournalFileError, "separators"),
    "too many digits": (f"2020-01-01 x\n  a  {'9' * 31}\n  b\n", 2, JournalFileError, "30 digits"),
    "huge exponent": ("2020-01-01 x\n  a  1E9999\n  b\n", 2, JournalFileError, "30 digits"),
    "tiny exponent": ("2020-01-01 x\n  a  1E-9999\n  b\n", 2, JournalFileError, "30 digits"),
    "directive": ("; x\nfoo bar\n", 2, JournalFileError, "foo bar"),
    "indented": ("2020-01-01 x\n\n  a  1\n", 3, JournalFileError, "belongs to no transaction"),
    "year": ("Y20\n", 1, JournalFileError, "four digits"),
    "decimal-mark": ("decimal-mark ;\n", 1, JournalFileError, "decimal-mark"),
    "commodity": ("commodity 1,000 EUR\n", 1, JournalFileError, "decimal mark"),
    "commodity format": ("commodity EUR\n  format 1.00 USD\n", 2, JournalFileError, "USD"),
    "default commodity": ("D 1,000 EUR\n", 1, JournalFileError, "decimal mark"),
    "alias": ("alias a\n", 1, JournalFileError, "OLD = NEW"),
    "alias expression": ("alias /(/ = b\n", 1, JournalFileError, "regular expression"),
    "alias group": ("alias /a/ = \\1\n", 1, JournalFileError, "group"),
    "explosive alias": ("alias /(a+)+$/ = b\n", 1, JournalFileError, "too complex"),
    "end apply account": ("end apply account\n", 1, JournalFileError, "in force"),
    "missing file": ("\ninclude gone.journal\n", 2, JournalFileError, "gone.journal"),
    "pattern without a finder": ("include *.journal\n", 1, JournalFileError, "patterns"),
    "foreign file": ("include bank.csv\n", 1, JournalFileError, "bank.csv"),
    "price": ("P 2020-01-01\n", 1, JournalFileError, "commodity"),
    "account": ("account ; x\n", 1, JournalFileError, "account name"),
}


@pytest.mark.parametrize(("text", "line", "kind", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_refusal_names_file_and_line(text, line, kind, words):
    with pytest.raises(JournalFileError) as caught:
        parse_text(text, name="books/2020.journal")
    assert type(caught.value) is kind
    assert (caught.value.file, caught.value.line) == ("books/2020.journal", line)
    assert str(caught.value).startswith(f"books/2020.journal:{line}: ")
    assert words in str(caught.value)


def test_unreadable_journal_is_refused():
    with pytest.raises(JournalFileError, match=r"^main\.journal:1: cannot read"):
        files({})


def test_pattern_that_finds_nothing_is_refused():
    with pytest.raises(JournalFileError, match=r"^main\.journal:1: no file matches"):
        files({"main.journal": "include sub/*.journal\n"})
