import type { Lock, Locks } from "./api";

export type State = "open" | "locked" | "partlyOpen";

/** What a lock does on its own. */
export function stateOf(lock: Pick<Lock, "is_enabled" | "is_partial_unlock" | "lock_to_date">): State {
  if (!lock.is_enabled || !lock.lock_to_date) return "open";
  return lock.is_partial_unlock ? "partlyOpen" : "locked";
}

/** Whether the common lock counts, and not those of the modules. */
export function isLockedAsAWhole(locks: Pick<Locks, "locking_type">): boolean {
  return locks.locking_type === "all";
}

/** The words for what is locked now: a key of the messages and its values. */
export function lockSentence(lock: Lock): { key: string; values: Record<string, string> } {
  const state = stateOf(lock);
  const values = { day: lock.formatted_lock_to_date, from: lock.formatted_unlock_from_date, to: lock.formatted_unlock_to_date };
  return { key: `locking.${state}Text`, values };
}
