"""Where the ledger accounts of an import go in the chart of accounts."""

from collections.abc import Collection

from pydantic import ValidationError

from domain.accounts.model import ACCOUNT_TYPES, CONTROL_TYPES, Account, Chart, fold_name
from domain.accounts.repository import CHART
from domain.accounts.rules import check_unique_code, slug_of
from domain.accounts.schemas import AccountIn
from domain.accounts.service import create_account, open_account
from domain.journal_files.accounts import PlannedAccount
from domain.journal_files.errors import JournalFileError
from domain.journal_files.model import JournalTransaction
from domain.kit.context import TenantContext
from domain.kit.errors import FORBIDDEN, DomainError
from domain.kit.permissions import Account as AccountSubject
from domain.kit.text import fold_text
from domain.settings.service import setting


class MissingAccountError(JournalFileError):
    """The mapping names an account that the books do not have."""

    kind = "account_missing"


class ControlAccountError(JournalFileError):
    """A ledger account would be posted to a control account, whose lines need contacts."""

    kind = "control_account"


class OtherClassError(JournalFileError):
    """The account of that name is of another class than the ledger account."""

    kind = "other_class"


class OtherCurrencyError(JournalFileError):
    """The account holds a currency in which it is not posted to."""

    kind = "other_currency"


class AccountRefusedError(JournalFileError):
    """The account cannot be created."""

    kind = "account_refused"


class NotPermittedError(AccountRefusedError):
    """Accounts are to be created, which the acting person's role does not allow."""

    kind = "not_permitted"


def named_account(chart: Chart, planned: PlannedAccount) -> Account | None:
    """The account that the mapping names, or that has the name of the one to create; none where there is none yet."""
    if planned.existing_code is not None:
        return chart.by_code.get(fold_text(planned.existing_code))
    return chart.by_name.get(fold_name(planned.existing_name or planned.name or ""))


def find_account(
    chart: Chart, planned: PlannedAccount, where: JournalTransaction, *, currencies: Collection[str], base_currency: str
) -> Account | None:
    """The account as `named_account` finds it, checked.

    `currencies` are those of the journals that are posted to it; `where` is named in the refusal.

    Raises:
        MissingAccountError, ControlAccountError, OtherClassError, OtherCurrencyError: it cannot be posted to.

    """
    account = named_account(chart, planned)
    name, kind = planned.ledger_account, account.account_type if account else planned.type or ""
    if account is None and not planned.is_new:
        wanted = planned.existing_name or f"with the code {planned.existing_code}"
        raise _refusal(
            MissingAccountError, f"{name} is mapped to the account {wanted}, which the books do not have", planned, where
        )
    if kind in CONTROL_TYPES:
        text = (
            f"{name} would be posted to an account of type {kind}, whose lines each need a customer or vendor; "
            "map it to other-current-asset or other-current-liability"
        )
        raise _refusal(ControlAccountError, text, planned, where)
    if account and planned.type and ACCOUNT_TYPES[planned.type].root is not account.type.root:
        text = (
            f"the books have an account {account.name} of type {account.account_type}, but {name} is of type {planned.type}; "
            "map it to an account, or give it another name"
        )
        raise _refusal(OtherClassError, text, planned, where)
    others = sorted(set(currencies) - {account.currency_code}) if account else []
    if account and others and account.currency_code != base_currency:
        text = (
            f"the account {account.name} holds {account.currency_code}, but transactions of {name} are in {', '.join(others)}; "
            "map it to another account"
        )
        raise _refusal(OtherCurrencyError, text, planned, where)
    return account


def check_creation(ctx: TenantContext, planned: PlannedAccount, currency: str, where: JournalTransaction) -> AccountIn:
    """The account to create, as far as it can be checked without creating it.

    Raises:
        AccountRefusedError: its name or code cannot be. NotPermittedError: the role does not allow it.

    """
    name = planned.name or planned.ledger_account
    if not ctx.user.grants.allow(AccountSubject.create):
        text = f"your role may not create accounts ({AccountSubject.create}), and the books have none for {name}; map it to an account"
        raise _refusal(NotPermittedError, text, planned, where)
    try:
        body = AccountIn(name=name, account_type=planned.type or "", code=planned.code, currency_code=currency)
        check_unique_code(ctx.warm.get(CHART), body.code)
    except ValidationError as problem:
        raise _not_created(planned, first_fault(problem), where) from problem
    except DomainError as problem:
        raise _not_created(planned, problem.message, where) from problem
    return body


def create_planned(ctx: TenantContext, planned: PlannedAccount, currency: str, where: JournalTransaction) -> Account:
    """Open the account. Where the organization wants a code for each and none is given, it is opened without.

    Raises:
        AccountRefusedError. FORBIDDEN: the role does not allow it.

    """
    try:
        body = check_creation(ctx, planned, currency, where)
    except NotPermittedError as problem:
        raise FORBIDDEN(problem.message) from problem
    try:
        if body.code is None and setting(ctx, "accounts", "account_code_required"):
            return open_account(ctx, name=body.name, slug=slug_of(body.name), account_type=body.account_type, currency=currency)
        return create_account(ctx, body)
    except DomainError as problem:
        raise _not_created(planned, problem.message, where) from problem


def first_fault(problem: ValidationError) -> str:
    """The first of what a form does not take, in words: the field and why."""
    first = problem.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg'].removeprefix('Value error, ')}"


def _not_created(planned: PlannedAccount, why: str, where: JournalTransaction) -> JournalFileError:
    text = f"the account {planned.name or planned.ledger_account} cannot be created: {why}"
    return _refusal(AccountRefusedError, text, planned, where)


def _refusal(kind: type[JournalFileError], message: str, planned: PlannedAccount, where: JournalTransaction) -> JournalFileError:
    return kind(message, file=where.file, line=where.line, about=planned.ledger_account)
