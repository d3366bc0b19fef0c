import { expect, test } from "vitest";
import type { Offer } from "../../src/domain/offer.ts";
import { noticesOf } from "../../src/negotiation/notices.ts";
import { Talk } from "./shop.ts";

const NOW = "2026-03-01T00:00:00.000Z";

function offered(): Offer {
  const want = [
    { sku: "LAP", quantity: 2 },
    { sku: "MOU", quantity: 1 },
  ];
  const offer = new Talk().propose({ want }).offers[0] as Offer;
  return { ...offer, expires_at: "2026-03-02T00:00:00.000Z" };
}

function priced(offer: Offer, units: readonly number[], off: number): Offer {
  const lines = offer.lines.map((line, i) => ({ ...line, unit_price: units[i] ?? line.unit_price }));
  const goods = lines.reduce((sum, line) => sum + line.unit_price * line.quantity, 0);
  const discounts = off === 0 ? [] : [{ kind: "code" as const, id: "SPRING", amount: off }];
  return { ...offer, lines, discounts, totals: { ...offer.totals, goods, discounts: off } };
}

test("goods that come to one minor unit more are said to, however small the discount that is gone", () => {
  const offer = offered();
  expect(
    noticesOf({ now: NOW }, priced(offer, [89_900, 4_900], 1), priced(offer, [89_900, 4_900], 0)),
  ).toEqual(["price_changed"]);
});

test("a discount that went into lower prices is not called dearer; a unit that costs more is", () => {
  const offer = offered();
  const before = priced(offer, [89_900, 4_700], 500);
  expect(noticesOf({ now: NOW }, before, priced(offer, [88_000, 4_700], 0))).toEqual([]);
  expect(noticesOf({ now: NOW }, before, priced(offer, [88_000, 4_900], 0))).toEqual(["price_changed"]);
});

test("a product that costs more is told of when what stands beside it is another", () => {
  const offer = offered();
  const before = priced(offer, [88_000, 4_900], 0);
  const after = { ...offer, lines: offer.lines.slice(0, 1) };
  expect(noticesOf({ now: NOW }, before, after)).toEqual(["price_changed"]);
});
