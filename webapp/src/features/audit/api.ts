import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import { documentPath } from "@/shared/documents";

export type AuditEntry = Schemas["AuditEntryOut"];

export const PAGE_SIZE = 50;
export const SUBJECTS = [
  "Account",
  "ManualJournal",
  "Expense",
  "Customer",
  "Vendor",
  "TaxRate",
  "Currency",
  "ExchangeRate",
  "Branch",
  "User",
  "Role",
  "Organization",
  "TransactionsLocking",
  "JournalImport",
] as const;
export const ACTIONS = [
  "created",
  "edited",
  "deleted",
  "published",
  "activated",
  "inactivated",
  "replaced",
  "imported",
  "invited",
  "accepted",
] as const;

export interface Filters {
  subject: string | null;
  subject_id: number | null;
  user_id: number | null;
  action: string | null;
  from_date: string | null;
  to_date: string | null;
}

export const NO_FILTERS: Filters = {
  subject: null,
  subject_id: null,
  user_id: null,
  action: null,
  from_date: null,
  to_date: null,
};

export function useAuditTrail(filters: Filters, page: number) {
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null && value !== ""));
  return useQuery({
    queryKey: ["audit-trail", "list", given, page],
    queryFn: ({ signal }) =>
      data(api.GET("/api/audit-trail", { signal, params: { query: { ...given, page, page_size: PAGE_SIZE } } })),
    placeholderData: keepPreviousData,
  });
}

/** The members, by whose user ids entries can be filtered. */
export function useMembers() {
  return useQuery({ queryKey: ["users", "list"], queryFn: ({ signal }) => data(api.GET("/api/users", { signal })) });
}

/** Where a record is shown, null for kinds without a page. */
export function recordPath(subject: string, id: number): string | null {
  switch (subject) {
    case "Account":
      return `/accounts/${id}`;
    case "Customer":
      return `/customers/${id}`;
    case "Vendor":
      return `/vendors/${id}`;
    default:
      return documentPath(subject, id);
  }
}
