import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Lock = Schemas["LockOut"];
export type Locks = Schemas["LocksOut"];
export type LockModule = Schemas["LockIn"]["module"];

export const TOUCHED = ["transactions-locking", "settings", "audit-trail"];

export function useLocks() {
  return useQuery({ queryKey: ["transactions-locking", "list"], queryFn: () => data(api.GET("/api/transactions-locking")) });
}

export const lock = (body: Schemas["LockIn"]) => data(api.PUT("/api/transactions-locking/lock", { body }));
export const cancelLock = (body: Schemas["CancelLockIn"]) => data(api.PUT("/api/transactions-locking/cancel-lock", { body }));
export const unlockPartly = (body: Schemas["UnlockIn"]) => data(api.PUT("/api/transactions-locking/unlock-partial", { body }));
export const cancelUnlock = (module: string) =>
  data(api.PUT("/api/transactions-locking/cancel-unlock-partial", { body: { module } }));
