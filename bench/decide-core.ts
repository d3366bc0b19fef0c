import { resolve } from "node:path";
import { sqliteCatalogue } from "../src/adapters/sqlite/catalogue.ts";
import { open } from "../src/adapters/sqlite/database.ts";
import { directSearch } from "../src/adapters/sqlite/direct.ts";
import { loadKnowledge, loadVendor } from "../src/app/vendor.ts";
import { Conversation, type Shop } from "../src/arena/conversation.ts";
import type { Act } from "../src/domain/act.ts";
import { drawsFor } from "../src/domain/draws.ts";
import type { Known } from "../src/domain/evidence.ts";
import { canonical, digest } from "../src/domain/hash.ts";
import { isBundle, isProduct } from "../src/domain/lookup.ts";
import { decide } from "../src/negotiation/decide.ts";
import type { Input } from "../src/negotiation/input.ts";
import { median, percentile, rounded, seeded } from "./statistics.ts";

const SESSIONS = 120;
const ROUNDS = 60;
/** The last of these rounds are measured: by then the history is long. */
const MEASURED = 40;
const WARM_SESSIONS = 15;
const TRIES = 3;
const LINES = ["MN-27U", "CH-AM-BLK", "DS-L140", "HS-B1", "AR-34", "KB-75-BRN", "WC-2K", "DK-11C"];
/** Fewer would be another, easier question. */
const CANDIDATES = 4_500;

export interface CoreFigures {
  readonly decisions: number;
  readonly candidates_min: number;
  readonly candidates_max: number;
  readonly proposals_min: number;
  /** Each decision is timed three times and its middle time counts: what else this machine does in between does not. */
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** Of all times as they came. */
  readonly p99_single_ms: number;
  readonly max_single_ms: number;
  /** Canonical JSON and SHA-256 of just the offers that the same decisions made. */
  readonly hash_p50_ms: number;
  readonly hash_p99_ms: number;
  readonly hash_bytes_p50: number;
}

/** One decision after another, in late rounds over several lines, each from values that no cache has seen before. */
export async function coreFigures(seed: number): Promise<CoreFigures> {
  const shop = await demoShop();
  for (let i = 0; i < WARM_SESSIONS; i++) for (const input of inputs(shop, seed + 1_000 + i)) decide(input);
  const single: number[] = [];
  const times: number[] = [];
  const hashes: number[] = [];
  const bytes: number[] = [];
  const candidates: number[] = [];
  const proposals: number[] = [];
  for (let i = 0; i < SESSIONS; i++) {
    for (const input of inputs(shop, seed + i)) {
      const tries = Array.from({ length: TRIES }, () => timed(input));
      single.push(...tries.map(({ ms }) => ms));
      times.push(median(tries.map(({ ms }) => ms)));
      hashes.push(median(tries.map(({ hash_ms }) => hash_ms)));
      bytes.push(tries[0]?.bytes ?? 0);
      candidates.push(tries[0]?.candidates ?? 0);
      proposals.push(input.state.proposals.length);
    }
  }
  return {
    decisions: times.length,
    candidates_min: Math.min(...candidates),
    candidates_max: Math.max(...candidates),
    proposals_min: Math.min(...proposals),
    p50_ms: rounded(percentile(times, 50), 3),
    p99_ms: rounded(percentile(times, 99), 3),
    p99_single_ms: rounded(percentile(single, 99), 3),
    max_single_ms: rounded(
      single.reduce((most, ms) => Math.max(most, ms), 0),
      3,
    ),
    hash_p50_ms: rounded(percentile(hashes, 50), 3),
    hash_p99_ms: rounded(percentile(hashes, 99), 3),
    hash_bytes_p50: percentile(bytes, 50),
  };
}

