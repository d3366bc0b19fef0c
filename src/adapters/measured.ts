import type { Search } from "../ports/search.ts";
import type { Appended, Store } from "../ports/store.ts";
import type { Instruments } from "./instruments.ts";

type Told = Pick<Instruments, "append" | "search">;

/** A store whose appends are counted and timed; all else is as it was. */
export function measuredStore(store: Store, told: Told): Store {
  return {
    ...store,
    append: async (commit) => {
      const began = performance.now();
      const outcome = await store.append(commit).catch((error: unknown) => {
        told.append("failed", secondsSince(began));
        throw error;
      });
      told.append(wordOf(outcome), secondsSince(began));
      return outcome;
    },
  };
}

/** A knowledge base whose look-ups are counted and timed; all else is as it was. */
export function measuredSearch(search: Search, told: Told): Search {
  return {
    ...search,
    find: async (lookup, deadline_ms, viewer) => {
      const began = performance.now();
      const found = await search.find(lookup, deadline_ms, viewer);
      told.search(lookup.kind, secondsSince(began), found.partial);
      return found;
    },
  };
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1_000;
}

function wordOf(outcome: Appended): string {
  if (typeof outcome === "string") return outcome;
  return "short" in outcome ? "short" : "spent";
}
