import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from "cockatiel";
import { BOUNDS } from "../../domain/bounds.ts";
import type { Found, Lookup } from "../../domain/lookup.ts";
import type { Embed } from "../../ports/embed.ts";
import type { Log } from "../../ports/log.ts";
import type { Search, Viewer } from "../../ports/search.ts";
import { fused } from "./fusion.ts";
import type { Nearest } from "./nearest.ts";

export interface HybridParts {
  /** The search by words: what it says the shop has not got, the shop has not got. */
  readonly words: Search;
  readonly embed: Embed;
  readonly nearest: Nearest;
  readonly log: Log;
}

type ProductLookup = Extract<Lookup, { kind: "search" }>;

/** Products of a search by words that nearness may bring into another order. */
const POOL = 50;

/**
 * A search by words whose order, and whose further hits, vectors have a say in. Conditions stay what they are: nothing
 * comes in that does not meet them, and where words find nothing, or nothing that meets all conditions, that is the
 * answer. Without a vector in time it is the search by words, whole, and said so to the log once.
 */
export function hybridSearch({ words, embed, nearest, log }: HybridParts): Search {
  const vectorOf = asker(embed, log);
  return {
    ...words,
    find: async (lookup, deadline_ms, viewer) => {
      if (lookup.kind !== "search" || !isDescription(lookup.text))
        return words.find(lookup, deadline_ms, viewer);
      const until = performance.now() + deadline_ms;
      const [found, vector] = await Promise.all([
        words.find({ ...lookup, limit: Math.max(POOL, lookup.limit) }, deadline_ms, viewer),
        vectorOf(lookup.text, Math.min(BOUNDS.embed_ms, deadline_ms / 2)),
      ]);
      const plain = ordered(lookup, found, skusOf(found));
      if (!vector || found.entries.length === 0 || found.partial || found.relaxed) return plain;
      const { filters, currency } = lookup;
      const sought = { model: embed.id, vector, filters, currency, known: skusOf(found) };
      const near = await nearest.to(sought, until - performance.now());
      if (!near) return plain;
      const order = fused(skusOf(found), near, lookup.limit);
      return ordered(
        lookup,
        await completed(words, lookup, found, order, until - performance.now(), viewer),
        order,
      );
    },
    close: async () => {
      await nearest.close();
      await words.close();
    },
  };
}

/** One word with a digit in it is a code, and a code means itself; without a letter there is nothing to mean. */
function isDescription(text: string): boolean {
  const parts = text.trim().split(/\s+/);
  return /\p{L}/u.test(text) && !(parts.length === 1 && /\p{N}/u.test(text));
}

function skusOf({ entries }: Found): string[] {
  return entries.map(({ entry }) => entry.id);
}

/** With those of the first places that words had not found, read as they stand now. */
async function completed(
  words: Search,
  { limit, filters }: ProductLookup,
  found: Found,
  order: readonly string[],
  deadline_ms: number,
  viewer: Viewer | undefined,
): Promise<Found> {
  const known = new Set(skusOf(found));
  const skus = order.slice(0, limit).filter((sku) => !known.has(sku));
  if (skus.length === 0) return found;
  const more = await words.find({ kind: "products", skus: skus.slice(0, SKUS) }, deadline_ms, viewer);
  const had = more.entries.filter(
    ({ entry, live }) => live && !(filters.in_stock === true && more.stock[entry.id] === 0),
  );
  const { partial } = more;
  return { ...found, entries: [...found.entries, ...had], stock: { ...found.stock, ...more.stock }, partial };
}

/** Of one look-up by code. */
const SKUS = 20;

/** The answer to the look-up that was asked: its first products in this order, and their stock. */
function ordered(lookup: ProductLookup, found: Found, order: readonly string[]): Found {
  const byCode = new Map(found.entries.map((item) => [item.entry.id, item]));
  const entries = order.flatMap((sku) => byCode.get(sku) ?? []).slice(0, lookup.limit);
  const stock = Object.fromEntries(entries.map(({ entry }) => [entry.id, found.stock[entry.id] ?? 0]));
  return { ...found, lookup, entries, stock };
}

/** Failures in a row after which the server is left alone, and milliseconds for which it is. */
const FAILURES = 3;
const REST_MS = 10_000;

/** The vector of a query, or null when it cannot be had in time. Says to the log when that begins, and when it ends. */
function asker(embed: Embed, log: Log) {
  const circuit = circuitBreaker(handleAll, {
    halfOpenAfter: REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  let failing = false;
  const asked = async (text: string, deadline_ms: number): Promise<Float32Array | null> => {
    const got = await embed.vectors([text], { signal: AbortSignal.timeout(deadline_ms) });
    if (!got.ok) throw new Error(`${got.why}: ${got.detail}`);
    if (failing) log.info({ model: embed.id }, "searches have vectors again");
    failing = false;
    return got.vectors[0] ?? null;
  };
  return async (text: string, deadline_ms: number): Promise<Float32Array | null> => {
    // The circuit would make others wait for the one that tries; they have words to go by instead.
    if (circuit.state === CircuitState.HalfOpen) return null;
    try {
      return await circuit.execute(() => asked(text, deadline_ms));
    } catch (error) {
      if (!failing)
        log.warn({ model: embed.id, problem: String(error) }, "no vector for a search: by words alone");
      failing = true;
      return null;
    }
  };
}
