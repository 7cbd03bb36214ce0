import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { type Column, type Filter, fieldsOf, filterRoles, type RowKey, type Sort } from "@/shared/DataTable";

export const PAGE_SIZE = 50;

export interface ListQuery {
  page: number;
  page_size: number;
  column_sort_by?: string;
  sort_order?: "asc" | "desc";
  search_keyword?: string;
  stringified_filter_roles?: string;
}

/** The query string of a list: only what is asked for. */
export function listQuery(page: number, sort: Sort | null, search: string, roles?: string): ListQuery {
  const keyword = search.trim();
  return {
    page,
    page_size: PAGE_SIZE,
    ...(sort && { column_sort_by: sort.key, sort_order: sort.descending ? "desc" : "asc" }),
    ...(keyword && { search_keyword: keyword }),
    ...(roles && { stringified_filter_roles: roles }),
  };
}

/** Page, order, search, filter and selection of a list that the server pages. `table` goes to `DataTable`. */
export function useList<T>(columns: Column<T>[], initialSort: Sort | null = null) {
  const [page, setPage] = useState(1);
  const [sort, setSort] = useState(initialSort);
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<Filter>([]);
  const [selection, setSelection] = useState<Set<RowKey>>(() => new Set());
  const [steadySearch] = useDebouncedValue(search, 250);

  function restart() {
    setPage(1);
    setSelection(new Set());
  }

  return {
    query: listQuery(page, sort, steadySearch, filterRoles(filter, fieldsOf(columns))),
    isSearching: search.trim() !== "" || steadySearch.trim() !== "" || filter.length > 0,
    selection,
    clearSelection: () => setSelection(new Set()),
    restart,
    table: {
      page,
      pageSize: PAGE_SIZE,
      onPage: setPage,
      sort,
      onSort: (next: Sort | null) => {
        setSort(next);
        restart();
      },
      search,
      onSearch: (next: string) => {
        setSearch(next);
        restart();
      },
      filter,
      onFilter: (next: Filter) => {
        setFilter(next);
        restart();
      },
      selection,
      onSelection: setSelection,
    },
  };
}
