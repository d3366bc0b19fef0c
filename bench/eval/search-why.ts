import type { DatabaseSync } from "node:sqlite";
import { askedOf } from "../../src/adapters/lexical/asked.ts";
import { COLUMNS } from "../../src/adapters/lexical/postings.ts";
import { scorer } from "../../src/adapters/lexical/scoring.ts";
import { isSold } from "../../src/adapters/lexical/sold.ts";
import { corrected } from "../../src/adapters/lexical/spelling.ts";
import type { Wanted } from "../../src/adapters/lexical/ways.ts";
import { ANYWHERE, WEIGHTS } from "../../src/adapters/lexical/weights.ts";
import { indexOf } from "../../src/adapters/sqlite/postings.ts";
import { isAccessory, isBeside } from "../../src/knowledge/accessories.ts";
import { renamed } from "../../src/knowledge/synonyms.ts";
import { placeOf, type Step } from "./trail.ts";

/** How one product stands to a query. */
export interface Standing {
  /** What each word is worth and which columns it stands in: `wireless 3.1 (title, specs)`. */
  readonly words: string;
  readonly score: number;
  /** Share of the query that it has; under half of it, it is no hit. */
  readonly covered: number;
  /** Moved behind the things it is bought for. */
  readonly beside: boolean;
}

/** The ranking's own functions, asked word by word. They rate as a search does: nothing is worked out a second time. */
export function explainer(db: DatabaseSync) {
  const index = indexOf(db);
  const whole = scorer();
  const alone = scorer();
  const columns = db.prepare(`SELECT ${COLUMNS.join(", ")} FROM product_words WHERE rowid = ?`);

  return (query: string) => {
    const now = index();
    const asked = askedOf(query, now, WEIGHTS);
    const rated = whole(asked, now.places, WEIGHTS, now);
    const said = new Set(asked.wanted.flatMap((ways) => ways.flatMap(({ terms }) => terms)));
    const wantsAccessory = [...said].some(isAccessory);
    const byWord = (wanted: Wanted) => alone({ ...asked, wanted: [wanted] }, now.places, WEIGHTS, now);

    const wordOf = (wanted: Wanted, n: number): string => {
      const row = columns.get(n) ?? {};
      const terms = new Set(wanted.flatMap((way) => way.terms));
      const stands = COLUMNS.filter((name) =>
        String(row[name])
          .split(" ")
          .some((term) => terms.has(term)),
      );
      return `${spelt(wanted)} ${byWord(wanted).score(n).toFixed(2)} (${stands.join(", ") || "nowhere"})`;
    };
    return {
      read: asked.wanted.map(spelt).join(" · "),
      standing: (n: number): Standing => ({
        words: asked.wanted.map((wanted) => wordOf(wanted, n)).join(" · "),
        score: rated.score(n),
        covered: rated.covered(n),
        beside: !wantsAccessory && isBeside(String(columns.get(n)?.title).split(" "), said),
      }),
    };
  };
}

function spelt(wanted: Wanted): string {
  const [first, ...others] = wanted.map(({ terms }) => terms.join("+"));
  return others.length === 0 ? (first ?? "") : `${first} or ${others.slice(0, 3).join(", ")}`;
}

/** Which function a wrong place hangs on. */
export const DECIDED = {
  /** The shop was held not to sell it. */
  sold: (): readonly Step[] => [{ name: "isSold", at: placeOf(isSold) }],
  /** Under `ANYWHERE`, a product is no hit. */
  words: (): readonly Step[] => [
    { name: "corrected", at: placeOf(corrected) },
    { name: "renamed", at: placeOf(renamed) },
    { name: "askedOf", at: placeOf(askedOf) },
  ],
  beside: (): readonly Step[] => [{ name: "isBeside", at: placeOf(isBeside) }],
  score: (): readonly Step[] => [{ name: "scorer", at: placeOf(scorer) }],
} as const;

export function isHit({ covered }: Standing): boolean {
  return covered >= ANYWHERE;
}
