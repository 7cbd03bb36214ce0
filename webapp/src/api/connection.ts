import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let connected = true;

/** Said by every call, and by the browser: whether the service can be reached. */
export function reportConnection(works: boolean): void {
  if (works === connected) return;
  connected = works;
  for (const listener of listeners) listener();
}

// Without a network the browser says so, and nothing is asked until it is back.
window.addEventListener("offline", () => reportConnection(false));
window.addEventListener("online", () => reportConnection(true));

/** Whether there is a network and the last call was answered; a banner shows while not. */
export function useConnected(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connected,
  );
}
