import type { Fact } from "../../domain/fact.ts";
import type { Move } from "../../domain/reply.ts";
import { type Blanked, NAMED } from "./names.ts";
import type { Objection } from "./objection.ts";

/** What can be compared by number, of each product shown: "price", or the key of a fact. */
export type Compared = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Numbers of the products shown beside one another; nothing where only one is. */
export function comparedIn({ results }: Move): Compared {
  const compared = new Map<string, Map<string, number>>();
  const put = (key: string, sku: string, value: number) =>
    compared.set(key, (compared.get(key) ?? new Map<string, number>()).set(sku, value));
  if (results.length < 2) return compared;
  for (const { sku, list_price, specs, rating } of results) {
    put("price", sku, list_price);
    if (rating) put("rating", sku, rating.mean10);
    for (const { key, value } of specs as readonly Fact[])
      if (typeof value === "number") put(key.toLowerCase(), sku, value);
  }
  return compared;
}

/** "Lighter", "the cheapest": true only of the product that it is, and only where the numbers are known of all. */
export function comparisonObjections({ text, about }: Blanked, compared: Compared): Objection[] {
  const out: Objection[] = [];
  for (const { 0: clause } of text.matchAll(CLAUSES)) {
    for (const [pattern, keys, way] of ADJECTIVES) {
      const match = pattern.exec(clause);
      if (!match) continue;
      const sku = subjectOf(clause, match.index, about);
      const dimension = [...compared].find(([key, values]) => keys.test(key) && values.size > 1)?.[1];
      const own = sku === null ? undefined : dimension?.get(sku);
      const others = [...(dimension ?? [])].filter(([other]) => other !== sku).map(([, value]) => value);
      const holds =
        own !== undefined && others.every((value) => (way === "less" ? own < value : own > value));
      if (!holds)
        out.push({
          kind: "comparison",
          words: match[0],
          say: `"${match[0]}" is not shown by the numbers of that product: give the numbers instead.`,
        });
    }
  }
  return out;
}

const CLAUSES = /[^;\n!?,.]+(?:[.,]\d+[^;\n!?,.]*)*/g;

const ADJECTIVES: readonly (readonly [RegExp, RegExp, "less" | "more"])[] = [
  [
    /\b(?:cheaper|cheapest|less expensive|least expensive)\b|저렴|(?<![가-힣])[싼싸](?=[^가-힣]|[고다요니])/i,
    /^price$/,
    "less",
  ],
  [/\b(?:dearer|pricier|more expensive|most expensive)\b|비[싼싸]/i, /^price$/, "more"],
  [/\b(?:better|best|higher|highest)[- ]rated\b|평점이 (?:더 |가장 )?높/i, /^rating$/, "more"],
  [/\b(?:worse|worst|lower|lowest)[- ]rated\b|평점이 (?:더 |가장 )?낮/i, /^rating$/, "less"],
  [/\b(?:lighter|lightest)\b|가벼|가볍/i, /weight/, "less"],
  [/\b(?:heavier|heaviest)\b|무거|무겁/i, /weight/, "more"],
  [/\b(?:brighter|brightest)\b|밝(?!기)/i, /bright/, "more"],
  [/\b(?:narrower|narrowest)\b|좁/i, /width/, "less"],
  [/\b(?:wider|widest)\b|넓/i, /width/, "more"],
  [/\b(?:taller|tallest)\b/i, /height/, "more"],
  [/\b(?:longer|longest)\b|오래|더 [긴길]/i, /battery/, "more"],
  [/\b(?:smaller|smallest)\b|(?<![가-힣])작(?=[은아고])/i, /screen|size|width/, "less"],
  [/\b(?:bigger|biggest|larger|largest)\b|(?<![가-힣])(?:큰|커[요서])/i, /screen|size|width/, "more"],
];

/** The product last named before a place of the clause, else the first named after it. */
function subjectOf(clause: string, at: number, about: Blanked["about"]): string | null {
  const one = (char: string | undefined) => {
    if (char === undefined || !NAMED.test(char)) return null;
    const skus = [...about(char)];
    return skus.length === 1 ? (skus[0] ?? null) : null;
  };
  const first = [...clause.slice(0, at)].find((char) => one(char) !== null);
  return one(first) ?? one([...clause.slice(at)].find((char) => one(char) !== null));
}
