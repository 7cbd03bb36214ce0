"""Imports over HTTP: the preview says what the import does, and the import does all of it or nothing."""

from decimal import Decimal

import pytest

from domain.journal_files.mapping import parse_mapping
from domain.journal_files.parser import parse_text
from domain.journal_import import endpoints
from domain.journal_import.model import Bounds
from domain.journal_import.service import import_journal
from domain.kit.permissions import Account, ManualJournal
from domain.members.model import Role, RolePermission
from domain.members.repository import insert_roles
from tests.domain.journal_import.factories import SMALL, account, body, bring_in, preview
from tests.domain.journal_import.test_journal_import_service import base_balances, counts


def refusal(answer):
    assert answer.status == 400, answer.body[:500]
    (error,) = answer.json["errors"]
    return error


def test_the_preview_says_where_each_account_goes_and_writes_nothing(books):
    before = counts(books)
    shown = preview(books, SMALL).ok
    assert (shown["transactions"], shown["to_import"], shown["already_there"], shown["can_import"]) == (2, 2, 0, True)
    assert (shown["first_date"], shown["last_date"], shown["formatted_first_date"]) == ("2024-01-05", "2024-01-06", "05 Jan 2024")
    assert (shown["accounts_to_create"], shown["problems"], shown["left_out"], shown["files"]) == (3, [], [], ["main.journal"])
    giro = account(shown, "Assets:Bank:Giro")
    assert giro["postings"] == 2
    assert giro["totals"] == [{"commodity": "USD", "currency_code": "USD", "debit": 1000, "credit": 250}]
    assert giro["target"] == {
        "source": "new", "account_id": None, "name": "Assets:Bank:Giro", "code": None, "account_type": "bank",
        "currency_code": "USD",
    }  # fmt: skip
    assert shown["commodities"] == [{"commodity": "USD", "currency_code": "USD", "postings": 4, "rate": "base", "problem": None}]
    rent = shown["journals"][1]
    assert (rent["description"], rent["reference"], rent["date"], rent["line"]) == ("Rent | January", "12", "2024-01-06", 6)
    assert [(line["account"], line["debit"], line["credit"], line["note"]) for line in rent["lines"]] == [
        ("Expenses:Rent", 250, 0, "paid late"),
        ("Assets:Bank:Giro", 0, 250, None),
    ]
    assert counts(books) == before


def test_the_import_does_what_the_preview_said_and_a_second_one_nothing(books):
    done = bring_in(books, SMALL)
    assert done.status == 201
    assert (done.json["journals_created"], len(done.json["accounts_created"])) == (2, 3)
    books.verify()
    before, shown = counts(books), preview(books, SMALL).ok
    assert (shown["to_import"], shown["already_there"], shown["accounts_to_create"], shown["can_import"]) == (0, 2, 0, False)
    again = bring_in(books, SMALL).created
    assert (again["journals_created"], again["already_there"], again["accounts_created"]) == (0, 2, [])
    assert counts(books) == before


CHOICES = [
    {"ledger_account": "Expenses:Rent", "name": "Rent of the shop", "account_type": "other-expense", "code": "77001"},
]


def test_choices_give_the_same_books_as_a_mapping_file(books, make_books):
    other = make_books(tenant_id=2)
    bank = books.account("bank-account")
    mapping = """
[accounts]
"Assets:Bank:Giro" = { account = "Bank Account" }
"Expenses:Rent" = { type = "other-expense", name = "Rent of the shop", code = "77001" }
"""
    text = SMALL.replace("USD", "bucks")
    chosen = {
        "mapping": [*CHOICES, {"ledger_account": "Assets:Bank:Giro", "account_id": bank}],
        "commodities": [{"commodity": "bucks", "currency_code": "USD"}],
    }
    shown = preview(books, text, **chosen).ok
    assert account(shown, "Assets:Bank:Giro")["target"]["source"] == "chosen"
    assert account(shown, "Expenses:Rent")["target"]["code"] == "77001"
    assert bring_in(books, text, **chosen).status == 201
    by_file = parse_mapping(mapping + '[commodities]\nbucks = "USD"\n')
    other.command(lambda ctx: import_journal(ctx, parse_text(text, name="main.journal"), by_file))
    assert base_balances(books) == base_balances(other)
    chart = "SELECT name, code, account_type, currency_code FROM accounts ORDER BY id"
    assert books.sql(chart) == other.sql(chart)
    books.verify()


