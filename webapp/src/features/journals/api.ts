import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import { useFeature } from "@/app/boot";
import { type Filter, type FilterField, filterRoles, type Sort } from "@/shared/DataTable";
import { listQuery } from "@/shared/useList";
import { type JournalValues, located, requestOf, sentPlaces } from "./model";

export type Journal = Schemas["ManualJournalDetailOut"];
export type JournalRow = Schemas["ManualJournalRowOut"];
export type Status = "all" | "draft" | "published";

export const PAGE_SIZE = 50;
/** What a write of a journal makes stale. */
export const STALE = ["manual-journals", "accounts", "reports", "dashboard", "settings", "audit-trail"];

export interface JournalQuestion {
  page: number;
  search: string;
  status: Status;
  sort: Sort | null;
  filter: Filter;
}

/** The filter and the status as one: roles are read from left to right, so the status comes last, joined to all of them. */
export function rolesOf({ filter, status }: JournalQuestion, fields: FilterField[]): string | undefined {
  const chosen: FilterField = { key: "status", label: "", type: "choice", wireKey: "status", choices: [] };
  const ofStatus = { joint: "and", field: "status", operator: "is", value: status } as const;
  return filterRoles(
    [...filter.filter(({ field }) => field !== "status"), ...(status === "all" ? [] : [ofStatus])],
    [...fields, chosen],
  );
}

export function useJournals(question: JournalQuestion, fields: FilterField[]) {
  const { page, search, sort } = question;
  const roles = rolesOf(question, fields);
  return useQuery({
    queryKey: ["manual-journals", "list", page, search, roles, sort],
    queryFn: () => data(api.GET("/api/manual-journals", { params: { query: listQuery(page, sort, search, roles) } })),
    placeholderData: keepPreviousData,
  });
}

export function useJournal(id: number | null) {
  return useQuery({
    queryKey: ["manual-journals", id],
    queryFn: () => data(api.GET("/api/manual-journals/{journal_id}", { params: { path: { journal_id: id as number } } })),
    enabled: id !== null,
  });
}

export function useCurrencies() {
  return useQuery({ queryKey: ["currencies"], queryFn: () => data(api.GET("/api/currencies")), staleTime: 60_000 });
}

const NO_BRANCHES: Schemas["BranchOut"][] = [];

/** The branches, while the organisation works with them; none otherwise. */
export function useBranchChoices() {
  const on = useFeature("branches");
  const query = useQuery({
    queryKey: ["branches"],
    queryFn: () => data(api.GET("/api/branches")),
    enabled: on,
    staleTime: 60_000,
  });
  return { on, branches: on ? (query.data ?? NO_BRANCHES) : NO_BRANCHES };
}

/** The number that the series has next; null where numbers are typed or may not be seen. */
export function useNextNumber(): string | null {
  const { data: settings } = useQuery({
    queryKey: ["settings", "manual_journals"],
    queryFn: () => data(api.GET("/api/settings", { params: { query: { group: "manual_journals" } } })),
  });
  const value = (key: string) => settings?.find((setting) => setting.group === "manual_journals" && setting.key === key)?.value;
  const next = value("next_number");
  const automatic = value("auto_increment");
  return next && automatic !== false && automatic !== "0" ? `${value("number_prefix") ?? ""}${next}` : null;
}

/** Today's rate: base units for one unit of the currency. */
export async function latestRate(currency: string, baseCurrency: string): Promise<number> {
  const query = { from_currency: currency, to_currency: baseCurrency };
  return (await data(api.GET("/api/exchange-rates/latest", { params: { query } }))).exchange_rate;
}

export interface SaveRequest {
  id: number | null;
  values: JournalValues;
  publish?: boolean;
}

/** Write the journal; answers its id. Refusals come with their places in the form. */
export async function saveJournal({ id, values, publish }: SaveRequest): Promise<number> {
  const body = requestOf(values, publish);
  try {
    if (id === null) return (await data(api.POST("/api/manual-journals", { body }))).id;
    await data(api.PUT("/api/manual-journals/{journal_id}", { params: { path: { journal_id: id } }, body }));
    return id;
  } catch (error) {
    throw located(error, sentPlaces(values.entries));
  }
}

export function publishJournal(id: number): Promise<unknown> {
  return data(api.PATCH("/api/manual-journals/{journal_id}/publish", { params: { path: { journal_id: id } } }));
}

export function deleteJournal(id: number): Promise<unknown> {
  return data(api.DELETE("/api/manual-journals/{journal_id}", { params: { path: { journal_id: id } } }));
}

export function checkBulkDelete(ids: number[]): Promise<Schemas["BulkDeleteCheckOut"]> {
  return data(api.POST("/api/manual-journals/validate-bulk-delete", { body: { ids } }));
}

export function bulkDelete(ids: number[]): Promise<unknown> {
  return data(api.POST("/api/manual-journals/bulk-delete", { body: { ids, skip_undeletable: true } }));
}
