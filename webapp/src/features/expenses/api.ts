import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, data, type Schemas } from "@/api/client";
import { useAccounts } from "@/shared/AccountPicker";
import type { ListQuery } from "@/shared/useList";

export type ExpenseRow = Schemas["ExpenseRowOut"];
export type Expense = Schemas["ExpenseDetailOut"];
export type ExpenseBody = Schemas["ExpenseIn"];

/** Queries that a change of an expense makes outdated. */
export const TOUCHED = ["expenses", "accounts", "customers", "vendors", "reports", "dashboard", "audit-trail"];

/** Types of accounts from which expenses are paid. */
export const PAYMENT_TYPES = ["cash", "bank", "credit-card", "other-current-asset", "none-current-asset", "fixed-asset"];
/** Types of accounts that a category may name. */
export const EXPENSE_TYPES = ["expense", "cost-of-goods-sold", "other-expense"];

/** The accounts that expenses may be paid from, as the list filters by them: by their slugs. */
export function usePaymentAccounts() {
  const { data: accounts } = useAccounts();
  return useMemo(() => {
    const names = new Map<string, string[]>();
    for (const { slug, name, account_type } of accounts ?? []) {
      if (slug && PAYMENT_TYPES.includes(account_type)) names.set(slug, [...(names.get(slug) ?? []), name]);
    }
    return [...names].map(([value, all]) => ({ value, label: all.join(" / ") }));
  }, [accounts]);
}

export function useExpenses(query: ListQuery) {
  return useQuery({
    queryKey: ["expenses", "list", query],
    queryFn: () => data(api.GET("/api/expenses", { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

/** `enabled` false: what is shown stays, and nothing is fetched, as while the expense is being deleted. */
export function useExpense(id: number, enabled: boolean) {
  return useQuery({
    queryKey: ["expenses", "one", id],
    enabled,
    queryFn: () => data(api.GET("/api/expenses/{expense_id}", { params: { path: { expense_id: id } } })),
  });
}

/** Write a new expense, or change the one with this id. Answers its id. */
export async function saveExpense(id: number | null, body: ExpenseBody): Promise<number> {
  const saved =
    id === null
      ? await data(api.POST("/api/expenses", { body }))
      : await data(api.PUT("/api/expenses/{expense_id}", { params: { path: { expense_id: id } }, body }));
  return saved.id;
}

export function publishExpense(id: number): Promise<unknown> {
  return data(api.POST("/api/expenses/{expense_id}/publish", { params: { path: { expense_id: id } } }));
}

export function deleteExpense(id: number): Promise<unknown> {
  return data(api.DELETE("/api/expenses/{expense_id}", { params: { path: { expense_id: id } } }));
}

export function checkBulkDelete(ids: number[]): Promise<Schemas["BulkDeleteCheckOut"]> {
  return data(api.POST("/api/expenses/validate-bulk-delete", { body: { ids } }));
}

export function bulkDelete(ids: number[]): Promise<unknown> {
  return data(api.POST("/api/expenses/bulk-delete", { body: { ids, skip_undeletable: true } }));
}
