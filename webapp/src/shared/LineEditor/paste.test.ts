import { describe, expect, it } from "vitest";
import { applyPaste, ensureEmptyLine, parseAmount, parseTsv } from "./paste";

describe("parseTsv", () => {
  it("splits cells and rows, whatever the line ends", () => {
    expect(parseTsv("a\tb\r\nc\td\n")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("keeps tabs, breaks and doubled quotes of quoted cells", () => {
    expect(parseTsv('"one\ntwo"\t"say ""hi"""\t"a\tb"')).toEqual([["one\ntwo", 'say "hi"', "a\tb"]]);
  });

  it("keeps a quote that does not open a cell, and empty cells", () => {
    expect(parseTsv('5" pipe\t\tx')).toEqual([['5" pipe', "", "x"]]);
  });

  it("drops rows without content", () => {
    expect(parseTsv("a\n\t\n\nb")).toEqual([["a"], ["b"]]);
    expect(parseTsv("")).toEqual([]);
  });
});

describe("parseAmount", () => {
  it.each([
    ["1,234.50", "1234.50"],
    ["1.234,50", "1234.50"],
    ["12,5", "12.5"],
    ["1,234", "1234"],
    ["$ 99", "99"],
    ["(40.00)", "-40.00"],
    ["-3", "-3"],
  ])("reads %s", (text, amount) => expect(parseAmount(text)).toBe(amount));

  it.each(["", "abc", "1.2.3", "-"])("refuses %j", (text) => expect(parseAmount(text)).toBeNull());
});

interface Line {
  name: string;
  amount: string;
}

const newLine = (): Line => ({ name: "", amount: "" });
const isEmpty = (line: Line) => !line.name && !line.amount;
const columns = [{ paste: (text: string) => ({ name: text }) }, {}, { paste: (text: string) => ({ amount: text }) }];

describe("applyPaste", () => {
  it("lays cells over lines from the cell on, and adds lines", () => {
    const lines = [{ name: "first", amount: "1" }, newLine()];
    const result = applyPaste(lines, [["a", "skipped", "2"], ["b"]], { line: 1, column: 0 }, columns, newLine);
    expect(result).toEqual([
      { name: "first", amount: "1" },
      { name: "a", amount: "2" },
      { name: "b", amount: "" },
    ]);
  });

  it("starts at the focused column, keeps what an empty cell covers, and drops what has no column", () => {
    const result = applyPaste(
      [{ name: "kept", amount: "1" }],
      [["9", "no column"], [""]],
      { line: 0, column: 2 },
      columns,
      newLine,
    );
    expect(result[0]).toEqual({ name: "kept", amount: "9" });
  });

  it("never makes more lines than there may be", () => {
    expect(applyPaste([newLine()], [["a"], ["b"], ["c"]], { line: 0, column: 0 }, columns, newLine, 2)).toHaveLength(2);
  });
});

describe("ensureEmptyLine", () => {
  it("adds an empty line only where the last one is used", () => {
    const ended = [{ name: "a", amount: "" }, newLine()];
    expect(ensureEmptyLine(ended, isEmpty, newLine)).toBe(ended);
    expect(ensureEmptyLine([{ name: "a", amount: "" }], isEmpty, newLine)).toHaveLength(2);
    expect(ensureEmptyLine([], isEmpty, newLine)).toHaveLength(1);
    expect(ensureEmptyLine([{ name: "a", amount: "" }], isEmpty, newLine, 1)).toHaveLength(1);
  });
});
