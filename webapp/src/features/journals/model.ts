import Decimal from "decimal.js";
import type { Schemas } from "@/api/client";
import { ApiError, type Problem } from "@/api/errors";
import { ensureEmptyLine, newKey } from "@/shared/LineEditor";

/** A line of the form. Amounts are decimal text, empty for none. */
export interface JournalLine {
  key: string;
  account_id: number | null;
  note: string;
  contact_id: number | null;
  debit: string;
  credit: string;
  /** Null: as the journal. */
  branch_id: number | null;
}

export interface JournalValues {
  date: string | null;
  /** Empty: the next one of the series. */
  journal_number: string;
  reference: string;
  currency_code: string;
  /** Base units for one unit of the currency. */
  exchange_rate: string;
  description: string;
  branch_id: number | null;
  entries: JournalLine[];
}

/** As many entries as the API takes. */
export const LINES_MAX = 2000;
const CONTACT_KINDS: Record<string, "customer" | "vendor"> = { "accounts-receivable": "customer", "accounts-payable": "vendor" };

/** Whose balance an account of this type keeps; undefined for accounts without contacts. */
export function contactKind(accountType: string | undefined): "customer" | "vendor" | undefined {
  return accountType === undefined ? undefined : CONTACT_KINDS[accountType];
}

export function newLine(): JournalLine {
  return { key: newKey(), account_id: null, note: "", contact_id: null, debit: "", credit: "", branch_id: null };
}

export function isEmptyLine(line: JournalLine): boolean {
  return line.account_id === null && line.contact_id === null && !line.note && !line.debit && !line.credit;
}

export function emptyValues(today: string, baseCurrency: string): JournalValues {
  return {
    date: today,
    journal_number: "",
    reference: "",
    currency_code: baseCurrency,
    exchange_rate: "1",
    description: "",
    branch_id: null,
    entries: [newLine(), newLine()],
  };
}

function amountText(amount: number): string {
  return amount === 0 ? "" : new Decimal(amount).toFixed();
}

/** The form of a journal that exists. */
export function valuesOf(journal: Schemas["ManualJournalDetailOut"]): JournalValues {
  const lines = journal.entries.map((entry) => ({
    key: newKey(),
    account_id: entry.account_id,
    note: entry.note ?? "",
    contact_id: entry.contact_id,
    debit: amountText(entry.debit),
    credit: amountText(entry.credit),
    branch_id: entry.branch_id === journal.branch_id ? null : entry.branch_id,
  }));
  return {
    date: journal.date.slice(0, 10),
    journal_number: journal.journal_number,
    reference: journal.reference ?? "",
    currency_code: journal.currency_code,
    exchange_rate: new Decimal(journal.exchange_rate).toFixed(),
    description: journal.description ?? "",
    branch_id: journal.branch_id,
    entries: ensureEmptyLine(lines, isEmptyLine, newLine, LINES_MAX),
  };
}

/** The form of a new journal like one that exists: of today, with a number of its own. */
export function copyOf(journal: Schemas["ManualJournalDetailOut"], today: string): JournalValues {
  return { ...valuesOf(journal), date: today, journal_number: "" };
}

/** A decimal of what was typed; zero for nothing and for what is no number yet, such as a lone minus sign. */
export function decimal(text: string): Decimal {
  try {
    return new Decimal(text || 0);
  } catch {
    return new Decimal(0);
  }
}

export interface Totals {
  debit: Decimal;
  credit: Decimal;
  /** Debits less credits. */
  difference: Decimal;
}

/** The sums of the lines, for the eye: the server checks them for itself. */
export function totals(lines: Pick<JournalLine, "debit" | "credit">[]): Totals {
  const debit = lines.reduce((sum, line) => sum.plus(decimal(line.debit)), new Decimal(0));
  const credit = lines.reduce((sum, line) => sum.plus(decimal(line.credit)), new Decimal(0));
  return { debit, credit, difference: debit.minus(credit) };
}

/** The amount that would balance the journal, offered to a line that has none yet. */
export function balancing(lines: JournalLine[], key: string): Pick<JournalLine, "debit" | "credit"> | null {
  const line = lines.find((candidate) => candidate.key === key);
  if (!line || line.debit || line.credit) return null;
  const { difference } = totals(lines);
  if (difference.isZero()) return null;
  const amount = difference.abs().toFixed();
  return difference.isPositive() ? { debit: "", credit: amount } : { debit: amount, credit: "" };
}

