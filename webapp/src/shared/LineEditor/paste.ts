import type { LineColumn } from "./types";

/** The cells of text that was copied from a spreadsheet: tabs between cells, quotes around cells with tabs, breaks or quotes. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let position = 0; position < text.length; position++) {
    const char = text[position];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[position + 1] === '"') {
        cell += '"';
        position += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "\t") endCell();
    else if (char === "\n") endRow();
    else if (char !== "\r" || text[position + 1] !== "\n") cell += char === "\r" ? "" : char;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows.filter((cells) => cells.some((content) => content.trim() !== ""));
}

/** Lines with an empty one at their end, unless there are as many as there may be. */
export function ensureEmptyLine<L>(
  lines: L[],
  isEmpty: (line: L) => boolean,
  newLine: () => L,
  linesMax = Number.POSITIVE_INFINITY,
): L[] {
  const last = lines.at(-1);
  if (last !== undefined && isEmpty(last)) return lines;
  return lines.length >= linesMax ? lines : [...lines, newLine()];
}

/** Lay pasted cells over the lines from one cell on; lines that are missing are added. */
export function applyPaste<L>(
  lines: L[],
  cells: string[][],
  at: { line: number; column: number },
  columns: Pick<LineColumn<L>, "paste">[],
  newLine: () => L,
  linesMax = Number.POSITIVE_INFINITY,
): L[] {
  const result = [...lines];
  for (const [offset, row] of cells.entries()) {
    const target = at.line + offset;
    if (target >= linesMax) break;
    let line = result[target] ?? newLine();
    for (const [position, content] of row.entries()) {
      const text = content.trim();
      const paste = columns[at.column + position]?.paste;
      if (text && paste) line = { ...line, ...paste(text, line) };
    }
    result[target] = line;
  }
  return result;
}

/**
 * The decimal of a cell as people write it, without its thousands separators; null when it is none. Both "1,234.50" and "1.234,50" are
 * read; a single comma with two digits behind it is a decimal comma.
 */
export function parseAmount(text: string): string | null {
  const negative = /^\(.*\)$/.test(text.trim());
  let digits = text.replace(/[^\d.,-]/g, "");
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  const decimalComma = comma > point && (point >= 0 || /,\d{1,2}$/.test(digits));
  digits = decimalComma ? digits.replaceAll(".", "").replace(",", ".") : digits.replaceAll(",", "");
  if (!/^-?\d+(\.\d+)?$|^-?\.\d+$/.test(digits)) return null;
  return negative && !digits.startsWith("-") ? `-${digits}` : digits;
}
