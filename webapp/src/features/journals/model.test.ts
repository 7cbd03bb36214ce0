import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/errors";
import type { FilterField } from "@/shared/DataTable";
import { sortProblems } from "@/shared/useSave";
import { type Journal, rolesOf } from "./api";
import {
  balancing,
  copyOf,
  emptyValues,
  isEmptyLine,
  type JournalLine,
  located,
  lockedTo,
  missing,
  newLine,
  requestOf,
  sentPlaces,
  totals,
  valuesOf,
} from "./model";
import { questionOf, searchOf } from "./question";

function line(patch: Partial<JournalLine>): JournalLine {
  return { ...newLine(), ...patch };
}

describe("totals", () => {
  it("adds decimals exactly", () => {
    const { debit, credit, difference } = totals([
      { debit: "0.1", credit: "" },
      { debit: "0.2", credit: "" },
      { debit: "", credit: "0.3" },
    ]);
    expect(debit.toFixed()).toBe("0.3");
    expect(credit.toFixed()).toBe("0.3");
    expect(difference.isZero()).toBe(true);
  });

  it("takes what is no number yet for nothing", () => {
    expect(totals([{ debit: "-", credit: "5" }]).difference.toFixed()).toBe("-5");
  });
});

describe("balancing", () => {
  it("offers what is missing on the side that is short", () => {
    const fresh = line({});
    expect(balancing([line({ debit: "100" }), line({ credit: "60" }), fresh], fresh.key)).toEqual({ debit: "", credit: "40" });
    expect(balancing([line({ credit: "7.5" }), fresh], fresh.key)).toEqual({ debit: "7.5", credit: "" });
  });

  it("offers nothing to a balanced journal or to a line with an amount", () => {
    const typed = line({ debit: "1" });
    expect(balancing([typed], typed.key)).toBeNull();
    const fresh = line({});
    expect(balancing([line({ debit: "5" }), line({ credit: "5" }), fresh], fresh.key)).toBeNull();
  });
});

const values = {
  ...emptyValues("2026-03-01", "USD"),
  reference: " R-1 ",
  entries: [
    line({ account_id: 3, debit: "10.50", note: " x " }),
    line({}),
    line({ account_id: 4, credit: "10.50", contact_id: 9 }),
    line({}),
  ],
};

describe("requestOf", () => {
  it("leaves empty lines out, trims texts, sends emptied fields as null", () => {
    expect(requestOf(values, true)).toEqual({
      date: "2026-03-01",
      journal_number: null,
      reference: "R-1",
      currency_code: "USD",
      exchange_rate: 1,
      description: null,
      branch_id: null,
      publish: true,
      entries: [
        { index: 1, account_id: 3, note: "x", contact_id: null, debit: 10.5, credit: null, branch_id: null },
        { index: 2, account_id: 4, note: null, contact_id: 9, debit: null, credit: 10.5, branch_id: null },
      ],
    });
  });

  it("does not speak of publication where a published journal is edited", () => {
    expect(requestOf(values)).not.toHaveProperty("publish");
  });
});

const journal = {
  id: 1,
  date: "2026-02-03T00:00:00.000Z",
  journal_number: "J-00007",
  reference: null,
  currency_code: "EUR",
  exchange_rate: 1.1,
  description: "Rent",
  branch_id: 2,
  is_published: true,
  entries: [
    { id: 1, index: 1, account_id: 3, debit: 0, credit: 12.3, note: null, contact_id: null, branch_id: 2 },
    { id: 2, index: 2, account_id: 4, debit: 12.3, credit: 0, note: "n", contact_id: 5, branch_id: 6 },
  ],
} as unknown as Journal;

describe("valuesOf", () => {
  it("makes the form of a journal, with an empty line at the end", () => {
    const form = valuesOf(journal);
    expect(form).toMatchObject({
      date: "2026-02-03",
      journal_number: "J-00007",
      reference: "",
      exchange_rate: "1.1",
      branch_id: 2,
    });
    expect(form.entries).toHaveLength(3);
    expect(form.entries[0]).toMatchObject({ account_id: 3, debit: "", credit: "12.3", note: "", branch_id: null });
    expect(form.entries[1]).toMatchObject({ debit: "12.3", credit: "", contact_id: 5, branch_id: 6 });
    expect(isEmptyLine(form.entries[2] as JournalLine)).toBe(true);
  });

  it("comes back as the request that would have made it", () => {
    expect(requestOf(valuesOf(journal)).entries.map(({ account_id, debit, credit }) => [account_id, debit, credit])).toEqual([
      [3, null, 12.3],
      [4, 12.3, null],
    ]);
  });

  it("copies it as of today, without its number", () => {
    expect(copyOf(journal, "2026-05-05")).toMatchObject({ date: "2026-05-05", journal_number: "", description: "Rent" });
  });
});