/** Where the lines of the request stand in the form: empty lines are not sent. */
export function sentPlaces(lines: JournalLine[]): number[] {
  return lines.flatMap((line, index) => (isEmptyLine(line) ? [] : [index]));
}

function amountOrNull(text: string): number | null {
  return text ? decimal(text).toNumber() : null;
}

/** What is sent. Absent keys would keep their value on an edit, so that emptied fields are sent as null. */
export function requestOf(values: JournalValues, publish?: boolean): Schemas["ManualJournalIn"] {
  const lines = values.entries.filter((line) => !isEmptyLine(line));
  return {
    date: values.date ?? "",
    journal_number: values.journal_number.trim() || null,
    reference: values.reference.trim() || null,
    currency_code: values.currency_code,
    exchange_rate: amountOrNull(values.exchange_rate),
    description: values.description.trim() || null,
    branch_id: values.branch_id,
    ...(publish === undefined ? {} : { publish }),
    entries: lines.map((line, index) => ({
      index: index + 1,
      account_id: line.account_id ?? 0,
      note: line.note.trim() || null,
      contact_id: line.contact_id,
      debit: amountOrNull(line.debit),
      credit: amountOrNull(line.credit),
      branch_id: line.branch_id,
    })),
  };
}

const FIELDS: Record<string, string> = {
  journal_number_exists: "journal_number",
  "JOURNAL.NUMBER.ALREADY.EXISTS": "journal_number",
  MANUAL_JOURNAL_NO_REQUIRED: "journal_number",
  TRANSACTIONS_DATE_LOCKED: "date",
  MANUAL_JOURNAL_ENTRIES_HAVE_NO_BRANCH_ID: "branch_id",
  credit_debit_not_equal: "entries",
  credit_debit_not_equal_zero: "entries",
};

interface Indexed {
  index?: number;
  indexes?: number[];
}

/** Numbers (from 1) of the lines that a refusal of a rule names. */
function namedLines(problem: Problem): number[] {
  const meta = Array.isArray(problem.meta) ? problem.meta : [];
  const payload: unknown = problem.payload;
  const items = [...meta, ...(Array.isArray(payload) ? payload : [])] as Indexed[];
  return [...new Set(items.flatMap((item) => item.indexes ?? (item.index === undefined ? [] : [item.index])))];
}

const LINE_FIELDS: Record<string, string> = {
  ENTRIES_SHOULD_ASSIGN_WITH_CONTACT: "contact_id",
  COULD_NOT_ASSIGN_DIFFERENT_CURRENCY_TO_CONTACTS: "contact_id",
};

/** The refusal with the place in the form of each of its problems. `places`: where the sent lines stand in the form. */
export function located(error: unknown, places: number[]): unknown {
  if (!(error instanceof ApiError)) return error;
  const problems = error.problems.flatMap((problem): Problem[] => {
    const [, sent, rest] = /^entries\.(\d+)\.?(.*)$/.exec(problem.property ?? "") ?? [];
    if (sent !== undefined) return [{ ...problem, property: `entries.${places[Number(sent)] ?? sent}.${rest || "account_id"}` }];
    if (problem.property) return [problem];
    const lineField = LINE_FIELDS[problem.type];
    const lines = lineField ? namedLines(problem) : [];
    if (lines.length > 0)
      return lines.map((line) => ({ ...problem, property: `entries.${places[line - 1] ?? line - 1}.${lineField}` }));
    const property = FIELDS[problem.type];
    return [property ? { ...problem, property } : problem];
  });
  return new ApiError(error.status, problems, error.message);
}

/** What is missing before the server can be asked, by field path. The values are keys of the message catalogue. */
export function missing(values: JournalValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!values.date) errors.date = "journals.dateRequired";
  const places = sentPlaces(values.entries);
  if (places.length < 2) errors.entries = "journals.noLines";
  for (const index of places) {
    if (values.entries[index]?.account_id === null) errors[`entries.${index}.account_id`] = "journals.accountRequired";
  }
  return errors;
}

/** The day to which the books are locked, if that is why the server refused. */
export function lockedTo(error: unknown): string | null {
  if (!(error instanceof ApiError)) return null;
  const problem = error.problems.find((candidate) => candidate.type === "TRANSACTIONS_DATE_LOCKED");
  if (!problem) return null;
  const { formattedLockedToDate, formatted_locked_to_date } = (problem.payload ?? {}) as Record<string, string | undefined>;
  return formattedLockedToDate ?? formatted_locked_to_date ?? problem.message;
}
