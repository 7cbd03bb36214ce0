import { describe, expect, it } from "vitest";
import { ALL_FILES, BYTES_MAX, decode, linesAround, readFiles, type SourceFile, sentBytes, sentFiles, withMain } from "./files";

function file(name: string, text: string): SourceFile {
  return { name, text, bytes: text.length, encoding: "UTF-8" };
}

describe("decode", () => {
  it("reads UTF-8, with and without a byte order mark", () => {
    expect(decode(new TextEncoder().encode("Büro 🧾"))).toEqual({ text: "Büro 🧾", encoding: "UTF-8" });
    expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x41]))).toEqual({ text: "A", encoding: "UTF-8" });
  });
  it("reads what old Windows programs write", () => {
    expect(decode(new Uint8Array([0x42, 0xfc, 0x72, 0x6f]))).toEqual({ text: "Büro", encoding: "WINDOWS-1252" });
    expect(decode(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toEqual({ text: "A", encoding: "UTF-16LE" });
  });
  it("takes nothing that is no text", () => {
    expect(decode(new Uint8Array([0x50, 0x4b, 0x00, 0x04]))).toBeNull();
    expect(decode(new Uint8Array([0xff, 0xfe, 0x00]))).toBeNull();
  });
});

describe("readFiles", () => {
  it("names what is no text", async () => {
    const reading = await readFiles([new File(["2024-01-01 x\n"], "a.journal"), new File([new Uint8Array([0, 1])], "b.png")]);
    expect(reading).toMatchObject({ files: [{ name: "a.journal", encoding: "UTF-8" }], refused: ["b.png"] });
  });
  it("does not read what is too large to send", async () => {
    expect(await readFiles([new File(["x".repeat(BYTES_MAX)], "a")])).toBe("tooLarge");
    expect(await readFiles([new File(["x".repeat(2 * BYTES_MAX + 1)], "a")])).toBe("tooLarge");
    expect(await readFiles(Array.from({ length: 100 }, (_, index) => new File([""], `${index}`)))).toBe("tooMany");
  });
  it("counts what a text takes in a request", () => {
    expect(sentBytes('a\n"é')).toBe(2 + 1 + 2 + 2 + 2);
  });
});

describe("the main file", () => {
  const [part, main, other] = [file("part", "2024-01-01 x\n"), file("main", "; books\ninclude part\n"), file("other", "")];
  it("is the one that includes others, unless another is named", () => {
    expect(withMain([part, main, other]).map((one) => one.name)).toEqual(["main", "part", "other"]);
    expect(withMain([part, main, other], "other").map((one) => one.name)).toEqual(["other", "part", "main"]);
    expect(withMain([])).toEqual([]);
  });
  it("is made where none includes the others", () => {
    expect(sentFiles([part, other])[0]).toEqual({ name: ALL_FILES, text: "include part\ninclude other\n" });
    expect(sentFiles([part]).map((one) => one.name)).toEqual(["part"]);
    expect(sentFiles([main, part]).map((one) => one.name)).toEqual(["main", "part"]);
  });
});

describe("linesAround", () => {
  const files = [file("books/a.journal", "1\n2\n3\n4\n5\r\n6\n")];
  it("shows the wrong line among its neighbours", () => {
    expect(linesAround(files, "books/a.journal", 4).map(({ number, text, wrong }) => [number, text, wrong])).toEqual([
      [2, "2", false],
      [3, "3", false],
      [4, "4", true],
      [5, "5", false],
      [6, "6", false],
    ]);
    expect(linesAround(files, "elsewhere/a.journal", 1)[0]).toMatchObject({ number: 1, wrong: true });
  });
  it("shows nothing of a file that is not there", () => {
    expect(linesAround(files, "b.journal", 1)).toEqual([]);
  });
});
