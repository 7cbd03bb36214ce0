import {
  type ColumnDef,
  columnFilteringFeature,
  columnVisibilityFeature,
  createExpandedRowModel,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  type ReactTable,
  type Row,
  type RowData,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { Column } from "./types";

export const features = tableFeatures({
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowExpandingFeature,
  rowSortingFeature,
  expandedRowModel: createExpandedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
});

type Features = typeof features;
export type Engine<T extends RowData> = ReactTable<Features, T>;
export type EngineRow<T extends RowData> = Row<Features, T>;
type CellValue = string | number | null;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Numbers by size, texts as people order them ("A2" before "A10"); nothing comes last. */
export function compareValues(a: CellValue, b: CellValue): number {
  if (a === b) return 0;
  if (a === null || a === "") return 1;
  if (b === null || b === "") return -1;
  return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
}

/** Whether a cell has the searched text in it, whatever its case. */
export function hasText(value: CellValue, searched: string): boolean {
  return value !== null && String(value).toLowerCase().includes(searched.trim().toLowerCase());
}

/**
 * The columns as the table engine takes them. `serverSorts`: only columns that the server can sort may be sorted. `passes`: the filter
 * builder's condition, asked of whole rows whichever column the engine filters by.
 */
export function definitions<T extends RowData>(
  columns: Column<T>[],
  serverSorts: boolean,
  passes: (row: T) => boolean,
): ColumnDef<Features, T>[] {
  return columns.map((column) => ({
    id: column.key,
    header: column.header,
    accessorFn: column.value,
    enableSorting: !serverSorts || column.sortKey !== undefined,
    sortDescFirst: false,
    filterFn: (row: EngineRow<T>) => passes(row.original),
    sortFn: (a: EngineRow<T>, b: EngineRow<T>, id: string) => compareValues(a.getValue<CellValue>(id), b.getValue<CellValue>(id)),
  }));
}

/** The filter behind the search box when the table itself searches. */
export function matches<T extends RowData>(row: EngineRow<T>, columnId: string, searched: string): boolean {
  return hasText(row.getValue<CellValue>(columnId), searched);
}
