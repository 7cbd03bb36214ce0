import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { type ReportDefinition, reportOf } from "./definitions";
import { listingTable } from "./listings";
import { type Parameters, toQuery } from "./parameters";
import type { ReportTable } from "./table";

const TABLE = "application/json+table";
const PLAIN = "application/json";

export interface ReportAnswer {
  table: ReportTable;
  meta: Schemas["MetaOut"];
}

/** All reports take a query and answer JSON; which path it is does not matter to the types here. */
async function fetchReport(path: string, query: string, accept: string, signal?: AbortSignal): Promise<unknown> {
  const known = path as "/api/reports/balance-sheet";
  return data<unknown>(
    api.GET(known, { headers: { accept }, querySerializer: () => query, signal }) as Promise<{ data?: unknown }>,
  );
}

export function useReport(report: ReportDefinition, parameters: Parameters) {
  const { t } = useTranslation();
  const query = toQuery(report, parameters).toString();
  const accept = report.form === "table" ? TABLE : PLAIN;
  const select = useMemo(
    () => (answer: unknown) => {
      if (report.form === "table") return answer as ReportAnswer;
      return { table: listingTable(report, answer, t), meta: (answer as ReportAnswer).meta };
    },
    [report, t],
  );
  return useQuery({
    queryKey: ["reports", report.slug, query],
    queryFn: ({ signal }) => fetchReport(report.path, query, accept, signal),
    select,
    placeholderData: (previous, earlier) => (earlier?.queryKey[1] === report.slug ? keepPreviousData(previous) : undefined),
  });
}

/** What entries to show: those of accounts, or those of one line of a report by contact. */
export type DrillTarget =
  | { of: "accounts"; title: string; accounts: number[]; from: string; to: string; branches: number[] }
  | { of: "contacts"; title: string; report: ReportDefinition; parameters: Parameters; place: number };

const IDS_MAX = 1000;

async function accountEntries(
  target: DrillTarget & { of: "accounts" },
  signal?: AbortSignal,
): Promise<Schemas["GeneralLedgerOut"]> {
  const query = new URLSearchParams({ from_date: target.from, to_date: target.to, none_transactions: "true" });
  for (const id of target.accounts.slice(0, IDS_MAX)) query.append("accounts_ids[]", String(id));
  for (const id of target.branches) query.append("branches_ids[]", String(id));
  return (await fetchReport("/api/reports/general-ledger", query.toString(), PLAIN, signal)) as Schemas["GeneralLedgerOut"];
}

interface Contacts {
  data: { customers?: { id: number | null }[] | null; vendors?: { id: number | null }[] | null };
}

/** The table names contacts without their ids; the same report as plain JSON has them, in the same order. */
async function contactEntries(target: DrillTarget & { of: "contacts" }, signal?: AbortSignal): Promise<unknown> {
  const { report, parameters, place } = target;
  const plain = (await fetchReport(report.path, toQuery(report, parameters).toString(), PLAIN, signal)) as Contacts;
  const id = (plain.data.customers ?? plain.data.vendors ?? [])[place]?.id;
  const contacts = report.controls.contacts;
  if (!id || !contacts) return null;
  const query = new URLSearchParams({ from_date: EARLIEST, to_date: parameters.to, none_transactions: "false" });
  query.append(`${contacts.parameter}[]`, String(id));
  return fetchReport(`/api/reports/transactions-by-${contacts.kind}s`, query.toString(), PLAIN, signal);
}

/** Open balances may be older than any period of a sheet. */
const EARLIEST = "1900-01-01";

export function useEntries(target: DrillTarget | null) {
  const { t } = useTranslation();
  return useQuery({
    queryKey: ["reports", "entries", target],
    enabled: target !== null,
    queryFn: async ({ signal }) => {
      const by = target?.of === "contacts" ? target : null;
      const answer = by
        ? await contactEntries(by, signal)
        : await accountEntries(target as DrillTarget & { of: "accounts" }, signal);
      const listing = reportOf(by ? `${by.report.controls.contacts?.kind}-transactions` : "general-ledger");
      return answer && listing ? listingTable(listing, answer, t) : { columns: [], rows: [] };
    },
  });
}

export function useBranches() {
  return useQuery({ queryKey: ["branches"], queryFn: () => data(api.GET("/api/branches")), staleTime: 60_000 });
}
