"""What the preview promises, the import keeps: it succeeds where the preview found nothing in the way, and only there."""

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.journal_import.factories import bring_in, preview

ACCOUNTS = st.sampled_from(
    [
        "Assets:Bank", "assets:bank", "Assets:Bänk", "Expenses:A", "Equity:O", "Bank Account", "Foo:X", "A", "Income:" + "x" * 300,
        "Accounts Payable (A/P)", "Liabilities:Accounts Payable (A/P)", "Expenses:\x00", "Assets:Cash:€uro",
    ]
)  # fmt: skip
NUMBERS = st.sampled_from(
    [
        "1", "-1", "0", "0.005", "1e5", "1e29", "9" * 30, "0." + "0" * 29 + "1", "-3.333333", "10000000000000", "10000000000001",
        ".5", "1,000.00", "-0",
    ]
)  # fmt: skip
COMMODITIES = st.sampled_from(["USD", "EUR", "$", "€", "kr", "", "JPY", "XXX", '"odd one"'])
AMOUNTS = st.tuples(NUMBERS, COMMODITIES).map(lambda parts: " ".join(parts).strip())
COSTS = st.tuples(AMOUNTS, st.sampled_from(["@", "@@"]), AMOUNTS).map(" ".join)
POSTINGS = st.tuples(ACCOUNTS, st.one_of(st.just(""), AMOUNTS, COSTS, AMOUNTS.map(lambda amount: f"= {amount}"))).map(
    lambda parts: f"  {parts[0]}  {parts[1]}  ; note\n"
)
DAYS = st.sampled_from(["2024-01-05", "1899-12-31", "2200-01-01", "2024-02-29", "9999-12-31", "0001-01-01"])
HEADERS = st.tuples(DAYS, st.sampled_from(["x", "(c) y | z", "* " + "d" * 400])).map(lambda parts: f"{parts[0]} {parts[1]}\n")
TRANSACTIONS = st.tuples(HEADERS, st.lists(POSTINGS, max_size=4).map("".join)).map("".join)
PRICES = st.tuples(st.sampled_from(["P 2023-01-01 EUR ", "P 2023-01-01 $ "]), AMOUNTS).map("".join)
OTHERS = st.sampled_from(["account Foo  ; type: C\n", "D 1000.00 USD\n"])
FILES = st.lists(st.one_of(TRANSACTIONS, TRANSACTIONS, PRICES, OTHERS), max_size=4).map("\n".join)
CHOICES = st.fixed_dictionaries(
    {"ledger_account": ACCOUNTS},
    optional={
        "account_id": st.sampled_from([1000, 1003, 1005, 1016]),
        "name": st.sampled_from(["abc", "Bank Account"]),
        "account_type": st.sampled_from(["bank", "expense", "accounts-payable", "inventory"]),
        "code": st.sampled_from(["10001", "77777"]),
    },
)
MAPPINGS = st.lists(CHOICES, max_size=3, unique_by=lambda choice: choice["ledger_account"])
CURRENCIES = st.lists(
    st.fixed_dictionaries(
        {"commodity": st.sampled_from(["kr", "", "XXX"]), "currency_code": st.sampled_from(["USD", "EUR", "KWD"])}
    ),
    max_size=2,
)


def test_the_import_does_what_the_preview_says(books):
    @given(FILES, MAPPINGS, CURRENCIES)
    def run(text, mapping, commodities):
        shown = preview(books, text, mapping=mapping, commodities=commodities)
        done = bring_in(books, text, mapping=mapping, commodities=commodities)
        assert (shown.status, done.status) in {(200, 201), (200, 400), (400, 400)}, (shown.body[:500], done.body[:500])
        if shown.status == 200:
            assert (done.status == 201) is (shown.json["problems"] == [])
        if done.status == 201:
            made = done.json["journals_created"], len(done.json["accounts_created"])
            assert made == (shown.json["to_import"], shown.json["accounts_to_create"])

    run()
    books.verify()
