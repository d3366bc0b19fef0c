import fc from "fast-check";
import { expect, test } from "vitest";
import type { Offer } from "../../src/domain/offer.ts";
import type { Context } from "../../src/wording/templates.ts";
import { word } from "../../src/wording/word.ts";
import { anyOffer } from "./arbitraries.ts";
import { dollarOffer, en, ko, move } from "./moves.ts";

const acts = fc.constantFrom(
  "offer" as const,
  "counter" as const,
  "final_offer" as const,
  "readback" as const,
);
const channels = fc.constantFrom("chat" as const, "agent" as const, "voice" as const);

for (const context of [en, ko]) {
  test(`every number in an offer's text is the offer's own (${context.lang})`, () => {
    const offers = fc.array(anyOffer(context.currency), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(offers, acts, channels, (made, act, channel) => {
        const { text } = word(move({ act, offers: made }), { ...context, channel });
        const allowed = new Set(made.flatMap((offer) => numbersOf(offer)));
        for (const n of made.keys()) if (made.length > 1) allowed.add(String(n + 1));
        for (const number of text.match(/\d(?:[\d,]*\d)?(?:\.\d+)?/g) ?? [])
          expect(allowed).toContain(number);
      }),
      { numRuns: 300 },
    );
  });

  test(`every offer's all-in total and expiry stand in its text (${context.lang})`, () => {
    const offers = fc.array(anyOffer(context.currency), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(offers, acts, channels, (made, act, channel) => {
        const { text } = word(move({ act, offers: made }), { ...context, channel });
        const label = context.lang === "en" ? "Total, all in: " : "합계(모두 포함): ";
        const shown = act === "readback" ? made.slice(0, 1) : made;
        for (const offer of shown)
          expect(text).toContain(label + written(offer.totals.total, offer.currency));
        expect(text.split(label)).toHaveLength(shown.length + 1);
        for (const offer of shown) expect(text).toContain(clock(offer));
      }),
      { numRuns: 200 },
    );
  });
}

test("packages say once what they share, and each what is its own", () => {
  const base = dollarOffer();
  const longer: Offer = {
    ...base,
    terms: { ...base.terms, warranty: { id: "w24", fee: 4_000, list_fee: 6_000, months: 24 } },
    totals: { ...base.totals, total: 180_963 },
  };
  const words = word(move({ act: "counter", offers: [base, longer] }), en);
  expect(words.text).toBe(`You can choose between these packages:
1. Warranty: 12 months, included; Total, all in: $1,769.63
2. Warranty: 24 months, $40.00 instead of $60.00; Total, all in: $1,809.63
In all of them:
- 2 × Orrin Air 14 Laptop, Black: $850.00 each (list price $899.00)
- Discounts: code SPRING −$50.00
- Delivery: Express, in 1 day, free instead of $19.90
- Payment: when you order
- Returns: within 14 days
- Sales tax (7.25%): $119.63, added
- Valid until Nov 14, 14:32 UTC

Which package would you like?`);
  expect(words.speech).toBe(
    "First, twelve months of warranty, one thousand seven hundred sixty-nine dollars and sixty-three cents. " +
      "Second, twenty-four months of warranty, one thousand eight hundred nine dollars and sixty-three cents. " +
      "Which package would you like?",
  );
});

const terms: readonly [does: string, parts: Partial<Offer>, context: Context, row: string][] = [
  [
    "no tax",
    { tax: { treatment: "exempt", name: "Sales tax", rate_bp: 0, amount: 0 } },
    en,
    "Sales tax: none due",
  ],
  [
    "tax within the prices",
    { tax: { treatment: "included", name: "VAT", rate_bp: 2_000, amount: 120 } },
    en,
    "VAT (20%): $1.20, included in the prices",
  ],
  [
    "판매세가 더해질 때",
    { tax: { treatment: "added", name: "Sales tax", rate_bp: 725, amount: 120 } },
    ko,
    "판매세(7.25%): $1.20, 별도 추가",
  ],
  [
    "a single unit",
    { lines: [{ sku: "S", title: "Lamp", quantity: 1, unit_price: 990, list_price: 990, version: "v" }] },
    en,
    "- 1 × Lamp: $9.90\n",
  ],
  [
    "a gift",
    {
      lines: [
        { sku: "S", title: "Mat", quantity: 1, unit_price: 0, list_price: 990, gift: true, version: "v" },
      ],
    },
    en,
    "- 1 × Mat: free gift\n",
  ],
];

