import { describe, expect, it } from "vitest";
import type { Messages } from "@/app/feature";
import { ar } from "./ar";
import { en } from "./en";
import { catalogue } from "./index";

const PLURAL = /_(zero|one|two|few|many|other)$/;
const FORMS = new Intl.PluralRules("ar").resolvedOptions().pluralCategories;
/** Forms that name their number in words: "two journals" is one word in Arabic. */
const IN_WORDS = ["zero", "one", "two"];
/** The service words these in English, with the names it found; only other languages need words of their own. */
const SERVICE_WORDED = "journalImport.problems.";

function texts(messages: Messages, prefix = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : texts(value, `${prefix}${key}.`),
  );
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\{[^}]*\}\}/g))].sort();
}

const english = new Map(texts(catalogue("en", en)));
const arabic = new Map(texts(catalogue("ar", ar)));

/** Each key that Arabic needs, with the English text that it renders: six forms where English has one and other. */
const wanted = new Map(
  [...english].flatMap(([key, text]) => {
    const stem = key.replace(PLURAL, "");
    const other = english.get(`${stem}_other`);
    if (stem === key || other === undefined) return [[key, text] as const];
    return FORMS.map((form) => [`${stem}_${form}`, other] as const);
  }),
);

describe("the Arabic catalogue", () => {
  it("has every key of English", () => {
    expect(english.size).toBeGreaterThan(900);
    expect([...wanted.keys()].filter((key) => !arabic.has(key))).toEqual([]);
  });

  it("has no key that English lacks", () => {
    expect([...arabic.keys()].filter((key) => !wanted.has(key) && !key.startsWith(SERVICE_WORDED))).toEqual([]);
  });

  it("has the placeholders of English", () => {
    const different = [...wanted].filter(([key, text]) => {
      const [, form = ""] = PLURAL.exec(key) ?? [];
      const compared = (one: string) => placeholders(one).filter((name) => !(IN_WORDS.includes(form) && name === "{{count}}"));
      return compared(arabic.get(key) ?? text).join() !== compared(text).join();
    });
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it("is empty nowhere but where English is", () => {
    expect([...wanted].filter(([key, text]) => text !== "" && arabic.get(key)?.trim() === "").map(([key]) => key)).toEqual([]);
  });

  it("isolates in pairs", () => {
    const count = (text: string, sign: string) => text.split(sign).length;
    expect([...arabic].filter(([, text]) => count(text, "\u2068") !== count(text, "\u2069")).map(([key]) => key)).toEqual([]);
  });
});
