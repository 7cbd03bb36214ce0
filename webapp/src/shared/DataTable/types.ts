import type { ReactNode } from "react";
import type { Condition, Filter, FilterType } from "./filter";

export type RowKey = string | number;

/** `key`: the column's `sortKey` when the server sorts, its `key` otherwise. */
export interface Sort {
  key: string;
  descending: boolean;
}

/** How a column is filtered by. */
export interface ColumnFilter<T> {
  type: FilterType;
  /** The server's name of the field; the column's `sortKey` or `key` when absent. */
  key?: string;
  /** Of the type "choice"; the values in the rows when absent. */
  choices?: readonly { value: string; label: string }[];
  /** What is compared, where it is not the column's `value`. */
  value?: (row: T) => string | number | null;
}

export interface Column<T> {
  key: string;
  header: string;
  /** What sorting, searching and the CSV file take of a row. */
  value: (row: T) => string | number | null;
  /** What is shown; `value` itself when absent. */
  render?: (row: T) => ReactNode;
  align?: "start" | "end";
  /** Pixels, at least. */
  width?: number;
  /** The server's name of the column. With `onSort`, only columns with one can be sorted. */
  sortKey?: string;
  hiddenByDefault?: boolean;
  /** Columns with one are offered in the filter builder. */
  filter?: ColumnFilter<T>;
}

export interface Tree<T> {
  children: (row: T) => T[] | undefined;
  /** Whether rows start collapsed; they start expanded. */
  collapsed?: boolean;
}

export interface DataTableProps<T> {
  /** Names the saved column choice and the saved views. */
  id: string;
  /** Keys of the columns that narrow screens show until somebody chooses; all of them when absent. */
  narrow?: readonly string[];
  rows: T[];
  columns: Column<T>[];
  rowKey: (row: T) => RowKey;
  /** What the table holds, for screen readers; `id` when absent. */
  label?: string;
  onOpen?: (row: T) => void;
  /** Rows on the server, over all pages. With `onPage`, pages are shown. */
  total?: number;
  /** From 1. */
  page?: number;
  pageSize?: number;
  onPage?: (page: number) => void;
  /** With `onSort` the server sorts, otherwise the table does. */
  sort?: Sort | null;
  onSort?: (sort: Sort | null) => void;
  /** With `onSearch` the server searches, otherwise the table does. */
  search?: string;
  onSearch?: (search: string) => void;
  /** With `onFilter` the server filters, otherwise the table does. */
  filter?: Filter;
  onFilter?: (filter: Condition[]) => void;
  /** A saved view was chosen: for pages that keep all of it in one place; else `onSearch`, `onSort` and `onFilter` are called. */
  onView?: (view: { search: string; sort: Sort | null; filter: Condition[] }) => void;
  /** With `onSelection` rows have check boxes. */
  selection?: ReadonlySet<RowKey>;
  onSelection?: (selection: Set<RowKey>) => void;
  /** Shown in the bar above the table while rows are selected. */
  bulkActions?: ReactNode;
  /** File name without its ending; no export when absent. */
  csvName?: string;
  tree?: Tree<T>;
  /** More controls in the tool bar, such as filters. */
  filters?: ReactNode;
  /** Shown in place of rows when there are none. */
  emptyText?: string;
  /** No search box, no menus: for short tables inside pages. */
  plain?: boolean;
  /** Rows of totals below, one text per shown column key. */
  footer?: Partial<Record<string, ReactNode>>;
}
