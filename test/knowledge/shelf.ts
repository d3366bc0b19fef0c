import { readFileSync } from "node:fs";
import { Entry, type Versioned } from "../../src/domain/entry.ts";
import type { Found, Lookup } from "../../src/domain/lookup.ts";
import { initial, type State } from "../../src/domain/state.ts";
import { hasOptions } from "../../src/knowledge/identify.ts";
import { terms } from "../../src/knowledge/terms.ts";

/** Looks entries up in memory, by the terms they share with the question: enough of a search to reason over. */
export function shelf(
  entries: readonly Entry[],
  withdrawn: readonly string[] = [],
): (lookup: Lookup) => Found {
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
    };
  };
}

/** One entry a line, as a vendor's own files hold them. */
export function entriesOf(file: string): Entry[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((text, at) =>
    text === ""
      ? []
      : [Entry.parse({ source: { name: file.split("/").at(-1), line: at + 1 }, ...JSON.parse(text) })],
  );
}

export function stateOf(changes: Partial<State> = {}): State {
  const party = { principal: "p", kind: "person", tier: "anonymous" } as const;
  const opened = { kind: "opened", at: "2026-01-01T00:00:00.000Z", lang: "en", currency: "USD" } as const;
  return {
    ...initial({ ...opened, channel: "chat", party, ship_to: { country: "US" }, rounds: 8 }, 1),
    ...changes,
  };
}

function answer(all: readonly Versioned[], lookup: Lookup): { items: Versioned[]; relaxed: boolean } {
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
    case "voices":
      return exactly(
        live
          .filter(
            ({ entry }) => (entry.kind === "review" || entry.kind === "answer") && entry.sku === lookup.sku,
          )
          .slice(0, lookup.limit),
      );
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

function exactly(items: Versioned[]): { items: Versioned[]; relaxed: boolean } {
  return { items, relaxed: false };
}

function ranked(items: readonly Versioned[], text: string): Versioned[] {
  const asked = terms(text);
  const scored = items.map((item) => {
    const own = new Set(terms(JSON.stringify(item.entry)));
    return { item, score: asked.filter((term) => own.has(term)).length };
  });
  return scored
    .filter(({ score }) => score > 0 || asked.length === 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
