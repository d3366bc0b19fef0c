import { type Act, type ActOf, type Reading, SURE } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Filters } from "../domain/lookup.ts";
import type { ModelAct, ModelReading } from "../domain/questions/read.ts";
import { liveOffers } from "../domain/state.ts";
import type { Vendor } from "../domain/vendor.ts";
import { allSaid, grounded, itemOf, namesOf } from "./adopt-items.ts";
import { numbersOf } from "./adopt-numbers.ts";
import { type Adopted, amount, type Dropped, type Grounds, lowered, proposed } from "./adopt-proposal.ts";
import { settled } from "./clause.ts";
import { takeSpecs } from "./filters.ts";
import { wordsOf } from "./items.ts";
import { LEXICON } from "./lexicon.ts";
import { normalise } from "./normalise.ts";
import { joined } from "./proposal.ts";
import type { ReadContext } from "./read.ts";
import { clausesOf } from "./segment.ts";
import { settingOf } from "./setting.ts";
import { openingOf } from "./tags.ts";

export interface AdoptContext extends ReadContext {
  readonly vendor: Vendor;
}

/** A reading that a model took part in is never sure enough to bind. */
export const ADOPTED = 0.8;

/**
 * A model's reading, as far as the counterpart's own words bear it out: every amount, share and count must be named in
 * the message, every thing said or shown, every term the vendor's and spoken of. What is not is dropped, and the
 * reading is `unsure` of it. What the house grammar understood stays; when nothing is left of the answer the house's
 * reading stands as it was.
 */
export function adopt(answer: ModelReading, house: Reading, text: string, context: AdoptContext): Reading {
  const raw = normalise(text);
  const grounds: Grounds = {
    names: namesOf(raw, house.lang, context),
    numbers: numbersOf(raw, context),
    vendor: context.vendor,
  };
  const yes = agreed(answer, raw, house, context);
  const results = answer.acts.map((act) => adopted(act, grounds, raw, yes, context));
  const found = together(results.flatMap(({ act }) => (act === null ? [] : [act])));
  if (!found.some(substantial) && (house.acts.some(substantial) || !found.some(askedFor))) return house;
  const kept = house.acts.filter((act) => KEPT.has(act.act) && !found.some((one) => one.act === act.act));
  const acts = [...kept.filter(opens), ...found, ...kept.filter((act) => !opens(act))].slice(0, BOUNDS.acts);
  const [lost] = DOUBTS.filter((doubt) => results.some(({ dropped }) => dropped.includes(doubt)));
  const unsure = lost ?? (answer.unclear === null ? undefined : (house.unsure ?? "act"));
  if (unsure === undefined) return { lang: house.lang, acts, confidence: ADOPTED };
  return {
    ...{ lang: house.lang, acts: acts.filter((act) => act.act !== "accept"), unsure },
    confidence: Math.min(house.confidence, SURE.act - 0.1),
    words: wordsFor(answer.unclear, raw, house),
  };
}

/** The most telling doubt is asked about first. */
const DOUBTS: readonly Dropped[] = ["amount", "quantity", "item", "act"];

/** What the house heard and a model's silence takes nothing from; nothing that ends, cancels or takes back. */
const KEPT: ReadonlySet<Act["act"]> = new Set(["greet", "thank", "inform", "order_status", "handoff"]);
const MANNERS: ReadonlySet<Act["act"]> = new Set(["greet", "thank"]);

function substantial({ act }: Act): boolean {
  return !MANNERS.has(act) && act !== "help";
}

function askedFor({ act }: Act): boolean {
  return MANNERS.has(act) || act === "help";
}

function opens({ act }: Act): boolean {
  return act === "greet";
}

const NOTHING: Adopted<Act> = { act: null, dropped: ["act"] };

function adopted(
  model: ModelAct,
  grounds: Grounds,
  raw: string,
  yes: boolean,
  { state, now }: AdoptContext,
): Adopted<Act> {
  switch (model.act) {
    case "greet":
    case "thank":
    case "help":
    case "handoff":
      return { act: { act: model.act }, dropped: [] };
    case "agree":
      return yes ? { act: { act: "accept" }, dropped: [] } : NOTHING;
    case "refuse":
      return liveOffers(state, now).length > 0 ? { act: { act: "reject" }, dropped: [] } : NOTHING;
    case "lower":
      return lowered(grounds);
    case "ask":
      return asked(model, grounds, raw);
    case "search":
      return searched(model, grounds);
    case "compare": {
      const items = model.items.flatMap((item) => itemOf(item, grounds.names) ?? []);
      if (items.length < 2) return { act: null, dropped: ["item"] };
      const act: Act = { act: "compare", items, question: raw.slice(0, 400) };
      return { act, dropped: items.length < model.items.length ? ["item"] : [] };
    }
    case "propose":
      return proposed(model, grounds);
  }
}

