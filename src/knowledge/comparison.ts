import { BOUNDS } from "../domain/bounds.ts";
import type { Known } from "../domain/evidence.ts";
import type { Fact } from "../domain/fact.ts";
import type { Tally } from "../domain/lookup.ts";
import type { Currency } from "../domain/money.ts";
import type { Comparison } from "../domain/reply.ts";
import { telling } from "./cards.ts";
import { expectedBy } from "./expected.ts";
import { factsOf } from "./facts.ts";
import { gist, once } from "./match.ts";
import { nameOf } from "./overview.ts";
import { fromReviews } from "./reviews.ts";
import { canonicalQuantity } from "./units.ts";
import { naming } from "./weigh.ts";

type Verdict = NonNullable<Comparison["verdict"]>;
type Row = Comparison["rows"][number];

/**
 * The products in rows, and what the question asks of them decided by their typed values: what is shown first is what was
 * asked, then price, stock and reviews, then what most of them state. Who asks for the difference is shown no row in
 * which they are alike. Null for fewer than two.
 */
export function comparisonOf(
  products: readonly Known[],
  question: string,
  { currency, tallies }: { readonly currency: Currency; readonly tallies: ReadonlyMap<string, Tally> },
): Comparison | null {
  if (products.length < 2) return null;
  const stated = products.map((known) => statedOf(known, currency, tallies.get(known.product.id)));
  const sought = soughtIn(question, products, stated);
  const verdict = sought ? verdictOf(sought, products, stated, question) : null;
  // Beside the best of many stand those that were named first.
  const order = products.map((_, at) => at).toSorted((a, b) => Number(isBest(b)) - Number(isBest(a)));
  const shown = (products.length > BOUNDS.compared ? order : [...products.keys()]).slice(0, BOUNDS.compared);
  function isBest(at: number): boolean {
    return verdict?.best.includes(products[at]?.product.id ?? "") === true;
  }
  const of = <T>(all: readonly T[]): T[] => shown.flatMap((at) => all[at] ?? []);
  const rows = rowsOf(of(stated), sought?.key, DIFFERENCE.test(question.toLowerCase()), of(products));
  return { skus: of(products).map(({ product }) => product.id), rows, verdict };
}

/** The products by what one word asks most or least of, those last that state none of it; null where it asks for no figure. */
export function inOrderOf(
  products: readonly Known[],
  word: string,
  currency: Currency,
): { readonly products: readonly Known[]; readonly key: string } | null {
  const stated = products.map((known) => statedOf(known, currency, undefined));
  const sought = soughtIn(word, products, stated);
  if (!sought) return null;
  const sign = sought.way === "most" ? -1 : 1;
  const figures = stated.map((facts) => measured(facts.get(sought.key) ?? null)?.value);
  const rank = (at: number) => sign * (figures[at] ?? sign * Number.MAX_SAFE_INTEGER);
  const order = products.map((_, at) => at).toSorted((a, b) => rank(a) - rank(b));
  return { products: order.flatMap((at) => products[at] ?? []), key: sought.key };
}

/** Facts of one product by key, those first that every product has. */
function statedOf(
  { product, version, live, stock }: Known,
  currency: Currency,
  tally: Tally | undefined,
): ReadonlyMap<string, Fact> {
  const facts = factsOf({ entry: product, version, live }, stock);
  const price = facts.filter(({ kind, unit }) => kind === "price" && live && unit === currency);
  const units = facts.filter(({ kind }) => kind === "stock");
  const rated = tally?.rated ? fromReviews({ of: "rating" }, product.id, tally, [], "en").slice(0, 2) : [];
  const specs = facts.filter(({ id }) => id.startsWith(`${product.id}#spec.`));
  const byKey = new Map<string, Fact>();
  for (const fact of [...price, ...units, ...rated, ...specs])
    if (!byKey.has(fact.key)) byKey.set(fact.key, fact);
  return byKey;
}

const ALWAYS: readonly string[] = ["price", "stock", "rating", "review_count"];

