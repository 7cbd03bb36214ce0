"""What makes a manual journal valid. Pure: the refusals of accounting.md 6.3, each a function, to be asked in that order."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.accounts.model import ACCOUNTS_PAYABLE, ACCOUNTS_RECEIVABLE, Account, Chart
from domain.kit.errors import ErrorCode
from domain.kit.money import AMOUNT_MAX, ZERO, convert
from domain.manual_journals.model import ManualJournalEntry

TOTAL_IS_ZERO = ErrorCode("credit_debit_not_equal_zero", "The debits and the credits of a journal each sum to more than zero.")
SIDES_NOT_EQUAL = ErrorCode("credit_debit_not_equal", "Debits and credits of the journal differ.")
CONTACTS_NOT_FOUND = ErrorCode("contacts_not_found", "There is no such contact.")
ACCOUNTS_NOT_FOUND = ErrorCode("accounts_ids_not_found", "An entry names an account that does not exist.")
NUMBER_REQUIRED = ErrorCode(
    "MANUAL_JOURNAL_NO_REQUIRED", "The journal needs a number, since journals are not numbered automatically."
)
NUMBER_EXISTS = ErrorCode("journal_number_exists", "Another journal has this number.", aliases=("JOURNAL.NUMBER.ALREADY.EXISTS",))
CONTACT_REQUIRED = ErrorCode(
    "ENTRIES_SHOULD_ASSIGN_WITH_CONTACT", "Entries on receivables need a customer, entries on payables a vendor."
)
CONTACT_CURRENCY_NOT_ALLOWED = ErrorCode(
    "COULD_NOT_ASSIGN_DIFFERENT_CURRENCY_TO_CONTACTS",
    "A receivables or payables account takes entries of contacts in its own currency only.",
)
CURRENCY_NOT_ALLOWED = ErrorCode(
    "COULD_NOT_ASSIGN_DIFFERENT_CURRENCY_TO_ACCOUNTS", "An account holds another currency than the base and the document's."
)
ALREADY_PUBLISHED = ErrorCode("MANUAL_JOURNAL_ALREADY_PUBLISHED", "The journal is published already.")
ENTRIES_WITHOUT_BRANCH = ErrorCode("MANUAL_JOURNAL_ENTRIES_HAVE_NO_BRANCH_ID", "Every entry of the journal needs a branch.")
TRANSACTION_MATCHED = ErrorCode(
    "CANNOT_DELETE_TRANSACTION_MATCHED", "The transaction is matched with a bank transaction; unmatch it first."
)
DOCUMENT_KEYS_INVALID = ErrorCode("DOCUMENT_KEYS_INVALID", "An attachment that does not exist is named.")
AMOUNT_TOO_LARGE = ErrorCode(
    "DOCUMENT_AMOUNT_TOO_LARGE", f"Documents come to at most {AMOUNT_MAX}, in their currency and in base currency."
)

CONTACT_SERVICES: Mapping[str, str] = {ACCOUNTS_RECEIVABLE: "customer", ACCOUNTS_PAYABLE: "vendor"}
"""Whose balance an account type keeps, by type."""

ContactKind = tuple[str, str]
"""`customer` or `vendor`, and the currency of the contact's balance."""
_NOBODY: ContactKind = ("", "")


def check_totals(entries: Sequence[ManualJournalEntry]) -> Decimal:
    """Debits equal credits and both are more than zero. Returns the total. Amounts are in whole minor units before."""
    debit = sum((entry.debit for entry in entries), ZERO)
    credit = sum((entry.credit for entry in entries), ZERO)
    if debit <= 0 or credit <= 0:
        raise TOTAL_IS_ZERO()
    if debit != credit:
        raise SIDES_NOT_EQUAL(f"Debits are {debit}, credits {credit}.")
    return credit


def check_contacts_known(contact_ids: Iterable[int], known: Mapping[int, ContactKind]) -> None:
    """All contacts exist."""
    missing = [contact_id for contact_id in dict.fromkeys(contact_ids) if contact_id not in known]
    if missing:
        raise CONTACTS_NOT_FOUND(payload={"contactsIds": missing})


def accounts_of(entries: Sequence[ManualJournalEntry], chart: Chart) -> list[Account]:
    """The account of each entry; all of them exist."""
    accounts = chart.accounts
    missing = [entry.account_id for entry in entries if entry.account_id not in accounts]
    if missing:
        raise ACCOUNTS_NOT_FOUND(payload={"accountsIds": list(dict.fromkeys(missing))})
    return [accounts[entry.account_id] for entry in entries]


def check_control_contacts(
    entries: Sequence[ManualJournalEntry], accounts: Sequence[Account], contacts: Mapping[int, ContactKind]
) -> None:
    """A line of a control account names whose balance it changes: a customer for receivables, a vendor for payables.

    Goes by account type, not by slug as the reference does: there is one control account a currency, and sub-ledgers equal them all.
    """
    wrong: dict[str, list[int]] = {}
    for entry, account in zip(entries, accounts, strict=True):
        wanted = CONTACT_SERVICES.get(account.account_type)
        kind, _ = contacts.get(entry.contact_id or 0, _NOBODY)
        if wanted is not None and kind != wanted:
            wrong.setdefault(account.account_type, []).append(entry.index)
    if wrong:
        payload: list[dict[str, Any]] = []
        meta: list[dict[str, Any]] = []
        for slug, service in CONTACT_SERVICES.items():
            if slug in wrong:
                payload.append({"accountSlug": slug, "contactType": service, "indexes": wrong[slug]})
                meta.append({"contact_type": service, "indexes": wrong[slug]})
        raise CONTACT_REQUIRED(payload=payload, meta=meta)


def check_contact_currencies(
    entries: Sequence[ManualJournalEntry], accounts: Sequence[Account], contacts: Mapping[int, ContactKind]
) -> None:
    """A control account and the balances of its contacts count in one currency: else their sums would differ (DECISIONS 12)."""
    wrong = [
        {"index": entry.index, "accountCurrency": account.currency_code, "contactCurrency": currency}
        for entry, account in zip(entries, accounts, strict=True)
        if account.account_type in CONTACT_SERVICES
        and (currency := contacts.get(entry.contact_id or 0, _NOBODY)[1]) != account.currency_code
    ]
    if wrong:
        raise CONTACT_CURRENCY_NOT_ALLOWED(payload=wrong)


def check_currencies(accounts: Iterable[Account], *, currency: str, base_currency: str) -> None:
    """Accounts hold the base currency or the document's."""
    for account in accounts:
        if account.currency_code not in {base_currency, currency}:
            raise CURRENCY_NOT_ALLOWED(
                f"The account “{account.name}” holds {account.currency_code}; the document is in {currency}."
            )


def check_size(*amounts: Decimal, rate: Decimal, base_currency: str) -> None:
    """Amounts fit, in the document's currency and in base currency."""
    for amount in amounts:
        if abs(amount) > AMOUNT_MAX or convert(abs(amount), rate, base_currency) > AMOUNT_MAX:
            raise AMOUNT_TOO_LARGE()


def check_attachments(keys: Sequence[str]) -> None:
    """No attachment is named: none exist in these books."""
    if keys:
        raise DOCUMENT_KEYS_INVALID(payload={"keys": list(keys)})


def document_rate(rate: Decimal | None, *, currency: str, base_currency: str) -> Decimal:
    """Base units for one unit of the document's currency: 1 in base currency, whatever is sent, and 1 where none is."""
    return Decimal(1) if currency == base_currency or rate is None else rate
