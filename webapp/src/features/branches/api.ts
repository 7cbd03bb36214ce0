import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Branch = Schemas["BranchOut"];

export function useBranches(enabled = true) {
  return useQuery({ queryKey: ["branches", "list"], queryFn: () => data(api.GET("/api/branches")), enabled, staleTime: 60_000 });
}
