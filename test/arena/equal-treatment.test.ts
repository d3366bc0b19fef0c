import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goodsIn, readVendor } from "../../src/app/vendor.ts";
import { drawWant, goodsOf } from "../../src/arena/buyers/draw.ts";
import { BUYERS } from "../../src/arena/buyers/index.ts";
import { Conversation, type Shop } from "../../src/arena/conversation.ts";
import { seeded } from "../../src/arena/random.ts";
import { shopping } from "../../src/arena/shopping.ts";
import type { Act } from "../../src/domain/act.ts";
import { drawsFor } from "../../src/domain/draws.ts";
import { Fault } from "../../src/domain/fault.ts";
import { Limits } from "../../src/domain/limits.ts";
import type { Move } from "../../src/domain/reply.ts";
import { STRATEGIES } from "../../src/negotiation/strategies/index.ts";
import { BUNDLE, LIMITS, PRODUCTS, T0, VENDOR } from "../negotiation/shop.ts";

const DEMO = resolve(import.meta.dirname, "../../fixtures/vendors/demo");

const demo = await demoShop();

async function demoShop(): Promise<Shop> {
  const goods = await goodsIn(DEMO);
  const { vendor, limits } = await readVendor(DEMO, goods, join(DEMO, "limits.yaml"));
  const known = goods.products.map((product) => ({ product, version: "1", live: true, stock: 25 }));
  return {
    ...{ vendor, limits, draws: drawsFor(limits, "secret of a test", 1), bundles: goods.bundles },
    products: new Map(known.map((one) => [one.product.id, one])),
  };
}

/** Everybody's policy is the same here: which strategy meets whom is the vendor's to say. */
function blind(shop: Shop, strategy: string): Shop {
  const rules = shop.limits.rules.map(({ strategy: _, ...rule }) => rule);
  const limits = Limits.parse({ ...shop.limits, rules, strategy: { machine: strategy, person: strategy } });
  return { ...shop, limits, draws: drawsFor(limits, "secret of a test", 1) };
}

const shops = fc
  .record({
    floor_bp: fc.integer({ min: 1_000, max: 9_900 }),
    express: fc.integer({ min: 0, max: 3_000 }),
    objective: fc.constantFrom("conversion" as const, "balance" as const, "margin" as const),
    acquisition: fc.integer({ min: 0, max: 5_000 }),
  })
  .map(({ floor_bp, express, objective, acquisition }): Shop => {
    const term_costs = {
      ...LIMITS.term_costs,
      delivery: { standard: { USD: 500 }, express: { USD: express } },
    };
    const limits = { rules: [{ match: {}, floor_bp }], acquisition_value: { USD: acquisition }, term_costs };
    return {
      ...{ vendor: VENDOR, limits: Limits.parse({ ...LIMITS, ...limits, objective }), bundles: [BUNDLE] },
      products: new Map(PRODUCTS.map((known) => [known.product.id, known])),
    };
  });

/** Who somebody is, as far as a session shows it; none of it is a reason for another price. */
const people: fc.Arbitrary<Somebody> = fc.record({
  session: fc.stringMatching(/^ses_[a-z0-9]{4,20}$/),
  principal: fc.string({ maxLength: 60 }),
  tier: fc.constantFrom("anonymous" as const, "api_key" as const),
  kind: fc.constantFrom("machine" as const, "person" as const),
  lang: fc.constantFrom("en" as const, "ko" as const),
  name: fc.constantFrom(
    "Kim Min-jun",
    "Jamal Washington",
    "Emily Walsh",
    "이영희",
    "Acme Procurement GmbH",
    "x",
  ),
});
interface Somebody {
  readonly session: string;
  readonly principal: string;
  readonly tier: "anonymous" | "api_key";
  readonly kind: "machine" | "person";
  readonly lang: "en" | "ko";
  readonly name: string;
}

const SOMEBODY: Somebody = {
  ...{
    session: "ses_first",
    principal: "p",
    tier: "anonymous",
    kind: "machine",
    lang: "en",
    name: "A. Buyer",
  },
};

/** A request, and the offer it points at by where that stood: as ids differ from session to session. */
interface Request {
  readonly act: Act;
  readonly at: { readonly turn: number; readonly place: number } | null;
}

