import { type ActOf, type Item, onlyTells, type WantedLine } from "../domain/act.ts";
import type { ModelAct } from "../domain/questions/read.ts";
import type { Priorities, TermsWanted } from "../domain/terms.ts";
import type { Vendor } from "../domain/vendor.ts";
import { itemOf, type ModelItem, type Names } from "./adopt-items.ts";
import { FREE_WORDS, GIFT_WORDS, PRICE_WORDS, TERM_WORDS, type TermKind } from "./adopt-lexicon.ts";
import { amountOf, type Numbers, sharesOf } from "./adopt-numbers.ts";
import { standing } from "./items.ts";

/** What a model's answer is held against: the message, the talk and the vendor. */
export interface Grounds {
  readonly names: Names;
  readonly numbers: Numbers;
  readonly vendor: Vendor;
}

export type Dropped = "amount" | "quantity" | "item" | "act";

/** What of an act of a model may stand, and what of it nobody had said. */
export interface Adopted<A> {
  readonly act: A | null;
  readonly dropped: readonly Dropped[];
}

type Propose = ActOf<"propose">;
type ModelPropose = Extract<ModelAct, { act: "propose" }>;

/** A proposal of nothing but what the counterpart named; null when nothing of it was. */
export function proposed(model: ModelPropose, grounds: Grounds): Adopted<Propose> {
  const dropped: Dropped[] = [];
  const act: Propose = { act: "propose" };
  const lines = model.lines.flatMap((line) => lineOf(line, grounds, dropped));
  if (lines.length > 0) act.lines = lines;
  const total = amount(model.total, grounds, dropped);
  if (total !== undefined) act.total = total;
  const off = model.percent_off === null ? null : sharesOf(model.percent_off);
  if (model.percent_off !== null && (off === null || !grounds.numbers.shares.has(off)))
    dropped.push("amount");
  else if (off !== null && !priced(act)) act.off_bp = off;
  const terms = termsOf(model.terms, grounds);
  if (terms.lost) dropped.push("act");
  if (Object.keys(terms.wanted).length > 0) act.terms = terms.wanted;
  if (model.final && priced(act)) act.final = true;
  const { priorities, unsaid } = statedIn(model.priorities, grounds);
  if (unsaid) dropped.push("act");
  if (priorities.length > 0) act.priorities = priorities;
  const says = priorities.length > 0 || act.lines !== undefined || priced(act) || act.terms !== undefined;
  if (!says) return { act: null, dropped: dropped.length > 0 ? dropped : ["act"] };
  if (onlyTells(act)) return { act, dropped };
  if (act.lines === undefined && grounds.names.setting.offer === null) {
    if (!grounds.names.setting.pointed) return { act: null, dropped: [...dropped, "item"] };
    act.lines = [{ item: standing(grounds.names.setting) }];
  }
  return { act, dropped };
}

/** A better price asked for, without one being named. */
export function lowered({ names }: Grounds): Adopted<Propose> {
  if (!names.setting.pointed) return { act: null, dropped: ["item"] };
  const item: Item = standing(names.setting);
  return {
    act: { act: "propose", lower: true, ...(names.setting.offer ? {} : { lines: [{ item }] }) },
    dropped: [],
  };
}

/** The amount in minor units, when the message names it. */
export function amount(
  value: number | null,
  { names, numbers }: Grounds,
  dropped: Dropped[],
): number | undefined {
  if (value === null) return undefined;
  const found = amountOf(value, names.setting.currency);
  if (found !== null && numbers.amounts.has(found)) return found;
  dropped.push("amount");
  return undefined;
}

function priced({ total, off_bp, lines }: Propose): boolean {
  return (
    total !== undefined ||
    off_bp !== undefined ||
    lines?.some((line) => line.unit_price !== undefined) === true
  );
}

function lineOf(
  line: { item: ModelItem; quantity: number | null; unit_price: number | null },
  grounds: Grounds,
  dropped: Dropped[],
): WantedLine[] {
  const { names, numbers } = grounds;
  const unnamed = line.item.sku === null && line.item.words === null && line.item.shown === null;
  const item = unnamed && names.setting.pointed ? standing(names.setting) : itemOf(line.item, names);
  if (item === null) {
    dropped.push("item");
    return [];
  }
  const unit_price = amount(line.unit_price, grounds, dropped);
  const { quantity } = line;
  const counted = quantity !== null && numbers.counts.has(quantity);
  // One is what anything comes in; said of an offer for three it would change it, so it is left unsaid.
  if (quantity !== null && quantity !== 1 && !counted) dropped.push("quantity");
  return [{ item, ...(counted ? { quantity } : {}), ...(unit_price === undefined ? {} : { unit_price }) }];
}

/** What is said to matter, as far as the message speaks of it. */
function statedIn(
  issues: readonly Priorities[number][],
  { names }: Grounds,
): { readonly priorities: Priorities; readonly unsaid: boolean } {
  const said = [...new Set(issues)].filter((issue) => issueWords(issue)?.test(names.text));
  return { priorities: said, unsaid: said.length < new Set(issues).size };
}

function issueWords(issue: Priorities[number]): RegExp | undefined {
  if (issue === "price") return PRICE_WORDS;
  return { ...TERM_WORDS, delivery_fee: TERM_WORDS.delivery }[issue as TermKind | "delivery_fee"];
}

const KINDS: readonly TermKind[] = ["delivery", "warranty", "payment", "returns", "subscription"];

/** Options of the vendor's own, of kinds that the message speaks of. */
function termsOf(
  model: ModelPropose["terms"],
  { names, vendor }: Grounds,
): { readonly wanted: TermsWanted; readonly lost: boolean } {
  const wanted: TermsWanted = {};
  let lost = false;
  for (const kind of KINDS) {
    const id = model[kind];
    if (id === null) continue;
    const option = vendor.terms[kind].find((one) => one.id === id);
    if (option && TERM_WORDS[kind].test(names.text)) wanted[kind] = { id: option.id };
    else lost = true;
  }
  for (const what of model.free) {
    const said = what === "gift" ? GIFT_WORDS : TERM_WORDS[what];
    if (!FREE_WORDS.test(names.text) || !said.test(names.text)) lost = true;
    else if (what === "gift") wanted.gift = true;
    else wanted[what] = { ...wanted[what], free: true };
  }
  return { wanted, lost };
}
