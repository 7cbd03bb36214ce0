import type { DataTableProps } from "./types";
export function DataTable<T>(props: DataTableProps<T>) {
  return <div>{props.rows.length}</div>;
}
