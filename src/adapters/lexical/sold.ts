import { isFitted } from "../../knowledge/accessories.ts";
import type { Asked } from "./asked.ts";
import type { Vocabulary } from "./postings.ts";
import type { Wanted } from "./ways.ts";
import { NAMED } from "./weights.ts";

/** A product that holds enough of a query, as far as it tells whether the shop has what was asked for. */
export interface Held {
  /** Shares of the query's worth: what it has anywhere, and what it is named by. */
  readonly covered: number;
  readonly named: number;
  /** Made to fit another thing, by another brand than was asked for. */
  readonly fitted: boolean;
}

/**
 * Whether the shop has such a thing. One product at least must be named so; and who says more than a bare name and asks
 * for no accessory wants the thing itself: where what is most like "iphone xr" is a case, and nothing but what fits an
 * iPhone is named by it, cases are no answer.
 */
export function isSold(
  found: readonly Held[],
  asked: Asked,
  vocabulary: Pick<Vocabulary, "named">,
  said: ReadonlySet<string>,
  bare: boolean,
): boolean {
  const things = bare ? found : found.filter(({ fitted }) => !fitted);
  const called = things.filter(({ named }) => named >= NAMED);
  if (called.length === 0) return false;
  const best = found.reduce((most, { covered }) => Math.max(most, covered), 0);
  if (called.some(({ covered }) => covered > best - EPSILON)) return true;
  return asked.wanted.every((wanted) => namesThing(wanted, vocabulary, said));
}

const EPSILON = 1e-9;

/** What so many products are named by is no name of one device. */
const MANY = 300;

function namesThing(
  wanted: Wanted,
  vocabulary: Pick<Vocabulary, "named">,
  said: ReadonlySet<string>,
): boolean {
  const titles: string[] = [];
  for (const { terms } of wanted) {
    if (terms.length > 1) continue;
    titles.push(...vocabulary.named(terms[0] ?? "", MANY + 1));
    if (titles.length > MANY) return true;
  }
  return titles.length === 0 || titles.some((title) => !isFitted(title.trim().split(" "), said));
}