def test_the_next_import_goes_where_the_last_one_went(books):
    choices = [{"ledger_account": "Assets:Bank:Giro", "account_id": books.account("bank-account")}, *CHOICES]
    assert bring_in(books, SMALL, mapping=choices).status == 201
    longer = SMALL + "\n2024-02-06 Rent\n  Expenses:Rent  250 USD\n  Assets:Bank:Giro\n"
    shown = preview(books, longer).ok
    giro, rent = account(shown, "Assets:Bank:Giro")["target"], account(shown, "Expenses:Rent")["target"]
    assert (giro["source"], giro["account_id"]) == ("earlier", books.account("bank-account"))
    assert (rent["source"], rent["name"]) == ("earlier", "Rent of the shop")
    assert bring_in(books, longer).created["accounts_created"] == []
    assert books.amount(books.account("bank-account")) == 500
    books.verify()


def test_an_unknown_type_is_a_problem_at_its_row_until_the_books_have_an_account_of_that_name(books):
    text = "2024-01-05 x\n  Kasse:Laden  5 USD\n  Equity:Opening\n"
    shown = preview(books, text).ok
    problem = account(shown, "Kasse:Laden")["problem"]
    assert (problem["kind"], problem["file"], problem["line"], problem["about"]) == (
        "account_type_unknown", "main.journal", 2, "Kasse:Laden",
    )  # fmt: skip
    assert "choose a type or an account" in problem["message"]
    assert account(shown, "Kasse:Laden")["target"]["account_type"] is None
    assert (shown["can_import"], shown["problems_count"], shown["to_import"]) == (False, 1, 1)
    refused = refusal(bring_in(books, text))
    assert (refused["type"], refused["meta"]["kind"], refused["meta"]["line"]) == (
        "JOURNAL_FILE_REFUSED",
        "account_type_unknown",
        2,
    )
    till = books.post("/accounts", {"name": "kasse:laden", "account_type": "cash"}).created["id"]
    target = account(preview(books, text).ok, "Kasse:Laden")["target"]
    assert (target["source"], target["account_id"]) == ("name", till)
    assert bring_in(books, text).status == 201
    assert books.amount(till) == 5


@pytest.mark.parametrize(
    ("choice", "kind", "words"),
    [
        ({"account_id": "accounts-payable"}, "control_account", "customer or vendor"),
        ({"account_type": "accounts-receivable"}, "control_account", "customer or vendor"),
        ({"name": "Bank Account", "account_type": "expense"}, "other_class", "give it another name"),
        ({"code": "40004"}, "account_refused", "has this code"),
        ({"name": "Equity:Opening balance", "account_type": "expense"}, None, ""),
    ],
)
def test_what_hinders_stands_at_its_account_and_the_import_refuses_it_alike(books, choice, kind, words):
    if isinstance(choice.get("account_id"), str):
        choice = {"account_id": books.account(choice["account_id"])}
    mapping = [{"ledger_account": "Expenses:Rent", **choice}]
    before, shown = counts(books), preview(books, SMALL, mapping=mapping).ok
    problem = account(shown, "Expenses:Rent")["problem"]
    assert shown["can_import"] is (problem is None)
    if kind is None:
        assert account(shown, "Equity:Opening balance")["target"]["name"] == "Equity:Opening balance (2)"
        return
    assert problem["kind"] == kind
    assert words in problem["message"]
    refused = refusal(bring_in(books, SMALL, mapping=mapping))
    assert refused["message"] == f"{problem['file']}:{problem['line']}: {problem['message']}"
    assert counts(books) == before