function refusal(problem: { type: string; property?: string; payload?: unknown; meta?: unknown }): ApiError {
  return new ApiError(400, [{ message: "Refused.", ...problem } as never], "Refused.");
}

describe("located", () => {
  const places = sentPlaces(values.entries);

  it("knows where the sent lines stand in the form", () => expect(places).toEqual([0, 2]));

  it("moves the server's field path to the line of the form", () => {
    const error = located(refusal({ type: "VALIDATION", property: "entries.1.account_id" }), places) as ApiError;
    expect(sortProblems(error).fields).toEqual({ "entries.2.account_id": "Refused." });
  });

  it("puts rules that name lines at these lines, and others at their field", () => {
    const contact = located(
      refusal({ type: "ENTRIES_SHOULD_ASSIGN_WITH_CONTACT", meta: [{ contact_type: "customer", indexes: [2] }] }),
      places,
    );
    expect(sortProblems(contact).fields).toEqual({ "entries.2.contact_id": "Refused." });
    const number = located(refusal({ type: "journal_number_exists" }), places) as ApiError;
    expect(sortProblems(number).fields).toEqual({ journal_number: "Refused." });
  });

  it("leaves other problems as they are", () => {
    const error = located(refusal({ type: "OTHER" }), places) as ApiError;
    expect(sortProblems(error).fields).toEqual({});
    const plain = new Error("x");
    expect(located(plain, places)).toBe(plain);
  });
});

it("lockedTo tells the day of the lock", () => {
  const payload = { lockedToDate: "2025-12-31", formattedLockedToDate: "31 Dec 2025" };
  expect(lockedTo(refusal({ type: "TRANSACTIONS_DATE_LOCKED", payload }))).toBe("31 Dec 2025");
  expect(lockedTo(refusal({ type: "OTHER" }))).toBeNull();
});

it("missing names what the server could not even read", () => {
  expect(missing(values)).toEqual({});
  const lacking = { ...values, date: null, entries: [line({ debit: "1" }), line({})] };
  expect(Object.keys(missing(lacking))).toEqual(["date", "entries", "entries.0.account_id"]);
});

describe("the question in the address", () => {
  it("survives the way into the address and back", () => {
    const filter = [{ joint: "and", field: "amount", operator: "bigger_than", value: "5" } as const];
    const question = { page: 3, search: "rent", status: "draft" as const, sort: { key: "amount", descending: true }, filter };
    expect(questionOf(searchOf(question))).toEqual(question);
  });

  it("is the usual one where the address says nothing or nonsense", () => {
    const usual = { page: 1, search: "", status: "all", sort: null, filter: [] };
    expect(questionOf({})).toEqual(usual);
    expect(questionOf({ page: "x", status: "gone", filter: "x" })).toEqual(usual);
    expect(questionOf({ search: 42 }).search).toBe("42");
    expect(searchOf(questionOf({}))).toEqual({});
  });
});

describe("the filter as the server takes it", () => {
  const fields: FilterField[] = [{ key: "amount", label: "", type: "number", wireKey: "amount", choices: [] }];
  const of = (joint: "and" | "or", value: string) => ({ joint, field: "amount", operator: "equals", value }) as const;

  it("joins the status to all of it", () => {
    const question = { page: 1, search: "", sort: null, status: "draft" as const, filter: [of("and", "1"), of("or", "2")] };
    expect(
      JSON.parse(rolesOf(question, fields) ?? "").map((role: Record<string, string>) => [role.condition, role.value]),
    ).toEqual([
      ["and", "1"],
      ["or", "2"],
      ["and", "draft"],
    ]);
    expect(rolesOf({ ...question, status: "all", filter: [] }, fields)).toBeUndefined();
  });
});
