/** A file as it was read. `encoding` is what it turned out to be written in. */
export interface SourceFile {
  name: string;
  text: string;
  bytes: number;
  encoding: string;
}

export interface Reading {
  files: SourceFile[];
  /** Names of files that are no text. */
  refused: string[];
}

/** What one request takes, less some room for the mapping. */
export const BYTES_MAX = 950_000;
export const FILES_MAX = 99;
/** Name of the file that stands for all of them, where none includes the others. */
export const ALL_FILES = "all files";
const UTF8 = "UTF-8";
const INCLUDE = /^[!@]?include\s/m;

/** The text of a file in UTF-8 or UTF-16, else in the Western encoding of old Windows programs; null for what is no text. */
export function decode(bytes: Uint8Array): { text: string; encoding: string } | null {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  for (const encoding of wide ? [wide] : ["utf-8", "windows-1252"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes("\u0000") ? null : { text, encoding: encoding.toUpperCase() };
    } catch {
      // not in this encoding
    }
  }
  return null;
}

export function isUsual(encoding: string): boolean {
  return encoding === UTF8;
}

/** Bytes that a text takes in the body of a request. */
export function sentBytes(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length;
}

/** Read what was dropped or chosen; files that are too large together are not read at all. */
export async function readFiles(chosen: readonly File[]): Promise<Reading | "tooLarge" | "tooMany"> {
  if (chosen.length > FILES_MAX) return "tooMany";
  if (chosen.reduce((sum, file) => sum + file.size, 0) > 2 * BYTES_MAX) return "tooLarge"; // UTF-16 shrinks by half
  const reading: Reading = { files: [], refused: [] };
  for (const file of chosen) {
    const found = decode(new Uint8Array(await file.arrayBuffer()));
    const name = file.webkitRelativePath || file.name;
    if (found) reading.files.push({ name, ...found, bytes: sentBytes(found.text) });
    else reading.refused.push(name);
  }
  return reading.files.reduce((sum, file) => sum + file.bytes, 0) > BYTES_MAX ? "tooLarge" : reading;
}

/** The files with the main one first: the given one, else the first that includes others. */
export function withMain(files: readonly SourceFile[], main?: string): SourceFile[] {
  const first = files.find((file) => file.name === main) ?? files.find((file) => INCLUDE.test(file.text)) ?? files[0];
  return first ? [first, ...files.filter((file) => file !== first)] : [];
}

/** What is sent: where no file includes others, one that includes them all goes before them. */
export function sentFiles(files: readonly SourceFile[]): { name: string; text: string }[] {
  const sent = files.map(({ name, text }) => ({ name, text }));
  if (files.length < 2 || files.some((file) => INCLUDE.test(file.text))) return sent;
  return [{ name: ALL_FILES, text: files.map((file) => `include ${file.name}\n`).join("") }, ...sent];
}

export interface Excerpt {
  number: number;
  text: string;
  wrong: boolean;
}

const AROUND = 2;
const LINE_LENGTH_MAX = 200;

/** The lines of a file around one, counted from 1; none where the file is not among the given ones. */
export function linesAround(files: readonly SourceFile[], name: string, line: number): Excerpt[] {
  const base = (path: string) => path.replaceAll("\\", "/").split("/").at(-1);
  const file = files.find((one) => one.name === name) ?? files.find((one) => base(one.name) === base(name));
  if (!file) return [];
  const lines = file.text.split("\n");
  const first = Math.max(1, line - AROUND);
  return lines.slice(first - 1, line + AROUND).map((text, index) => ({
    number: first + index,
    text: text.slice(0, LINE_LENGTH_MAX).trimEnd(),
    wrong: first + index === line,
  }));
}