def test_two_new_accounts_with_one_name_or_code(books):
    choices = [
        {"ledger_account": "Expenses:Rent", "name": "Same", "code": "77001"},
        {"ledger_account": "Assets:Bank:Giro", "name": "same", "code": "77001"},
    ]
    shown = preview(books, SMALL, mapping=choices).ok
    assert [problem["kind"] for problem in shown["problems"]] == ["account_name_taken"]
    choices[0]["name"] = "Other"
    shown = preview(books, SMALL, mapping=choices).ok
    assert [(problem["kind"], problem["about"]) for problem in shown["problems"]] == [("account_refused", "Expenses:Rent")]
    assert refusal(bring_in(books, SMALL, mapping=choices))["meta"]["kind"] == "account_refused"


FOREIGN = """
2024-01-02 capital
  Assets:Bank:Euro      100.00 EUR
  Equity:Capital

2024-01-04 exchange
  Assets:Cash:Pounds     50.00 GBP @ 1.25 USD
  Assets:Bank:Dollar    -62.50 USD

2024-01-05 fruit
  Assets:Cash:Apples     3 apples @ 2 USD
  Assets:Bank:Dollar
"""


def test_commodities_and_whether_their_rates_are_known(books):
    shown = preview(books, FOREIGN).ok
    rates = {item["commodity"]: (item["currency_code"], item["rate"]) for item in shown["commodities"]}
    assert rates == {
        "EUR": ("EUR", "missing"), "GBP": ("GBP", "not_needed"), "USD": ("USD", "base"), "apples": (None, "unknown"),
    }  # fmt: skip
    assert [(item["kind"], item["about"], item["line"]) for item in shown["problems"]] == [
        ("currency_unknown", "apples", 11), ("rate_unknown", "EUR", 3),
    ]  # fmt: skip
    assert (shown["to_import"], len(shown["journals"]), shown["can_import"]) == (3, 1, False)
    known = preview(
        books, "P 2024-01-01 EUR 1.10 USD\n" + FOREIGN, commodities=[{"commodity": "apples", "currency_code": "XPF"}]
    ).ok
    assert (known["problems"], known["to_import"]) == ([], 3)
    assert known["commodities"][0]["rate"] == "declared"
    assert account(known, "Assets:Bank:Euro")["target"]["currency_code"] == "EUR"
    assert (known["journals"][0]["currency_code"], known["journals"][0]["exchange_rate"]) == ("EUR", Decimal("1.1"))


def test_an_account_in_another_currency(books):
    euro = books.post("/accounts", {"name": "Euro bank", "account_type": "bank", "currency_code": "EUR"}).created["id"]
    mapping = [{"ledger_account": "Assets:Bank:Giro", "account_id": euro}]
    problem = account(preview(books, SMALL, mapping=mapping).ok, "Assets:Bank:Giro")["problem"]
    assert (problem["kind"], "Euro bank holds EUR" in problem["message"]) == ("other_currency", True)
    assert refusal(bring_in(books, SMALL, mapping=mapping))["meta"]["kind"] == "other_currency"


def test_includes_are_found_among_the_files_and_nowhere_else(books):
    main = "include parts/2024.journal\ninclude prices/*.prices\n"
    prices = "P 2024-01-01 EUR 1.10 USD\n"
    shown = preview(books, main, SMALL, prices, "", names=("main.journal", "2024.journal", "eur.prices", "stray.journal")).ok
    assert (shown["to_import"], shown["unused_files"], len(shown["files"])) == (2, ["stray.journal"], 3)
    assert preview(books, "include books [1].journal\n", SMALL, names=("all", "books [1].journal")).ok["to_import"] == 2
    for target in ("/etc/passwd", "../x", "../../../../etc/hostname", "/proc/self/environ", "file:///etc/passwd", "~/x"):
        refused = refusal(preview(books, f"\ninclude {target}\n"))
        assert (refused["type"], refused["meta"]["file"], refused["meta"]["line"]) == ("JOURNAL_FILE_REFUSED", "main.journal", 2)
        assert "root:" not in refused["message"]


