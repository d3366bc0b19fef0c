import { expect, test } from "vitest";
import { Conversation, replayDifferences, type Shop } from "../../src/arena/conversation.ts";
import type { Act } from "../../src/domain/act.ts";
import { NO_DRAWS } from "../../src/domain/draws.ts";
import type { Event } from "../../src/domain/event.ts";
import { canonical } from "../../src/domain/hash.ts";
import type { Found } from "../../src/domain/lookup.ts";
import { fold, initial } from "../../src/domain/state.ts";
import { turn } from "../../src/turn.ts";
import { BUNDLE, DETAILS, LIMITS, later, PRODUCTS, T0, VENDOR } from "../negotiation/shop.ts";

const SHOP: Shop = {
  ...{ vendor: VENDOR, limits: LIMITS, bundles: [BUNDLE] },
  products: new Map(PRODUCTS.map((known) => [known.product.id, known])),
};

const propose = (sku: string, more: Partial<Extract<Act, { act: "propose" }>> = {}, quantity = 1): Act => ({
  ...{ act: "propose", lines: [{ item: { sku }, quantity }] },
  ...more,
});

/** The same messages through the gateway's own walk, its look-ups answered by the same shop. */
async function walked(acts: readonly Act[]): Promise<readonly Event[]> {
  const opened = {
    ...{ kind: "opened" as const, at: T0, lang: "en" as const, currency: "USD", channel: "agent" as const },
    party: { principal: "p", kind: "machine" as const, tier: "anonymous" as const },
    ...{ ship_to: { country: "US" }, rounds: VENDOR.rounds },
  };
  let state = initial(opened, 1);
  const log: Event[] = [];
  for (const act of acts) {
    const context = { session: "s1", state, at: T0, vendor: VENDOR, limits: LIMITS, policy: "v1" };
    await turn(
      { id: `m${state.seq + 1}`, act },
      { ...context, streams: false, draws: NO_DRAWS, agent: null },
      {
        attended: async () => false,
        find: async (lookup): Promise<Found> => {
          const skus = lookup.kind === "products" ? lookup.skus : [];
          const known = skus.flatMap((sku) => SHOP.products.get(sku) ?? []);
          const bundle = { entry: BUNDLE, version: "1", live: true };
          const bundled =
            lookup.kind === "bundles" && BUNDLE.lines.some((one) => lookup.skus.includes(one.sku));
          return {
            ...{ lookup, partial: false },
            entries: bundled
              ? [bundle]
              : known.map(({ product: entry, version, live }) => ({ entry, version, live })),
            stock: Object.fromEntries(known.map(({ product, stock }) => [product.id, stock])),
          };
        },
        ask: async () => {
          throw new Error("a typed act asks no model");
        },
        sign: async () => "",
        commit: async ({ events }) => {
          log.push(...events);
          return "appended";
        },
        speak: async () => {
          throw new Error("nothing is streamed");
        },
      },
    );
    for (const event of log.slice(state.seq - 1)) state = fold(state, { seq: state.seq + 1, event });
  }
  return log;
}

test("a session in memory decides what the gateway's walk decides, act by act", async () => {
  const talk = new Conversation(SHOP, { session: "s1", now: T0, currency: "USD" });
  const acts: Act[] = [
    propose("LAP"),
    propose("LAP", { total: 70_000, terms: { delivery: { days_max: 1 } } }),
    { act: "propose", lower: true, terms: { gift: true } },
    { act: "propose", lines: [{ item: { sku: "MOU" } }], codes: ["TEN"] },
    { act: "reject", reason: "price_sensitivity" },
  ];
  for (const act of acts) talk.send(act);
  const [offer] = talk.reply?.offers ?? [];
  const accept: Act = { act: "accept", offer: offer?.id ?? "", hash: offer?.hash ?? "", details: DETAILS };
  talk.send(accept);
  const bought = talk.reply?.intents[0]?.id ?? "";
  talk.send({ act: "cancel_order", intent: bought });

  const log = await walked([...acts, accept, { act: "cancel_order", intent: bought }]);
  const replies = log.flatMap((event) => (event.kind === "reply" ? [event.move] : []));
  const unsigned = (move: unknown) =>
    canonical(JSON.parse(JSON.stringify(move).replace(/"jws":"[^"]*",?/g, "")));
  expect(talk.turns.map(({ move }) => unsigned(move))).toEqual(replies.map(unsigned));
  expect(talk.turns.at(-2)?.move.act).toBe("accepted");
  expect(talk.state.intents[0]?.status).toBe("cancelled");
});

test("every turn decides again to the same bytes, also after costs and stock have changed", () => {
  const talk = new Conversation(SHOP, { session: "s1", now: T0, currency: "USD" });
  talk.send(propose("LAP", { total: 75_000 }));
  const dearer = { ...LIMITS, version: "v2", rules: [{ match: {}, floor_bp: 9500, negotiable: true }] };
  talk.shop = { ...SHOP, limits: dearer };
  talk.wait(20);
  talk.send({ act: "propose", lower: true });
  expect(talk.now).toBe(later(20));
  expect(talk.turns.map(({ decision }) => decision.reasons.policy)).toEqual(["v1", "v2"]);
  expect(replayDifferences(talk)).toBe(0);
});

test("what a session bought is gone for it, and is there again once it has cancelled", () => {
  const talk = new Conversation(SHOP, { session: "s1", now: T0, currency: "USD" });
  const most = (sku: string) => {
    talk.send(propose(sku, {}, 50));
    return talk.reply?.offers[0]?.lines[0]?.quantity ?? 0;
  };
  expect(most("LAP")).toBe(30);
  const [offer] = talk.reply?.offers ?? [];
  talk.send({ act: "accept", offer: offer?.id, hash: offer?.hash, details: DETAILS });
  expect(most("LAP")).toBe(0);
  talk.send({ act: "cancel_order" });
  expect(most("LAP")).toBe(30);
});

test("a refused act is the same fault as in a turn and changes nothing", () => {
  const talk = new Conversation(SHOP, { session: "s1", now: T0, currency: "USD" });
  talk.send(propose("LAP"));
  const before = talk.state;
  expect(() => talk.send({ act: "accept", offer: "of_AAAAAAAAAAAAAAAA", hash: "x" })).toThrow(/this session/);
  expect(talk.state).toBe(before);
  expect(talk.turns.length).toBe(1);
  talk.send({ act: "leave" });
  expect(() => talk.send(propose("LAP"))).toThrow("this session has ended");
});
