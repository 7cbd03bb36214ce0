"""Whatever a file holds, the answer is a preview or a typed refusal that names file and line; nothing is written."""

import logging
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.journal_files.errors import JournalFileError
from domain.journal_import import files
from domain.journal_import.files import read_files
from tests.domain.journal_files.conftest import HACKCLUB
from tests.domain.journal_import.factories import SMALL, body
from tests.domain.journal_import.test_journal_import_service import counts

PIECES = st.sampled_from(
    [
        "2024-01-05 x\n", "2024-02-30 x\n", "0000/1/1 *\n", "99999-01-01 x\n", "  Assets:Bank  ", "  Expenses:A  ", "  [Equity:V]  ",
        "  (Virtual)  1\n", "1 USD\n", "-1 USD\n", "1e9999 USD\n", "9" * 40 + " USD\n", "1.234.5,6 €\n", "$1 @ €2\n", "1 A @@ 1 B\n", "= 5 USD\n",
        "== 0\n", "=* 1 USD @ 0 EUR\n", "\n", "\r\n", "\r", "\x00", "\ufeff", "\u2028", "\u202e", "é", "include main.journal\n",
        "include *\n", "include /etc/passwd\n", "comment\n", "end comment\n", "alias /(.*)*/ = x\n", "alias /(A|B)/ = \\9\n", "alias a=\n",
        "apply account X\n", "end apply account\n", "account A:B  ; type:X\n", "commodity 1,000.00 USD\n", "D 1.000,0 kr\n",
        "P 2024-01-01 EUR 0 USD\n", "P 2024-01-01 EUR 1e-30 USD\n", "Y2024\n", "1/5 x\n", "decimal-mark ,\n", "; x:y,z\n", "~ monthly\n", "    ; date:1/1\n",
        "  A  1 USD ; [1/1=2/2]\n", "{1} [2024-01-01] (x)\n", "!include x\n", "N $\n", "tag x\n", "* (code) a|b\n", ";", " ", "\t",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(st.characters(exclude_categories=["Cs"]), max_size=200))


def check(answer):
    if answer.status == 200:
        assert answer.json["problems_count"] >= len(answer.json["problems"])
        return
    assert answer.status == 400, answer.body[:500]
    (error,) = answer.json["errors"]
    assert error["type"] in {"JOURNAL_FILE_REFUSED", "JOURNAL_IMPORT_TOO_LARGE"}, error
    if error["type"] == "JOURNAL_FILE_REFUSED":
        assert error["meta"]["line"] >= 1
        assert error["message"].startswith(f"{error['meta']['file']}:{error['meta']['line']}: ")


@pytest.fixture(autouse=True)
def quiet_log(caplog):
    with caplog.at_level(logging.ERROR):
        yield
        assert not [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]


@pytest.fixture(scope="module")
def shared_books(books_templates, tmp_path_factory):
    from tests.books import Books, create_books

    path = tmp_path_factory.mktemp("fuzz") / "books.db"
    create_books(f"sqlite:///{path}")
    opened = Books(f"sqlite:///{path}")
    yield opened
    opened.close()


def test_any_text(shared_books):
    before = counts(shared_books)

    @given(TEXTS, TEXTS)
    def run(main, other):
        check(shared_books.post("/journal-imports/preview", body(main, other, names=("main.journal", "x"))))

    run()
    assert counts(shared_books) == before


def test_any_text_is_imported_or_refused(shared_books):
    @given(TEXTS)
    def run(text):
        answer = shared_books.post("/journal-imports", body(text))
        assert answer.status in {201, 400}, answer.body[:500]

    run()
    shared_books.verify()


def test_a_file_that_was_cut_anywhere(shared_books):
    text = HACKCLUB.read_text()

    @given(st.integers(0, 20_000), st.integers(0, 40))
    def run(start, length):
        check(shared_books.post("/journal-imports/preview", body(text[start : start + length * 50])))

    run()


def test_giant_numbers(shared_books):
    for number in ("9" * 30, "9" * 15, "1" + "0" * 13 + ".01", "0." + "0" * 29 + "1"):
        for line in (f"{number} USD", f"{number} EUR @ {number} USD", f"{number} EUR @@ {number} USD"):
            check(shared_books.post("/journal-imports/preview", body(f"2024-01-05 x\n  Assets:A  {line}\n  Assets:B\n")))
            answer = shared_books.post("/journal-imports", body(f"2024-01-05 x\n  Assets:A  {line}\n  Assets:B\n"))
            assert answer.status in {201, 400}, answer.body[:500]
    shared_books.verify()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("Rent", "R\x00nt"),
        lambda text: text.encode().decode("latin-1"),
        lambda text: text.replace("Rent", "Miete für Büro – \u200fإيجار\u200f 🧾"),
    ],
)
def test_other_encodings_of_the_same_books(books, change):
    answer = books.post("/journal-imports", body(change(SMALL)))
    assert answer.created["journals_created"] == 2
    books.verify()


def test_other_line_ends_are_the_same_transactions(books):
    assert books.post("/journal-imports", body(SMALL)).status == 201
    for text in (SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL):
        assert books.post("/journal-imports", body(text)).created["already_there"] == 2


def test_a_regular_expression_cannot_hold_up_the_reading(monkeypatch):
    names = "".join(f"  {'a' * 100}{number:04}  1 USD\n" for number in range(200))
    evil = "alias /.*.*.*x/ = y\n" * 20 + "2024-01-05 x\n" + names + "  Equity:O\n"
    monkeypatch.setattr(files, "READING_S_MAX", 1)
    began = time.monotonic()
    with pytest.raises(JournalFileError, match="takes longer than"):
        read_files([("main", evil)])
    assert time.monotonic() - began < 10
    with pytest.raises(JournalFileError, match="too long for a regular expression"):
        read_files([("main", f"alias /.*x/ = y\n2024-01-05 x\n  {'a' * 200}  1\n")])


@pytest.mark.mariadb
def test_any_text_on_mariadb(mariadb_books):
    @given(TEXTS)
    def run(text):
        answer = mariadb_books.post("/journal-imports", body(text))
        assert answer.status in {201, 400}, answer.body[:500]

    run()
    odd = SMALL.replace("Rent", "R\x00nt 🧾").replace("Giro", "G\u0131ro\u00ad")
    for text in (odd, odd.replace("G", "g").replace("R", "r").replace("05", "04")):
        assert mariadb_books.post("/journal-imports/preview", body(text)).ok["can_import"]
        assert mariadb_books.post("/journal-imports", body(text)).status == 201
    assert len(mariadb_books.get("/journal-imports").ok["journal_imports"]) >= 2
    mariadb_books.verify()
