import { describe, expect, it } from "vitest";
import type { Role, Subject } from "./api";
import { initialPairs, matrixRows, permissionsBody, withPair, withRow } from "./permissionMatrix";

const ability = (key: string, isDefault = false) => ({ key, label: key, default: isDefault });
const schema: Subject[] = [
  {
    subject: "Account",
    subject_label: "Accounts",
    abilities: ["View", "Create", "Edit", "Delete"].map((key) => ability(key)),
    extra_abilities: [ability("TransactionsLocking")],
  },
  {
    subject: "Expense",
    subject_label: "Expenses",
    abilities: [ability("View", true), ability("Create", true)],
    extra_abilities: null,
  },
  { subject: "Report", subject_label: "Reports", abilities: [], extra_abilities: [ability("read-journal")] },
];
const rows = matrixRows(schema);
const [account, expense] = rows as [(typeof rows)[0], (typeof rows)[0]];

describe("the matrix of permissions", () => {
  it("has columns for the usual abilities and lists the others", () => {
    expect(Object.keys(account.columns)).toEqual(["View", "Create", "Edit", "Delete"]);
    expect(account.others.map((one) => one.key)).toEqual(["TransactionsLocking"]);
    expect(expense.columns.Edit).toBeUndefined();
  });

  it("starts with what the role holds, or with the defaults", () => {
    expect([...initialPairs(rows, null)]).toEqual(["Expense:View", "Expense:Create"]);
    const role = {
      permissions: [
        { id: 1, role_id: 2, subject: "Account", ability: "View", value: true },
        { id: 2, role_id: 2, subject: "Account", ability: "Edit", value: false },
      ],
    } as unknown as Role;
    expect([...initialPairs(rows, role)]).toEqual(["Account:View"]);
  });

  it("gives View along with a change, and takes changes away with View", () => {
    const editing = withPair(new Set(), account, "Edit", true);
    expect([...editing].sort()).toEqual(["Account:Edit", "Account:View"]);
    expect([...withPair(editing, account, "View", false)]).toEqual([]);
  });

  it("does not touch other abilities when View goes", () => {
    const locking = withPair(withPair(new Set(), account, "TransactionsLocking", true), account, "View", true);
    expect([...withPair(locking, account, "View", false)]).toEqual(["Account:TransactionsLocking"]);
  });

  it("sends every ability with its answer", () => {
    const body = permissionsBody(rows, withRow(new Set(), expense, true));
    expect(body).toHaveLength(8);
    expect(body.filter((one) => one.value)).toEqual([
      { subject: "Expense", ability: "View", value: true },
      { subject: "Expense", ability: "Create", value: true },
    ]);
  });
});
