import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Act } from "../../src/domain/act.ts";
import type { Entry, Review, Versioned } from "../../src/domain/entry.ts";
import type { Found, KnowledgeLookup, Tally } from "../../src/domain/lookup.ts";
import { initial, type State } from "../../src/domain/state.ts";
import { Vendor } from "../../src/domain/vendor.ts";
import { hasOptions } from "../../src/knowledge/identify.ts";
import { openIntake } from "../../src/knowledge/ingest/intake.ts";
import { needs } from "../../src/knowledge/needs.ts";
import { terms } from "../../src/knowledge/terms.ts";

/** Looks entries up in memory, by the terms they share with the question: enough of a search to reason over. */
export function shelf(
  entries: readonly Entry[],
  withdrawn: readonly string[] = [],
): (lookup: KnowledgeLookup) => Found {
  const all: Versioned[] = entries.map((entry) => ({
    entry,
    version: "v1",
    live: !withdrawn.includes(entry.id),
  }));
  return (lookup) => {
    const found = answer(all, lookup);
    const stock = Object.fromEntries(
      found.items.flatMap(({ entry, live }) =>
        entry.kind === "product" ? [[entry.id, live ? (entry.stock ?? 7) : 0]] : [],
      ),
    );
    return {
      lookup,
      entries: found.items,
      stock,
      partial: false,
      ...(found.relaxed ? { relaxed: true } : {}),
      ...(lookup.kind === "voices" && lookup.by ? { tally: tallyOf(all, lookup.sku) } : {}),
    };
  };
}

/** Everything the demo vendor's folder states, read as the vendor's own files are. */
export function demoEntries(): Entry[] {
  const folder = new URL("../../fixtures/vendors/demo/", import.meta.url);
  const policies = readdirSync(new URL("policies/", folder)).map((name) => `policies/${name}`);
  const names = ["products.jsonl", "bundles.jsonl", "reviews.jsonl", "answers.jsonl", ...policies];
  const seen = new Map<string, string>();
  return names.flatMap((name) => {
    const intake = openIntake(name, { now: NOW }, seen);
    if (intake === null) throw new Error(`nothing reads ${name}`);
    return [intake.push(readFileSync(new URL(name, folder), "utf8")), intake.end()].flatMap(
      ({ entries }) => entries,
    );
  });
}

export function demoVendor(): Vendor {
  return Vendor.parse(
    parse(readFileSync(new URL("../../fixtures/vendors/demo/vendor.yaml", import.meta.url), "utf8")),
  );
}

/** Looks up in rounds, as a turn does, and gives the rounds with what came of them. */
export function gathered(acts: readonly Act[], state: State, find: (lookup: KnowledgeLookup) => Found) {
  const rounds: KnowledgeLookup[][] = [];
  const found: Found[] = [];
  for (
    let next = needs(acts, state, found);
    next.length > 0 && rounds.length < 3;
    next = needs(acts, state, found)
  ) {
    rounds.push(next);
    found.push(...next.map(find));
  }
  return { rounds, found };
}

const NOW = "2026-01-01T00:00:00.000Z";

export function stateOf(changes: Partial<State> = {}): State {
  const party = { principal: "p", kind: "person", tier: "anonymous" } as const;
  const opened = { kind: "opened", at: NOW, lang: "en", currency: "USD" } as const;
  return {
    ...initial({ ...opened, channel: "chat", party, ship_to: { country: "US" }, rounds: 8 }, 1),
    ...changes,
  };
}

function answer(
  all: readonly Versioned[],
  lookup: KnowledgeLookup,
): { items: Versioned[]; relaxed: boolean } {
  const live = all.filter((item) => item.live);
  switch (lookup.kind) {
    case "products":
      return exactly(all.filter(({ entry }) => entry.kind === "product" && lookup.skus.includes(entry.id)));
    case "bundles":
      return exactly(
        live.filter(
          ({ entry }) => entry.kind === "bundle" && entry.lines.some(({ sku }) => lookup.skus.includes(sku)),
        ),
      );
    case "voices": {
      if (lookup.by) return exactly(ordered(reviewsOf(all, lookup.sku), lookup.by).slice(0, lookup.limit));
      return exactly(
        live
          .filter(
            ({ entry }) => (entry.kind === "review" || entry.kind === "answer") && entry.sku === lookup.sku,
          )
          .slice(0, lookup.limit),
      );
    }
    case "passages": {
      const passages = live.filter(({ entry }) => entry.kind === "policy" || entry.kind === "faq");
      return exactly(ranked(passages, lookup.text).slice(0, lookup.limit));
    }
    case "search": {
      const hits = ranked(
        live.filter(({ entry }) => entry.kind === "product"),
        lookup.text,
      );
      const options = lookup.filters.options ?? {};
      const kept = hits.filter(({ entry }) => entry.kind === "product" && hasOptions(entry, options));
      const relaxed = kept.length === 0 && hits.length > 0;
      return { items: (relaxed ? hits : kept).slice(0, lookup.limit), relaxed };
    }
  }
}

function reviewsOf(all: readonly Versioned[], sku: string): Versioned<Review>[] {
  const reviews = all.filter(
    (item): item is Versioned<Review> => item.entry.kind === "review" && item.entry.sku === sku && item.live,
  );
  return ordered(reviews, "newest");
}

function ordered(reviews: Versioned<Review>[], by: "newest" | "lowest" | "highest"): Versioned<Review>[] {
  if (by === "newest")
    return reviews.toSorted((a, b) => (b.entry.date ?? "").localeCompare(a.entry.date ?? ""));
  const sign = by === "lowest" ? 1 : -1;
  return reviews.toSorted((a, b) => sign * ((a.entry.rating ?? 0) - (b.entry.rating ?? 0)));
}

function tallyOf(all: readonly Versioned[], sku: string): Tally {
  const reviews = reviewsOf(all, sku).map(({ entry }) => entry);
  const ratings = reviews.flatMap(({ rating }) => rating ?? []);
  const newest = reviews[0]?.date;
  return {
    count: reviews.length,
    rated: ratings.length,
    sum10: ratings.reduce((sum, rating) => sum + rating * 10, 0),
    stars: [1, 2, 3, 4, 5].map((stars) => ratings.filter((rating) => rating === stars).length),
    ...(newest === undefined ? {} : { newest }),
  };
}

function exactly(items: Versioned[]): { items: Versioned[]; relaxed: boolean } {
  return { items, relaxed: false };
}

/** Terms that few entries hold count more. */
function ranked(items: readonly Versioned[], text: string): Versioned[] {
  const asked = [...new Set(terms(text))];
  const own = items.map((item) => ({ item, terms: termsOf(item.entry) }));
  const rarity = asked.map((term) => 1 / (1 + own.filter((one) => one.terms.has(term)).length));
  return own
    .map((one) => ({
      ...one,
      score: rarity.reduce((sum, rare, at) => sum + (one.terms.has(asked[at] ?? "") ? rare : 0), 0),
    }))
    .filter(({ score }) => score > 0 || asked.length === 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

const indexed = new WeakMap<Entry, ReadonlySet<string>>();

function termsOf(entry: Entry): ReadonlySet<string> {
  const known = indexed.get(entry) ?? new Set(terms(JSON.stringify(entry)));
  indexed.set(entry, known);
  return known;
}
