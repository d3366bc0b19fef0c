import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadVendor } from "../src/app/vendor.ts";
import { drawWant, goodsOf } from "../src/arena/buyers/draw.ts";
import type { Shop } from "../src/arena/conversation.ts";
import { seeded } from "../src/arena/random.ts";
import { shopping } from "../src/arena/shopping.ts";
import { drawsFor, NO_DRAWS } from "../src/domain/draws.ts";
import { Product } from "../src/domain/entry.ts";
import type { Known } from "../src/domain/evidence.ts";
import { share } from "../src/domain/money.ts";
import type { Offer } from "../src/domain/offer.ts";
import { verdictOn } from "../src/negotiation/guards.ts";
import { keptOf } from "../src/negotiation/place.ts";
import { ruleFor } from "../src/negotiation/rules.ts";
import { NOW } from "./confidential-bisect.ts";
import { rounded } from "./confidential-learn.ts";
import { buyerFrom } from "./confidential-play.ts";

const CURRENCY = "USD";

/** What came of one visit, in cents. */
interface Visited {
  readonly listed: number;
  readonly deal: boolean;
  readonly margin: number;
}

/**
 * The same buyers in the demo shop with nothing kept back and with each of these widths: deals and margin lost, over
 * `keys` keys, with the middle 95 % of both over visits drawn anew. Buyers and what they would pay are drawn from the
 * priors (arena/buyers/priors.ts).
 */
export async function costOf(folder: string, widths: readonly number[], keys: number, visits: number) {
  const { vendor, limits } = await loadVendor(folder);
  const products = new Map(productsIn(folder).map((known) => [known.product.id, known]));
  const bare: Shop = { vendor, limits, draws: NO_DRAWS, products, bundles: [] };
  const numbers = Array.from({ length: keys * visits }, (_, i) => i);
  const open = numbers.map((n) => visited(bare, n));
  return widths.map((conceal_bp) => {
    const wide = { ...limits, conceal_bp };
    const shops = Array.from({ length: keys }, (_, key) => ({
      ...{ ...bare, limits: wide, draws: drawsFor(wide, `key ${key}`, 1) },
    }));
    const kept = numbers.map((n) => visited(shops[Math.floor(n / visits)] ?? bare, n));
    const [mine, theirs] = [summed(kept, numbers), summed(open, numbers)];
    return {
      ...{ conceal_bp, visits: numbers.length, keys },
      deals: { open: theirs.deals, concealed: mine.deals },
      deals_lost: lost(kept, open, ({ deals }) => deals),
      margin_lost: lost(kept, open, ({ margin }) => margin),
      margin_of_listed: {
        open: rounded(theirs.margin / theirs.listed),
        concealed: rounded(mine.margin / mine.listed),
      },
    };
  });
}

type Summed = ReturnType<typeof summed>;

function summed(all: readonly Visited[], picked: readonly number[]) {
  const sum = { deals: 0, margin: 0, listed: 0 };
  for (const n of picked) {
    const { deal, margin, listed } = all[n] as Visited;
    sum.deals += deal ? 1 : 0;
    sum.margin += margin;
    sum.listed += listed;
  }
  return sum;
}

/** The share that is lost of a figure. */
function lost(kept: readonly Visited[], open: readonly Visited[], figure: (sum: Summed) => number) {
  const random = seeded("visits");
  const of = (picked: readonly number[]) => 1 - figure(summed(kept, picked)) / figure(summed(open, picked));
  const drawn = Array.from({ length: 500 }, () => of(open.map(() => Math.floor(random() * open.length))));
  drawn.sort((a, b) => a - b);
  const at = (share: number) => rounded(drawn[Math.floor(share * (drawn.length - 1))] ?? Number.NaN);
  return { value: rounded(of([...open.keys()])), interval: [at(0.025), at(0.975)] };
}

function visited(shop: Shop, seed: number): Visited {
  const random = seeded("cost", seed);
  const drawn = drawWant(shop, goodsOf(shop, CURRENCY), CURRENCY, random);
  if (!drawn) return { listed: 0, deal: false, margin: 0 };
  const buyer = buyerFrom(random);
  const want = buyer.shaped?.(drawn, random) ?? drawn;
  const { deal } = shopping(shop, { session: `s${seed}`, want, buyer, kind: "person", now: NOW }, random);
  return { listed: want.listed, deal: deal !== null, margin: deal ? marginOf(deal, shop) : 0 };
}

/** What the order brings, free of tax and of what its terms cost, less what its goods cost. */
function marginOf(offer: Offer, { vendor, limits, products }: Shop): number {
  let margin = verdictOn(offer, products, { vendor, limits, draws: NO_DRAWS }).net;
  for (const { sku, quantity, list_price, gift } of offer.lines) {
    const product = products.get(sku)?.product;
    const rule = product && ruleFor(limits, product);
    if (gift || !rule) continue;
    const kept = keptOf(offer.tax, list_price);
    margin -=
      (rule.cost_bp === undefined ? (rule.cost?.[offer.currency] ?? kept) : share(kept, rule.cost_bp)) *
      quantity;
  }
  return margin;
}

function productsIn(folder: string): Known[] {
  return readFileSync(join(folder, "products.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({
      product: Product.parse({ ...JSON.parse(line), source: { name: "products.jsonl" } }),
      ...{ version: "1", live: true, stock: 1_000 },
    }));
}
