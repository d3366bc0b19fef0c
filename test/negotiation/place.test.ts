import { describe, expect, test } from "vitest";
import { placeOf } from "../../src/negotiation/place.ts";
import { VENDOR } from "./shop.ts";

const us = (ship_to: { region?: string; postal_code?: string }) =>
  placeOf(VENDOR, "USD", { country: "US", ...ship_to });

describe("where an order goes", () => {
  test.each(["99501", " 99501", "AK 99501", "９９５０１", "99501-1234", "99 501"])(
    "is told by the digits of its postal code, however they are written (%j)",
    (postal_code) => {
      expect(us({ postal_code })).toMatchObject({
        zone: "far",
        ship_to: { country: "US", postal_code: "99501" },
      });
    },
  );

  test("is where its postal code lies when the region says otherwise", () => {
    expect(us({ region: "OR", postal_code: "94107" })).toMatchObject({
      ship_to: { region: "CA" },
      tax: { rate_bp: 725 },
    });
    expect(us({ region: "CA", postal_code: "97201" })?.tax.rate_bp).toBe(0);
    expect(us({ postal_code: "97201" })?.tax.rate_bp).toBe(700);
  });

  test("is told by the region where the postal code is missing or lacks digits", () => {
    expect(us({ region: " ak " })).toMatchObject({ zone: "far", ship_to: { region: "AK" } });
    expect(us({ region: "AK", postal_code: "9950" })?.zone).toBe("far");
    expect(us({ region: "or" })?.tax.rate_bp).toBe(0);
    expect(us({ region: "WA" })?.zone).toBeNull();
    expect(us({ postal_code: "9950" })?.zone).toBeNull();
    expect(us({ region: "__proto__" })?.tax.rate_bp).toBe(700);
  });

  test("is Jeju by its postal code and by its name", () => {
    const kr = (ship_to: object) => placeOf(VENDOR, "KRW", { country: "KR", ...ship_to })?.zone;
    expect(kr({ postal_code: "６３１２２" })).toBe("jeju");
    expect(kr({ region: "제주특별자치도" })).toBe("jeju");
    expect(kr({ region: "Jeju" })).toBe("jeju");
    expect(kr({ region: "제주", postal_code: "04524" })).toBeNull();
    expect(kr({})).toBeNull();
  });
});
