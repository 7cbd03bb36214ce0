import type { Preset } from "./days";

/** What the customise drawer offers for a report. */
export interface Controls {
  /** `range`: from and to; `day`: as of a day. */
  dates: "range" | "day";
  /** The days shown at first; where it is not said, those of the fiscal year to date. */
  preset?: Preset;
  columns?: boolean;
  compare?: boolean;
  /** Query parameters of percentages. */
  percentages?: readonly string[];
  /** Which rows may be hidden, and what the API hides where it is told nothing. */
  rows?: { choices: readonly RowChoice[]; byDefault: RowChoice };
  branches?: boolean;
  /** Query parameter of the accounts to keep to. */
  accounts?: "account_ids" | "accounts_ids";
  contacts?: { parameter: "customers_ids" | "vendors_ids"; kind: "customer" | "vendor" };
  aging?: boolean;
}

export type RowChoice = "all" | "active" | "nonzero";
export type ReportGroup = "statements" | "ledgers" | "customers" | "vendors";

/** `table` reports come as a table; the listings come as plain JSON, whose lines name their documents. */
export type ReportForm = "table" | "ledger" | "journal" | "contacts";

export interface ReportDefinition {
  slug: string;
  path: string;
  group: ReportGroup;
  form: ReportForm;
  /** The action of subject `Report` that allows it. */
  permission: string;
  controls: Controls;
  /** How a figure leads to the entries behind it. */
  drill: "accounts" | "contacts" | "none";
  /** Columns are cumulative balances: entries are those up to the column's last day. */
  cumulative?: boolean;
}

const ROWS = { choices: ["all", "active", "nonzero"], byDefault: "all" } as const;
const ACTIVE_ROWS = { ...ROWS, byDefault: "active" } as const;
const CUSTOMERS = { parameter: "customers_ids", kind: "customer" } as const;
const VENDORS = { parameter: "vendors_ids", kind: "vendor" } as const;

export const REPORTS: readonly ReportDefinition[] = [
  {
    slug: "balance-sheet",
    path: "/api/reports/balance-sheet",
    group: "statements",
    form: "table",
    permission: "read-balance-sheet",
    controls: {
      dates: "range",
      columns: true,
      compare: true,
      percentages: ["percentage_of_column", "percentage_of_row"],
      rows: ROWS,
      branches: true,
      accounts: "account_ids",
    },
    drill: "accounts",
    cumulative: true,
  },
  {
    slug: "profit-loss",
    path: "/api/reports/profit-loss-sheet",
    group: "statements",
    form: "table",
    permission: "read-profit-loss",
    controls: {
      dates: "range",
      columns: true,
      compare: true,
      percentages: ["percentage_column", "percentage_row", "percentage_income", "percentage_expense"],
      rows: ROWS,
      branches: true,
      accounts: "accounts_ids",
    },
    drill: "accounts",
  },
  {
    slug: "cash-flow",
    path: "/api/reports/cashflow-statement",
    group: "statements",
    form: "table",
    permission: "read-cashflow",
    controls: { dates: "range", columns: true, rows: ROWS, branches: true },
    drill: "accounts",
  },
  {
    slug: "trial-balance",
    path: "/api/reports/trial-balance-sheet",
    group: "statements",
    form: "table",
    permission: "read-trial-balance-sheet",
    controls: { dates: "range", rows: ACTIVE_ROWS, branches: true, accounts: "account_ids" },
    drill: "accounts",
  },
  {
    slug: "general-ledger",
    path: "/api/reports/general-ledger",
    group: "ledgers",
    form: "ledger",
    permission: "read-general-ledger",
    // A year of every entry is more than one reads at once.
    controls: {
      dates: "range",
      preset: "month_to_date",
      rows: { choices: ["all", "active"], byDefault: "active" },
      branches: true,
      accounts: "accounts_ids",
    },
    drill: "none",
  },
  {
    slug: "journal",
    path: "/api/reports/journal",
    group: "ledgers",
    form: "journal",
    permission: "read-journal",
    controls: { dates: "range", preset: "month_to_date", branches: true, accounts: "accounts_ids" },
    drill: "none",
  },
  {
    slug: "receivable-aging",
    path: "/api/reports/receivable-aging-summary",
    group: "customers",
    form: "table",
    permission: "read-ar-aging-summary",
    controls: {
      dates: "day",
      rows: { choices: ["all", "nonzero"], byDefault: "all" },
      branches: true,
      contacts: CUSTOMERS,
      aging: true,
    },
    drill: "contacts",
  },
  {
    slug: "customer-balances",
    path: "/api/reports/customer-balance-summary",
    group: "customers",
    form: "table",
    permission: "read-customers-summary-balance",
    controls: { dates: "day", percentages: ["percentage_column"], rows: ACTIVE_ROWS, contacts: CUSTOMERS },
    drill: "contacts",
  },
  {
    slug: "customer-transactions",
    path: "/api/reports/transactions-by-customers",
    group: "customers",
    form: "contacts",
    permission: "read-customers-transactions",
    controls: { dates: "range", rows: ACTIVE_ROWS, contacts: CUSTOMERS },
    drill: "none",
  },
  {
    slug: "payable-aging",
    path: "/api/reports/payable-aging-summary",
    group: "vendors",
    form: "table",
    permission: "read-ap-aging-summary",
    controls: {
      dates: "day",
      rows: { choices: ["all", "nonzero"], byDefault: "all" },
      branches: true,
      contacts: VENDORS,
      aging: true,
    },
    drill: "contacts",
  },
  {
    slug: "vendor-balances",
    path: "/api/reports/vendor-balance-summary",
    group: "vendors",
    form: "table",
    permission: "read-vendors-summary-balance",
    controls: { dates: "day", percentages: ["percentage_column"], rows: ACTIVE_ROWS, contacts: VENDORS },
    drill: "contacts",
  },
  {
    slug: "vendor-transactions",
    path: "/api/reports/transactions-by-vendors",
    group: "vendors",
    form: "contacts",
    permission: "read-vendors-transactions",
    controls: { dates: "range", rows: ACTIVE_ROWS, contacts: VENDORS },
    drill: "none",
  },
];

export const REPORT_GROUPS: readonly ReportGroup[] = ["statements", "ledgers", "customers", "vendors"];

export function reportOf(slug: string | undefined): ReportDefinition | undefined {
  return REPORTS.find((report) => report.slug === slug);
}
