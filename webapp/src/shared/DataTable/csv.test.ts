import { describe, expect, it } from "vitest";
import { csvCell, toCsv } from "./csv";
import { compareValues, hasText } from "./engine";
import { rowAfterKey } from "./Rows";

describe("csvCell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+cmd", "'+cmd"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-2+3", "'-2+3"],
    ["\t=1", "'\t=1"],
  ])("neutralises the formula %j", (text, cell) => expect(csvCell(text)).toBe(cell));

  it.each([
    [-12.5, "-12.5"],
    ["-12.50", "-12.50"],
    ["plain", "plain"],
    [null, ""],
    [0, "0"],
  ])("leaves %j alone", (value, cell) => expect(csvCell(value)).toBe(cell));

  it("quotes separators, quotes and breaks, formulas too", () => {
    expect(csvCell('say "hi", you')).toBe('"say ""hi"", you"');
    expect(csvCell("a\nb")).toBe('"a\nb"');
    expect(csvCell('=HYPERLINK("x","y")')).toBe('"\'=HYPERLINK(""x"",""y"")"');
  });
});

it("toCsv writes headers and rows with the columns given", () => {
  const rows = [{ name: "=A", amount: 1.5 }];
  const columns = [
    { header: "Name", value: (row: { name: string }) => row.name },
    { header: "Amount, net", value: (row: { amount: number }) => row.amount },
  ];
  expect(toCsv(rows, columns)).toBe('Name,"Amount, net"\r\n\'=A,1.5\r\n');
});

it("compareValues: numbers by size, texts naturally, nothing last", () => {
  expect([10, 9, null, 2].sort(compareValues)).toEqual([2, 9, 10, null]);
  expect(["A10", "", "a2"].sort(compareValues)).toEqual(["a2", "A10", ""]);
});

it("hasText ignores case and spaces around", () => {
  expect(hasText("Petty Cash", " cash ")).toBe(true);
  expect(hasText(1200.5, "1200")).toBe(true);
  expect(hasText(null, "x")).toBe(false);
});

it("rowAfterKey stays inside of the table", () => {
  expect(rowAfterKey("ArrowDown", 0, 3)).toBe(1);
  expect(rowAfterKey("ArrowDown", 2, 3)).toBe(2);
  expect(rowAfterKey("ArrowUp", 0, 3)).toBe(0);
  expect(rowAfterKey("End", 0, 3)).toBe(2);
  expect(rowAfterKey("x", 0, 3)).toBeUndefined();
});
