"""Wire models of journal imports."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from domain.accounts.schemas import AccountCode, AccountName
from domain.journal_files.account_types import ACCOUNT_TYPES
from domain.journal_import.files import file_path
from domain.kit.lists import PageNumber
from domain.kit.schemas import CurrencyCode, OptionalId, WireModel, blank_to_none

FILES_MAX = 100
MAPPING_MAX = 10_000
COMMODITIES_MAX = 1_000


def _file_name(value: str) -> str:
    if not value.isprintable():
        raise ValueError("a file name has printable characters only")
    return value


def _account_type(value: str) -> str:
    if value not in ACCOUNT_TYPES:
        raise ValueError(f"must be one of {', '.join(ACCOUNT_TYPES)}")
    return value


OptionalAccountType = Annotated[
    Annotated[str, StringConstraints(max_length=60), AfterValidator(_account_type)] | None, BeforeValidator(blank_to_none)
]
FileName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), AfterValidator(_file_name)]


class JournalFileIn(WireModel):
    """One file: its name, or its path from the folder that they share, and its text."""

    name: FileName
    text: str


class AccountChoiceIn(WireModel):
    """Where a ledger account goes: an account of the books, or a new one. What is left out of a new one is as by its name."""

    ledger_account: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    account_id: OptionalId = None
    name: Annotated[AccountName | None, BeforeValidator(blank_to_none)] = None
    account_type: OptionalAccountType = None
    code: AccountCode = None


class CommodityChoiceIn(WireModel):
    """Which currency a commodity is."""

    commodity: Annotated[str, StringConstraints(max_length=100)]
    currency_code: CurrencyCode


def _different_names(files: Sequence[JournalFileIn]) -> Sequence[JournalFileIn]:
    if len({file_path(file.name) for file in files}) < len(files):
        raise ValueError("two files have the same name")
    return files


def _mapped_once(mapping: Sequence[AccountChoiceIn]) -> Sequence[AccountChoiceIn]:
    if len({choice.ledger_account for choice in mapping}) < len(mapping):
        raise ValueError("a ledger account is mapped twice")
    return mapping


class JournalImportIn(WireModel):
    """Journal files of hledger or Ledger, the main one first, and what their names cannot say."""

    files: Annotated[list[JournalFileIn], Field(min_length=1, max_length=FILES_MAX), AfterValidator(_different_names)]
    mapping: Annotated[list[AccountChoiceIn], Field(max_length=MAPPING_MAX), AfterValidator(_mapped_once)] = Field(
        default_factory=list
    )
    commodities: Annotated[list[CommodityChoiceIn], Field(max_length=COMMODITIES_MAX)] = Field(default_factory=list)


class ImportProblemOut(WireModel):
    """What hinders the import, where, and what to do. `about` is the ledger account, or for currencies the commodity, if it is about one."""

    kind: str
    file: str
    line: int
    message: str
    about: str | None


class ImportNoticeOut(WireModel):
    """What is left out on purpose."""

    file: str
    line: int
    message: str


class CommodityTotalOut(WireModel):
    """What an account's postings come to in one commodity, as the file has it."""

    commodity: str
    currency_code: str | None
    debit: Decimal
    credit: Decimal


class ImportTargetOut(WireModel):
    """Where a ledger account goes. `account_id` is null for an account that is to be created; `account_type` where it is unknown."""

    source: Literal["chosen", "earlier", "name", "new"]
    account_id: int | None
    name: str
    code: str | None
    account_type: str | None
    currency_code: str


class ImportAccountOut(WireModel):
    """One ledger account of the files."""

    ledger_account: str
    postings: int
    totals: list[CommodityTotalOut]
    target: ImportTargetOut
    problem: ImportProblemOut | None


class ImportCommodityOut(WireModel):
    """One commodity of the files. `rate`: whether it is known what it is worth in base currency where that is needed."""

    commodity: str
    currency_code: str | None
    postings: int
    rate: Literal["base", "declared", "not_needed", "missing", "unknown"]
    problem: ImportProblemOut | None


class ImportLineOut(WireModel):
    """One line as it would be posted."""

    ledger_account: str
    account: str
    debit: Decimal
    credit: Decimal
    note: str | None


class ImportJournalOut(WireModel):
    """One transaction as it would be posted."""

    file: str
    line: int
    date: str
    formatted_date: str
    description: str | None
    reference: str | None
    currency_code: str
    exchange_rate: Decimal
    lines: list[ImportLineOut]


class ImportPreviewOut(WireModel):
    """What an import would do. Lists of problems, notices and journals are cut; their counts are not."""

    files: list[str]
    unused_files: list[str]
    transactions: int
    to_import: int
    already_there: int
    first_date: str | None
    last_date: str | None
    formatted_first_date: str
    formatted_last_date: str
    accounts_to_create: int
    can_import: bool
    accounts: list[ImportAccountOut]
    commodities: list[ImportCommodityOut]
    problems: list[ImportProblemOut]
    problems_count: int
    left_out: list[ImportNoticeOut]
    left_out_count: int
    journals: list[ImportJournalOut]


class ImportResultOut(WireModel):
    """What an import did. `left_out` is cut; its count is not."""

    journals_created: int
    already_there: int
    accounts_created: list[str]
    left_out: list[str]
    left_out_count: int


class ImportHistoryQuery(WireModel):
    """A page of earlier imports, newest first."""

    page: Annotated[PageNumber, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[PageNumber, Field(ge=1, le=100)] = 20


class PastImportOut(WireModel):
    """One import: what was brought in then, whatever became of it."""

    id: int
    imported_at: datetime
    formatted_imported_at: str
    user_id: int
    user_name: str
    files: list[str]
    journals_created: int
    accounts_created: int
    already_there: int
    left_out: int


class ImportHistoryOut(WireModel):
    """`GET /journal-imports`."""

    journal_imports: list[PastImportOut]
    pagination: dict[str, int]
