import { existsSync } from "node:fs";
import { dataFolder } from "./public-sets.ts";
import { AGREEMENT, agreement } from "./understand-agreement.ts";
import { type Bound, boundBy, spoken } from "./understand-binding.ts";
import type { Stage } from "./understand-stage.ts";

/** How many of those that no gold speaks of are printed of each set. */
const SHOWN = 12;

/**
 * Reading over the public sets: whether Korean and English agree on the same turn, and every text of every user, attacks
 * among them, with an offer on the table: what the set's own gold has not for a yes must not be heard as one.
 */
export function publicSets(stage: Stage) {
  if (!existsSync(dataFolder()))
    return { skipped: `${dataFolder()} is not there; set PARLEY_DATA`, failures: [] };
  const { figures } = agreement(stage);
  const texts = spoken();
  const bound = boundBy(texts, stage);
  const wrong = bound.filter(({ yes }) => yes === false);
  const unknown = bound.filter(({ yes }) => yes === null);
  process.stdout.write("a yes where the set has none (! where it would bind an order):\n");
  for (const one of wrong.toSorted((a, b) => Number(b.binds) - Number(a.binds)))
    process.stdout.write(lineOf(one));
  process.stdout.write("a yes of which the set says nothing, to look at:\n");
  for (const [set, some] of Map.groupBy(unknown, (one) => one.set)) {
    for (const one of some.slice(0, SHOWN)) process.stdout.write(lineOf(one));
    if (some.length > SHOWN) process.stdout.write(`  ${set.padEnd(26)}... and ${some.length - SHOWN} more\n`);
  }
  const { ko_en_agreement } = figures;
  return {
    ...figures,
    user_texts: texts.length,
    wrongly_binding_public: textsOf(wrong),
    would_bind_public: textsOf(wrong.filter(({ binds }) => binds)),
    binding_by_set: countsOf(bound),
    failures: [
      ...(ko_en_agreement < AGREEMENT ? [`ko_en_agreement ${ko_en_agreement}, less than ${AGREEMENT}`] : []),
      ...(wrong.length > 0 ? [`public sets: ${textsOf(wrong)} heard as a yes that are none`] : []),
    ],
  };
}

function textsOf(bound: readonly Bound[]): number {
  return new Set(bound.map(({ set, text }) => `${set}\n${text}`)).size;
}

function lineOf({ set, table, act, text, binds }: Bound): string {
  return `${binds ? "!" : " "} ${set.padEnd(26)}${table.padEnd(9)}${act.padEnd(8)} ${JSON.stringify(text.slice(0, 100))}\n`;
}

/** By set: readings, so that a text heard as a yes before and after a read-back counts twice. */
function countsOf(
  bound: readonly Bound[],
): Record<string, { wrong: number; right: number; unknown: number }> {
  const sets = Map.groupBy(bound, ({ set }) => set);
  return Object.fromEntries(
    [...sets].map(([set, of]) => {
      const count = (yes: boolean | null) => of.filter((one) => one.yes === yes).length;
      return [set, { wrong: count(false), right: count(true), unknown: count(null) }];
    }),
  );
}
