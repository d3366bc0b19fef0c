import { join } from "node:path";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { directSearch } from "../src/adapters/sqlite/direct.ts";
import { loadKnowledge, loadVendor } from "../src/app/vendor.ts";
import type { Act, Reading } from "../src/domain/act.ts";
import { drawsFor } from "../src/domain/draws.ts";
import type { Product } from "../src/domain/entry.ts";
import type { Evidence } from "../src/domain/evidence.ts";
import type { Found } from "../src/domain/lookup.ts";
import type { Offer } from "../src/domain/offer.ts";
import { initial, type State } from "../src/domain/state.ts";
import { inLang } from "../src/domain/text.ts";
import type { Vendor } from "../src/domain/vendor.ts";
import { inputOf, roundOfLookups } from "../src/turn/weigh.ts";
import { read } from "../src/understanding/read.ts";
import { refer } from "../src/understanding/refer.ts";
import type { GoldContext, GoldEntry, Goods } from "./understand-gold.ts";

export const NOW = "2026-03-02T09:00:00.000Z";
const LATER = "2026-03-02T10:00:00.000Z";
const SESSION = "se_understand";

/** How the house reads a message, and what its knowledge makes of the goods in it. */
export interface Understood {
  readonly reading: Reading;
  readonly acts: readonly Act[];
  readonly evidence: Evidence;
}

/** A vendor's catalogue in memory, and talks that stand just before a message. */
export interface Stage {
  stateOf(entry: Pick<GoldEntry, "lang" | "currency" | "context">): State;
  understood(text: string, state: State): Promise<Understood>;
}

export async function stageOf(root: string, name: string): Promise<Stage> {
  const folder = join(root, "fixtures/vendors", name);
  const { vendor, limits } = await loadVendor(folder);
  const db = open(":memory:");
  await loadKnowledge(folder, sqliteCatalogue(db, vendor.default_stock), () => {});
  const search = directSearch(db);
  // What budgets have left says nothing of what words mean.
  const unlimited = { ...limits, budgets: [] };
  const draws = drawsFor(limits, "a-known-key-for-measuring-only", 1);
  const products = await productsOf(db);
  return {
    stateOf: (entry) => stateOf(entry, vendor, products),
    understood: async (text, state) => {
      const reading = read(text, { state, now: NOW });
      const acts = refer(reading.acts, state);
      const found = await lookedUp(acts, state);
      const input = inputOf({ id: "m", text }, reading, acts, state, found, weighing(state));
      return { reading, acts, evidence: input.evidence };
    },
  };

  function weighing(state: State) {
    return { session: SESSION, state, at: NOW, vendor, limits: unlimited, draws };
  }

  async function lookedUp(acts: readonly Act[], state: State): Promise<Found[]> {
    const found: Found[] = [];
    for (let round = 0; ; round++) {
      const wanted = roundOfLookups(acts, { state, vendor, limits: unlimited, at: NOW }, 0, found, round);
      if (wanted.length === 0) return found;
      for (const lookup of wanted)
        if (lookup.kind !== "budgets")
          found.push(await search.find(lookup, 60_000, { session: SESSION, now: NOW }));
    }
  }
}

async function productsOf(db: ReturnType<typeof open>): Promise<Map<string, Product>> {
  const rows = db.prepare("SELECT body FROM entry WHERE kind = 'product'").all() as { body: string }[];
  return new Map(rows.map(({ body }) => JSON.parse(body) as Product).map((one) => [one.id, one]));
}

function stateOf(
  { lang, currency, context }: Pick<GoldEntry, "lang" | "currency" | "context">,
  vendor: Vendor,
  products: ReadonlyMap<string, Product>,
): State {
  const talk: GoldContext = context === "nothing" ? {} : context;
  const ship_to = vendor.default_ship_to[currency];
  if (!ship_to) throw new Error(`the vendor sells nothing in ${currency}`);
  const spoken = talk.lang ?? lang;
  const party = { principal: "p", kind: "person" as const, tier: "anonymous" as const };
  const base = initial(
    {
      kind: "opened",
      at: NOW,
      lang: spoken,
      currency,
      channel: "chat",
      party,
      ship_to,
      rounds: vendor.rounds,
    },
    1,
  );
  const title = (sku: string) => inLang(products.get(sku)?.title ?? { en: sku }, spoken);
  const offer = talk.offer ? offerOf(talk.offer, currency, ship_to, title) : null;
  const shown = talk.shown ?? offer?.lines.map(({ sku }) => sku) ?? [];
  const price = (sku: string) => products.get(sku)?.price[currency] ?? 0;
  const ordered = talk.order;
  return {
    ...base,
    ...{ seq: 4, replied: 4, round: offer ? 1 : 0 },
    standings: offer ? [{ offer, status: "live", seq: 4, heard: true }] : [],
    focus: shown.map((sku) => ({ sku, price: price(sku) })),
    that: shown.length === 1 ? (shown[0] ?? null) : null,
    readback: offer && talk.ask === "confirm" ? { offer: offer.id, hash: offer.hash } : null,
    ask: talk.ask ?? null,
    recent: talk.said === undefined ? [] : [{ by: "vendor", text: talk.said }],
    intents: ordered
      ? [
          {
            id: "or_1",
            kind: "order",
            offer: "of_0",
            status: "accepted",
            total: ordered.total,
            currency,
          } as never,
        ]
      : [],
  };
}

export function offerOf(
  { lines, total }: Goods,
  currency: string,
  ship_to: Offer["ship_to"],
  title: (sku: string) => string,
): Offer {
  const goods = lines.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
  const fee = Math.max(0, total - goods);
  return {
    ...{ id: "of_1", revision: 1, supersedes: null, currency, final: false, hash: "hash-1", ship_to },
    lines: lines.map((line) => ({
      ...line,
      title: title(line.sku),
      list_price: line.unit_price,
      version: "v1",
    })),
    terms: {
      delivery: { id: "standard", fee, list_fee: fee, days_min: 2, days_max: 5 },
      warranty: { id: "warranty-12", fee: 0, list_fee: 0, months: 12 },
      payment: { id: "prepaid", fee: 0, list_fee: 0, days: 0 },
      returns: { id: "returns-14", fee: 0, list_fee: 0, days: 14 },
      subscription: null,
    },
    discounts: [],
    tax: { treatment: "included", name: "Tax", rate_bp: 0, amount: 0 },
    totals: { goods, discounts: 0, fees: fee, tax: 0, total },
    negotiable: ["price", "quantity"],
    expires_at: LATER,
  };
}
