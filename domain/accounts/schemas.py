"""Wire models of accounts (accounting.md 2.2 and 2.4)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from domain.kit.lists import ListQuery
from domain.kit.schemas import (
    LongText,
    OptionalCurrency,
    OptionalFlag,
    OptionalId,
    OptionalText,
    WireModel,
    blank_to_none,
)

AccountName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=255)]
AccountCode = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=6)] | None, BeforeValidator(blank_to_none)
]
Description = Annotated[LongText | None, BeforeValidator(blank_to_none)]


class AccountIn(WireModel):
    """A new account."""

    name: AccountName
    account_type: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    code: AccountCode = None
    currency_code: OptionalCurrency = None
    description: Description = None
    parent_account_id: OptionalId = None
    active: OptionalFlag = None
    plaid_account_id: OptionalText = None
    plaid_item_id: OptionalText = None


class AccountEditIn(WireModel):
    """A changed account. Absent keys keep their value; the type must be the present one."""

    name: AccountName
    account_type: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    code: AccountCode = None
    description: Description = None
    parent_account_id: OptionalId = None


class AccountListQuery(ListQuery):
    """`structure=tree` nests children; `flat` lists depth-first. Paging is ignored."""

    structure: Literal["tree", "flat"] = "tree"


class AccountTransactionsQuery(WireModel):
    """Ledger lines of one account, or of all, newest first; at most 1,000."""

    account_id: OptionalId = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


class AccountOut(WireModel):
    """An account with its computed keys."""

    id: int
    name: str
    slug: str
    code: str | None
    account_type: str
    parent_account_id: int | None
    description: str | None
    active: bool
    predefined: bool
    currency_code: str
    account_type_label: str
    account_parent_type: str
    account_root_type: str
    account_normal: Literal["debit", "credit"]
    account_normal_formatted: str
    is_balance_sheet_account: bool
    is_p_l_sheet: bool
    created_at: datetime
    updated_at: datetime


class AccountDetailOut(AccountOut):
    """An account with its balance."""

    amount: Decimal | None
    bank_balance: Decimal | None
    formatted_amount: str
    bank_balance_formatted: str
    flatten_name: str


class AccountNodeOut(AccountDetailOut):
    """An account in a list; `children` in the tree structure only."""

    account_level: int
    children: list["AccountNodeOut"] | None = None


class AccountListOut(WireModel):
    """`GET /accounts`."""

    accounts: list[AccountNodeOut]
    filter_meta: dict[str, Any]


class AccountTypeOut(WireModel):
    """One account type."""

    label: str
    key: str
    normal: str
    parent_type: str
    root_type: str
    multi_currency: bool | None = None
    balance_sheet: bool
    income_sheet: bool


class AccountTransactionOut(WireModel):
    """One ledger line as an account's register shows it."""

    date: datetime
    formatted_date: str
    transaction_type: str
    transaction_id: int
    transaction_type_formatted: str
    credit: Decimal
    debit: Decimal
    formatted_credit: str
    formatted_debit: str
    fc_credit: Decimal
    fc_debit: Decimal
    formatted_fc_credit: str
    formatted_fc_debit: str
