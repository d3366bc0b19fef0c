import fc from "fast-check";
import type { Currency } from "../../src/domain/money.ts";
import { Offer } from "../../src/domain/offer.ts";

const words = fc.constantFrom(
  "Lamp",
  "Desk Mat",
  "무선 키보드",
  "Orrin Air Laptop, Black",
  "커피 머신",
  "Cable",
);
const amount = fc.integer({ min: 0, max: 900_000_000 });
const days = fc.integer({ min: 0, max: 60 });
const option = (id: string) => ({ id: fc.constant(id), fee: amount, list_fee: amount });

/** Offers of every shape the schema allows, with figures that need not add up and names without digits. */
export function anyOffer(currency: Currency): fc.Arbitrary<Offer> {
  return fc
    .record({
      id: fc.constant("ofr"),
      revision: fc.constant(1),
      supersedes: fc.constant(null),
      currency: fc.constant(currency),
      lines: fc.array(
        fc.record(
          {
            sku: fc.constant("SKU-X"),
            title: words,
            quantity: fc.integer({ min: 1, max: 100_000 }),
            unit_price: amount,
            list_price: amount,
            gift: fc.boolean(),
            version: fc.constant("v"),
          },
          { requiredKeys: ["sku", "title", "quantity", "unit_price", "list_price", "version"] },
        ),
        { minLength: 1, maxLength: 20 },
      ),
      terms: fc.record({
        delivery: fc.record({ ...option("express"), days_min: days, days_max: days }),
        warranty: fc.record({ ...option("w"), months: fc.integer({ min: 0, max: 60 }) }),
        payment: fc.record({ ...option("p"), days }),
        returns: fc.record({ ...option("r"), days }),
        subscription: fc.option(
          fc.record({
            id: fc.constant("s"),
            every_months: fc.integer({ min: 1, max: 12 }),
            commitment: fc.integer({ min: 1, max: 24 }),
          }),
        ),
      }),
      discounts: fc.array(
        fc.record({
          kind: fc.constantFrom("tier", "bundle", "code", "subscription"),
          id: fc.constantFrom("SPRING", "WELCOME"),
          amount,
        }),
        { maxLength: 8 },
      ),
      ship_to: fc.constantFrom({ country: "US", region: "CA" }, { country: "KR" }),
      tax: fc.record({
        treatment: fc.constantFrom("included", "added", "exempt"),
        name: fc.constantFrom("VAT", "Sales tax"),
        rate_bp: fc.integer({ min: 0, max: 10_000 }),
        amount,
      }),
      totals: fc.record({ goods: amount, discounts: amount, fees: amount, tax: amount, total: amount }),
      negotiable: fc.constant([]),
      final: fc.boolean(),
      expires_at: fc
        .date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
        .map((date) => date.toISOString()),
    })
    .map((offer) => Offer.parse({ ...offer, hash: "h" }));
}
