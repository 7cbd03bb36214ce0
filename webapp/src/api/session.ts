import { useSyncExternalStore } from "react";

/** Who is signed in, and in which organisation. Kept in the browser until sign-out or expiry. */
export interface Session {
  token: string;
  organizationId: string | null;
}

const KEY = "countinghouse.session";
const listeners = new Set<() => void>();
let current: Session | null = read();

function read(): Session | null {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return typeof stored?.token === "string" ? stored : null;
  } catch {
    return null;
  }
}

export function getSession(): Session | null {
  return current;
}

export function setSession(session: Session | null): void {
  current = session;
  if (session) localStorage.setItem(KEY, JSON.stringify(session));
  else localStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Another tab signed out, or chose another organisation.
window.addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  current = read();
  for (const listener of listeners) listener();
});

export function useSession(): Session | null {
  return useSyncExternalStore(onSessionChange, getSession);
}
