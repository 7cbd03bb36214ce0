"""Wire models of the listings of ledger lines (reports.md sections 14, 15, 19, 20 and 25)."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from domain.kit.schemas import Day, OptionalAmount, OptionalId, OptionalText, RecordId, WireModel, blank_to_none
from domain.reports.cash_transactions import PAGE_SIZE_MAX
from domain.reports.schemas import AmountOut, Basis, IdList, MetaOut, NumberFormatIn, ReportFlag

PAGE_MAX = 1_000_000


class ListingQuery(WireModel):
    """What every listing takes. Without dates, the current fiscal year to date."""

    from_date: Day | None = None
    to_date: Day | None = None
    number_format: NumberFormatIn = NumberFormatIn()


class GeneralLedgerQuery(ListingQuery):
    """`GET /reports/general-ledger`."""

    basis: Basis = "cash"
    accounts_ids: IdList = ()
    none_transactions: ReportFlag = False
    branches_ids: IdList = ()


class JournalQuery(ListingQuery):
    """`GET /reports/journal`. `transaction_id` counts only beside `transaction_type`."""

    transaction_type: OptionalText = None
    transaction_id: OptionalId = None
    from_range: OptionalAmount = None
    to_range: OptionalAmount = None
    accounts_ids: IdList = ()
    branches_ids: IdList = ()


class ContactTransactionsQuery(ListingQuery):
    """What both transactions by customers and by vendors take."""

    none_zero: ReportFlag = False
    none_transactions: ReportFlag = True


class CustomerTransactionsQuery(ContactTransactionsQuery):
    """`GET /reports/transactions-by-customers`."""

    customers_ids: IdList = ()


class VendorTransactionsQuery(ContactTransactionsQuery):
    """`GET /reports/transactions-by-vendors`."""

    vendors_ids: IdList = ()


class ReferenceQuery(WireModel):
    """`GET /reports/transactions-by-reference`: the document whose lines are wanted; the letter case of its type does not matter."""

    reference_type: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    reference_id: RecordId


class CashTransactionsQuery(WireModel):
    """`GET /banking/transactions`."""

    account_id: RecordId
    page: Annotated[int, BeforeValidator(lambda value: blank_to_none(value) or 1), Field(ge=1, le=PAGE_MAX)] = 1
    page_size: Annotated[int, BeforeValidator(lambda value: blank_to_none(value) or 50), Field(ge=1, le=PAGE_SIZE_MAX)] = 50


class DatedAmountOut(AmountOut):
    """A balance and its day."""

    date: str


class LedgerRowOut(WireModel):
    """A line of the general ledger and the account's balance after it; `reference_type` and `reference_id` name its document."""

    id: int
    date: str
    date_formatted: str
    reference_type: str
    reference_id: int
    transaction_number: str | None
    transaction_type_formatted: str
    contact_name: str | None
    contact_type: str | None
    transaction_type: str
    index: int
    note: str | None
    credit: Decimal
    debit: Decimal
    amount: Decimal
    running_balance: Decimal
    formatted_amount: str
    formatted_credit: str
    formatted_debit: str
    formatted_running_balance: str
    currency_code: str


class LedgerAccountOut(WireModel):
    """An account with its opening balance, its lines and its closing balance, its own and with all accounts below."""

    id: int
    name: str
    code: str | None
    index: int | None
    parent_account_id: int | None
    opening_balance: DatedAmountOut
    transactions: list[LedgerRowOut]
    closing_balance: DatedAmountOut
    closing_balance_subaccounts: DatedAmountOut | None = None
    children: list["LedgerAccountOut"]


class GeneralLedgerOut(WireModel):
    """The general ledger."""

    query: dict[str, Any]
    data: list[LedgerAccountOut]
    meta: MetaOut


class JournalEntryOut(WireModel):
    """A line of the journal sheet."""

    entry_id: int
    index: int
    note: str | None
    contact_name: str | None
    contact_type: str | None
    account_id: int
    account_name: str
    account_code: str | None
    transaction_number: str | None
    currency_code: str
    formatted_credit: str
    formatted_debit: str
    credit: Decimal
    debit: Decimal
    created_at: str


class JournalGroupOut(WireModel):
    """The lines of one document."""

    date: str
    date_formatted: str
    transaction_type: str
    reference_type: str
    reference_id: int
    reference_type_formatted: str
    entries: list[JournalEntryOut]
    currency_code: str
    credit: Decimal
    debit: Decimal
    formatted_credit: str
    formatted_debit: str


class JournalOut(WireModel):
    """The journal sheet."""

    query: dict[str, Any]
    data: list[JournalGroupOut]
    meta: MetaOut


class ContactRowOut(WireModel):
    """A line on a control account, and the contact's balance after it."""

    id: int
    credit: AmountOut
    debit: AmountOut
    account_id: int
    account_name: str
    currency_code: str
    transaction_number: str | None
    transaction_type: str
    reference_type: str
    reference_id: int
    date: str
    created_at: str
    running_balance: AmountOut


class ContactStatementOut(WireModel):
    """A contact with its opening balance, its lines and its closing balance."""

    id: int
    opening_balance: AmountOut
    closing_balance: AmountOut
    transactions: list[ContactRowOut]


class CustomerStatementOut(ContactStatementOut):
    """A customer."""

    customer_name: str


class VendorStatementOut(ContactStatementOut):
    """A vendor."""

    vendor_name: str


class CustomerTransactionsOut(WireModel):
    """Transactions by customers."""

    query: dict[str, Any]
    data: list[CustomerStatementOut]
    meta: MetaOut


class VendorTransactionsOut(WireModel):
    """Transactions by vendors."""

    query: dict[str, Any]
    data: list[VendorStatementOut]
    meta: MetaOut


class DayOut(WireModel):
    """A day, for display and as an instant."""

    formatted_date: str
    date: str


class ReferenceLineOut(WireModel):
    """A ledger line of a document."""

    id: int
    date: DayOut
    formatted_date: str
    credit: AmountOut
    debit: AmountOut
    reference_type: str
    reference_id: int
    formatted_reference_type: str
    contact_id: int | None
    contact_type: str | None
    formatted_contact_type: str
    contact_type_camel: str = Field(alias="contactTypeFormatted")
    account_name: str
    account_code: str | None
    account_id: int


class ReferenceOut(WireModel):
    """The ledger lines of a document."""

    transactions: list[ReferenceLineOut]


class CashTransactionOut(WireModel):
    """A transaction of a money account and the balance after it."""

    id: int
    date: str
    formatted_date: str
    withdrawal: Decimal
    deposit: Decimal
    formatted_deposit: str
    formatted_withdrawal: str
    reference_id: int
    reference_type: str
    formatted_transaction_type: str
    transaction_number: str | None
    reference_number: str | None
    running_balance: Decimal
    formatted_running_balance: str
    balance: Decimal
    formatted_balance: str
    status: str
    formatted_status: str
    uncategorized_transaction_id: int | None


class PaginationOut(WireModel):
    """Where the page is."""

    total: int
    page: int
    page_size: int


class CashTransactionsOut(WireModel):
    """One page of an account's transactions, newest first."""

    transactions: list[CashTransactionOut]
    pagination: PaginationOut
