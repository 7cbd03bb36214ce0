import { useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import { api, data, type Schemas } from "@/api/client";
import { usePermission } from "@/app/boot";
import type { Span } from "./series";

/** Statements travel in several forms; this one is asked for. */
const JSON_ONLY = { accept: "application/json" };
const BY_MONTH = { display_columns_type: "date_periods", display_columns_by: "month" } as const;

/** The day of the ledger's newest line, null without lines; not asked for by those who may not see accounts. */
export function useNewestDay() {
  const allowed = usePermission("Account", "View");
  const query = useQuery({
    queryKey: ["accounts", "newest-day"],
    queryFn: ({ signal }) =>
      data(api.GET("/api/accounts/transactions", { signal, params: { query: { limit: 1 } } })).then(
        (lines) => lines[0]?.date.slice(0, 10) ?? null,
      ),
    enabled: allowed,
  });
  return { allowed, query };
}

export function today(): string {
  return dayjs().format("YYYY-MM-DD");
}

export function useBalanceSheet(span: Span) {
  return useQuery({
    queryKey: ["reports", "balance-sheet", "dashboard", span],
    queryFn: ({ signal }) => {
      const query = { from_date: span.from, to_date: span.to, ...BY_MONTH };
      const sheet = data(api.GET("/api/reports/balance-sheet", { signal, params: { query }, headers: JSON_ONLY }));
      return (sheet as Promise<Schemas["SheetOut"]>).then((found) => found.data);
    },
  });
}

export function useProfitLoss(span: Span) {
  return useQuery({
    queryKey: ["reports", "profit-loss-sheet", "dashboard", span],
    queryFn: ({ signal }) => {
      const query = { from_date: span.from, to_date: span.to, ...BY_MONTH };
      const sheet = data(api.GET("/api/reports/profit-loss-sheet", { signal, params: { query }, headers: JSON_ONLY }));
      return (sheet as Promise<Schemas["SheetOut"]>).then((found) => found.data);
    },
  });
}

export type AgingKind = "receivable" | "payable";

export function useAging(kind: AgingKind, day: string) {
  return useQuery({
    queryKey: ["reports", "aging", "dashboard", kind, day],
    queryFn: ({ signal }) => {
      const options = { signal, params: { query: { as_date: day } }, headers: JSON_ONLY };
      const summary =
        kind === "receivable"
          ? data(api.GET("/api/reports/receivable-aging-summary", options))
          : data(api.GET("/api/reports/payable-aging-summary", options));
      return summary as Promise<Schemas["AgingOut"]>;
    },
  });
}
