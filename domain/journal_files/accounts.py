"""Plans the accounts that a journal needs in our books.

The plan is flat: our books want a child to have its parent's type and at most six levels, which ledgers do not promise. The full
colon path is a name that is unique and stays the same from one import to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.accounts.model import fold_name
from domain.journal_files.account_types import guess_type
from domain.journal_files.errors import (
    AccountNameError,
    JournalFileError,
    Refuse,
    UnmappedAccountError,
    UnmappedCommodityError,
    raise_problem,
)
from domain.journal_files.mapping import NAME_LENGTH_MAX, NAME_LENGTH_MIN, AccountMapping, Target
from domain.journal_files.model import JournalFile, Posting

ACCOUNTS_MAX: Final = 20_000


@dataclass(frozen=True, slots=True)
class PlannedAccount:
    """What a ledger account becomes: a new account with a name and type, or an existing one by name or code."""

    ledger_account: str
    name: str | None
    type: str | None
    code: str | None = None
    """Of a new account."""
    existing_name: str | None = None
    existing_code: str | None = None
    currencies: tuple[str, ...] = ()
    """ISO 4217 codes of all its postings, by first appearance."""

    @property
    def is_new(self) -> bool:
        """Whether the account is to be created."""
        return self.existing_name is None and self.existing_code is None

    @property
    def currency(self) -> str | None:
        """The one currency of its postings; none where there are several."""
        return self.currencies[0] if len(self.currencies) == 1 else None


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """One entry for every ledger account with postings, by first appearance. Names of new accounts differ in more than case."""

    entries: tuple[PlannedAccount, ...]
    currencies: Mapping[str, str]
    """ISO 4217 code by commodity of the journal."""

    def by_ledger_account(self) -> dict[str, PlannedAccount]:
        """The entries by the name in the journal."""
        return {entry.ledger_account: entry for entry in self.entries}


def plan_accounts(
    journal: JournalFile,
    mapping: AccountMapping | None = None,
    *,
    default_currency: str | None = None,
    refuse: Refuse = raise_problem,
) -> AccountPlan:
    """The plan for a journal: its mapping file first, then the rules by name. `default_currency` is of amounts without a commodity.

    Where `refuse` does not raise, an account may come without a type and name, and a commodity without a currency.

    Raises:
        UnmappedAccountError: neither says what type an account has.
        UnmappedCommodityError: a commodity is no known currency.
        JournalFileError: two accounts were given the same name, or there are too many.

    """
    mapping = mapping or AccountMapping()
    declared = {account.name: account.type for account in journal.accounts if account.type}
    first: dict[str, Posting] = {}
    held: dict[str, dict[str, None]] = {}
    currencies: dict[str, str | None] = {}
    for entry in journal.transactions:
        for posting in entry.postings:
            first.setdefault(posting.account, posting)
            used = held.setdefault(posting.account, {})
            for amount in (posting.amount, posting.weight):
                if amount is None or not (amount.quantity or amount.commodity):
                    continue
                if amount.commodity not in currencies:
                    currencies[amount.commodity] = _currency(mapping, amount.commodity, default_currency, posting, refuse)
                if amount is posting.amount and (currency := currencies[amount.commodity]) is not None:
                    used[currency] = None
    if len(first) > ACCOUNTS_MAX:
        posting = next(iter(first.values()))
        raise JournalFileError(f"a journal has at most {ACCOUNTS_MAX} accounts", file=posting.file, line=posting.line)
    targets = {account: _target(account, mapping, declared, posting, refuse) for account, posting in first.items()}
    names = _names(targets, first, refuse)
    entries = tuple(
        PlannedAccount(
            ledger_account=account,
            name=names.get(account),
            type=target.type,
            code=target.code,
            existing_name=target.existing_name,
            existing_code=target.existing_code,
            currencies=tuple(held[account]),
        )
        for account, target in targets.items()
    )
    return AccountPlan(entries, {commodity: code for commodity, code in currencies.items() if code is not None})


def _currency(
    mapping: AccountMapping, commodity: str, default_currency: str | None, posting: Posting, refuse: Refuse
) -> str | None:
    code = mapping.currency(commodity) or (default_currency if not commodity else None)
    if code is None:
        what = f"the commodity {commodity}" if commodity else "an amount without a commodity"
        refuse(
            UnmappedCommodityError(
                f"cannot tell the currency of {what}; say which it is "
                f'(in a mapping file, add "{commodity}" = "USD" or another code to [commodities])',
                file=posting.file,
                line=posting.line,
                about=commodity,
            )
        )
    return code


def _target(account: str, mapping: AccountMapping, declared: Mapping[str, str], posting: Posting, refuse: Refuse) -> Target:
    mapped = mapping.find(account)
    if mapped is not None and (mapped.type or mapped.existing_name or mapped.existing_code):
        return mapped
    guessed = guess_type(account, _declared_type(account, declared))
    if guessed is None:
        refuse(
            UnmappedAccountError(
                f"cannot tell the type of the account {account}; choose a type or an account of the books for it "
                f'(in a mapping file, add "{account}" = "bank" or another type to [accounts])',
                file=posting.file,
                line=posting.line,
                about=account,
            )
        )
    return Target(type=guessed, name=mapped.name if mapped else None, code=mapped.code if mapped else None)


def _declared_type(account: str, declared: Mapping[str, str]) -> str:
    """The declared type of the account or of the nearest above it, as hledger inherits them."""
    name = account
    while name:
        if name in declared:
            return declared[name]
        name = name.rpartition(":")[0]
    return ""


def _names(targets: Mapping[str, Target], first: Mapping[str, Posting], refuse: Refuse) -> dict[str, str]:
    """The name of each new account: given ones first, so that a generated one gives way."""
    names: dict[str, str] = {}
    owners: dict[str, str] = {}
    for account, target in targets.items():
        if target.name is not None:
            other = owners.setdefault(fold_name(target.name), account)
            if other != account:
                refuse(
                    AccountNameError(
                        f"{account} and {other} are both named {target.name}; give one another name, or map both to one account of "
                        f'the books (in a mapping file, {{ account = "{target.name}" }})',
                        file=first[account].file,
                        line=first[account].line,
                        about=account,
                    )
                )
            names[account] = target.name
    for account, target in targets.items():
        if target.name is None and target.type is not None:
            names[account] = _unique(account, owners)
            owners[fold_name(names[account])] = account
    return names


def _unique(account: str, taken: Mapping[str, str]) -> str:
    base = account if len(account) >= NAME_LENGTH_MIN else f"Account {account}"
    name, number = base[:NAME_LENGTH_MAX], 2
    while fold_name(name) in taken:
        suffix = f" ({number})"
        name = base[: NAME_LENGTH_MAX - len(suffix)] + suffix
        number += 1
    return name
