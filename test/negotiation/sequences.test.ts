import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenPromise } from "../../bench/floor-conduct.ts";
import { weighed } from "../../bench/floor-oracle.ts";
import { Conversation, type Shop } from "../../src/arena/conversation.ts";
import type { Act } from "../../src/domain/act.ts";
import { drawsFor } from "../../src/domain/draws.ts";
import { Fault } from "../../src/domain/fault.ts";
import { Limits } from "../../src/domain/limits.ts";
import type { Offer } from "../../src/domain/offer.ts";
import { floorOracle } from "./oracle.ts";
import { BUNDLE, DETAILS, LIMITS, PRODUCTS, T0, VENDOR } from "./shop.ts";

/** The shop with so much of its floors raised (basis points), costs of terms and gifts risen, list prices moved. */
function shopAt({ floors, costs, prices }: { floors: number; costs: number; prices: number }): Shop {
  const raised = (amount: number) => Math.floor((amount * (100 + costs)) / 100);
  const by = (amounts: object) =>
    Object.fromEntries(Object.entries(amounts).map(([currency, amount]) => [currency, raised(amount)]));
  const limits = Limits.parse({
    ...LIMITS,
    conceal_bp: 2_500,
    objective: "conversion",
    rules: LIMITS.rules.map((rule) => ({
      ...rule,
      floor_bp: Math.min(9_900, (rule.floor_bp ?? 0) + floors),
    })),
    term_costs: {
      ...LIMITS.term_costs,
      delivery: { standard: by({ USD: 500, KRW: 2_500 }), express: by({ USD: 1_700, KRW: 7_000 }) },
    },
    gifts: LIMITS.gifts.map((gift) => ({ ...gift, cost: by(gift.cost) })),
  });
  const products = PRODUCTS.map((known) => {
    const price = Object.fromEntries(
      Object.entries(known.product.price).map(([c, list]) => [c, Math.ceil((list * (100 + prices)) / 100)]),
    );
    return [known.product.id, { ...known, stock: 1_000, product: { ...known.product, price } }] as const;
  });
  const draws = drawsFor(limits, "the key of these sequences", 1);
  return { vendor: VENDOR, limits, draws, products: new Map(products), bundles: [BUNDLE] };
}

const OPENING = { floors: 0, costs: 0, prices: 0 };
const changes = fc.record({
  floors: fc.integer({ min: 0, max: 1_900 }),
  costs: fc.integer({ min: -50, max: 200 }),
  prices: fc.integer({ min: -10, max: 15 }),
});

const item = fc.constantFrom("LAP", "MOU", "COF", "FIX").map((sku) => ({ sku }));
const line = fc.record(
  { item, quantity: fc.integer({ min: 1, max: 14 }), unit_price: fc.integer({ min: 1, max: 110_000 }) },
  { requiredKeys: ["item"] },
);
const terms = fc.record(
  {
    delivery: fc.constantFrom(
      { free: true },
      { id: "express" },
      { id: "standard" },
      { id: "express", free: true },
    ),
    warranty: fc.constantFrom({ months_min: 24 }, { months_min: 24, free: true }, { months_min: 0 }),
    payment: fc.constantFrom({ days_min: 30 }, { days_min: 0 }),
    gift: fc.constantFrom(true as const, "BAG"),
    subscription: fc.constantFrom(null, { every_months: 1 }),
  },
  { requiredKeys: [] },
);
const proposal = fc
  .record(
    {
      lines: fc.uniqueArray(line, { minLength: 1, maxLength: 2, selector: (one) => one.item.sku }),
      remove: item.map((one) => [one]),
      total: fc.integer({ min: 500, max: 900_000 }),
      off_bp: fc.integer({ min: 1, max: 4_000 }),
      lower: fc.constant(true as const),
      terms,
      codes: fc.constantFrom<string[]>(["TEN"], ["BEANS"], ["OLD", "TEN"]),
    },
    { requiredKeys: [] },
  )
  .map((asked) => ({ act: "propose" as const, ...asked }));
