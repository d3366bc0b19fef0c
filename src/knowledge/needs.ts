import type { Act, ActOf, Item } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Found, KnowledgeLookup } from "../domain/lookup.ts";
import type { State } from "../domain/state.ts";
import { unanswered } from "./answer.ts";
import { type Asked, askedBy } from "./asked.ts";
import { type Gathered, gather, searchKey, voicesKey } from "./gathered.ts";
import { basis } from "./proposal.ts";
import { type Resolve, resolve, standingOffer, subject } from "./resolve.ts";
import { superlativeIn } from "./superlative.ts";

/**
 * What must still be looked up before these acts can be decided, given what was found so far; empty when that is all.
 * Acts that name SKUs need one round. Items named by words, and questions about them, need up to three.
 */
export function needs(acts: readonly Act[], state: State, found: readonly Found[]): KnowledgeLookup[] {
  const needed = new Needed(state, gather(found));
  for (const act of acts) needed.by(act);
  return needed.lookups();
}

/** At most so many SKUs fit one look-up. */
const SKUS = 20;

/** Collects what the acts of one message need, each look-up once. */
class Needed {
  readonly #state: State;
  readonly #gathered: Gathered;
  readonly #products = new Set<string>();
  readonly #bundles = new Set<string>();
  readonly #others = new Map<string, KnowledgeLookup>();

  constructor(state: State, gathered: Gathered) {
    this.#state = state;
    this.#gathered = gathered;
  }

  by(act: Act): void {
    switch (act.act) {
      case "propose":
        this.#proposed(act);
        break;
      case "ask":
        this.#asked(act);
        break;
      case "search":
        this.#other(searchFor(act, this.#state));
        break;
      case "compare":
        this.#compared(act.items);
        break;
      case "accept":
        if (act.item) this.#item(act.item);
        this.#offered(act.offer);
        break;
      case "confirm":
        this.#offered(act.offer ?? this.#state.readback?.offer);
        break;
      case "reject":
        // A no because of the price is answered by a better one, bundles and all.
        for (const sku of this.#offered(act.offer)) this.#bundles.add(sku);
        break;
      case "handoff":
      case "ask_person":
        this.#offered();
        break;
      case "inform":
        // Where it is sent may change the price, and what is told may be the last thing an order lacked.
        for (const sku of this.#offered()) this.#bundles.add(sku);
    }
  }

  lookups(): KnowledgeLookup[] {
    const { products, asked } = this.#gathered;
    const skus = [...this.#products].filter((sku) => !products.has(sku) && !asked.products.has(sku));
    const parts = [...this.#bundles].filter((sku) => !asked.bundles.has(sku));
    return [
      ...chunks(skus).map((some): KnowledgeLookup => ({ kind: "products", skus: some })),
      ...chunks(parts).map((some): KnowledgeLookup => ({ kind: "bundles", skus: some })),
      ...this.#others.values(),
    ];
  }

  #proposed(act: ActOf<"propose">): void {
    const named = (act.lines ?? []).flatMap(({ item }) => this.#item(item));
    const removed = (act.remove ?? []).flatMap((item) => this.#item(item));
    if (typeof act.terms?.gift === "string") this.#products.add(act.terms.gift);
    for (const sku of [...named, ...basis(act, this.#state, [...named, ...removed])]) {
      this.#products.add(sku);
      this.#bundles.add(sku);
    }
  }

  /** Side by side, products also show how their reviews rate them. */
  #compared(items: readonly Item[]): void {
    for (const sku of items.flatMap((item) => this.#item(item, subject))) {
      this.#other({ kind: "voices", sku, text: "", by: "newest", limit: 1 });
    }
  }

  #asked(act: ActOf<"ask">): void {
    const about: Resolve = (item, state, gathered) => subject(item, state, gathered, act.topic);
    const skus = act.item ? this.#item(act.item, about) : [];
    const [sku] = skus;
    if (act.item && sku === undefined) return;
    const asked: Asked = askedBy(act, sku ?? null, this.#state);
    for (const lookup of unanswered(asked, this.#gathered, this.#state)) this.#other(lookup);
  }

  /** The product of the item when it is known; else what it takes to know it is noted. */
  #item(item: Item, settle: Resolve = resolve): readonly string[] {
    if ("sku" in item) {
      this.#products.add(item.sku);
      return [item.sku];
    }
    const resolution = settle(item, this.#state, this.#gathered);
    if (resolution.kind === "product") return [resolution.sku];
    if (resolution.kind === "open") for (const lookup of resolution.lookups) this.#other(lookup);
    return [];
  }

  /**
   * The goods of the offer named, or of every offer that still stands when none is; with the bundle an offer saves by, for
   * it may be priced anew.
   */
  #offered(id?: string): readonly string[] {
    const offers =
      id === undefined
        ? this.#state.standings.filter(({ status }) => status === "live").map(({ offer }) => offer)
        : [standingOffer(this.#state, id)];
    const skus = offers.flatMap((offer) => offer?.lines.map(({ sku }) => sku) ?? []);
    for (const sku of skus) this.#products.add(sku);
    for (const { lines, discounts } of offers.flatMap((offer) => offer ?? []))
      if (discounts.some(({ kind }) => kind === "bundle"))
        for (const { sku } of lines) this.#bundles.add(sku);
    return skus;
  }

  #other(lookup: KnowledgeLookup): void {
    const { searches, voices, passages } = this.#gathered;
    if (lookup.kind === "products") for (const sku of lookup.skus) this.#products.add(sku);
    if (lookup.kind === "search" && !searches.has(searchKey(lookup))) {
      this.#others.set(`search ${searchKey(lookup)}`, lookup);
    }
    if (lookup.kind === "voices" && !voices.has(voicesKey(lookup))) {
      this.#others.set(`voices ${voicesKey(lookup)}`, lookup);
    }
    if (lookup.kind === "passages" && !passages.has(lookup.text)) {
      this.#others.set(`passages ${lookup.text}`, lookup);
    }
  }
}

/** The look-up of a search act. */
export function searchFor(
  act: ActOf<"search">,
  { lang, currency }: State,
): Extract<KnowledgeLookup, { kind: "search" }> {
  const most = superlativeIn(act.query);
  const limit = act.cheapest || most ? AMONG : (act.limit ?? BOUNDS.results);
  return { kind: "search", text: most?.rest ?? act.query, lang, currency, filters: act.filters ?? {}, limit };
}

/** Hits among which the cheapest, or the lightest, is looked for. */
const AMONG = 30;

function chunks(skus: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < skus.length; at += SKUS) parts.push(skus.slice(at, at + SKUS));
  return parts;
}