/** The question is shown again in replies, so it is said in the counterpart's words or not at all. */
function asked(model: Extract<ModelAct, { act: "ask" }>, { names }: Grounds, raw: string): Adopted<Act> {
  const item = model.item === null ? null : itemOf(model.item, names);
  if (model.item !== null && item === null) return { act: null, dropped: ["item"] };
  const question = allSaid(model.question, names) ? model.question : raw.slice(0, 400);
  return { act: { act: "ask", ...(item ? { item } : {}), question }, dropped: [] };
}

function searched(model: Extract<ModelAct, { act: "search" }>, grounds: Grounds): Adopted<Act> {
  const { names } = grounds;
  const dropped: Dropped[] = [];
  const measured = takeSpecs(settled(grounded(model.query, names), names.setting));
  const query = wordsOf(measured.rest, names.setting);
  const filters: Filters = {};
  const price_min = amount(model.price_min, grounds, dropped);
  const price_max = amount(model.price_max, grounds, dropped);
  if (price_min !== undefined) filters.price_min = price_min;
  if (price_max !== undefined) filters.price_max = price_max;
  if (model.brand !== null && allSaid(model.brand, names)) filters.brand = model.brand;
  if (measured.specs.length > 0) filters.specs = [...measured.specs];
  const narrows = Object.keys(filters).length > 0;
  if (query === "" && !narrows) return { act: null, dropped: [...dropped, "item"] };
  const act: ActOf<"search"> = {
    ...{ act: "search", query },
    ...(narrows ? { filters } : {}),
    ...(model.cheapest ? { cheapest: true } : {}),
  };
  return { act, dropped };
}

/** One proposal out of several, as the grammar joins them; a price named makes "lower" idle. */
function together(acts: readonly Act[]): readonly Act[] {
  const proposals = acts.filter((act) => act.act === "propose");
  const [first, ...more] = proposals;
  const one = first && more.reduce(joined, first);
  const seen = new Set<string>();
  return acts
    .filter((act) => act.act !== "propose" || act === first)
    .map((act) => (act === first && one ? one : act))
    .filter((act) => {
      const key = JSON.stringify(act.act === "ask" || act.act === "search" ? act : act.act);
      return !seen.has(key) && seen.add(key);
    });
}

/** Letters of a message that may still be nothing but a yes. */
const YES_CHARS = 100;

/**
 * Whether the whole message may be a yes: there is an offer to say it to, it is short, and nothing in it asks, names a
 * number, sets a condition or says no. It leads to a read-back, which needs a yes of its own.
 */
function agreed({ acts, unclear }: ModelReading, raw: string, house: Reading, { state, now }: AdoptContext) {
  if (raw.length > YES_CHARS || /[?？]/.test(raw) || unclear !== null) return false;
  if (liveOffers(state, now).length === 0) return false;
  if (!acts.every(({ act }) => act === "agree" || act === "greet" || act === "thank")) return false;
  if (house.acts.some(({ act }) => AGAINST.has(act))) return false;
  return [LEXICON.en, LEXICON.ko].every((lexicon) => {
    const setting = { ...settingOf(state, lexicon.lang, now), lexicon };
    const whole = settled(raw, setting);
    if (/\d/.test(whole) || LIMITING.some((cue) => lexicon.cues[cue].test(whole))) return false;
    const tags = clausesOf(raw, setting).flatMap(
      (clause) => openingOf(settled(clause, setting), lexicon).tags,
    );
    return !tags.some((tag) => tag === "no" || tag === "defer" || tag === "withdraw" || tag === "leave");
  });
}

const LIMITING = ["condition", "attack", "lower", "discount", "half", "cancel", "status", "dear"] as const;
const AGAINST: ReadonlySet<Act["act"]> = new Set(["reject", "withdraw", "cancel_order", "leave", "handoff"]);

/** Words for the question back: the counterpart's own. */
function wordsFor(unclear: string | null, raw: string, house: Reading): string {
  if (unclear !== null && unclear !== "" && raw.includes(unclear)) return unclear.slice(0, 400);
  return (house.words ?? raw).slice(0, 400);
}
