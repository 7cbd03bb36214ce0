export { toCsv } from "./csv";
export { DataTable } from "./DataTable";
export { type Condition, type Filter, type FilterField, fieldsOf, filterRoles, readFilter } from "./filter";
export type { Column, DataTableProps, RowKey, Sort, Tree } from "./types";
