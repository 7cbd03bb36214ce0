import { readFilter } from "@/shared/DataTable";
import type { JournalQuestion, Status } from "./api";

const STATUSES: Status[] = ["all", "draft", "published"];

/** What the address asks of the list. */
export function questionOf(search: Record<string, unknown>): JournalQuestion {
  const page = Math.trunc(Number(search.page)) || 1;
  const status = STATUSES.find((known) => known === search.status) ?? "all";
  const [key, direction] = typeof search.sort === "string" ? search.sort.split(":") : [];
  return {
    page: Math.max(1, page),
    search: search.search === undefined ? "" : String(search.search),
    status,
    sort: key ? { key, descending: direction === "desc" } : null,
    filter: readFilter(search.filter),
  };
}

/** The address of a question; what is as usual is left out. */
export function searchOf({ page, search, status, sort, filter }: JournalQuestion): Record<string, unknown> {
  return {
    ...(page > 1 ? { page } : {}),
    ...(search ? { search } : {}),
    ...(status === "all" ? {} : { status }),
    ...(sort ? { sort: `${sort.key}:${sort.descending ? "desc" : "asc"}` } : {}),
    ...(filter.length > 0 ? { filter } : {}),
  };
}
