import type { Item } from "../domain/act.ts";
import type { Known, Unresolved } from "../domain/evidence.ts";
import type { Filters, KnowledgeLookup } from "../domain/lookup.ts";
import type { Offer } from "../domain/offer.ts";
import type { State } from "../domain/state.ts";
import { inLang } from "../domain/text.ts";
import { type Gathered, searchKey } from "./gathered.ts";
import { hasOptions, identify, optionWord } from "./identify.ts";
import { terms } from "./terms.ts";

/** What an item stands for, as far as is known: a product, a question back, or more to look up first. */
export type Resolution =
  | { readonly kind: "product"; readonly sku: string }
  | { readonly kind: "unresolved"; readonly unresolved: Unresolved }
  | { readonly kind: "open"; readonly words: string; readonly lookups: readonly KnowledgeLookup[] };

export type Resolve = (item: Item, state: State, gathered: Gathered) => Resolution;

export function resolve(item: Item, state: State, gathered: Gathered): Resolution {
  if ("sku" in item) return bySku(item.sku, gathered);
  const settled = settledIn(state, gathered);
  const key = JSON.stringify(item);
  const known = settled.get(key) ?? resolved(item, state, gathered);
  settled.set(key, known);
  return known;
}

/**
 * Names said again stand for the same, so each is compared with what was found once: who repeats one a hundred times is
 * answered as fast as who says it once. What was found so far is never changed, so this holds for as long as it is kept.
 */
const settled = new WeakMap<Gathered, WeakMap<State, Map<string, Resolution>>>();

function settledIn(state: State, gathered: Gathered): Map<string, Resolution> {
  const ofAll = settled.get(gathered) ?? new WeakMap<State, Map<string, Resolution>>();
  const known = ofAll.get(state) ?? new Map<string, Resolution>();
  settled.set(gathered, ofAll.set(state, known));
  return known;
}

function resolved(item: Exclude<Item, { sku: string }>, state: State, gathered: Gathered): Resolution {
  if ("ref" in item) return byReference(item.ref, item.options ?? {}, state, gathered);
  const filters = { ...item.filters };
  if (item.options) filters.options = { ...filters.options, ...item.options };
  return byWords(item.query, filters, state, gathered);
}

/**
 * What a question is about: of several that fit the one that is called just so ("Air 15" is the purifier, not the filter
 * for it); of one product in several colours or sizes any will do, unless the question is which of them there are.
 */
export function subject(item: Item, state: State, gathered: Gathered, topic?: string): Resolution {
  const resolution = resolve(item, state, gathered);
  if (resolution.kind !== "unresolved" || topic === "stock" || topic === "color") return resolution;
  const { choices } = resolution.unresolved;
  const phrase = "query" in item ? item.query.toLowerCase() : "";
  const called = choices.filter(({ product: { title } }) =>
    [title.en, title.ko].some((name) => phrase !== "" && name?.toLowerCase().includes(phrase)),
  );
  const [first, ...others] = called.length > 0 ? called : choices;
  const group = first?.product.group;
  const alike = group !== undefined && others.every(({ product }) => product.group === group);
  return first && (alike || called.length === 1) ? { kind: "product", sku: first.product.id } : resolution;
}

/** The offer a message speaks of when it names none: the latest that was neither taken nor replaced. */
export function standingOffer(state: State, id?: string): Offer | undefined {
  return state.standings.findLast(({ offer, status }) =>
    id === undefined ? status === "live" : offer.id === id,
  )?.offer;
}

/** What may be a vendor's own code, alone or among other words. */
const CODE = /^(?=\S*\d)(?=\S*\p{L})(?!\d+\p{L}+$)\S{4,}$/u;
/** Products to choose from in one question back. */
const CHOICES = 5;
/** Products looked at when words have to name one. */
const CANDIDATES = 20;

type Options = Readonly<Record<string, string>>;

function bySku(sku: string, { products, asked }: Gathered): Resolution {
  if (products.has(sku)) return { kind: "product", sku };
  if (asked.products.has(sku)) return unresolved(sku, []);
  return { kind: "open", words: sku, lookups: [{ kind: "products", skus: [sku] }] };
}

function byWords(query: string, filters: Filters, state: State, gathered: Gathered): Resolution {
  const alone = /^\S*\d\S*$/.test(query);
  const named = query.split(" ").filter((word) => alone || CODE.test(word));
  const codes = [...new Set(named.slice(0, 3).flatMap((word) => [word, word.toUpperCase()]))];
  const code = codes.find((sku) => gathered.products.has(sku));
  if (code !== undefined) return { kind: "product", sku: code };

  const lookup = search(chosen(query, state), filters, state);
  const found = gathered.searches.get(searchKey(lookup));
  if (!found) {
    const skus = codes.filter((sku) => !gathered.asked.products.has(sku));
    const byCode: KnowledgeLookup[] = skus.length > 0 ? [{ kind: "products", skus }] : [];
    return { kind: "open", words: query, lookups: [...byCode, lookup] };
  }
  const candidates = found.entries.flatMap(({ entry }) => gathered.products.get(entry.id) ?? []);
  const fitting = candidates.filter(({ product }) => hasOptions(product, filters.options ?? {}));
  // A store compares options letter by letter, so it may call "검정" a near miss that hasOptions knows is none.
  const near = found.relaxed === true && Object.keys(filters).some((key) => key !== "options");
  if (near || fitting.length === 0) return unresolved(query, candidates, found.partial);
  const shown = new Set(state.focus.map(({ sku }) => sku));
  return decided(query, identify(lookup.text, fitting, spoken(state), shown), found.partial);
}

