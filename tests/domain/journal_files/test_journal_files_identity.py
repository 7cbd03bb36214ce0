import pytest

from domain.journal_files.identity import transaction_key, transaction_keys
from domain.journal_files.parser import parse_text

LYFT = "2020-01-05 * (7) Lyft | ride\n  Expenses:Travel  $5.00\n  Assets:Bank\n"


def keys(text):
    return transaction_keys(parse_text(text).transactions)


def test_key_is_a_sha_256():
    assert len(bytes.fromhex(keys(LYFT)[0])) == 32


def test_key_is_that_of_every_later_release():
    assert keys(LYFT) == ["78f23801d0c78541118a2affdbe55664e6619b4aacca7d8942ed62312f9ee8d3"]


@pytest.mark.parametrize(
    "same",
    [
        "; a comment\n\n\n" + LYFT,
        LYFT.replace("Lyft | ride", "Lyft | another note ; and a comment"),
        LYFT.replace("*", "!"),
        LYFT.replace("2020-01-05", "2020/1/5"),
        LYFT.replace("$5.00", "5 $"),
        LYFT.replace("Assets:Bank", "Assets:Bank  $-5"),
        "2020-01-05 (7)  Lyft\n  Assets:Bank  $-5.00\n  ; receipt: 1.png\n  Expenses:Travel  $5.00\n",
    ],
)
def test_key_survives_changes_of_form(same):
    assert keys(same) == keys(LYFT)


@pytest.mark.parametrize(
    ("old", "new"),
    [("5.00", "5.01"), ("Lyft", "Uber"), ("01-05", "01-06"), ("(7)", "(8)"), ("Travel", "Food"), ("$5.00", "€5.00")],
)
def test_key_changes_with_the_content(old, new):
    assert keys(LYFT.replace(old, new)) != keys(LYFT)


def test_key_changes_with_the_cost():
    text = "2020-01-05 x\n  a  1 EUR @@ 2 USD\n  b  -1 EUR @@ 2 USD\n"
    assert keys(text) != keys(text.replace("2 USD", "3 USD"))


def test_identical_transactions_are_numbered():
    first, second, third = keys(f"{LYFT}\n{LYFT}\n{LYFT}")
    assert len({first, second, third}) == 3
    assert first == keys(LYFT)[0]
    assert second == transaction_key(parse_text(LYFT).transactions[0], 2)


def test_a_new_transaction_in_between_changes_no_other_key():
    other = LYFT.replace("Lyft", "Uber")
    assert set(keys(f"{LYFT}\n{LYFT}")) < set(keys(f"{LYFT}\n{other}\n{LYFT}"))


def test_occurrences_count_from_one():
    with pytest.raises(ValueError, match="from 1"):
        transaction_key(parse_text(LYFT).transactions[0], 0)
