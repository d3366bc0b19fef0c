import type { Act, ActOf, Item } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Evidence, Known, Unresolved } from "../domain/evidence.ts";
import type { Found } from "../domain/lookup.ts";
import type { Answer, Card, Comparison } from "../domain/reply.ts";
import type { State } from "../domain/state.ts";
import { inLang, type Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import { answerTo } from "./answer.ts";
import { askedBy } from "./asked.ts";
import { cards } from "./cards.ts";
import { comparisonOf, inOrderOf } from "./comparison.ts";
import { factsOf } from "./facts.ts";
import { type Gathered, gather, searchKey } from "./gathered.ts";
import { gist } from "./match.ts";
import { searchFor } from "./needs.ts";
import { proposalOf } from "./proposal.ts";
import { type Resolution, resolve, subject } from "./resolve.ts";
import { superlativeIn } from "./superlative.ts";
import { addressed } from "./weigh.ts";

/**
 * What was found, as the core decides on it: items resolved, questions answered, products to show. An item that is in
 * `unresolved` is left out of the proposal, and a question about it out of the answers: ask first. `vendor` gives the
 * typed terms that questions about the shop are answered from.
 */
export function evidence(
  acts: readonly Act[],
  state: State,
  found: readonly Found[],
  vendor: Vendor,
): Evidence {
  const gathered = gather(found);
  const unresolved = new Map<string, Unresolved>();
  const settle = (resolution: Resolution): string | null => {
    if (resolution.kind === "product") return resolution.sku;
    const open = resolution.kind === "open" ? { words: resolution.words, choices: [], partial: false } : null;
    const left = open ?? (resolution.kind === "unresolved" ? resolution.unresolved : null);
    if (left) unresolved.set(left.words, left);
    return null;
  };
  const skuOf: SkuOf = (item) => settle(resolve(item, state, gathered));
  const aboutOf =
    (topic: string | undefined): SkuOf =>
    (item) =>
      settle(subject(item, state, gathered, topic));
  const pointed = acts.map((act) => (act.act === "accept" && act.item ? skuOf(act.item) : null));
  const answers = acts.flatMap((act) =>
    act.act === "ask" ? answered(act, aboutOf(act.topic), state, gathered, vendor) : [],
  );
  const shown = shownBy(acts, state, gathered, aboutOf(undefined));
  return {
    acts: acts.map((act) =>
      resolved(act, act.act === "ask" || act.act === "compare" ? aboutOf(topicOf(act)) : skuOf),
    ),
    proposal: proposalOf(acts, state, skuOf),
    accepted_sku: pointed.find((sku) => sku !== null) ?? null,
    unresolved: [...unresolved.values()],
    products: gathered.products,
    bundles: [...gathered.bundles.values()],
    answers: answers.filter(({ topic, facts }) => topic !== "" || facts.length > 0 || answers.length === 1),
    results: shown.results,
    comparison: shown.comparison,
    relaxed: shown.relaxed,
    partial: found.some(({ partial }) => partial),
  };
}

type SkuOf = (item: Item) => string | null;

function resolved(act: Act, skuOf: SkuOf): Act {
  const known = (item: Item): Item => {
    const sku = "sku" in item ? null : skuOf(item);
    return sku === null ? item : { sku };
  };
  switch (act.act) {
    case "propose":
      return {
        ...act,
        ...(act.lines ? { lines: act.lines.map((line) => ({ ...line, item: known(line.item) })) } : {}),
        ...(act.remove ? { remove: act.remove.map(known) } : {}),
      };
    case "ask":
      return act.item ? { ...act, item: known(act.item) } : act;
    case "compare":
      return { ...act, items: act.items.map(known) };
    default:
      return act;
  }
}

function topicOf(act: Act): string | undefined {
  return act.act === "ask" ? act.topic : undefined;
}

function answered(
  act: ActOf<"ask">,
  skuOf: SkuOf,
  state: State,
  gathered: Gathered,
  vendor: Vendor,
): Answer[] {
  const sku = act.item ? skuOf(act.item) : null;
  if (act.item && sku === null) return [];
  const asked = askedBy(act, sku, state);
  const { facts, conflicts } = answerTo(asked, gathered, state, vendor);
  const about = asked.implied && !facts.some((fact) => fact.about !== null) ? null : asked.sku;
  const product = about === null ? undefined : gathered.products.get(about)?.product;
  const topic = (act.question ?? act.topic?.replaceAll("_", " ") ?? "").slice(0, 400);
  const title = product ? { title: inLang(product.title, state.lang) } : {};
  return [{ topic, about, ...title, facts, ...(conflicts ? { conflicts } : {}) }];
}

/** "Laptops with good reviews" are laptops: what buyers think stands in no product's figures. */
const OF_BUYERS = new Set(["@opinion", "@complaint"]);

/** Specs on a card of search results, and on one of a comparison. */
const SPECS = { result: 4, compared: 10 };

function shownBy(
  acts: readonly Act[],
  state: State,
  gathered: Gathered,
  skuOf: SkuOf,
): Required<Pick<Evidence, "results" | "comparison" | "relaxed">> {
  const shown: Card[][] = [];
  let relaxed = false;
  let comparison: Comparison | null = null;
  const view = { currency: state.currency, lang: state.lang, tallies: gathered.tallies };
  const show = (products: readonly Known[], asked: readonly string[], specs: number): void => {
    shown.push(cards(products, asked, specs, view));
  };
  // What is to stand side by side comes before what a search beside it found.
  for (const act of acts.toSorted((a, b) => Number(b.act === "compare") - Number(a.act === "compare"))) {
    if (act.act === "compare") {
      const named = new Set(act.items.map((item) => skuOf(item) ?? ""));
      const compared = [...named].flatMap((sku) => gathered.products.get(sku) ?? []).filter(isSold(state));
      comparison ??= comparisonOf(compared, act.question ?? "", view);
      const beside = new Map(compared.map((known) => [known.product.id, known]));
      show(
        (comparison?.skus ?? [...beside.keys()].slice(0, BOUNDS.compared)).flatMap(
          (sku) => beside.get(sku) ?? [],
        ),
        (comparison?.rows ?? []).slice(0, 1).map(({ key }) => key),
        SPECS.compared,
      );
    }
    if (act.act !== "search") continue;
    const most = superlativeIn(act.query);
    const among = act.cheapest === true || most !== null;
    const found = gathered.searches.get(searchKey(searchFor(act, state)));
    const products = (found?.entries ?? [])
      .flatMap(({ entry }) => gathered.products.get(entry.id) ?? [])
      .slice(0, among ? undefined : CONSIDERED);
    // Of near misses only those of the best one's kind: who looks for a monitor does not want a lamp; nor is an arm
    // for one the cheapest monitor.
    const [best] = products;
    const kind =
      found?.relaxed || among
        ? products.filter(({ product }) => product.category === best?.product.category)
        : products;
    const terms = gist(most?.rest ?? act.query).content.filter((term) => !OF_BUYERS.has(term));
    relaxed ||=
      found?.relaxed === true ||
      (products.length > 0 && !products.some((known) => fits(known, terms, state.lang)));
    const fitting = relevant(kind, terms, state.lang);
    const ordered = most ? inOrderOf(fitting, most.word, state.currency) : null;
    show(
      act.cheapest ? cheapestFirst(fitting, state.currency) : (ordered?.products ?? fitting),
      [...(ordered ? [ordered.key] : []), ...specsOf(act), ...terms],
      SPECS.result,
    );
  }
  const searches = acts.filter(({ act }) => act === "search").length;
  return { results: searches > 1 ? byTurns(shown) : distinct(shown.flat()), comparison, relaxed };
}

function specsOf({ filters }: ActOf<"search">): string[] {
  return (filters?.specs ?? []).flatMap(({ key }) => key ?? []);
}

/** Of several things looked for at once the first of each, then the second of each. */
function byTurns(shown: readonly (readonly Card[])[]): Card[] {
  const most = Math.max(0, ...shown.map(({ length }) => length));
  return distinct(Array.from({ length: most }, (_, at) => shown.flatMap((cards) => cards[at] ?? [])).flat());
}

function distinct(shown: readonly Card[]): Card[] {
  return [...new Map(shown.toReversed().map((card) => [card.sku, card])).values()]
    .toReversed()
    .slice(0, BOUNDS.results);
}

function isSold({ currency }: State): (known: Known) => boolean {
  return ({ product, live }) => live && product.price[currency] !== undefined;
}

/** Without those that have far less of what was searched for than the best has: a stool is no standing desk. */
function relevant(products: readonly Known[], terms: readonly string[], lang: Lang): readonly Known[] {
  const rated = products.map((known) => ({ known, share: share(known, terms, lang) }));
  const best = Math.max(0, ...rated.map((one) => one.share));
  return rated.filter((one) => one.share > best - FAR).map((one) => one.known);
}

const FAR = 0.34;

function cheapestFirst(products: readonly Known[], currency: string): readonly Known[] {
  const price = ({ product }: Known) => product.price[currency] ?? Number.MAX_SAFE_INTEGER;
  return products.toSorted((a, b) => price(a) - price(b));
}

/** Hits looked at closely: some fall away, and no more than a few are shown. */
const CONSIDERED = BOUNDS.results * 2;

/** Whether the product has at least half of what was searched for: else it is merely the nearest there is. */
function fits(known: Known, terms: readonly string[], lang: Lang): boolean {
  return share(known, terms, lang, true) >= 0.5;
}

/**
 * How much of what was searched for the product has, in its name and figures or also in its description. English is
 * looked for in English where there is any; Korean speech is full of English, so it is looked for in both.
 */
function share(
  { product, version, live }: Known,
  terms: readonly string[],
  lang: Lang,
  described = false,
): number {
  if (terms.length === 0) return 1;
  const english = lang === "en";
  const stated = factsOf({ entry: product, version, live })
    .filter(({ key, lang: own }) => (described || key !== "description") && !(english && own === "ko"))
    .map(({ key, value, unit, label, text }) => {
      const korean = english && label?.en !== undefined ? "" : label?.ko;
      return [key, label?.en, korean, value, unit, text].join(" ");
    });
  const aliases = (product.aliases ?? []).filter((alias) => !english || !HANGUL.test(alias));
  return addressed(terms, gist([product.id, product.mpn, ...stated, ...aliases].join(" ")));
}

const HANGUL = /\p{Script=Hangul}/u;