def test_files_that_include_each_other(books):
    refused = refusal(preview(books, "include b.journal\n", "include a.journal\n", names=("a.journal", "b.journal")))
    assert (refused["meta"]["file"], "in a circle" in refused["message"]) == ("b.journal", True)
    endless = refusal(preview(books, "include sub/a.journal\n", names=("a.journal",)))
    assert "at most 20 deep" in endless["message"]
    bomb = ["include 1.journal\n" * 900, "; " + "x" * 200_000]
    refused = refusal(preview(books, *bomb))
    assert "characters to read" in refused["message"]


def test_a_malformed_file_names_file_and_line(books):
    wrong = SMALL + "\n2024-02-01 Rent\n  Expenses:Rent  250 USD\n  Assets:Bank:Giro  -249 USD\n"
    for call in (preview, bring_in):
        refused = refusal(call(books, wrong))
        assert refused["type"] == "JOURNAL_FILE_REFUSED"
        assert refused["meta"] == {"file": "main.journal", "line": 10, "kind": "file", "about": None}
        assert refused["message"].startswith("main.journal:10: the transaction does not balance")


def test_a_locked_day_is_known_beforehand_and_leaves_nothing(books):
    locking = {"lock_to_date": "2024-02-01", "reason": "closed"}
    assert books.put("/transactions-locking/lock", {"module": "all", **locking}).status == 200
    text = "2024-03-05 open\n  Assets:New  5 USD\n  Equity:Opening\n" + SMALL
    before, shown = counts(books), preview(books, text).ok
    assert [(item["line"], "locked" in item["message"]) for item in shown["problems"]] == [(5, True), (9, True)]
    assert (shown["can_import"], counts(books)) == (False, before)
    assert refusal(bring_in(books, text))["meta"]["line"] == 5
    assert counts(books) == before
    books.verify()


def test_a_refusal_of_the_last_transaction_leaves_nothing_and_the_next_import_all(books):
    text = SMALL + "\n1850-01-01 too early\n  Expenses:Rent  5 USD\n  Assets:Bank:Giro\n"
    before = counts(books)
    assert "1900" in preview(books, text).ok["problems"][0]["message"]
    assert refusal(bring_in(books, text))["meta"]["line"] == 10
    assert counts(books) == before
    assert books.get("/accounts").ok["accounts"]
    assert bring_in(books, SMALL).created["journals_created"] == 2
    books.verify()


def test_beyond_the_bounds_the_command_line_is_named(books, monkeypatch):
    monkeypatch.setattr(endpoints, "REQUEST_BOUNDS", Bounds(transactions_max=1, lines_max=100))
    for call in (preview, bring_in):
        refused = refusal(call(books, SMALL))
        assert (refused["type"], refused["meta"]["transactions"]) == ("JOURNAL_IMPORT_TOO_LARGE", 2)
        assert "countinghouse import-journal" in refused["message"]
    monkeypatch.setattr(endpoints, "REQUEST_BOUNDS", Bounds(transactions_max=10, lines_max=3))
    assert refusal(preview(books, SMALL))["type"] == "JOURNAL_IMPORT_TOO_LARGE"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"files": []}, "files"),
        ({"files": [{"name": "a", "text": ""}, {"name": "./a", "text": ""}]}, "files"),
        ({"files": [{"name": "a\nb", "text": ""}]}, "files.0.name"),
        ({"mapping": [{"ledger_account": "A", "account_type": "nonsense"}]}, "mapping.0.account_type"),
        ({"mapping": [{"ledger_account": "A", "account_id": 1003}, {"ledger_account": "A"}]}, "mapping"),
        ({"mapping": [{"ledger_account": "A", "code": "1"}]}, "mapping.0.code"),
        ({"commodities": [{"commodity": "kr", "currency_code": "crowns"}]}, "commodities.0.currency_code"),
    ],
)
def test_a_malformed_request(books, changes, field):
    answer = books.post("/journal-imports/preview", body(SMALL) | changes)
    assert answer.status == 400
    assert [error.get("property") for error in answer.json["errors"]] == [field]


