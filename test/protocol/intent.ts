import type { Intent } from "../../src/domain/intents/index.ts";
import { type Offer, sealed } from "../../src/domain/offer.ts";

/** An offer with text that is no ASCII. */
export const OFFER: Offer = sealed({
  id: "of_1",
  revision: 1,
  supersedes: null,
  currency: "KRW",
  lines: [
    {
      sku: "CH-1",
      title: "가단 의자 — “메쉬”",
      quantity: 2,
      unit_price: 390000,
      list_price: 429000,
      version: "v1",
    },
  ],
  terms: {
    delivery: { id: "standard", fee: 0, list_fee: 3000, days_min: 2, days_max: 5 },
    warranty: { id: "warranty-12", fee: 0, list_fee: 0, months: 12 },
    payment: { id: "prepaid", fee: 0, list_fee: 0, days: 0 },
    returns: { id: "returns-14", fee: 0, list_fee: 0, days: 14 },
    subscription: null,
  },
  discounts: [],
  ship_to: { country: "KR" },
  tax: { treatment: "included", name: "VAT", rate_bp: 1000, amount: 70909 },
  totals: { goods: 780000, discounts: 0, fees: 0, tax: 70909, total: 780000 },
  negotiable: ["price"],
  final: false,
  expires_at: "2026-07-01T09:15:00.000Z",
});

/** The order that takes an offer. */
export function intentFor(of: Offer): Intent {
  const { lines, terms, discounts, tax, totals, currency } = of;
  return {
    ...{ kind: "order", id: "int_1", v: 1, session: "ses_1", seq: 7, currency },
    ...{ lines, terms, discounts, tax, totals },
    issued_at: "2026-07-01T09:00:00.000Z",
    expires_at: "2026-07-08T09:00:00.000Z",
    seller: { id: "demo", name: "Demo" },
    buyer: { principal: "anonymous", kind: "machine", tier: "anonymous" },
    offer: { id: of.id, hash: of.hash, revision: of.revision, lineage: [] },
    ship_to: { country: "KR", name: "윤서진", lines: ["세종대로 110"] },
    payer: { name: "윤서진" },
    purchase_order: null,
    scope: "sell_as_stated",
    authority: { by: "policy", policy: "demo-1" },
  };
}

export const INTENT = intentFor(OFFER);