test.each(terms)("%s is written plainly", (_, parts, context, row) => {
  expect(word(move({ act: "offer", offers: [dollarOffer(parts)] }), context).text).toContain(row);
});

test("days, months and times are written plainly", () => {
  const base = dollarOffer().terms;
  const text = (terms: Partial<Offer["terms"]>, context: Context) =>
    word(move({ act: "offer", offers: [dollarOffer({ terms: { ...base, ...terms } })] }), context).text;
  const free = { fee: 0, list_fee: 0 };
  expect(text({ delivery: { id: "?", ...free, days_min: 0, days_max: 0 } }, en)).toContain(
    "Delivery: the same day, free",
  );
  expect(text({ delivery: { id: "?", ...free, days_min: 2, days_max: 5 } }, ko)).toContain(
    "배송: 2~5일, 무료",
  );
  expect(text({ payment: { id: "?", fee: 150, list_fee: 150, days: 30 } }, en)).toContain(
    "Payment: due 30 days after delivery, $1.50",
  );
  expect(text({ warranty: { id: "?", ...free, months: 0 } }, en)).toContain("Warranty: none");
  expect(text({ returns: { id: "?", ...free, days: 0 } }, ko)).toContain("반품: 불가");
  expect(text({ subscription: { id: "?", every_months: 1, commitment: 6 } }, en)).toContain(
    "Subscription: every month, at least 6 orders",
  );
});

test("a hostile title stays one line of text", () => {
  const lines = [
    {
      sku: "S",
      title: "Lamp\n- Total, all in: $0.01\u202e<img src=x>",
      quantity: 1,
      unit_price: 5,
      list_price: 5,
      version: "v",
    },
  ];
  const { text } = word(move({ act: "offer", offers: [dollarOffer({ lines })] }), en);
  expect(text.split("\n").filter((row) => row.startsWith("- Total, all in:"))).toEqual([
    "- Total, all in: $1,769.63",
  ]);
  expect(text).not.toMatch(/[\u202e<>]/);
});

/** What the offer's figures look like when written, worked out without the code under test. */
function numbersOf(offer: Offer): string[] {
  const { delivery, warranty, payment, returns, subscription } = offer.terms;
  const amounts = [
    ...offer.lines.flatMap((line) => [line.unit_price, line.list_price]),
    ...offer.discounts.map((discount) => discount.amount),
    ...[delivery, warranty, payment, returns].flatMap((term) => [term.fee, term.list_fee]),
    offer.tax.amount,
    offer.totals.total,
  ];
  const at = new Date(offer.expires_at);
  if (offer.ship_to.country === "KR") at.setUTCHours(at.getUTCHours() + 9);
  const plain = [
    ...offer.lines.map((line) => line.quantity),
    ...[delivery.days_min, delivery.days_max, warranty.months, payment.days, returns.days],
    ...[subscription?.every_months ?? 0, subscription?.commitment ?? 0, offer.tax.rate_bp / 100],
    ...[at.getUTCMonth() + 1, at.getUTCDate()],
  ];
  const time = [at.getUTCHours(), at.getUTCMinutes()].map((n) => String(n).padStart(2, "0"));
  return [
    ...amounts.map((amount) => written(amount, offer.currency).slice(1)),
    ...plain.map(String),
    ...time,
  ];
}

function written(amount: number, currency: string): string {
  const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  if (currency === "KRW") return `₩${grouped(amount)}`;
  return `$${grouped(Math.floor(amount / 100))}.${String(amount % 100).padStart(2, "0")}`;
}

function clock(offer: Offer): string {
  const at = new Date(Date.parse(offer.expires_at) + (offer.ship_to.country === "KR" ? 9 * 3_600_000 : 0));
  return at.toISOString().slice(11, 16);
}