def test_an_account_that_is_not_there(books):
    answer = preview(books, SMALL, mapping=[{"ledger_account": "Expenses:Rent", "account_id": 999_999}])
    assert answer.errors == ["accounts_ids_not_found"]


def give_role(books, user_id, *permissions):
    rows = tuple(
        RolePermission(id=user_id * 100 + number, role_id=user_id, subject=item.subject, ability=item.ability, value=True)
        for number, item in enumerate(permissions)
    )
    role = Role(id=user_id, slug=None, name=f"Role {user_id}", description=None, predefined=False, permissions=rows)
    books.command(lambda ctx: insert_roles(ctx, [role]))
    books.add_member(user_id=user_id, role_id=user_id)


def test_accounts_are_created_by_those_who_may(books):
    give_role(books, 70, ManualJournal.create, ManualJournal.view)
    give_role(books, 71, ManualJournal.create, Account.create)
    before = counts(books)
    shown = books.post("/journal-imports/preview", body(SMALL), user_id=70).ok
    assert {problem["kind"] for problem in shown["problems"]} == {"not_permitted"}
    refused = books.post("/journal-imports", body(SMALL), user_id=70)
    assert (refused.status, refused.errors) == (403, ["USER_PERMISSIONS_FORBIDDEN"])
    assert counts(books) == before
    mapping = [
        {"ledger_account": name, "account_id": books.account(slug)}
        for name, slug in (
            ("Assets:Bank:Giro", "bank-account"), ("Equity:Opening balance", "owner-equity"), ("Expenses:Rent", "rent"),
        )
    ]  # fmt: skip
    assert books.post("/journal-imports", body(SMALL, mapping=mapping), user_id=70).created["journals_created"] == 2
    later = "2024-05-05 x\n  Assets:New  5 USD\n  Equity:Opening\n"
    assert books.post("/journal-imports", body(later), user_id=71).created["accounts_created"] == ["Assets:New", "Equity:Opening"]
    history = books.get("/journal-imports", user_id=70).ok["journal_imports"]
    assert [(item["user_id"], item["journals_created"], item["accounts_created"]) for item in history] == [(71, 1, 2), (70, 2, 0)]
    assert books.get("/journal-imports", user_id=71).status == 403


def test_history(books):
    assert books.get("/journal-imports").ok == {
        "journal_imports": [],
        "pagination": {"total": 0, "page": 1, "page_size": 20},
    }
    assert bring_in(books, SMALL, names=("books 2024.journal",)).status == 201
    (done,) = books.get("/journal-imports").ok["journal_imports"]
    assert (done["user_name"], done["files"], done["formatted_imported_at"]) == (
        "Ada Lovelace", ["books 2024.journal"], "01 Jun 2024",
    )  # fmt: skip


def test_the_hack_club_ledger_gives_the_balances_of_hledger(books, hackclub_path, hledger):
    text = hackclub_path.read_text()
    shown = preview(books, text).ok
    assert (shown["can_import"], shown["problems"]) == (True, [])
    done = bring_in(books, text).created
    assert done["journals_created"] == shown["to_import"]
    assert done["left_out_count"] == shown["left_out_count"]
    expected = {name: held["$"] for name, held in hledger.balances(hackclub_path).items()}
    assert base_balances(books) == expected
    books.verify()
