import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./errors";
import { onSessionChange } from "./session";

/** Server state. The client itself retries lost connections and 503 (api/client.ts), so queries do not. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: false, throwOnError: false },
    mutations: { retry: false },
  },
});

// Nothing of one organisation stays in memory for the next one.
onSessionChange(() => queryClient.clear());

export function isStatus(problem: unknown, status: number): boolean {
  return problem instanceof ApiError && problem.status === status;
}