/** What one visitor of the shop says, in order. */
function requests(shop: Shop, seed: number): readonly Request[] {
  const random = seeded("requests", seed);
  const { buyer } = BUYERS[seed % BUYERS.length] ?? {};
  const drawn = drawWant(shop, goodsOf(shop, "USD"), "USD", random);
  if (!drawn || !buyer) throw new Error("this shop lists something for everybody");
  const want = buyer.shaped?.(drawn, random) ?? drawn;
  const { talk } = shopping(shop, { session: "ses_0", want, buyer, kind: "machine", now: T0 }, random);
  return talk.turns.map(({ input }, i): Request => {
    const [act] = input.reading.acts as [Act];
    const id = act.act === "propose" ? act.counters : act.act === "accept" ? act.offer : undefined;
    // The reply that binds an offer shows it once more.
    const before = talk.turns.slice(0, i);
    const turn = before.findLastIndex(({ move }) => move.offers.some((offer) => offer.id === id));
    const place = talk.turns[turn]?.move.offers.findIndex((offer) => offer.id === id) ?? -1;
    return { act, at: id === undefined ? null : { turn, place } };
  });
}

/** Somebody says who it is and makes these requests; gives what it is sent, without what names the session. */
function sent(shop: Shop, asked: readonly Request[], { name, ...who }: Somebody): string[] {
  const talk = new Conversation(shop, { ...who, now: T0, currency: "USD" });
  const replies: Move[] = [];
  const say = (act: Act): string => {
    try {
      talk.send(act);
      const { move } = talk.turns.at(-1) ?? {};
      if (move) replies.push(move);
      return seen(move as Move);
    } catch (error) {
      if (error instanceof Fault) return error.code;
      throw error;
    }
  };
  say({ act: "inform", details: { payer: { name } } });
  return asked.map(({ act, at }) => {
    const offer = at && replies[at.turn + 1]?.offers[at.place];
    if (act.act === "propose" && offer) return say({ ...act, counters: offer.id });
    if (act.act !== "accept" || !offer) return say(act);
    const details = act.details && { ...act.details, payer: { name } };
    return say({ ...act, offer: offer.id, hash: offer.hash, ...(details ? { details } : {}) });
  });
}

function seen({ act, reasons, round, ask, offers }: Move): string {
  const shown = offers.map(({ lines, terms, discounts, totals, tax, final, negotiable, revision }) => [
    lines.map(({ title: _, ...line }) => line),
    ...[terms, discounts, totals, tax, final, negotiable, revision],
  ]);
  return JSON.stringify([act, reasons, round, ask, shown]);
}

function expectSame(shop: Shop, seed: number, somebody: Somebody): void {
  const asked = requests(shop, seed);
  const usual = sent(shop, asked, SOMEBODY);
  // Replies, not refusals: else nothing was compared.
  expect(usual.every((one) => one.startsWith("["))).toBe(true);
  expect(sent(shop, asked, somebody)).toEqual(usual);
}

describe.each(STRATEGIES.map(({ name }) => name))("with the strategy %s for everybody", (strategy) => {
  test("the same requests get the same offers, whoever makes them, at any vendor", () => {
    fc.assert(
      fc.property(shops, fc.nat({ max: 100_000 }), people, (shop, seed, somebody) =>
        expectSame(blind(shop, strategy), seed, somebody),
      ),
      { numRuns: 16 },
    );
  });

  test("and so they do at the demo vendor", () => {
    const shop = blind(demo, strategy);
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), people, (seed, somebody) => expectSame(shop, seed, somebody)),
      { numRuns: 16 },
    );
  });
});

test("the demo vendor treats machines and people alike, as long as its policy gives both the same strategy", () => {
  const { strategy, rules } = demo.limits;
  const own = rules.flatMap((rule) => (rule.strategy ? [rule.strategy] : []));
  const alike = [strategy, ...own].every(({ machine, person }) => machine === person);
  const differing = Array.from({ length: 40 }, (_, seed) => {
    const asked = requests(demo, seed);
    const person = sent(demo, asked, { ...SOMEBODY, kind: "person" });
    return JSON.stringify(person) !== JSON.stringify(sent(demo, asked, SOMEBODY));
  }).filter(Boolean).length;
  expect(differing > 0).toBe(!alike);
});

test("a kind is treated otherwise where the policy says so, and a name, a key or a language never", () => {
  const limits = Limits.parse({ ...demo.limits, strategy: { machine: "fixed", person: "conceder" } });
  const unequal = {
    ...demo,
    limits: { ...limits, rules: limits.rules.map(({ strategy: _, ...rule }) => rule) },
  };
  const asked = Array.from({ length: 20 }, (_, seed) => requests(unequal, seed));
  const persons = asked.map((one) => sent(unequal, one, { ...SOMEBODY, kind: "person" }));
  expect(asked.map((one) => sent(unequal, one, SOMEBODY))).not.toEqual(persons);
  const korean: Somebody = { ...SOMEBODY, kind: "person", lang: "ko", tier: "api_key", name: "이영희" };
  expect(asked.map((one) => sent(unequal, one, korean))).toEqual(persons);
});
