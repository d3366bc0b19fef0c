import type { Act, ActOf, Item } from "../domain/act.ts";
import { answered, type Clause, repeats } from "./answer.ts";
import type { Mentions } from "./clause.ts";
import type { Heard } from "./heard.ts";
import { joined } from "./proposal.ts";
import type { Setting } from "./setting.ts";
import type { Tag } from "./vocabulary.ts";

export interface Understood extends Heard {
  readonly words?: string;
}

const POLITE: readonly (readonly [Tag, Act])[] = [
  ["greet", { act: "greet" }],
  ["thank", { act: "thank" }],
  ["leave", { act: "leave" }],
];

/** All clauses together: one proposal, and a yes only where nothing speaks against it. */
export function concluded(clauses: readonly Clause[], raw: string, setting: Setting): Understood {
  const tags = clauses.flatMap((clause) => clause.opening.tags);
  const each_heard = completed(clauses, setting);
  const plain = each_heard.some((each) => !each.guess && each.acts.length > 0);
  const heard = plain ? each_heard.filter((each) => !each.guess) : each_heard;
  const acts = connected(together(heard.flatMap((each) => each.acts))).map((act) => rated(act, clauses));
  const answer = answered(clauses, acts, tags, raw, setting);
  const polite = POLITE.filter(([tag]) => tags.includes(tag)).map(([, act]) => act);
  const before = polite.filter((act) => act.act === "greet");
  const after = polite.filter((act) => act.act !== "greet");
  const counters = acts.some((act) => act.act === "propose");
  const kept = acts.filter((act) => {
    if (act.act === "reject" && counters) return false;
    if (binding(act)) return !answer.against;
    return answer.against || !repeats(act, tags, setting);
  });
  const all = distinct([...before, ...answer.acts, ...kept, ...after]);
  const named = acts.some(namesGoods);
  const doubts = heard.filter((each) => each.unsure !== undefined && !(named && each.unsure === "item"));
  const doubt = answer.unsure ?? (harmless(doubts, all) ? undefined : doubts[0]?.unsure);
  // A doubt that other words settle is no doubt any more.
  const weighed = doubt === undefined ? heard.filter((each) => each.unsure === undefined) : heard;
  const confidence = Math.min(answer.confidence, ...weighed.map((each) => each.confidence), 0.97);
  if (all.length === 0) return { acts: [], confidence: 0.3, unsure: doubt ?? "act", words: raw };
  const guess =
    !plain && heard.length > 0 && tags.every((tag) => tag === "nothing") ? { guess: true as const } : {};
  if (doubt === undefined) return { acts: all, confidence, ...guess };
  return { acts: all.filter((act) => !binding(act)), confidence, unsure: doubt, words: raw };
}

/**
 * "I need 3 of them. The mesh chair, please", "and the lamp, how much is that?": a count that lacks its goods takes those
 * that are only named, and so does a question that points.
 */
function completed(clauses: readonly Clause[], { offer }: Setting): readonly Heard[] {
  const each = clauses.flatMap(({ heard }) => heard ?? []);
  const open = offer ? undefined : each.find(({ acts }) => acts.some(countsUnnamed));
  const only = clauses.find(({ heard, mentions }) => {
    if (open?.unsure === "item") return heard?.guess;
    return mentions && isOnlyNamed(mentions) && !heard?.acts.some((act) => act.act !== "search");
  });
  const asks = only && each.find(({ acts }) => acts.some(pointsOnly));
  const lacking = open ?? asks;
  const item = only?.mentions?.item;
  if (!lacking || !item || !("query" in item)) return each;
  const acts = lacking.acts.map((act) => about(act, item));
  return each.flatMap((one) =>
    one === only.heard ? [] : one === lacking ? { acts, confidence: 0.85 } : one,
  );
}

function about(act: Act, item: Item): Act {
  if (act.act === "ask") return { ...act, item };
  return act.act === "propose" ? { ...act, lines: act.lines?.map((line) => ({ ...line, item })) } : act;
}