const place = fc.constantFrom(
  { postal_code: "45501" },
  { region: "OR", postal_code: "97201" },
  { region: "CA", postal_code: "94107" },
  { postal_code: "99801" },
);
const step = fc.oneof(
  { weight: 9, arbitrary: proposal },
  { weight: 2, arbitrary: fc.constant({ act: "propose" as const, lower: true as const }) },
  { weight: 1, arbitrary: fc.constant({ act: "reject" as const, reason: "price_sensitivity" as const }) },
  { weight: 4, arbitrary: fc.constantFrom("accept" as const, "words" as const, "yes" as const) },
  { weight: 2, arbitrary: place.map((to) => ({ to })) },
  { weight: 1, arbitrary: changes.map((now) => ({ now })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }).map((minutes) => ({ minutes })) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** One session; `seen` is told of each reply and of what it met: the offers before it and which of them still stand. */
function played(
  steps: readonly Step[],
  seen: (talk: Conversation, before: readonly Offer[], live: readonly Offer[]) => void,
) {
  const talk = new Conversation(shopAt(OPENING), { session: "s1", now: T0, rounds: 6 });
  const offers = new Map<string, Offer>();
  for (const one of steps) {
    if (typeof one === "object" && "now" in one) talk.shop = shopAt(one.now);
    else if (typeof one === "object" && "minutes" in one) talk.wait(one.minutes);
    else {
      const standing = talk.state.standings
        .filter(({ status }) => status === "live")
        .map(({ offer }) => offer);
      try {
        said(talk, one, standing.at(-1));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        continue;
      }
      const taken = new Set(
        talk.state.standings.flatMap(({ status, offer }) => (status === "accepted" ? [offer.id] : [])),
      );
      seen(
        talk,
        [...offers.values()].filter(({ id }) => !taken.has(id)),
        standing.filter(({ id }) => !taken.has(id)),
      );
      for (const offer of talk.reply?.offers ?? []) {
        offers.delete(offer.id);
        offers.set(offer.id, offer);
      }
    }
  }
}

function said(
  talk: Conversation,
  one: Exclude<Step, { now: unknown } | { minutes: number }>,
  last: Offer | undefined,
) {
  const details = (to: object) => ({ ...DETAILS, ship_to: { ...DETAILS.ship_to, ...to } });
  const words = (act: Act) => talk.say({ lang: "en", acts: [act], confidence: 0.95 });
  if (typeof one === "object" && "to" in one) return talk.send({ act: "inform", details: details(one.to) });
  if (one === "words") return words({ act: "accept" });
  if (one === "yes") return words({ act: "confirm" });
  if (one !== "accept") return talk.send(one);
  const { id, hash } = last ?? { id: "of_none", hash: "" };
  return talk.send({ act: "accept", offer: id, hash, details: details(talk.state.ship_to) });
}

const sequences = fc.array(step, { minLength: 3, maxLength: 14 });

describe("no sequence of messages, of moves, and of changes at the vendor's", () => {
  it("makes anything worse than what is still good, or dearer without a word", () => {
    let compared = 0;
    fc.assert(
      fc.property(sequences, (steps) => {
        played(steps, (talk, offers, live) => {
          const { reply, shop, now } = talk;
          if (!reply || reply.act === "accepted" || reply.act === "approval_pending") return;
          const good = (offer: Offer) => {
            const { net, limit, published } = weighed(offer, shop);
            return published || net >= limit;
          };
          expect(brokenPromise(reply, { vendor: shop.vendor, now, offers, live, good })).toBeNull();
          if (live.some(good) && reply.offers.length > 0) compared += 1;
        });
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it("sells below the floor, or another offer than the one that was taken", () => {
    let sold = 0;
    fc.assert(
      fc.property(sequences, (steps) => {
        played(steps, (talk, offers) => {
          const { binding } = talk.turns.at(-1)?.decision ?? {};
          if (!binding) return;
          sold += 1;
          const { net, must, published } = floorOracle(
            binding.offer,
            [...talk.shop.products.values()],
            talk.shop.limits,
          );
          expect(published || net >= must).toBe(true);
          expect(offers.concat(talk.reply?.offers ?? [])).toContainEqual(binding.offer);
          expect(binding.offer.expires_at > talk.now).toBe(true);
          const { country, region } = binding.details.ship_to;
          expect(binding.offer.ship_to).toMatchObject({ country, ...(region ? { region } : {}) });
        });
      }),
      { numRuns: 300 },
    );
    expect(sold).toBeGreaterThan(40);
  });
});
