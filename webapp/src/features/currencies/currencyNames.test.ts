import { expect, it } from "vitest";
import { currencyName, currencySign } from "./currencyNames";

it("knows names and signs of currencies", () => {
  expect(currencyName("EUR", "en")).toBe("Euro");
  expect(currencySign("EUR", "en")).toBe("€");
});

it("answers null for what is no currency", () => {
  expect(currencyName("ZZQ", "en")).toBeNull();
  expect(currencySign("12", "en")).toBeNull();
});