function rowsOf(
  stated: readonly ReadonlyMap<string, Fact>[],
  sought: string | undefined,
  differing: boolean,
  products: readonly Known[],
): Row[] {
  const specs = telling(
    products.map(({ product }) => product),
    [],
  );
  const shared = (key: string) => stated.filter((facts) => facts.has(key)).length;
  const keys = [...ALWAYS, ...specs.toSorted((a, b) => shared(b) - shared(a))];
  const first = sought === undefined ? keys : [sought, ...keys.filter((key) => key !== sought)];
  return first
    .map((key) => ({ key, values: stated.map((facts) => facts.get(key) ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null))
    .filter(({ key, values }) => !differing || key === "price" || new Set(values.map(wordOf)).size > 1)
    .slice(0, BOUNDS.compared_rows);
}

function wordOf(fact: Fact | null): string {
  return JSON.stringify(fact && [fact.value, fact.unit]);
}

/** What they are to be compared by. */
interface Sought {
  readonly key: string;
  readonly way: Verdict["way"];
}

function soughtIn(
  question: string,
  products: readonly Known[],
  stated: readonly ReadonlyMap<string, Fact>[],
): Sought | null {
  const text = question.normalize("NFC").toLowerCase();
  if (text === "") return null;
  const keys = new Set(stated.flatMap((facts) => [...facts.keys()]));
  const bySaying = (ways: typeof WAYS): Sought | undefined =>
    ways.flatMap(([pattern, names, way]) => {
      const key = pattern.test(text) ? [...keys].find((one) => names.test(one)) : undefined;
      return key === undefined ? [] : [{ key, way }];
    })[0];
  const said = bySaying(WAYS);
  if (said) return said;
  const named = gist(products.map(nameOf).join(" "));
  const terms = gist(text).content.filter(
    (term) => !named.terms.has(term) && !idle().has(term) && !/^\d+$/.test(term),
  );
  const specs = stated.flatMap((facts) => [...facts.values()].filter(({ kind }) => kind === "spec"));
  const [fact] = naming(terms, specs).facts;
  if (fact) return { key: fact.key, way: LESS.test(text) ? "least" : "most" };
  return bySaying(SIZES) ?? null;
}

/** Words that ask which, and by what they say nothing. */
const idle = once(
  () =>
    new Set(
      gist(
        `better best more most less least higher lower longer shorter bigger smaller compare comparison difference versus
        vs than between recommend suggest 둘 셋 차이 차이점 비교 중에 중에서 더 제일 가장 어느 쪽 추천`,
      ).words,
    ),
);
const DIFFERENCE = /\bdiffer|차이|다르|달라|다른가/;
const LESS =
  /\b(?:less|least|fewer|fewest|lower|lowest|smaller|smallest|shorter|shortest|thinner)\b|적|낮|작|짧|얇/;

/** What one word says of two things: by which key they are compared, and whether most or least of it is asked for. */
const WAYS: readonly (readonly [RegExp, RegExp, Verdict["way"]])[] = [
  [
    /\b(?:cheap(?:er|est)|(?:less|least) expensive|lower(?: in)? price|costs? less)\b|더 ?싸|더 ?싼|제일 ?싼|가장 ?싼|(?<!비)싸요|저렴/,
    /^price$/,
    "least",
  ],
  [/\b(?:dearer|pric(?:ier|iest)|(?:more|most) expensive|costs? more)\b|비싸|비싼/, /^price$/, "most"],
  [/\b(?:light(?:er|est)|weighs? less)\b|가벼|가볍/, /^weight$|(?<!max_|package_)weight$/, "least"],
  [/\b(?:heav(?:ier|iest)|weighs? more)\b|무거|무겁/, /^weight$|(?<!max_|package_)weight$/, "most"],
  [
    /\b(?:(?:better|best|higher|highest|top)[- ](?:rated|reviewed|reviews?|ratings?|score)|more stars)\b|(?:평|평점|별점|평가|후기|리뷰)(?:이|가|은|는|도)? ?(?:더 |제일 |가장 )?(?:좋|높|나)/,
    /^rating$/,
    "most",
  ],
  [
    /\b(?:worse|worst|lower|lowest)[- ](?:rated|reviewed|reviews?|ratings?)\b|(?:평|평점|별점|평가|후기|리뷰)(?:이|가|은|는|도)? ?(?:더 |제일 |가장 )?(?:나쁘|낮|안 ?좋)/,
    /^rating$/,
    "least",
  ],
  [/\bmore reviews\b|(?:후기|리뷰)(?:가|는|도)? ?(?:더 |제일 |가장 )?많/, /^review_count$/, "most"],
  [
    /\b(?:lasts? longer|long(?:er|est)[- ](?:battery|lasting|running)|(?:better|best|more) battery)|배터리.{0,12}(?:길|긴|오래|좋)|오래 ?(?:가|써|쓸|버|간)/,
    /^battery_life$|battery/,
    "most",
  ],
  [/\bcharges? faster|faster charging\b|충전.{0,8}(?:빠르|빨)/, /charging_time/, "least"],
  [/\bbright(?:er|est)\b|밝/, /bright/, "most"],
  [/\b(?:quiet(?:er|est)|less noisy|less noise)\b|조용/, /noise(?!_cancel)/, "least"],
  [/\b(?:loud(?:er|est)|nois(?:ier|iest))\b|시끄러|시끄럽/, /noise(?!_cancel)/, "most"],
  [
    /\b(?:bigger|biggest|larger|largest) (?:screen|display)|화면.{0,8}(?:크|큰|커|넓)/,
    /^screen_size$/,
    "most",
  ],
  [/\bsharper\b|해상도.{0,8}(?:높|좋)|선명/, /^resolution$/, "most"],
];

/** Sizes that say of what only where nothing else is named: "bigger" alone, not "the bigger tank". */
const SIZES: typeof WAYS = [
  [/\btall(?:er|est)\b/, /^height$/, "most"],
  [/\bwid(?:er|est)\b|넓/, /^width$/, "most"],
  [
    /\b(?:bigger|biggest|larger|largest)\b(?! (?:\w))|(?:더|제일|가장) ?(?:크|큰|커)/,
    /^screen_size$|^width$|^coverage|^volume$|^capacity$/,
    "most",
  ],
  [
    /\b(?:smaller|smallest)\b(?! (?:\w))|(?:더|제일|가장) ?(?:작)/,
    /^screen_size$|^width$|^coverage|^volume$|^capacity$/,
    "least",
  ],
];

/** "A가 B보다 가벼워요?" */
const SUPPOSED_KO = /^(?!.*(?:뭐|어느|어떤|얼마)).*보다/;

function verdictOf(
  { key, way }: Sought,
  products: readonly Known[],
  stated: readonly ReadonlyMap<string, Fact>[],
  question: string,
): Verdict {
  const values = stated.map((facts) => measured(facts.get(key) ?? null));
  const known = values.filter((value) => value !== null);
  const units = new Set(known.map(({ unit }) => unit));
  const whole = known.length === products.length && units.size === 1;
  const sign = way === "most" ? 1 : -1;
  const most = Math.max(...known.map(({ value }) => sign * value));
  const skus = products.map(({ product }) => product.id);
  const first = skus.filter((_, at) => whole && sign * (values[at]?.value ?? Number.NaN) === most);
  const best = first.slice(0, BOUNDS.compared);
  const supposed = best.length > 0 && (expectedBy(question).yesNo || SUPPOSED_KO.test(question));
  return {
    ...{ key, way, best },
    ...(supposed ? { holds: best.length < skus.length && best[0] === skus[0] } : {}),
    ...(skus.length > BOUNDS.compared ? { of: skus.length } : {}),
  };
}

/** The value as a figure: a yes is 1, a no 0; null where it is none. */
function measured(fact: Fact | null): { readonly value: number; readonly unit: string } | null {
  if (fact === null) return null;
  const { value, unit } = fact;
  if (typeof value === "boolean") return { value: value ? 1 : 0, unit: "" };
  if (typeof value !== "number") return null;
  return fact.kind === "spec" && unit !== undefined
    ? canonicalQuantity(value, unit)
    : { value, unit: unit ?? "" };
}
