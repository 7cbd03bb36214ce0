"""Folding: what is one text for people, and that MariaDB agrees."""

import unicodedata
from collections import defaultdict

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from domain.kit.text import fold_text
from tenancy.tenant_database import open_engine

TWINS = [
    ("Café", "CAFE"),
    ("Cafe\u0301", "Café"),
    ("ｃａｆｅ", "cafe"),
    ("Straße", "STRASSE"),
    ("Łódź", "lodz"),
    ("Ærø", "aero"),
    ("Ångström", "angstrom"),
    ("ΣΊΣΥΦΟΣ", "σισυφος"),
    ("ᾳ", "α"),
    ("Ёлка", "елка"),
    ("İstanbul", "istanbul"),
    ("ﬁn", "FIN"),
    ("١٢", "12"),
    ("naï\u00adve", "naive"),
]
STRANGERS = [
    ("Йод", "Иод"),
    ("Їжак", "Іжак"),
    ("أب", "اب"),
    ("a b", "ab"),
    ("a-b", "ab"),
    ("日", "曰"),
    ("🧾", "🧮"),
    ("か", "き"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_one_text(one, other):
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_two_texts(one, other):
    assert fold_text(one) != fold_text(other)


@given(st.text(max_size=30))
def test_letter_case_and_composition_never_matter(text):
    folded = fold_text(text)
    assert fold_text(unicodedata.normalize("NFD", text)) == fold_text(unicodedata.normalize("NFC", text)) == folded
    assert fold_text(folded) == folded


def _groups(letters, key):
    found = defaultdict(set)
    for letter in letters:
        found[key(letter)].add(letter)
    return {frozenset(group) for group in found.values()}


def test_sqlite_folds_the_same(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.connect() as connection:
        for one, other in TWINS:
            assert connection.execute(sa.text("SELECT fold_text(:a) = fold_text(:b)"), {"a": one, "b": other}).scalar() == 1
        assert connection.execute(sa.text("SELECT fold_text(NULL)")).scalar() is None
        assert connection.execute(sa.text("SELECT fold_text(12)")).scalar() == 12
    engine.dispose()


@pytest.mark.mariadb
def test_mariadb_sees_the_same_letters(mariadb_url):
    """Over the letters of the European alphabets and the digits, the collation tells apart what we do, and nothing else."""
    spans = ("0-9", "A-Z", "a-z", "À-ÖØ-öø-ķĹ-žƠơƯư", "Ά-Ͽ", "Ѐ-я-ѐ-ѯ", "א-ת", "ء-ي", "٠-٩")
    letters = sorted({chr(code) for span in spans for code in _codes(span)} - set("ĸŀĿ×÷"))
    engine = open_engine(mariadb_url)
    with engine.connect() as connection:
        weight = sa.text("SELECT HEX(WEIGHT_STRING(CONVERT(:letter USING utf8mb4) COLLATE utf8mb4_unicode_520_ci))")
        weights = {letter: connection.execute(weight, {"letter": letter}).scalar() for letter in letters}
    engine.dispose()
    letters = [letter for letter in letters if weights[letter] and not weights[letter].startswith("FB")]  # known to it
    assert len(letters) > 400
    assert _groups(letters, weights.get) == _groups(letters, fold_text)


def _codes(span):
    rest = span
    while rest:
        if len(rest) > 2 and rest[1] == "-":
            yield from (code for code in range(ord(rest[0]), ord(rest[2]) + 1) if unicodedata.category(chr(code)) != "Cn")
            rest = rest[3:]
        else:
            yield ord(rest[0])
            rest = rest[1:]
        rest = rest.removeprefix("-")