function isOnlyNamed({ text }: Mentions): boolean {
  return /^(?:(?:and|so|but|also|now|then|ok|okay|what about|how about) )*the [a-z0-9 -]+[.!]*$/.test(
    text.trim(),
  );
}

function pointsOnly(act: Act): boolean {
  return (
    act.act === "ask" &&
    act.item !== undefined &&
    "ref" in act.item &&
    act.item.ref === "that" &&
    !act.item.options
  );
}

function countsUnnamed(act: Act): boolean {
  const [line, other] = (act.act === "propose" && act.lines) || [];
  return line?.quantity !== undefined && other === undefined && "ref" in line.item;
}

export function binding(act: Act): boolean {
  return act.act === "accept" || act.act === "confirm";
}

/** A clause that says nothing to act on, beside others that do, needs no question back. */
function harmless(doubts: readonly Heard[], all: readonly Act[]): boolean {
  const says = all.some((act) => !["greet", "thank", "leave", "accept", "confirm"].includes(act.act));
  return says && doubts.every((each) => each.unsure === "act" && each.acts.length === 0);
}

export function namesGoods(act: Act): boolean {
  if (act.act === "search") return act.query !== "";
  if (act.act === "compare") return true;
  const item = act.act === "ask" ? act.item : act.act === "propose" ? act.lines?.[0]?.item : undefined;
  return item !== undefined && !("ref" in item);
}

/**
 * What later clauses say of the goods that earlier ones name: "a mouse? I need a white one" is one search, and "how
 * much is that?" beside an order is answered by the offer.
 */
function connected(acts: readonly Act[]): readonly Act[] {
  const orders = acts.some((act) => act.act === "propose");
  const found = acts.findIndex((act) => act.act === "search");
  const search = acts[found];
  const wish = acts.slice(found + 1).find((act) => act.act === "propose");
  const options = wish?.act === "propose" ? optionsOnly(wish) : undefined;
  if (search?.act === "search" && options)
    return acts
      .filter((act) => act !== wish)
      .map((act) => (act === search ? { ...search, filters: { ...search.filters, options } } : act));
  return acts.filter(
    (act) => !(orders && act.act === "ask" && act.topic === "price" && pointsAtMost(act.item)),
  );
}

function pointsAtMost(item: Item | undefined): boolean {
  return item === undefined || ("ref" in item && (item.ref === "that" || item.ref === "offer"));
}

function optionsOnly({
  lines,
  act,
  ...rest
}: ActOf<"propose">): Readonly<Record<string, string>> | undefined {
  const [line, more] = lines ?? [];
  if (!line || more || Object.keys(rest).length > 0 || line.unit_price !== undefined) return undefined;
  return "ref" in line.item && line.item.ref === "that" ? line.item.options : undefined;
}

/** "Price is no issue, I need it by Friday": what is wished for where something else does not count is what matters. */
function rated(act: Act, clauses: readonly Clause[]): Act {
  const unimportant = clauses.flatMap(({ mentions }) => mentions?.unimportant ?? []);
  if (act.act !== "propose" || act.priorities || !act.terms || unimportant.length === 0) return act;
  const wished = WISHED.filter((issue) => act.terms?.[issue] && !unimportant.includes(issue));
  return wished.length === 0 ? act : { ...act, priorities: [...wished] };
}

const WISHED = ["delivery", "warranty", "payment", "returns"] as const;

/** The same acts with all proposals joined into the first, and none said twice. */
function together(acts: readonly Act[]): readonly Act[] {
  const proposals = acts.filter((act) => act.act === "propose");
  const [first, ...more] = proposals;
  if (!first || more.length === 0) return acts;
  const one = more.reduce(joined, first);
  return acts
    .filter((act) => act.act !== "propose" || act === first)
    .map((act) => (act === first ? one : act));
}

function distinct(acts: readonly Act[]): readonly Act[] {
  const seen = new Set<string>();
  return acts.filter((act) => {
    const key = act.act === "ask" || act.act === "search" ? JSON.stringify(act) : act.act;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
