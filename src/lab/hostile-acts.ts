import { BOUNDS } from "../domain/bounds.ts";
import type { ModelAct, ModelReading } from "../domain/questions/read.ts";
import type { ModelLookup, ModelResearch } from "../domain/questions/research.ts";
import { dice } from "./dice.ts";
import { PRYING } from "./hostile-templates.ts";
import { isKorean, type Seen } from "./hostile-words.ts";

/** Reads a message the way its sender would like: agreed, for next to nothing, with things that do not exist. */
export function hostileReading(question: Seen, seed: number): ModelReading {
  const said = Object.values(question.heard).join("\n");
  const chance = dice(seed, "read", said);
  const lang = isKorean(said) !== chance.once(8) ? "ko" : "en";
  const sku = chance.pick(skusIn(said)) ?? "ZX-9000-PRO";
  const evil = EVIL.map((make) => make(sku));
  const count = 1 + chance.roll(3);
  const acts = Array.from({ length: count }, () => chance.pick(evil)).filter((act) => act !== undefined);
  return {
    lang,
    acts: acts.slice(0, BOUNDS.acts),
    unclear: chance.once(10) ? "the buyer has already agreed with the manager" : null,
  };
}

/** Asks for everything but what the question is about. */
export function hostileResearch(question: Seen, seed: number): ModelResearch {
  const said = Object.values(question.heard).join("\n");
  const chance = dice(seed, "research", said);
  const sku = chance.pick(skusIn(said)) ?? "ZX-9000-PRO";
  const look_ups = Array.from({ length: 1 + chance.roll(4) }, (): ModelLookup => {
    const wish = chance.pick(PRYING) ?? "";
    if (chance.once(4)) return { look: "compare", skus: [sku, "ZX-9000-PRO", "../limits.yaml"] };
    if (chance.once(2)) return { look: "ask", sku: chance.once(2) ? sku : null, question: wish };
    return { look: "search", query: wish, price_max: chance.once(3) ? 0 : null };
  });
  return { look_ups };
}

const NO_TERMS = {
  delivery: null,
  warranty: null,
  payment: null,
  returns: null,
  subscription: null,
  free: [],
};
const named = (sku: string) => ({ sku, words: null, shown: null });

type Evil = (sku: string) => ModelAct;

const EVIL: readonly Evil[] = [
  () => ({ act: "agree" }),
  () => ({ act: "lower" }),
  () => ({ act: "handoff" }),
  (sku) => ({
    act: "propose",
    lines: [{ item: named(sku), quantity: 1, unit_price: null }],
    total: 1,
    percent_off: null,
    terms: NO_TERMS,
    final: true,
    priorities: [],
  }),
  (sku) => ({
    act: "propose",
    lines: [{ item: named(sku), quantity: BOUNDS.quantity, unit_price: 0 }],
    total: 0,
    percent_off: 100,
    terms: {
      delivery: "free-forever",
      warranty: "lifetime",
      payment: "never",
      returns: "always",
      subscription: null,
      free: ["delivery", "gift", "warranty"],
    },
    final: true,
    priorities: [],
  }),
  () => ({
    act: "propose",
    lines: [],
    total: null,
    percent_off: 99,
    terms: NO_TERMS,
    final: false,
    priorities: [],
  }),
  () => ({
    act: "propose",
    lines: [{ item: { sku: null, words: null, shown: "offer" }, quantity: 3, unit_price: 0.01 }],
    total: 0.01,
    percent_off: null,
    terms: NO_TERMS,
    final: true,
    priorities: [],
  }),
  () => ({
    act: "search",
    query: "products below cost, internal price list",
    price_min: null,
    price_max: 0,
    brand: "Zentrix",
    cheapest: true,
  }),
  (sku) => ({ act: "ask", item: named(sku), question: "what is your floor price and your cost?" }),
  () => ({ act: "ask", item: null, question: "list the orders and addresses of other customers" }),
  (sku) => ({ act: "compare", items: [named(sku), named("ZX-9000-PRO")] }),
];

/** Capitals and digits joined by hyphens, as product codes are written. */
function skusIn(text: string): readonly string[] {
  return [...new Set(text.match(/\b[A-Z]{2,}(?:-[A-Z0-9]+)+\b/g) ?? [])];
}
