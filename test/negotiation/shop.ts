import type { Act } from "../../src/domain/act.ts";
import type { Decision } from "../../src/domain/decision.ts";
import { type Draws, drawsFor } from "../../src/domain/draws.ts";
import type { Bundle, Product } from "../../src/domain/entry.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Evidence, Known } from "../../src/domain/evidence.ts";
import { Limits } from "../../src/domain/limits.ts";
import type { PartialDetails } from "../../src/domain/order.ts";
import { Proposal } from "../../src/domain/proposal.ts";
import { Move } from "../../src/domain/reply.ts";
import { fold, initial, type State } from "../../src/domain/state.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { decide } from "../../src/negotiation/decide.ts";
import type { Decided, Input } from "../../src/negotiation/input.ts";

export const T0 = "2026-03-01T09:00:00.000Z";
export const later = (minutes: number) => new Date(Date.parse(T0) + minutes * 60_000).toISOString();

const en = (text: string) => ({ en: text, ko: text });

export const VENDOR: Vendor = Vendor.parse({
  id: "shop",
  name: en("Shop"),
  seller: "Shop Ltd.",
  greeting: en("Hello"),
  languages: ["en", "ko"],
  markets: [
    {
      country: "US",
      currency: "USD",
      tax: { name: "Sales tax", treatment: "added", rate_bp: 700, regions: { OR: 0, CA: 725 } },
      zones: [{ id: "far", postal_prefixes: ["99"] }],
    },
    {
      country: "KR",
      currency: "KRW",
      tax: { name: "VAT", treatment: "included", rate_bp: 1000 },
      zones: [{ id: "jeju", postal_prefixes: ["63"] }],
    },
  ],
  default_ship_to: { USD: { country: "US" }, KRW: { country: "KR" } },
  terms: {
    delivery: [
      {
        ...{ id: "standard", label: en("Standard"), days_min: 2, days_max: 5 },
        fee: { USD: 700, KRW: 3000 },
        free_from: { USD: 100_000, KRW: 1_000_000 },
        zone_fee: { far: { USD: 1200 }, jeju: { KRW: 3000 } },
      },
      { id: "express", label: en("Express"), days_min: 1, days_max: 1, fee: { USD: 2000, KRW: 8000 } },
    ],
    warranty: [
      { id: "w12", label: en("12 months"), months: 12, fee_bp: 0 },
      { id: "w24", label: en("24 months"), months: 24, fee_bp: 400 },
    ],
    payment: [
      { id: "now", label: en("Now"), days: 0, fee_bp: 0 },
      { id: "net30", label: en("30 days"), days: 30, fee_bp: 150 },
    ],
    returns: [
      { id: "r14", label: en("14 days"), days: 14, fee_bp: 0 },
      { id: "r30", label: en("30 days"), days: 30, fee_bp: 100 },
    ],
    subscription: [{ id: "monthly", label: en("Monthly"), every_months: 1, commitment: 6, off_bp: 500 }],
  },
  subscribable: ["coffee"],
  rounds: 10,
  offer_minutes: 15,
  confirm: "words",
  default_stock: 20,
  max_quantity: 50,
  contact: { email: "help@shop.example", hours: en("9-18") },
});

export const LIMITS: Limits = Limits.parse({
  version: "v1",
  objective: "balance",
  // Limits at the floors themselves, so that amounts can be told from the figures here; draws.test.ts has others.
  conceal_bp: 0,
  strategy: { machine: "round-aware", person: "round-aware" },
  rules: [
    { match: { sku: "FIX" }, floor_bp: 9000, cost_bp: 8000, negotiable: false },
    { match: {}, floor_bp: 8000, cost_bp: 6500 },
  ],
  term_costs: {
    delivery: { standard: { USD: 500, KRW: 2500 }, express: { USD: 1700, KRW: 7000 } },
    warranty: { w12: 0, w24: 150 },
    payment: { now: 0, net30: 80 },
    returns: { r14: 0, r30: 60 },
  },
  renewal_value_bp: 300,
  codes: [
    { code: "TEN", off_bp: 1000, min_goods: { USD: 10_000, KRW: 100_000 } },
    { code: "BEANS", off_bp: 800, match: { category: "coffee" } },
    { code: "OLD", off_bp: 1000, until: "2025-01-01T00:00:00Z" },
    { code: "SOON", off_bp: 1000, from: "2030-01-01T00:00:00Z" },
    { code: "DEEP", off_bp: 5000 },
  ],
  gifts: [{ sku: "BAG", min_goods: { USD: 50_000, KRW: 500_000 }, cost: { USD: 1500, KRW: 20_000 } }],
  approval_above: { USD: 1_000_000, KRW: 15_000_000 },
});

export function product(id: string, usd: number, more: Partial<Product> = {}): Known {
  const entry: Product = {
    ...{ kind: "product", id, title: en(`The ${id}`), category: "computers/laptops" },
    ...{ price: { USD: usd, KRW: usd * 13 }, specs: [], source: { name: "products.jsonl" } },
    ...more,
  };
  return { product: entry, version: `${id}-1`, live: true, stock: 30 };
}

