import type { Act, Item, WantedLine } from "../domain/act.ts";
import { completed } from "../domain/completed.ts";
import type { Offer } from "../domain/offer.ts";
import type { State } from "../domain/state.ts";

/**
 * The acts, completed by what a question back was about, with every pointer the state can settle turned into a SKU.
 * What it cannot settle stays: items with options, and places that were never shown. An accept that turns out to point at goods of no live offer asks for
 * an offer instead, so that it cannot take another one.
 */
export function refer(acts: readonly Act[], state: State): readonly Act[] {
  return completed(acts, state).map((act) => aboutPicked(referred(act, state), state));
}

/** What was picked is what a change, a lower price or a no is about, whatever else stands. */
function aboutPicked(act: Act, { readback, standings }: State): Act {
  const offer = lived({ standings }).find(({ id }) => id === readback?.offer);
  if (!offer) return act;
  if (act.act === "reject") return { ...act, offer: act.offer ?? offer.id };
  if (act.act !== "propose" || act.counters !== undefined) return act;
  const goods = bought(offer);
  const same = [...(act.lines ?? []).map(({ item }) => item), ...(act.remove ?? [])].every(
    (item) => "ref" in item || ("sku" in item && goods.includes(item.sku)),
  );
  return same ? { ...act, counters: offer.id } : act;
}

function referred(act: Act, state: State): Act {
  switch (act.act) {
    case "ask":
      return act.item ? { ...act, item: pinned(act.item, state) } : act;
    case "compare":
      return { ...act, items: act.items.map((item) => pinned(item, state)) };
    case "propose": {
      const lines = act.lines?.flatMap((line) => spread(line, state));
      const remove = act.remove?.map((item) => pinned(item, state));
      return { ...act, ...(lines ? { lines } : {}), ...(remove ? { remove } : {}) };
    }
    case "accept": {
      if (!act.item || countsOffers(act.item, state)) return act;
      const item = pinned(act.item, state);
      const other = "sku" in item && !lived(state).some((offer) => bought(offer).includes(item.sku));
      return other && act.offer === undefined ? { act: "propose", lines: [{ item }] } : { ...act, item };
    }
    default:
      return act;
  }
}

/** Among several packages "the first one" counts those, not the goods they hold. */
function countsOffers(item: Item, { standings, laid }: State): boolean {
  if (!("ref" in item) || item.options || ["that", "offer", "other"].includes(item.ref)) return false;
  const live = standings.filter(({ status }) => status === "live");
  return laid.length > 1 || live.filter(({ seq }) => seq === live.at(-1)?.seq).length > 1;
}

/** "Each of what is on offer" is one wish for every line of it. */
function spread(line: WantedLine, state: State): WantedLine[] {
  const { item } = line;
  if ("ref" in item && item.ref === "offer" && !item.options) {
    const skus = offered(state);
    if (skus.length > 1) return skus.map((sku) => ({ ...line, item: { sku } }));
  }
  return [{ ...line, item: pinned(item, state) }];
}

function pinned(item: Item, state: State): Item {
  if ("sku" in item) return item;
  if ("query" in item) return item.options || item.filters ? item : titled(item, state);
  if (item.options) return item;
  const chosen = choice(item.ref, state);
  if (chosen) return chosen;
  const sku = skuOf(item.ref, state);
  return sku === undefined ? item : { sku };
}

const PLACES: readonly string[] = ["first", "second", "third"];

/** After "which one do you mean?" the places count the choices given. */
function choice(ref: string, state: State): Item | null {
  if (state.ask !== "choice" || state.choices.length === 0) return null;
  const place = PLACES.indexOf(ref);
  const title = ref === "last" ? state.choices.at(-1) : state.choices[place];
  return title ? { query: title } : null;
}

function skuOf(ref: Extract<Item, { ref: string }>["ref"], state: State): string | undefined {
  const { focus, that } = state;
  const place = PLACES.indexOf(ref);
  if (place >= 0) return focus[place]?.sku;
  switch (ref) {
    case "that":
      return that ?? onlySku(offered(state)) ?? onlySku(focus.map((item) => item.sku));
    case "offer":
      return onlySku(offered(state));
    case "last":
      return focus.at(-1)?.sku;
    case "cheaper":
      return extreme(focus, -1);
    case "dearer":
      return extreme(focus, 1);
    case "other":
      return focus.length === 2 && that !== null
        ? onlySku(focus.map((item) => item.sku).filter((sku) => sku !== that))
        : undefined;
    default:
      return undefined;
  }
}

function onlySku(skus: readonly string[]): string | undefined {
  return skus.length === 1 ? skus[0] : undefined;
}

/** The cheapest (-1) or dearest (1) of those shown; none when two cost the same. */
function extreme(focus: State["focus"], sign: 1 | -1): string | undefined {
  const [best, next] = [...focus].sort((a, b) => sign * (b.price - a.price));
  return best && best.price !== next?.price ? best.sku : undefined;
}

function lived(state: Pick<State, "standings">): readonly Offer[] {
  return state.standings.filter((standing) => standing.status === "live").map((standing) => standing.offer);
}

function bought(offer: Offer): string[] {
  return offer.lines.filter((line) => !line.gift).map((line) => line.sku);
}

/** SKUs of the live offer: of the one about what is spoken of, when several stand. */
function offered(state: State): string[] {
  const offers = lived(state);
  const about = offers.filter((offer) => state.that !== null && bought(offer).includes(state.that));
  const chosen = offers.length > 1 && about.length > 0 ? about : offers;
  const sets = new Set(chosen.map((offer) => bought(offer).sort().join("\n")));
  const [first] = chosen;
  return first && sets.size === 1 ? bought(first) : [];
}

/** Words that all stand in the title of exactly one line of a live offer mean that line. */
function titled(item: Extract<Item, { query: string }>, state: State): Item {
  const words = item.query.toLowerCase().split(/\s+/);
  const lines = new Map(
    lived(state).flatMap((offer) => offer.lines.map((line) => [line.sku, line.title.toLowerCase()] as const)),
  );
  const fitting = [...lines].filter(([, title]) => words.every((word) => title.includes(singular(word))));
  const sku = onlySku(fitting.map(([sku]) => sku)) ?? together(words, state);
  return sku === undefined ? item : { sku };
}

/** "The laptop with the sleeve": the words are of several lines of one offer, which its first names. */
function together(words: readonly string[], state: State): string | undefined {
  const offers = lived(state).filter(({ lines }) => {
    const titles = lines.map((line) => line.title.toLowerCase());
    return titles.length > 1 && words.every((word) => titles.some((title) => title.includes(singular(word))));
  });
  return onlySku([...new Set(offers.flatMap((offer) => bought(offer).slice(0, 1)))]);
}

function singular(word: string): string {
  return /^[a-z]{4,}s$/.test(word) ? word.slice(0, -1) : word;
}
