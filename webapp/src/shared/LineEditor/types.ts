import type { ReactNode } from "react";

/** A line has a key of its own, since its place changes. */
export interface Keyed {
  key: string;
}

export interface CellProps<L> {
  line: L;
  /** From 0. */
  index: number;
  change: (patch: Partial<L>) => void;
  /** For `aria-label`: the column and the line. */
  label: string;
  error?: string;
}

export interface LineColumn<L> {
  /** Also the last part of the server's field path. */
  key: string;
  header: string;
  render: (cell: CellProps<L>) => ReactNode;
  /** What a line that is not being edited shows. */
  text: (line: L) => string;
  /** What a pasted cell changes in the line; columns without it skip the cell. */
  paste?: (text: string, line: L) => Partial<L>;
  align?: "start" | "end";
  width?: number;
}

let last = 0;

/** A key that no other line of this browser window has. */
export function newKey(): string {
  last += 1;
  return `line-${last}-${Date.now().toString(36)}`;
}
