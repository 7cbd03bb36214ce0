"""What makes an account valid. Pure: from the chart and the wish to a list of refusals, in the order of accounting.md 2.4."""

import re
import unicodedata
from decimal import Decimal

from domain.accounts.model import ACCOUNT_TYPES, LEVEL_MAX, Account, Chart, Normal, fold_name
from domain.kit.errors import ErrorCode
from domain.kit.text import fold_text

NAME_NOT_UNIQUE = ErrorCode("account_name_not_unqiue", "Another account has this name.", aliases=("ACCOUNT.NAME.NOT.UNIQUE",))
CODE_NOT_UNIQUE = ErrorCode("account_code_not_unique", "Another account has this code.", aliases=("NOT_UNIQUE_CODE",))
CODE_REQUIRED = ErrorCode("account_code_required", "This organization requires a code for every account.")
TYPE_NOT_FOUND = ErrorCode("account_type_not_found", "There is no such account type.")
TYPE_NOT_ALLOWED_TO_CHANGE = ErrorCode("account_type_not_allowed_to_changed", "The type of an account cannot be changed.")
PARENT_NOT_FOUND = ErrorCode("parent_account_not_found", "The parent account does not exist or lies below the account itself.")
PARENT_HAS_DIFFERENT_TYPE = ErrorCode("parent_has_different_type", "A child account has the type of its parent.")
CURRENCY_NOT_SAME_AS_PARENT = ErrorCode(
    "ACCOUNT_CURRENCY_NOT_SAME_PARENT_ACCOUNT", "A child account has the currency of its parent."
)
DEPTH_EXCEEDED = ErrorCode("PARENT_ACCOUNT_EXCEEDED_THE_DEPTH_LEVEL", f"Accounts nest at most {LEVEL_MAX} levels deep.")
TYPE_NOT_MULTI_CURRENCY = ErrorCode(
    "ACCOUNT_TYPE_NOT_SUPPORTS_MULTI_CURRENCY",
    "Only cash, bank and credit-card accounts may hold another currency than the base.",
)
PREDEFINED = ErrorCode("account_predefined", "A predefined account cannot be deleted.")
HAS_TRANSACTIONS = ErrorCode(
    "account_has_associated_transactions", "The account is used by transactions or records and cannot be deleted.", 409
)

_SEPARATORS = re.compile(r"[^0-9a-z\w]+")


def slug_of(name: str) -> str:
    """Kebab-case of the name at creation."""
    plain = unicodedata.normalize("NFKC", name).lower().replace("&", " and ")
    return _SEPARATORS.sub("-", plain).strip("-")[:255] or "account"


def balance_delta(account: Account, *, base: Decimal, foreign: Decimal, currency: str, base_currency: str) -> Decimal:
    """How a line's movements (debit less credit) change the stored balance of its account (accounting.md 3.4).

    An account in base currency counts base amounts of all its lines; one in another currency only its lines in that currency.
    """
    if account.currency_code == base_currency:
        movement = base
    elif account.currency_code == currency:
        movement = foreign
    else:
        movement = Decimal(0)
    return movement if account.normal is Normal.DEBIT else -movement


def check_unique_name(chart: Chart, name: str, *, own_id: int | None = None) -> None:
    """Names are unique among all accounts, ignoring letter case."""
    twin = chart.by_name.get(fold_name(name))
    if twin is not None and twin.id != own_id:
        raise NAME_NOT_UNIQUE(f"The account “{twin.name}” has this name.")


def check_unique_code(chart: Chart, code: str | None, *, own_id: int | None = None) -> None:
    """Codes are unique where given."""
    twin = chart.by_code.get(fold_text(code)) if code else None
    if twin is not None and twin.id != own_id:
        raise CODE_NOT_UNIQUE(f"The account “{twin.name}” has this code.")


def check_type(account_type: str) -> None:
    """The type is one of the nineteen."""
    if account_type not in ACCOUNT_TYPES:
        raise TYPE_NOT_FOUND(f"There is no account type “{account_type[:60]}”. GET /accounts/types lists them.")


def check_parent(
    chart: Chart, *, parent_id: int | None, account_type: str, currency: str, own_id: int | None = None
) -> Account | None:
    """The parent exists, is not the account itself nor below it, and has its type and currency; the tree stays within its depth."""
    if parent_id is None:
        return None
    parent = chart.get(parent_id)
    if parent is None or parent.id == own_id:
        raise PARENT_NOT_FOUND()
    if own_id is not None and own_id in {ancestor.id for ancestor in chart.ancestors(parent)}:
        raise PARENT_NOT_FOUND("An account cannot be moved below itself.")
    if parent.account_type != account_type:
        raise PARENT_HAS_DIFFERENT_TYPE()
    if parent.currency_code != currency:
        raise CURRENCY_NOT_SAME_AS_PARENT()
    height = chart.height(own_id) if own_id is not None else 0
    if chart.level(parent) + 1 + height > LEVEL_MAX:
        raise DEPTH_EXCEEDED()
    return parent


def check_currency(account_type: str, currency: str, base_currency: str) -> None:
    """Only some types may hold another currency than the base."""
    if currency != base_currency and not ACCOUNT_TYPES[account_type].multi_currency:
        raise TYPE_NOT_MULTI_CURRENCY()
