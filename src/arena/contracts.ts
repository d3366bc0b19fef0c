import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Product } from "../domain/entry.ts";
import { Fault, problemsOf } from "../domain/fault.ts";
import { Limits } from "../domain/limits.ts";
import type { Offer } from "../domain/offer.ts";
import { Vendor } from "../domain/vendor.ts";
import type { Want } from "./buyers/want.ts";
import type { Shop } from "./conversation.ts";

const Weights = z.record(z.string(), z.number());
const Preferences = z.object({
  continuous_weights: Weights.default({}),
  discrete_weights: z.record(z.string(), Weights).default({}),
});

/** One purchase contract of AgenticPay (SafeRL-Lab, MIT): both sides' private values for every term, in dollars. */
export const Contract = z.object({
  id: z.string(),
  variant: z.string(),
  contract_config: z.object({
    continuous_bounds: z.record(z.string(), z.object({ min: z.number(), max: z.number() })).default({}),
    buyer_preferences: Preferences.extend({ v_base: z.number() }),
    seller_preferences: Preferences.extend({ c_base: z.number() }),
  }),
});
export type Contract = z.infer<typeof Contract>;

/**
 * The contracts of `agenticpay/contract_configs.jsonl`, each once: the two wordings of the set have the same figures.
 * Throws `bad_config` when the file cannot be read, `bad_source` with the line that is no contract.
 */
export async function contractsIn(folder: string): Promise<Contract[]> {
  const file = join(folder, "agenticpay", "contract_configs.jsonl");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new Fault(
      "bad_config",
      `${file} cannot be read; set PARLEY_DATA to the folder of data sets, or play generated scenarios`,
      { cause },
    );
  });
  const rows = text
    .split("\n")
    .flatMap((line, i) => (line.trim() === "" ? [] : [contractOf(line, file, i + 1)]));
  return rows.filter(({ variant }) => variant === "text");
}

function contractOf(line: string, file: string, number: number): Contract {
  try {
    return Contract.parse(JSON.parse(line));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? problemsOf(cause) : "not JSON";
    throw new Fault("bad_source", `${file}, line ${number} is no contract: ${why}`, { cause });
  }
}

/** One value a term can take, with what it is worth to either side in mills. */
export interface Option {
  readonly id: string;
  readonly buyer: number;
  readonly seller: number;
}

/** A contract as a shop with one product, and a buyer who comes for it. Amounts are mills, thousandths of a dollar. */
export interface Deal {
  readonly id: string;
  readonly shop: Shop;
  readonly want: Want;
  /** The most both sides can gain together. */
  readonly attainable: number;
  /** What both gain together by an offer; the price only passes between them. */
  joint(offer: Pick<Offer, "terms">): number;
  /** The share of what is attainable that the terms one side likes best would keep. */
  terms(favourite: "buyer" | "seller"): number;
  /** What the buyer alone gains. */
  gain(offer: Pick<Offer, "terms" | "totals">): number;
}

const KINDS = ["delivery", "returns", "warranty", "payment"] as const;
type Kind = (typeof KINDS)[number];
const SKU = "CONTRACT";
/** Values taken of a range, its ends among them: as many as a vendor may list. */
const GRID = 6;
/** What a vendor who knows only its cost lists at: wholesale is three quarters of retail. */
const MARKUP = { of: 4, by: 3 };

export function dealOf(contract: Contract): Deal {
  const { buyer_preferences, seller_preferences } = contract.contract_config;
  const issues = termsOf(contract).map(({ options }) => options);
  if (issues.length > KINDS.length) {
    throw new Fault("bad_config", `${contract.id} has ${issues.length} terms; a shop has ${KINDS.length}`);
  }
  const terms = new Map<Kind, readonly Option[]>(KINDS.map((kind, i) => [kind, issues[i] ?? [NOTHING]]));
  const of = (kind: Kind) => terms.get(kind) ?? [NOTHING];
  const cheapest = KINDS.reduce((sum, kind) => sum + (of(kind)[0]?.seller ?? 0), 0);
  const floor = mills(seller_preferences.c_base) - cheapest;
  const list = Math.ceil((mills(seller_preferences.c_base) * MARKUP.of) / MARKUP.by);
  const v_base = mills(buyer_preferences.v_base);
  const c_base = mills(seller_preferences.c_base);
  const option = (kind: Kind, id: string) => of(kind).find((one) => one.id === id) ?? NOTHING;
  const sum = (offer: Pick<Offer, "terms">, side: "buyer" | "seller") =>
    KINDS.reduce((all, kind) => all + option(kind, offer.terms[kind].id)[side], 0);
  const best = KINDS.reduce(
    (all, kind) => all + Math.max(...of(kind).map(({ buyer, seller }) => buyer + seller)),
    0,
  );
  return {
    id: contract.id,
    shop: shopOf(terms, list, floor),
    want: wantOf(terms, list, v_base),
    attainable: v_base - c_base + best,
    joint: (offer) => v_base - c_base + sum(offer, "buyer") + sum(offer, "seller"),
    terms: (favourite) =>
      (v_base - c_base + KINDS.reduce((all, kind) => all + jointOf(mostFor(of(kind), favourite)), 0)) /
      (v_base - c_base + best),
    gain: (offer) => v_base + sum(offer, "buyer") - offer.totals.total,
  };
}

function mostFor(options: readonly Option[], side: "buyer" | "seller"): Option {
  return options.reduce((best, one) => (one[side] > best[side] ? one : best));
}

export function jointOf({ buyer, seller }: Option): number {
  return buyer + seller;
}

