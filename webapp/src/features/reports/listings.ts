import type { TFunction } from "i18next";
import type { Schemas } from "@/api/client";
import { documentPath } from "@/shared/documents";
import { formatDate } from "@/shared/format";
import type { ReportDefinition } from "./definitions";
import type { ReportTable, TableRow } from "./table";

function line(values: Record<string, string | null | undefined>, type: string, rest: Partial<TableRow> = {}): TableRow {
  const cells = Object.entries(values).map(([key, value]) => ({ key, value: value ?? "" }));
  return { cells, row_types: [type], ...rest };
}

const LEDGER = [
  "date",
  "reference_type",
  "reference_number",
  "description",
  "debit",
  "credit",
  "amount",
  "running_balance",
] as const;
const JOURNAL = [
  "date",
  "transaction_type",
  "transaction_number",
  "description",
  "account_code",
  "account_name",
  "debit",
  "credit",
] as const;
const CONTACTS = [
  "date",
  "account_name",
  "transaction_type",
  "transaction_number",
  "debit",
  "credit",
  "running_balance",
] as const;

function columns(keys: readonly string[], t: TFunction): ReportTable["columns"] {
  return keys.map((key) => ({ key, label: t(`reports.column.${key}`) }));
}

function blank(keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, ""]));
}

function ledgerAccount(account: Schemas["LedgerAccountOut"], t: TFunction): TableRow {
  const empty = blank(LEDGER);
  const name = account.code ? `${account.code} · ${account.name}` : account.name;
  const balance = (label: string, text: string, type: string) => line({ ...empty, date: label, running_balance: text }, type);
  const below = account.closing_balance_subaccounts;
  const entries = account.transactions.map((entry) =>
    line(
      {
        date: entry.date_formatted,
        reference_type: entry.transaction_type_formatted,
        reference_number: entry.transaction_number,
        description: entry.note ?? entry.contact_name,
        debit: entry.formatted_debit,
        credit: entry.formatted_credit,
        amount: entry.formatted_amount,
        running_balance: entry.formatted_running_balance,
      },
      "TRANSACTION",
      { document: documentPath(entry.reference_type, entry.reference_id) ?? undefined },
    ),
  );
  return line({ ...empty, date: name, running_balance: account.closing_balance.formatted_amount }, "ACCOUNT", {
    id: account.id,
    children: [
      balance(t("reports.openingBalance"), account.opening_balance.formatted_amount, "OPENING_BALANCE"),
      ...entries,
      balance(t("reports.closingBalance"), account.closing_balance.formatted_amount, "CLOSING_BALANCE"),
      ...account.children.map((child) => ledgerAccount(child, t)),
      ...(account.children.length && below
        ? [balance(t("reports.closingBalanceBelow"), below.formatted_amount, "CLOSING_BALANCE")]
        : []),
    ],
  });
}

export function ledgerTable(sheet: Schemas["GeneralLedgerOut"], t: TFunction): ReportTable {
  return { columns: columns(LEDGER, t), rows: sheet.data.map((account) => ledgerAccount(account, t)) };
}

function journalGroup(group: Schemas["JournalGroupOut"]): TableRow[] {
  const document = documentPath(group.reference_type, group.reference_id) ?? undefined;
  const empty = blank(JOURNAL);
  const lines = group.entries.map((entry, place) =>
    line(
      {
        date: place ? "" : group.date_formatted,
        transaction_type: place ? "" : group.reference_type_formatted,
        transaction_number: place ? "" : entry.transaction_number,
        description: entry.note ?? entry.contact_name,
        account_code: entry.account_code,
        account_name: entry.account_name,
        debit: entry.formatted_debit,
        credit: entry.formatted_credit,
      },
      "ENTRY",
      { document },
    ),
  );
  return [...lines, line({ ...empty, debit: group.formatted_debit, credit: group.formatted_credit }, "TOTAL")];
}

export function journalTable(sheet: Schemas["JournalOut"], t: TFunction): ReportTable {
  return { columns: columns(JOURNAL, t), rows: sheet.data.flatMap(journalGroup) };
}

type ContactSheet = Schemas["CustomerTransactionsOut"] | Schemas["VendorTransactionsOut"];
type ContactStatement = Schemas["CustomerStatementOut"] | Schemas["VendorStatementOut"];

function contactStatement(statement: ContactStatement, t: TFunction): TableRow {
  const empty = blank(CONTACTS);
  const name = "customer_name" in statement ? statement.customer_name : statement.vendor_name;
  const balance = (label: string, text: string, type: string) => line({ ...empty, date: label, running_balance: text }, type);
  const entries = statement.transactions.map((entry) =>
    line(
      {
        date: formatDate(entry.date),
        account_name: entry.account_name,
        transaction_type: entry.transaction_type,
        transaction_number: entry.transaction_number,
        debit: entry.debit.formatted_amount,
        credit: entry.credit.formatted_amount,
        running_balance: entry.running_balance.formatted_amount,
      },
      "TRANSACTION",
      { document: documentPath(entry.reference_type, entry.reference_id) ?? undefined },
    ),
  );
  return line({ ...empty, date: name, running_balance: statement.closing_balance.formatted_amount }, "CONTACT", {
    children: [
      balance(t("reports.openingBalance"), statement.opening_balance.formatted_amount, "OPENING_BALANCE"),
      ...entries,
      balance(t("reports.closingBalance"), statement.closing_balance.formatted_amount, "CLOSING_BALANCE"),
    ],
  });
}

export function contactsTable(sheet: ContactSheet, t: TFunction): ReportTable {
  return { columns: columns(CONTACTS, t), rows: sheet.data.map((statement) => contactStatement(statement, t)) };
}

/** The listing as a table. */
export function listingTable(report: ReportDefinition, sheet: unknown, t: TFunction): ReportTable {
  if (report.form === "ledger") return ledgerTable(sheet as Schemas["GeneralLedgerOut"], t);
  if (report.form === "journal") return journalTable(sheet as Schemas["JournalOut"], t);
  return contactsTable(sheet as ContactSheet, t);
}
