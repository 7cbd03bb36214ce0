import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let connected = true;

/** Said by every call: whether the service answered. */
export function reportConnection(works: boolean): void {
  if (works === connected) return;
  connected = works;
  for (const listener of listeners) listener();
}

/** Whether the last call was answered; a banner shows while it was not. */
export function useConnected(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connected,
  );
}
