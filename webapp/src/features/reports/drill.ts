import type { DrillTarget } from "./api";
import { type DayRange, isDay, periodsOf, previousPeriod, previousYear, within } from "./days";
import type { ReportDefinition } from "./definitions";
import type { Parameters } from "./parameters";
import { accountsOf, type FlatRow, isTotal, type Leaf } from "./table";

/** The days whose entries a column shows; null where its figure is not a sum of entries (a change, a percentage). */
export function daysOf(parameters: Parameters, leaf: Leaf, firstMonth: number): DayRange | null {
  if (leaf.key.startsWith("percentage") || leaf.key.endsWith("_change") || leaf.key.endsWith("_percentage")) return null;
  const span = { from: parameters.from, to: parameters.to };
  if (leaf.key === "previous_year" || leaf.key === "previous_period") {
    // Period columns are compared with full units, told by their last day: only a whole sheet's comparison has known first days.
    if (parameters.columns !== "total") return null;
    return leaf.key === "previous_year" ? previousYear(span) : previousPeriod(span);
  }
  if (parameters.columns === "total") return span;
  const period = periodsOf(span, parameters.columns, firstMonth)[leaf.period];
  return period ? within(period, span) : span;
}

/** What a figure's entries are; null where it leads nowhere. */
export function drillTarget(
  report: ReportDefinition,
  parameters: Parameters,
  row: FlatRow,
  leaf: Leaf,
  firstMonth: number,
): DrillTarget | null {
  const title = row.row.cells[0]?.value ?? "";
  if (report.drill === "contacts") {
    if (row.total || leaf.key.startsWith("percentage")) return null;
    return { of: "contacts", title, report, parameters, place: Number(row.key) };
  }
  if (report.drill !== "accounts") return null;
  const days = daysOf(parameters, leaf, firstMonth);
  const accounts = accountsOf(isTotal(row.row) && row.parent ? row.parent : row.row);
  if (!days || !isDay(days.from) || accounts.length === 0) return null;
  return { of: "accounts", title, accounts, ...days, branches: parameters.branches };
}