function byReference(ref: string, options: Options, state: State, gathered: Gathered): Resolution {
  const named = said(options, state);
  const base = referent(ref, state);
  if (base === undefined && state.focus.length === 0 && state.sought && ref !== "other")
    return byWords(state.sought.query, { ...state.sought.filters, options: { ...options } }, state, gathered);
  const skus = base === undefined ? state.focus.map(({ sku }) => sku) : [base];
  const unknown = skus.filter((sku) => !gathered.products.has(sku) && !gathered.asked.products.has(sku));
  if (unknown.length > 0)
    return { kind: "open", words: named, lookups: [{ kind: "products", skus: unknown }] };

  const products = skus.flatMap((sku) => gathered.products.get(sku) ?? []);
  const fitting = products.filter(({ product }) => hasOptions(product, options));
  const [first, ...others] = fitting;
  const decides = base !== undefined || Object.keys(options).length > 0;
  if (first && others.length === 0 && decides) return { kind: "product", sku: first.product.id };
  const [known] = products;
  if (base === undefined || !known) return unresolved(named, fitting.length > 0 ? fitting : products);
  return bySibling(known, options, state, gathered);
}

/** The product of the same group in other options; those not named stay as they are. */
function bySibling({ product }: Known, options: Options, state: State, gathered: Gathered): Resolution {
  const title = inLang(product.title, state.lang);
  const named = `${title} ${said(options, state)}`.slice(0, 400);
  if (product.group === undefined) return unresolved(named, []);
  const lookup = search(title, { options: { ...options } }, state);
  const found = gathered.searches.get(searchKey(lookup));
  if (!found) return { kind: "open", words: named, lookups: [lookup] };

  const siblings = found.entries
    .flatMap(({ entry }) => gathered.products.get(entry.id) ?? [])
    .filter((known) => known.live && known.product.group === product.group);
  const fitting = siblings.filter((known) => hasOptions(known.product, options));
  const same = fitting.filter((known) => hasOptions(known.product, { ...product.options, ...options }));
  const [only] = same.length === 1 ? same : fitting.length === 1 ? fitting : [];
  if (only) return { kind: "product", sku: only.product.id };
  return unresolved(named, fitting.length > 0 ? fitting : siblings, found.partial);
}

/** The options as they are said in the session's language: "검정", not "black". */
function said(options: Options, { lang }: State): string {
  return Object.values(options)
    .map((option) => optionWord(option, lang))
    .join(" ");
}

function decided(
  named: string,
  { sure, choices }: ReturnType<typeof identify>,
  partial: boolean,
): Resolution {
  return sure ? { kind: "product", sku: sure.product.id } : unresolved(named, choices, partial);
}

function unresolved(named: string, choices: readonly Known[], partial = false): Resolution {
  const live = choices.filter((known) => known.live).slice(0, CHOICES);
  return { kind: "unresolved", unresolved: { words: named, choices: live, partial } };
}

function search(text: string, filters: Filters, state: State): Extract<KnowledgeLookup, { kind: "search" }> {
  const { lang, currency } = state;
  return { kind: "search", text: text.slice(0, 400), lang, currency, filters, limit: CANDIDATES };
}

/** The answer to "which one?" stands for the choice it fits: "the large one" for "Desk Mat, Large". */
function chosen(query: string, state: State): string {
  if (state.ask !== "choice") return query;
  const asked = terms(query);
  const fitting = state.choices.filter((choice) => {
    const offered = new Set(terms(choice));
    return asked.length > 0 && asked.every((term) => offered.has(term));
  });
  return fitting.length === 1 ? (fitting[0] ?? query) : query;
}

function referent(ref: string, state: State): string | undefined {
  const { focus, that } = state;
  switch (ref) {
    case "that":
      return that ?? undefined;
    case "first":
      return focus[0]?.sku;
    case "second":
      return focus[1]?.sku;
    case "third":
      return focus[2]?.sku;
    case "last":
      return focus.at(-1)?.sku;
    case "offer": {
      const lines = standingOffer(state)?.lines.filter((line) => !line.gift) ?? [];
      return lines.length === 1 ? lines[0]?.sku : undefined;
    }
    default:
      return undefined;
  }
}

function spoken(state: State): ReadonlySet<string> {
  const lines = standingOffer(state)?.lines ?? [];
  return new Set([...lines.map(({ sku }) => sku), ...(state.that === null ? [] : [state.that])]);
}
