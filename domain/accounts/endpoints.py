"""The HTTP interface of accounts (accounting.md 2.4)."""

from typing import Any

from domain.accounts import presenter, service
from domain.accounts.rules import (
    CODE_NOT_UNIQUE,
    CODE_REQUIRED,
    CURRENCY_NOT_SAME_AS_PARENT,
    DEPTH_EXCEEDED,
    HAS_TRANSACTIONS,
    NAME_NOT_UNIQUE,
    PARENT_HAS_DIFFERENT_TYPE,
    PARENT_NOT_FOUND,
    PREDEFINED,
    TYPE_NOT_ALLOWED_TO_CHANGE,
    TYPE_NOT_FOUND,
    TYPE_NOT_MULTI_CURRENCY,
)
from domain.accounts.schemas import (
    AccountDetailOut,
    AccountEditIn,
    AccountIn,
    AccountListOut,
    AccountListQuery,
    AccountOut,
    AccountTransactionOut,
    AccountTransactionsQuery,
    AccountTypeOut,
)
from domain.kit.bulk import bulk_delete, check_bulk_delete
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, Account
from domain.kit.schemas import BulkDeleteCheckOut, BulkDeleteIn

endpoint = EndpointGroup("Accounts")
_TREE_ERRORS = (PARENT_NOT_FOUND, PARENT_HAS_DIFFERENT_TYPE, CURRENCY_NOT_SAME_AS_PARENT, DEPTH_EXCEEDED)


@endpoint.get("/accounts", permission=MEMBER, query=AccountListQuery, returns=AccountListOut, warm=True)
def list_accounts(ctx: TenantContext, query: AccountListQuery) -> dict[str, Any]:
    """The chart of accounts"""
    return service.list_accounts(ctx, query)


@endpoint.get("/accounts/types", permission=MEMBER, returns=list[AccountTypeOut], warm=True)
def list_types(ctx: TenantContext) -> list[dict[str, Any]]:  # noqa: ARG001
    """The nineteen account types"""
    return presenter.account_type_forms()


@endpoint.get(
    "/accounts/transactions", permission=Account.view, query=AccountTransactionsQuery, returns=list[AccountTransactionOut]
)
def list_transactions(ctx: TenantContext, query: AccountTransactionsQuery) -> list[dict[str, Any]]:
    """Ledger lines of an account, newest first"""
    return service.account_transactions(ctx, query)


@endpoint.get("/accounts/{account_id}", permission=MEMBER, returns=AccountDetailOut, warm=True)
def get_account(ctx: TenantContext, account_id: int) -> dict[str, Any]:
    """One account with its balance"""
    return service.account_form(ctx, account_id)


@endpoint.post(
    "/accounts",
    permission=Account.create,
    body=AccountIn,
    returns=AccountOut,
    errors=(NAME_NOT_UNIQUE, CODE_NOT_UNIQUE, CODE_REQUIRED, TYPE_NOT_FOUND, *_TREE_ERRORS, TYPE_NOT_MULTI_CURRENCY),
)
def create_account(ctx: TenantContext, body: AccountIn) -> dict[str, Any]:
    """Open an account"""
    return presenter.stored_form(service.create_account(ctx, body))


@endpoint.put(
    "/accounts/{account_id}",
    permission=Account.edit,
    body=AccountEditIn,
    returns=AccountOut,
    errors=(NAME_NOT_UNIQUE, TYPE_NOT_ALLOWED_TO_CHANGE, CODE_NOT_UNIQUE, *_TREE_ERRORS),
)
def edit_account(ctx: TenantContext, account_id: int, body: AccountEditIn) -> dict[str, Any]:
    """Change an account"""
    return presenter.stored_form(service.edit_account(ctx, account_id, body))


@endpoint.delete("/accounts/{account_id}", permission=Account.delete, errors=(PREDEFINED, HAS_TRANSACTIONS))
def delete_account(ctx: TenantContext, account_id: int) -> Answer:
    """Delete an account that nothing refers to"""
    service.delete_account(ctx, account_id)
    return EMPTY


@endpoint.post("/accounts/{account_id}/activate", permission=Account.edit, status=200)
def activate_account(ctx: TenantContext, account_id: int) -> Answer:
    """Activate an account and all below it"""
    service.switch_account(ctx, account_id, active=True)
    return EMPTY


@endpoint.post("/accounts/{account_id}/inactivate", permission=Account.edit, status=200)
def inactivate_account(ctx: TenantContext, account_id: int) -> Answer:
    """Inactivate an account and all below it"""
    service.switch_account(ctx, account_id, active=False)
    return EMPTY


@endpoint.post(
    "/accounts/validate-bulk-delete", permission=Account.delete, body=BulkDeleteIn, returns=BulkDeleteCheckOut, status=200
)
def check_bulk_delete_accounts(ctx: TenantContext, body: BulkDeleteIn) -> dict[str, Any]:
    """Which accounts could be deleted; deletes nothing"""
    return check_bulk_delete(ctx, body.ids, service.delete_account)


@endpoint.post("/accounts/bulk-delete", permission=Account.delete, body=BulkDeleteIn, status=200)
def bulk_delete_accounts(ctx: TenantContext, body: BulkDeleteIn) -> Answer:
    """Delete several accounts, all or nothing unless undeletable ones may be skipped"""
    bulk_delete(ctx, body.ids, service.delete_account, skip_undeletable=bool(body.skip_undeletable))
    return EMPTY
