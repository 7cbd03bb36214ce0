export { toCsv } from "./csv";
export { DataTable } from "./DataTable";
export type { Column, DataTableProps, RowKey, Sort, Tree } from "./types";
