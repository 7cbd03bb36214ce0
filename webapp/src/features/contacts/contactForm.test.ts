import { describe, expect, it } from "vitest";
import { documentPath } from "@/shared/documents";
import { listQuery } from "@/shared/useList";
import type { Contact } from "./api";
import { addressLines, contactBody, contactValues, copiedAddress } from "./contactForm";

const contact = {
  display_name: "Ada Ltd",
  email: "ada@example.com",
  currency_code: "EUR",
  customer_type: "individual",
  billing_address1: "Main Street 1",
  billing_address_city: "Vienna",
  billing_address_postcode: "1010",
  billing_address_country: "Austria",
} as unknown as Contact;

describe("the form of a contact", () => {
  it("sends empty texts as null and trims the others", () => {
    const values = { ...contactValues(null, "USD", "2024-01-31"), display_name: "  Ada  ", email: " " };
    const body = contactBody("vendor", values, true);
    expect(body).toMatchObject({ display_name: "Ada", email: null, currency_code: "USD" });
    expect(body).not.toHaveProperty("customer_type");
    expect(body).not.toHaveProperty("opening_balance");
  });

  it("sends the opening balance with its day and rate for a new contact only", () => {
    const values = { ...contactValues(null, "USD", "2024-01-31"), display_name: "Ada", opening_balance: "10.50" };
    expect(contactBody("customer", values, true)).toMatchObject({
      opening_balance: 10.5,
      opening_balance_at: "2024-01-31",
      opening_balance_exchange_rate: 1,
      customer_type: "business",
    });
    const edited = contactBody("customer", values, false);
    expect(edited).not.toHaveProperty("opening_balance");
    expect(edited).not.toHaveProperty("currency_code");
  });

  it("starts from the contact that is changed", () => {
    expect(contactValues(contact, "USD", "2024-01-31")).toMatchObject({
      email: "ada@example.com",
      currency_code: "EUR",
      customer_type: "individual",
      note: "",
    });
  });

  it("copies the whole billing address, empty parts too", () => {
    const values = { ...contactValues(contact, "USD", "2024-01-31"), shipping_address2: "old" };
    expect(copiedAddress(values)).toMatchObject({
      shipping_address1: "Main Street 1",
      shipping_address2: "",
      shipping_address_city: "Vienna",
    });
  });
});

describe("how a contact is shown", () => {
  it("writes an address line by line without empty ones", () => {
    expect(addressLines(contact, "billing")).toEqual(["Main Street 1", "1010 Vienna", "Austria"]);
    expect(addressLines(contact, "shipping")).toEqual([]);
  });

  it("links documents that have a page", () => {
    expect(documentPath("Expense", 4)).toBe("/expenses/4");
    expect(documentPath("CustomerOpeningBalance", 4)).toBeNull();
  });
});

describe("the query of a list", () => {
  it("holds only what was asked for", () => {
    expect(listQuery(1, null, "  ")).toEqual({ page: 1, page_size: 50 });
    expect(listQuery(3, { key: "balance", descending: true }, " ada ")).toEqual({
      page: 3,
      page_size: 50,
      column_sort_by: "balance",
      sort_order: "desc",
      search_keyword: "ada",
    });
  });
});
