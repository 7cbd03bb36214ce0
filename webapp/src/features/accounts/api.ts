import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import type { DateRange } from "./range";

export type Account = Schemas["AccountNodeOut"];
export type AccountIn = Schemas["AccountIn"];
export type LedgerRow = Schemas["LedgerRowOut"];
export type LedgerAccount = Schemas["LedgerAccountOut"];

type Ledger = Schemas["GeneralLedgerOut"];
/** Statements travel in several forms; this one is asked for. */
const JSON_ONLY = { accept: "application/json" };

/** What changes with an account. */
export const TOUCHED = ["accounts", "reports", "audit-trail"];

export function useAccounts(inactive: boolean) {
  return useQuery({
    queryKey: ["accounts", "tree", inactive],
    queryFn: ({ signal }) =>
      data(api.GET("/api/accounts", { signal, params: { query: { structure: "tree", inactive_mode: inactive } } })).then(
        (list) => list.accounts,
      ),
  });
}

export function useAccount(id: number) {
  return useQuery({
    queryKey: ["accounts", "one", id],
    queryFn: ({ signal }) => data(api.GET("/api/accounts/{account_id}", { signal, params: { path: { account_id: id } } })),
    enabled: id > 0,
  });
}

export function useAccountTypes() {
  return useQuery({
    queryKey: ["accounts", "types"],
    queryFn: ({ signal }) => data(api.GET("/api/accounts/types", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useCurrencies(enabled: boolean) {
  return useQuery({
    queryKey: ["currencies", "list"],
    queryFn: ({ signal }) => data(api.GET("/api/currencies", { signal })),
    enabled,
  });
}

/** The day of the account's newest line, null without lines. */
export function useLastDay(id: number) {
  return useQuery({
    queryKey: ["accounts", "last-day", id],
    queryFn: ({ signal }) =>
      data(api.GET("/api/accounts/transactions", { signal, params: { query: { account_id: id, limit: 1 } } })).then(
        (lines) => lines[0]?.date.slice(0, 10) ?? null,
      ),
    enabled: id > 0,
  });
}

/** The account's lines of some days with the balance after each. */
export function useRegister(id: number, range: DateRange | null) {
  return useQuery({
    queryKey: ["reports", "general-ledger", "register", id, range],
    queryFn: async ({ signal }) => {
      const query = { accounts_ids: [id], from_date: range?.from_date, to_date: range?.to_date };
      const ledger = (await data(
        api.GET("/api/reports/general-ledger", { signal, params: { query }, headers: JSON_ONLY }),
      )) as Ledger;
      return findAccount(ledger.data, id);
    },
    enabled: id > 0 && range !== null,
    // A hundred thousand lines are neither compared with those before nor kept for long.
    structuralSharing: false,
    gcTime: 60_000,
  });
}

/** An account of the general ledger, which lists accounts below their parents. */
export function findAccount(accounts: readonly LedgerAccount[], id: number): LedgerAccount | null {
  for (const account of accounts) {
    const found = account.id === id ? account : findAccount(account.children, id);
    if (found) return found;
  }
  return null;
}

const FIELD_OF: Record<string, string> = {
  account_name_not_unqiue: "name",
  account_code_not_unique: "code",
  // The same refusals under their older names, which travel too.
  "ACCOUNT.NAME.NOT.UNIQUE": "name",
  NOT_UNIQUE_CODE: "code",
  account_code_required: "code",
  account_type_not_found: "account_type",
  account_type_not_allowed_to_changed: "account_type",
  parent_account_not_found: "parent_account_id",
  parent_has_different_type: "parent_account_id",
  ACCOUNT_CURRENCY_NOT_SAME_PARENT_ACCOUNT: "parent_account_id",
  PARENT_ACCOUNT_EXCEEDED_THE_DEPTH_LEVEL: "parent_account_id",
  ACCOUNT_TYPE_NOT_SUPPORTS_MULTI_CURRENCY: "currency_code",
};

/** The field that a refusal is about. */
export function fieldOf(type: string): string | undefined {
  return FIELD_OF[type];
}

export async function saveAccount(id: number | null, values: AccountIn): Promise<void> {
  if (id === null) {
    await api.POST("/api/accounts", { body: values });
    return;
  }
  const { name, account_type, code, description, parent_account_id } = values;
  const body = { name, account_type, code, description, parent_account_id };
  await api.PUT("/api/accounts/{account_id}", { params: { path: { account_id: id } }, body });
}

export async function deleteAccount(id: number): Promise<void> {
  await api.DELETE("/api/accounts/{account_id}", { params: { path: { account_id: id } } });
}

export async function switchAccount(id: number, active: boolean): Promise<void> {
  const params = { path: { account_id: id } };
  if (active) await api.POST("/api/accounts/{account_id}/activate", { params });
  else await api.POST("/api/accounts/{account_id}/inactivate", { params });
}
