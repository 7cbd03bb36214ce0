import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { isOpen } from "./packs";

const POLL_MS = 1_000;

export function usePacks() {
  return useQuery({
    queryKey: ["report-packs"],
    queryFn: async () => (await data(api.GET("/api/report-packs"))).packs,
    refetchInterval: (query) => (query.state.data?.some((pack) => isOpen(pack.state)) ? POLL_MS : false),
  });
}

export function usePack(packId: string) {
  return useQuery({
    queryKey: ["report-packs", packId],
    queryFn: () => data(api.GET("/api/report-packs/{pack_id}", { params: { path: { pack_id: packId } } })),
    refetchInterval: (query) => (query.state.data && isOpen(query.state.data.state) ? POLL_MS : false),
  });
}

export function useSchedules() {
  return useQuery({
    queryKey: ["report-packs", "schedules"],
    queryFn: async () => (await data(api.GET("/api/report-packs/schedules"))).schedules,
  });
}

/** Organizations of the person; what a pack over all of them may hold is those that they administer. */
export function usePlaces() {
  return useQuery({
    queryKey: ["organizations"],
    queryFn: async () => (await data(api.GET("/api/organizations"))).organizations,
    staleTime: 60_000,
  });
}
