import { describe, expect, it } from "vitest";
import type { Lock } from "./api";
import { isLockedAsAWhole, lockSentence, stateOf } from "./lockState";

const lock: Lock = {
  module: "all",
  description: "",
  formatted_module: "All",
  is_enabled: true,
  is_partial_unlock: false,
  lock_to_date: "2024-03-31",
  formatted_lock_to_date: "31 Mar 2024",
  unlock_from_date: null,
  formatted_unlock_from_date: "",
  unlock_to_date: null,
  formatted_unlock_to_date: "",
  lock_reason: "Quarter closed",
  unlock_reason: "",
  partial_unlock_reason: "",
};

describe("what is locked", () => {
  it("is nothing while the lock is cancelled, though its day is kept", () => {
    expect(stateOf({ ...lock, is_enabled: false })).toBe("open");
    expect(stateOf({ ...lock, lock_to_date: null })).toBe("open");
  });

  it("names the days that are open in between", () => {
    const opened = {
      ...lock,
      is_partial_unlock: true,
      formatted_unlock_from_date: "1 Mar 2024",
      formatted_unlock_to_date: "5 Mar 2024",
    };
    expect(lockSentence(opened)).toEqual({
      key: "locking.partlyOpenText",
      values: { day: "31 Mar 2024", from: "1 Mar 2024", to: "5 Mar 2024" },
    });
    expect(lockSentence(lock).key).toBe("locking.lockedText");
  });

  it("is decided by the common lock only where everything is locked together", () => {
    expect(isLockedAsAWhole({ locking_type: "all" })).toBe(true);
    expect(isLockedAsAWhole({ locking_type: "partial" })).toBe(false);
  });
});