/** One decision from values that no cache has seen before, and the yardstick on just the offers it made. */
function timed(input: Input): { ms: number; hash_ms: number; bytes: number; candidates: number } {
  const fresh: Input = { ...input, ...structuredClone({ state: input.state, evidence: input.evidence }) };
  const began = performance.now();
  const { move, reasons } = decide(fresh);
  const ms = performance.now() - began;
  const hashed = performance.now();
  const texts = move.offers.map((offer) => canonical({ ...offer, hash: "" }));
  for (const text of texts) digest(text);
  const hash_ms = performance.now() - hashed;
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  return { ms, hash_ms, bytes, candidates: reasons.candidates };
}

export function coreFailures({ p99_ms, candidates_min, proposals_min }: CoreFigures): string[] {
  return [
    ...(p99_ms <= 5 ? [] : [`one decision takes ${p99_ms} ms at the 99th percentile, more than 5`]),
    ...(candidates_min >= CANDIDATES ? [] : [`a decision looked at ${candidates_min} candidates only`]),
    ...(proposals_min >= ROUNDS - MEASURED ? [] : [`a history held ${proposals_min} proposals only`]),
  ];
}

/** What the core was given in the late rounds of one session: prices that creep up, terms and orders that change. */
function inputs(shop: Shop, seed: number): Input[] {
  const dice = seeded(seed);
  const talk = new Conversation(shop, {
    ...{ session: `ses_${seed}`, now: "2030-05-06T07:08:09.000Z", currency: "USD", rounds: ROUNDS },
    kind: dice() < 0.5 ? "machine" : "person",
  });
  const lines = LINES.slice(0, 3 + Math.floor(dice() * (LINES.length - 2)));
  const start = 0.6 + 0.1 * dice();
  for (let round = 0; round < ROUNDS; round++) {
    const share = start + (0.2 * round) / ROUNDS;
    talk.send(proposal(shop, lines, share, dice));
  }
  return talk.turns
    .slice(-MEASURED)
    .map(({ input }) => input)
    .filter(({ state }) => state.round < ROUNDS);
}

function proposal(shop: Shop, skus: readonly string[], share: number, dice: () => number): Act {
  const list = skus.map((sku) => shop.products.get(sku)?.product.price.USD ?? 0);
  const lines = skus.map((sku, i) => ({
    item: { sku },
    quantity: 1 + (i % 3),
    unit_price: Math.floor((list[i] ?? 0) * share),
  }));
  const total = lines.reduce((sum, line) => sum + line.unit_price * line.quantity, 0);
  const terms = {
    ...(dice() < 0.5 ? { warranty: { months_min: dice() < 0.5 ? 24 : 36 } } : {}),
    ...(dice() < 0.5 ? { delivery: { free: true } } : {}),
    ...(dice() < 0.3 ? { returns: { days_min: 30 } } : {}),
    ...(dice() < 0.3 ? { payment: { days_min: 30 } } : {}),
  };
  // A total leaves it open how the price is made up: then packages with other terms are looked at as well.
  if (dice() < 0.5)
    return {
      act: "propose",
      lines: lines.map(({ item, quantity }) => ({ item, quantity })),
      total,
      terms,
    };
  return { act: "propose", lines, terms, priorities: ["warranty", "price"] };
}

/** The demo vendor in memory, read once by the real store. */
async function demoShop(): Promise<Shop> {
  const folder = resolve(import.meta.dirname, "../fixtures/vendors/demo");
  const { vendor, limits } = await loadVendor(folder);
  const db = open(":memory:");
  await loadKnowledge(folder, sqliteCatalogue(db, vendor.default_stock));
  const search = directSearch(db);
  const found = await search.find({ kind: "products", skus: LINES }, 1_000);
  const parts = await search.find({ kind: "bundles", skus: LINES }, 1_000);
  const products = new Map<string, Known>();
  for (const item of found.entries) {
    if (!isProduct(item)) continue;
    const { entry: product, version, live } = item;
    products.set(product.id, { product, version, live, stock: 1_000 });
  }
  const bundles = parts.entries.filter(isBundle).map(({ entry }) => entry);
  return { vendor, limits, draws: drawsFor(limits, "the key of this run", 1), products, bundles };
}