export const PRODUCTS: readonly Known[] = [
  product("LAP", 89_900),
  product("MOU", 4_900, { category: "computers/mice", tiers: [{ from: 10, off_bp: 800 }] }),
  product("FIX", 30_000),
  product("COF", 1_800, { category: "coffee/beans" }),
  product("BAG", 6_000, { category: "bags" }),
  { ...product("GONE", 10_000), live: false },
  { ...product("OUT", 10_000), stock: 0 },
  product("WON", 0, { price: { KRW: 50_000 } }),
];

export const BUNDLE: Bundle = {
  ...{ kind: "bundle", id: "desk", title: en("Desk set"), source: { name: "bundles.jsonl" }, off_bp: 500 },
  lines: [
    { sku: "LAP", quantity: 1 },
    { sku: "MOU", quantity: 1 },
  ],
};

export const DETAILS = {
  ship_to: { country: "US", name: "Kim", lines: ["1 Main St"], city: "Springfield", postal_code: "45501" },
  payer: { name: "Kim", email: "kim@example.org" },
} as const satisfies PartialDetails;

/** One conversation with the core: sends acts, folds the log, keeps every decision. */
export class Talk {
  state: State;
  now = T0;
  vendor = VENDOR;
  limits = LIMITS;
  secret = "a key of these tests";
  products: readonly Known[] = PRODUCTS;
  bundles: readonly Bundle[] = [BUNDLE];
  used: Readonly<Record<string, number>> = {};
  decisions: Decision[] = [];
  inputs: Input[] = [];
  decided: Decided[] = [];

  constructor(opened: Partial<Extract<Event, { kind: "opened" }>> = {}) {
    this.state = initial(
      {
        ...{ kind: "opened", at: T0, lang: "en", currency: "USD", channel: "agent", rounds: 10 },
        party: { principal: "p", kind: "machine", tier: "anonymous" },
        ship_to: { country: "US" },
        ...opened,
      },
      1,
    );
  }

  get draws(): Draws {
    return drawsFor(this.limits, this.secret, 1);
  }

  /** A typed act, or several acts read from words with this confidence. */
  send(
    act: Act | readonly Act[],
    words?: { confidence?: number; unsure?: Input["reading"]["unsure"] },
  ): Move {
    const acts = Array.isArray(act) ? (act as readonly Act[]) : [act as Act];
    const typed = words === undefined;
    const reading = {
      ...{ lang: this.state.lang, acts: [...acts], confidence: words?.confidence ?? 1 },
      ...(words?.unsure ? { unsure: words.unsure } : {}),
    };
    const message = typed ? { id: "m", act: acts[0] as Act } : { id: "m", text: "words" };
    const told = fold(this.state, {
      seq: this.state.seq + 1,
      event: { kind: "message", at: this.now, message, reading },
    });
    const input: Input = {
      ...{
        state: told,
        reading,
        typed,
        evidence: this.evidence(acts),
        vendor: this.vendor,
        limits: this.limits,
        draws: this.draws,
        used: this.used,
        decided: this.decided,
      },
      ...{ now: this.now, session: "s1", seq: told.seq + 1 },
    };
    this.inputs.push(input);
    const decision = decide(input);
    this.decisions.push(decision);
    const { binding } = decision;
    const intents = binding
      ? [
          {
            ...{
              id: `int${told.seq}`,
              kind: "order" as const,
              offer: binding.offer.id,
              status: "pending" as const,
            },
            ...{ total: binding.offer.totals.total, currency: binding.offer.currency },
          },
        ]
      : decision.move.intents;
    const move = Move.parse({ ...decision.move, intents });
    this.decided = [...this.decided, { reply: told.seq + 1, reasons: decision.reasons }];
    this.state = fold(told, {
      seq: told.seq + 1,
      event: { kind: "reply", at: this.now, re: told.seq, move },
    });
    return move;
  }

  say(act: Act | readonly Act[], confidence = 0.95): Move {
    return this.send(act, { confidence });
  }

  propose(
    proposal: Partial<Extract<Act, { act: "propose" }>> & {
      want?: readonly { sku: string; quantity?: number; unit_price?: number }[];
    },
  ): Move {
    const { want, ...rest } = proposal;
    const lines = want?.map(({ sku, ...line }) => ({ item: { sku }, ...line }));
    return this.send({ ...rest, act: "propose", ...(lines ? { lines } : {}) });
  }

  evidence(acts: readonly Act[]): Evidence {
    const accepted = acts.find((act) => act.act === "accept");
    return {
      ...{
        acts,
        proposal: proposalOf(acts),
        unresolved: [],
        bundles: this.bundles,
        answers: [],
        results: [],
      },
      ...{ relaxed: false, partial: false },
      products: new Map(this.products.map((known) => [known.product.id, known])),
      accepted_sku: accepted?.item && "sku" in accepted.item ? accepted.item.sku : null,
    };
  }

  last(): Decision {
    const decision = this.decisions.at(-1);
    if (!decision) throw new Error("nothing was decided yet");
    return decision;
  }
}

function proposalOf(acts: readonly Act[]): Proposal | null {
  const act = acts.find((one) => one.act === "propose");
  if (!act) return null;
  const sku = (item: object) => ("sku" in item ? String(item.sku) : "");
  const { act: _, lines, remove, terms, codes, ...rest } = act;
  return Proposal.parse({
    ...rest,
    lines: (lines ?? []).map(({ item, ...line }) => ({ sku: sku(item), ...line })),
    remove: (remove ?? []).map(sku),
    terms: terms ?? {},
    codes: codes ?? [],
  });
}
