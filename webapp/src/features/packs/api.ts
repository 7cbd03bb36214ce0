import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, data } from "@/api/client";
import { usePlaces } from "@/app/places";
import { administered, isOpen, type Place } from "./packs";

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

/** The organizations that packs can be of. */
export function useAdministered(): Place[] {
  const places = usePlaces().data?.organizations;
  return useMemo(() => administered(places ?? []), [places]);
}
