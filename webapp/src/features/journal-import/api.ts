import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import type { ImportRequest } from "./choices";

export type Preview = Schemas["ImportPreviewOut"];
export type Result = Schemas["ImportResultOut"];
export type PastImport = Schemas["PastImportOut"];

/** What an import makes stale. */
export const STALE = ["journal-imports", "manual-journals", "accounts", "currencies", "reports", "dashboard", "audit-trail"];
const HISTORY_SIZE = 20;

/** What an import would do. `key` stands for the files, which are too long for it. */
export function usePreview(key: readonly unknown[], request: ImportRequest) {
  return useQuery({
    queryKey: ["journal-imports", "preview", ...key],
    queryFn: ({ signal }) => data(api.POST("/api/journal-imports/preview", { signal, body: request })),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function importJournal(request: ImportRequest): Promise<Result> {
  return data(api.POST("/api/journal-imports", { body: request }));
}

export function useImports(enabled: boolean) {
  return useQuery({
    queryKey: ["journal-imports", "list"],
    queryFn: ({ signal }) => data(api.GET("/api/journal-imports", { signal, params: { query: { page_size: HISTORY_SIZE } } })),
    enabled,
  });
}
