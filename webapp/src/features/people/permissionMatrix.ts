import type { Schemas } from "@/api/client";
import type { Role, Subject } from "./api";

type Ability = Schemas["AbilityOut"];

/** The four abilities that get a column of their own; others are listed beside. */
export const COLUMNS = ["View", "Create", "Edit", "Delete"] as const;

export interface MatrixRow {
  subject: string;
  label: string;
  /** By column; undefined where the subject has no such ability. */
  columns: Partial<Record<string, Ability>>;
  others: Ability[];
}

export function pairOf(subject: string, ability: string): string {
  return `${subject}:${ability}`;
}

export function matrixRows(schema: Subject[]): MatrixRow[] {
  return schema.map(({ subject, subject_label, abilities, extra_abilities }) => {
    const all = [...(abilities ?? []), ...(extra_abilities ?? [])];
    const isColumn = (ability: Ability) => COLUMNS.some((column) => column === ability.key);
    return {
      subject,
      label: subject_label,
      columns: Object.fromEntries(all.filter(isColumn).map((ability) => [ability.key, ability])),
      others: all.filter((ability) => !isColumn(ability)),
    };
  });
}

function allAbilities(row: MatrixRow): Ability[] {
  return [...COLUMNS.flatMap((column) => row.columns[column] ?? []), ...row.others];
}

export function pairsOfRow(row: MatrixRow): string[] {
  return allAbilities(row).map((ability) => pairOf(row.subject, ability.key));
}

/** What is ticked at first: what the role holds, or what a new role is offered. */
export function initialPairs(rows: MatrixRow[], role: Role | null): Set<string> {
  if (role) return new Set(role.permissions.filter((one) => one.value).map((one) => pairOf(one.subject, one.ability)));
  return new Set(
    rows.flatMap((row) => allAbilities(row).flatMap((ability) => (ability.default ? [pairOf(row.subject, ability.key)] : []))),
  );
}

/**
 * Ticks or clears one ability. Whoever may create, edit or delete must see what is there, so they get View along;
 * who may not see loses the other three.
 */
export function withPair(pairs: ReadonlySet<string>, row: MatrixRow, ability: string, ticked: boolean): Set<string> {
  const next = new Set(pairs);
  if (ticked) {
    next.add(pairOf(row.subject, ability));
    if (row.columns.View && row.columns[ability]) next.add(pairOf(row.subject, "View"));
  } else {
    next.delete(pairOf(row.subject, ability));
    if (ability === "View") for (const column of COLUMNS) next.delete(pairOf(row.subject, column));
  }
  return next;
}

/** Ticks or clears everything of a row. */
export function withRow(pairs: ReadonlySet<string>, row: MatrixRow, ticked: boolean): Set<string> {
  const next = new Set(pairs);
  for (const pair of pairsOfRow(row)) {
    if (ticked) next.add(pair);
    else next.delete(pair);
  }
  return next;
}

/** What travels: every ability of the schema with its answer. */
export function permissionsBody(rows: MatrixRow[], pairs: ReadonlySet<string>): Schemas["RolePermissionIn"][] {
  return rows.flatMap((row) =>
    allAbilities(row).map(({ key }) => ({ subject: row.subject, ability: key, value: pairs.has(pairOf(row.subject, key)) })),
  );
}
