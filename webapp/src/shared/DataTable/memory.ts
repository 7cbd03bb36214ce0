import { useCallback, useState } from "react";
import { type Condition, readFilter } from "./filter";
import type { Sort } from "./types";

/** A column choice with a search, an order and a filter, under a name. */
export interface SavedView {
  name: string;
  hidden: string[];
  search: string;
  sort: Sort | null;
  filter: Condition[];
}

interface Memory {
  /** Keys of the hidden columns; null: as the page has it. */
  hidden: string[] | null;
  views: SavedView[];
}

const VIEWS_MAX = 30;
const NOTHING: Memory = { hidden: null, views: [] };

function keyOf(id: string): string {
  return `countinghouse.table.${id}`;
}

export function readMemory(id: string): Memory {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(id)) ?? "null") as Partial<Memory> | null;
    return {
      hidden: Array.isArray(stored?.hidden) ? stored.hidden : null,
      views: Array.isArray(stored?.views) ? stored.views.slice(0, VIEWS_MAX).map(completed) : [],
    };
  } catch {
    return NOTHING; // Blocked or damaged storage: the table works as if new.
  }
}

/** Views that were saved before there were filters have none. */
function completed(view: SavedView): SavedView {
  return { ...view, filter: readFilter(view.filter) };
}

function writeMemory(id: string, memory: Memory): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(memory));
  } catch {
    // Full or blocked storage: the choice lasts until the page is left.
  }
}

/** What a table remembers in this browser. */
export function useMemory(id: string) {
  const [memory, setMemory] = useState(() => readMemory(id));
  const change = useCallback(
    (next: Partial<Memory>) => {
      setMemory((before) => {
        const after = { ...before, ...next };
        writeMemory(id, after);
        return after;
      });
    },
    [id],
  );
  return {
    hidden: memory.hidden,
    views: memory.views,
    setHidden: (hidden: string[] | null) => change({ hidden }),
    saveView: (view: SavedView) =>
      change({ views: [...memory.views.filter((other) => other.name !== view.name), view].slice(-VIEWS_MAX) }),
    removeView: (name: string) => change({ views: memory.views.filter((view) => view.name !== name) }),
  };
}
