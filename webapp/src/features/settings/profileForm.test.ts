import { expect, it } from "vitest";
import { profileBody, profileValues } from "./profileForm";

const profile = {
  name: "Ada Ltd",
  base_currency: "EUR",
  industry: null,
  date_format: "DD MMM yyyy",
  address: { city: "Vienna", phone: null },
};

it("reads the profile with its address", () => {
  expect(profileValues(profile)).toMatchObject({
    name: "Ada Ltd",
    industry: "",
    address: { city: "Vienna", phone: "", address1: "" },
  });
});

it("reads a profile without an address", () => {
  expect(profileValues({ name: "Ada Ltd", address: null }).address.city).toBe("");
});

it("leaves out what cannot be cleared and sends null for what can", () => {
  const body = profileBody(profileValues(profile));
  expect(body).toMatchObject({ name: "Ada Ltd", base_currency: "EUR", industry: null, tax_number: null });
  expect(body).not.toHaveProperty("timezone");
  expect(body.address).toMatchObject({ city: "Vienna", phone: null });
});
