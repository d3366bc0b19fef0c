import type { Lookup } from "../../domain/lookup.ts";
import type { Hits } from "./hits.ts";

/** A review by the number a store has for it; `date` is empty where it states none. */
export interface Rated {
  readonly n: number;
  readonly date: string;
  readonly rating: number | null;
}

type By = NonNullable<Extract<Lookup, { kind: "voices" }>["by"]>;

/** All reviews of a product, newest first, counted, and the first few of them in the order asked for; what has no rating comes last. */
export function reviewsBy(all: readonly Rated[], by: By, limit: number): Hits {
  const rated = all.flatMap(({ rating }) => rating ?? []);
  const stars = [1, 2, 3, 4, 5].map((n) => rated.filter((one) => Math.max(1, Math.round(one)) === n).length);
  const newest = all.find(({ date }) => date !== "")?.date;
  const sign = by === "lowest" ? 1 : -1;
  const ordered =
    by === "newest"
      ? all
      : all.toSorted((a, b) =>
          a.rating === null || b.rating === null
            ? Number(a.rating === null) - Number(b.rating === null)
            : sign * (a.rating - b.rating),
        );
  return {
    entries: ordered.slice(0, limit).map(({ n }) => n),
    tally: {
      count: all.length,
      rated: rated.length,
      sum10: Math.round(rated.reduce((sum, one) => sum + one * 10, 0)),
      stars,
      ...(newest === undefined ? {} : { newest }),
    },
  };
}
