import { readFileSync } from "node:fs";
import { z } from "zod";
import { Act, Reading } from "../../src/domain/act.ts";
import { AGENT_ANSWERS } from "../../src/domain/handoff.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { PartialDetails } from "../../src/domain/order.ts";
import { Slot } from "../../src/domain/reply.ts";
import type { State } from "../../src/domain/state.ts";
import { Lang } from "../../src/domain/text.ts";

const FOLDER = new URL("../../fixtures/understanding/", import.meta.url);

/** A talk so far, in the least words: what was shown, offered and asked. */
const Context = z.strictObject({
  lang: Lang,
  currency: z.string(),
  focus: z.array(z.strictObject({ sku: z.string(), price: z.int() })).default([]),
  that: z.string().nullable().default(null),
  offers: z
    .array(
      z.strictObject({
        lines: z.array(z.tuple([z.string(), z.string(), z.int(), z.int()])),
        total: z.int(),
      }),
    )
    .default([]),
  readback: z.boolean().default(false),
  ask: Slot.nullable().default(null),
  choices: z.array(z.string()).default([]),
  details: PartialDetails.default({}),
  said: z.array(Act).default([]),
  sought: z.string().nullable().default(null),
  intents: z.array(z.string()).default([]),
});

/** A message, the talk it falls into, and what it means. Fields that `acts` leaves out are not judged. */
export const Gold = z.strictObject({
  text: z.string(),
  context: z.string(),
  acts: z.array(Act),
  unsure: Reading.shape.unsure,
});
export type Gold = z.infer<typeof Gold>;

export const NOW = "2026-03-02T09:00:00.000Z";

const contexts = z.record(z.string(), Context).parse(JSON.parse(text("contexts.json")));

function text(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

export function goldOf(name: string): readonly Gold[] {
  return text(name)
    .trim()
    .split("\n")
    .map((line) => Gold.parse(JSON.parse(line)));
}

/** The state of the named talk. */
export function stateOf(name: string): State {
  const context = contexts[name];
  if (!context) throw new Error(`no context ${name}`);
  const { lang, currency, that, ask, choices, details, said } = context;
  const sought = context.sought === null ? null : { act: "search" as const, query: context.sought };
  const country = currency === "KRW" ? "KR" : "US";
  const offers = context.offers.map((offer, index) => offerOf(offer.lines, offer.total, currency, index));
  const [first] = offers;
  const shown = offers.flatMap((offer) =>
    offer.lines.map((line) => ({ sku: line.sku, price: line.unit_price })),
  );
  return {
    ...{ answering: AGENT_ANSWERS, unsure: 0 },
    ...{
      seq: 4,
      replied: 4,
      lang,
      currency,
      channel: "chat",
      ship_to: { country },
      rounds: 8,
      round: offers.length > 0 ? 1 : 0,
    },
    party: { principal: "p", kind: "person", tier: "anonymous" },
    standings: offers.map((offer) => ({ offer, status: "live", seq: 4, heard: true })),
    proposals: [],
    focus: context.focus.length > 0 ? context.focus : shown,
    readback: context.readback && first ? { offer: first.id, hash: first.hash } : null,
    held: [],
    laid: offers.length > 1 ? offers.map(({ id }) => id) : [],
    ...{ that, ask, choices, details, said, sought, codes: [], recent: [], closed: false },
    intents: context.intents.map((id) => ({
      ...{ id, kind: "order", offer: "of_1", status: "pending", total: 5_600, currency },
    })),
  };
}

export function offerOf(
  lines: readonly [string, string, number, number][],
  total: number,
  currency: string,
  n: number,
): Offer {
  const goods = lines.reduce((sum, [, , quantity, price]) => sum + quantity * price, 0);
  const country = currency === "KRW" ? "KR" : "US";
  return {
    ...{ id: `of_${n + 1}`, revision: 1, supersedes: null, currency, final: false, hash: `hash-${n + 1}` },
    lines: lines.map(([sku, title, quantity, unit_price]) => ({
      ...{ sku, title, quantity, unit_price, list_price: unit_price, version: "v1" },
    })),
    terms: {
      delivery: { id: "standard", fee: total - goods, list_fee: total - goods, days_min: 2, days_max: 4 },
      warranty: { id: "standard", fee: 0, list_fee: 0, months: 12 },
      payment: { id: "now", fee: 0, list_fee: 0, days: 0 },
      returns: { id: "standard", fee: 0, list_fee: 0, days: 14 },
      subscription: null,
    },
    discounts: [],
    ship_to: { country },
    tax: { treatment: "included", name: "VAT", rate_bp: 1_000, amount: 0 },
    totals: { goods, discounts: 0, fees: total - goods, tax: 0, total },
    negotiable: ["price", "quantity"],
    expires_at: "2026-03-02T10:00:00.000Z",
  };
}
