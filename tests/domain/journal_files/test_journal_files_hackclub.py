"""A real ledger: three years of a charity's books."""

from domain.journal_files.accounts import plan_accounts
from domain.journal_files.identity import transaction_keys
from domain.journal_files.parser import parse_text
from domain.journal_files.writer import exported_transactions, write_journal


def test_reads_every_transaction_and_account(hackclub):
    assert len(hackclub.transactions) == 1360
    assert len(hackclub.account_names()) == 51
    assert hackclub.notices == ()


def test_balances_equal_those_of_hledger_to_the_cent(hackclub, hackclub_path, hledger, nonzero):
    ours = {account: held["$"] for account, held in nonzero(hackclub).items()}
    assert ours == hledger.csv_balances(hackclub_path)


def test_written_journal_has_the_same_balances_in_hledger(hackclub, hledger, nonzero):
    written = write_journal(exported_transactions(hackclub))
    assert hledger.balances(written) == nonzero(hackclub)


def test_written_journal_is_read_back_the_same(hackclub):
    again = parse_text(write_journal(exported_transactions(hackclub)))
    assert again.balances() == hackclub.balances()
    assert transaction_keys(again.transactions) == transaction_keys(hackclub.transactions)


def test_every_transaction_has_its_own_key(hackclub):
    assert len(set(transaction_keys(hackclub.transactions))) == 1360


def test_every_account_is_planned_without_a_mapping(hackclub):
    plan = plan_accounts(hackclub)
    types = {entry.ledger_account: entry.type for entry in plan.entries}
    assert len(types) == 51
    assert types["Assets:Chase:Checking"] == "bank"
    assert types["Liabilities:Reimbursement:Zach Latta"] == "other-current-liability"
    assert types["Income:Fundraising"] == "income"
    assert types["Expenses:Operating:Tax"] == "expense"
    assert {entry.currency for entry in plan.entries} == {"USD"}
