import type { Entry } from "../domain/entry.ts";
import { canonical, digest } from "../domain/hash.ts";
import type { Fixture } from "../lab/fixture.ts";
import type { Outcome } from "../lab/outcome.ts";
import { HOUSE, play, type Stage } from "../lab/play.ts";
import type { Search } from "../ports/search.ts";

/** A house to play in: the vendor as it sells now, and a store that keeps nothing. */
export type Rehearse = (search: (live: Search) => Search) => Promise<Stage>;

/** The knowledge base as it would be with these entries, which nobody else sees. */
export function withEntries(search: Search, entries: readonly Entry[]): Search {
  const added = entries.map((entry) => ({ entry, version: digest(canonical(entry)), live: true }));
  return {
    ...search,
    find: async (lookup, deadline_ms, viewer) => {
      const found = await search.find(lookup, deadline_ms, viewer);
      const fitting = added.filter(({ entry }) => {
        if (lookup.kind === "voices")
          return entry.kind === "answer" && entry.sku === lookup.sku && lookup.by === undefined;
        return lookup.kind === "passages" && entry.kind === "faq" && entry.lang === lookup.lang;
      });
      if (fitting.length === 0 || !("limit" in lookup)) return found;
      return { ...found, entries: [...fitting, ...found.entries].slice(0, lookup.limit) };
    },
  };
}

/** Plays the fixtures one after another by the house alone; each has a stage of its own. */
export async function rehearsed(
  fixtures: readonly Fixture[],
  entries: readonly Entry[],
  rehearse: Rehearse,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const fixture of fixtures) {
    const stage = await rehearse((live) => (entries.length === 0 ? live : withEntries(live, entries)));
    outcomes.push(await play({ fixture, file: `${fixture.id}.yaml` }, stage, HOUSE));
  }
  return outcomes;
}

/** What the agent said where it should have said something else, for whoever wrote that; null where all pass. */
export function shortfall(outcomes: readonly Outcome[]): string | null {
  const failed = outcomes.find(({ verdict }) => verdict !== "pass");
  if (!failed) return null;
  const last = failed.turns.at(-1);
  const said = last?.words?.text ?? last?.fault?.message ?? failed.problem ?? "nothing";
  const asked = last && "say" in last.message ? last.message.say : failed.fixture;
  return `asked "${asked}", the agent still says: ${said}`.slice(0, 1_000);
}