const NOTHING: Option = { id: "none", buyer: 0, seller: 0 };

/** Every term beside the price, with what the seller likes best first, as a vendor would list it. */
export function termsOf({
  contract_config,
}: Contract): { readonly name: string; readonly options: Option[] }[] {
  const { continuous_bounds, buyer_preferences, seller_preferences } = contract_config;
  const ranges = Object.entries(continuous_bounds).map(([name, { min, max }]) => {
    const [buyer = 0, seller = 0] = [buyer_preferences, seller_preferences].map(
      (side) => side.continuous_weights[name],
    );
    const values = new Set(
      Array.from({ length: GRID }, (_, i) => Math.round(min + ((max - min) * i) / (GRID - 1))),
    );
    const options = [...values].map((value) => ({
      id: `${value}`,
      buyer: mills(buyer * value),
      seller: mills(seller * value),
    }));
    return { name, options };
  });
  const choices = Object.entries(buyer_preferences.discrete_weights).map(([name, weights]) => {
    const options = Object.entries(weights).map(([id, weight]) => ({
      id,
      buyer: mills(weight),
      seller: mills(seller_preferences.discrete_weights[name]?.[id] ?? 0),
    }));
    return { name, options };
  });
  return [...ranges, ...choices].map(({ name, options }) => ({
    name,
    options: options.sort((a, b) => b.seller - a.seller),
  }));
}

export function mills(dollars: number): number {
  return Math.round(dollars * 1_000);
}

/** The seller's favourite of each term is listed and free; what another costs it more is its fee, marked up like goods. */
function shopOf(terms: ReadonlyMap<Kind, readonly Option[]>, list: number, floor: number): Shop {
  const label = (id: string) => ({ en: id, ko: id });
  const options = (kind: Kind) => terms.get(kind) ?? [NOTHING];
  const cost = (kind: Kind, { seller }: Option) => (options(kind)[0]?.seller ?? 0) - seller;
  const fee = (kind: Kind, option: Option) => Math.ceil((cost(kind, option) * MARKUP.of) / MARKUP.by);
  const fee_bp = (kind: Kind, option: Option) =>
    Math.min(10_000, Math.ceil((fee(kind, option) * 10_000) / list));
  const days = (kind: Kind) =>
    options(kind).map((one, i) => ({ id: one.id, label: label(one.id), days: i, fee_bp: fee_bp(kind, one) }));
  const vendor = Vendor.parse({
    ...{
      id: "contract",
      name: label("Contract"),
      seller: "Seller",
      greeting: label("Hello"),
      languages: ["en"],
    },
    markets: [{ country: "US", currency: "USD", tax: { name: "none", treatment: "exempt", rate_bp: 0 } }],
    default_ship_to: { USD: { country: "US" } },
    terms: {
      delivery: options("delivery").map((one, i) => ({
        ...{ id: one.id, label: label(one.id), days_min: 0, days_max: GRID - i },
        fee: { USD: fee("delivery", one) },
      })),
      warranty: options("warranty").map((one, i) => ({
        ...{ id: one.id, label: label(one.id), months: i, fee_bp: fee_bp("warranty", one) },
      })),
      ...{ payment: days("payment"), returns: days("returns"), subscription: [] },
    },
    ...{
      subscribable: [],
      rounds: 10,
      offer_minutes: 15,
      confirm: "words",
      default_stock: 9,
      max_quantity: 1,
    },
    contact: { email: "a@example.org", hours: label("always") },
  });
  const costs = (kind: Kind) =>
    Object.fromEntries(options(kind).map((one) => [one.id, { USD: cost(kind, one) }]));
  const limits = Limits.parse({
    version: "contract",
    rules: [{ match: {}, floor: { USD: Math.max(0, floor) } }],
    term_costs: {
      ...{ delivery: costs("delivery"), warranty: costs("warranty") },
      ...{ payment: costs("payment"), returns: costs("returns") },
    },
    approval_above: { USD: 1_000_000_000 },
  });
  const product: Product = {
    ...{ kind: "product", id: SKU, title: label("The contract's goods"), category: "contract" },
    ...{ price: { USD: list }, specs: [] },
  } as unknown as Product;
  return {
    ...{ vendor, limits, bundles: [] },
    products: new Map([[SKU, { product, version: "1", live: true, stock: 9 }]]),
  };
}

function wantOf(terms: ReadonlyMap<Kind, readonly Option[]>, list: number, v_base: number): Want {
  const options = (kind: Kind) => terms.get(kind) ?? [NOTHING];
  const listed = (kind: Kind) => options(kind)[0]?.buyer ?? 0;
  const tastes = (kind: Kind) =>
    Object.fromEntries(options(kind).map(({ id, buyer }) => [id, buyer - listed(kind)]));
  const menu = (kind: Kind) => options(kind).map(({ id }) => ({ id, fee: 0 }));
  return {
    ...{ currency: "USD", lines: [{ sku: SKU, quantity: 1 }], listed: list, gift: 0, subscription: null },
    worth: v_base + KINDS.reduce((sum, kind) => sum + listed(kind), 0),
    tastes: {
      ...{ delivery: tastes("delivery"), warranty: tastes("warranty") },
      ...{ payment: tastes("payment"), returns: tastes("returns") },
    },
    menu: {
      ...{ delivery: menu("delivery"), warranty: menu("warranty") },
      ...{ payment: menu("payment"), returns: menu("returns") },
    },
    ...{ patience: 10, opening: 600_000 },
  };
}
