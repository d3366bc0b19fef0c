import type { Act, ActOf, WantedLine } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import { minorDigits } from "../domain/money.ts";
import { mentionsOf, settled } from "./clause.ts";
import { takeCodes } from "./codes.ts";
import type { Edits } from "./edits.ts";
import { editsEn } from "./edits-en.ts";
import { editsKo } from "./edits-ko.ts";
import { Order } from "./edits-order.ts";
import { nounsAfter } from "./edits-reader-en.ts";
import { nounsBefore } from "./edits-reader-ko.ts";
import { type Heard, sure } from "./heard.ts";
import { clausesOf } from "./segment.ts";
import type { Setting } from "./setting.ts";
import { type Goods, lineFor, onOffer } from "./table.ts";
import { openingOf } from "./tags.ts";

type Propose = ActOf<"propose">;

/**
 * A message that does nothing but say what an order shall hold: "make it 3 of the first and drop the lamps". It is read
 * whole or not at all: whatever fits no edit, speaks of money, terms or conditions, or asks anything but for goods makes it
 * null, as does a count that needs another which is not known.
 */
export function edited(raw: string, setting: Setting): Heard | null {
  const { lexicon, state } = setting;
  if (raw.length > LONGEST || state.ask === "ship_to" || state.ask === "payer" || state.ask === "price")
    return null;
  const text = settled(raw, setting);
  if (MONEY.test(text) || takeCodes(raw).codes.length > 0) return null;
  if ((text.match(/\d+/g) ?? []).some((number) => isPrice(Number(number), setting))) return null;
  const { attack, status, cancel } = lexicon.cues;
  const ends = cancel.test(text) && (state.intents.length > 0 || ORDER.test(text));
  if (ends || attack.test(text) || status.test(text)) return null;
  const read = lexicon.lang === "en" ? editsEn(text, setting) : editsKo(text, setting);
  if (!read || !anchored(read, setting)) return null;
  const act = proposed(read, setting);
  if (!act || leavesNothing(act, setting)) return null;
  return { ...sure(read.talk ? WITH_TALK : ALONE, ...mannered(act, raw, setting)), whole: true };
}

/**
 * The same proposal with the goods and counts that the message tells apart, where it says more than those: prices, terms,
 * reasons. What it asks for them stays as it was read, and so does a line that has a price of its own.
 */
export function toldApart(act: Propose, raw: string, setting: Setting): Propose {
  const { lexicon, state } = setting;
  const prices = new Set((act.lines ?? []).map(({ unit_price }) => unit_price));
  if (!counts(act)) return act;
  if (raw.length > LONGEST || state.ask === "ship_to" || state.ask === "payer" || prices.size > 1) return act;
  const text = mentionsOf(raw, setting).goods;
  const read = lexicon.lang === "en" ? editsEn(text, setting, true) : editsKo(text, setting, true);
  const changed = read && read.edits.length > 0 ? proposed(read, setting) : null;
  const fewer = (changed?.lines ?? []).length < (act.lines ?? []).length;
  if (!changed || fewer || leavesNothing(changed, setting) || onlyNamesAgain(act, changed))
    return named(act, text, setting);
  const [unit_price] = [...prices];
  const { lines: _, remove: __, ...rest } = act;
  const lines = changed.lines?.map((line) => (unit_price === undefined ? line : { ...line, unit_price }));
  return { ...rest, ...changed, ...(lines ? { lines } : {}) };
}

/** One thing and a count, named by no more than the words that stand next to its count. */
function named(act: Propose, text: string, { lexicon }: Setting): Propose {
  const [line, other] = act.lines ?? [];
  if (!line || other || !("query" in line.item)) return act;
  const { query } = line.item;
  if (/ (?:and|plus|&) |, /.test(text)) return act;
  const words = new Set(query.split(" "));
  const near =
    lexicon.lang === "ko"
      ? nounsBefore(query)
      : line.quantity === undefined
        ? query
        : nounsAfter(text, line.quantity)
            .filter((word) => words.has(word))
            .join(" ");
  return near === "" || near === query
    ? act
    : { ...act, lines: [{ ...line, item: { ...line.item, query: near } }] };
}

/** Beside a price a number is a count only where one was found. */
function counts({ lines = [], remove = [], total, off_bp, lower }: Propose): boolean {
  if (lines.length + remove.length === 0) return false;
  const priced = (total ?? off_bp ?? lower ?? lines.find(({ unit_price }) => unit_price)) !== undefined;
  return !priced || lines.some(({ quantity }) => quantity !== undefined);
}

/** What was pointed at is not named by words that stand beside the same count. */
function onlyNamesAgain({ lines: before = [] }: Propose, { lines = [], remove = [] }: Propose): boolean {
  const [first, other] = before;
  const [named, more] = lines;
  if (!first || other || !named || more || remove.length > 0) return false;
  return "ref" in first.item && "query" in named.item && first.quantity === named.quantity;
}

/** What stands costs just so, or orders hold less than that of anything. */
function isPrice(number: number, { offer, currency }: Setting): boolean {
  const scale = 10 ** minorDigits(currency);
  const prices = offer
    ? [offer.totals.total, offer.totals.goods, ...offer.lines.map((line) => line.unit_price)]
    : [];
  return number > BOUNDS.quantity || prices.includes(number * scale);
}

/** Nothing is changed, or nothing is left: a yes or a no to what stands, and for others to read. */
function leavesNothing({ lines = [], remove = [] }: Propose, { offer }: Setting): boolean {
  if (!offer) return lines.length === 0;
  const goods = onOffer(offer);
  const stands = ({ item, quantity }: WantedLine) =>
    "sku" in item &&
    goods.some(({ sku, quantity: standing }) => sku === item.sku && standing === (quantity ?? standing));
  const gone = goods.filter(({ sku }) => remove.some((item) => "sku" in item && item.sku === sku));
  return lines.every(stands) && (remove.length === 0 || gone.length === goods.length);
}

/** Beside an offer words count as goods where some of them are on it, or where so many of them are to be added. */
function anchored({ edits, adds }: Edits, setting: Setting): boolean {
  if (edits.length === 0) return false;
  const several =
    edits.length > 1 ||
    edits.some(({ op }) => op === "every") ||
    edits.some((edit) => "count" in edit && (edit.count ?? 1) > 1);
  if (!setting.offer) return several;
  const known = (goods: Goods) => lineFor(goods, setting) !== null;
  const on = edits.some((edit) => !("goods" in edit) || edit.goods === null || known(edit.goods));
  return on || (adds && edits.every((edit) => edit.op === "set" && edit.count !== null && edit.count > 1));
}

function mannered(act: Propose, raw: string, setting: Setting): Act[] {
  const tags = clausesOf(raw, setting).flatMap(
    (clause) => openingOf(settled(clause, setting), setting.lexicon).tags,
  );
  return [
    ...(tags.includes("greet") ? [{ act: "greet" as const }] : []),
    act,
    ...(tags.includes("thank") ? [{ act: "thank" as const }] : []),
  ];
}

const LONGEST = 240;
const ORDER = /order|purchase|주문|구매|결제|계약/;
const ALONE = 0.88;
const WITH_TALK = 0.8;
const MONEY =
  /[$₩€£%]|\d ?(?:원|만|천|달러|불)(?![가-힣]*[대])|\b(?:dollars?|bucks|usd|krw|won|percent)\b|원씩|원에|\d (?:all(?: |-)in|in all|all told|all together|altogether|(?:in )?total|overall)\b(?!-)/;

/** The order as the edits leave it, said by what changes. */
function proposed({ edits, adds }: Edits, setting: Setting): Propose | null {
  const order = new Order(setting);
  for (const edit of edits) if (!order.takes(edit)) return null;
  const { lines, remove, changes } = order;
  if (lines.length + remove.length === 0 || lines.length > BOUNDS.lines || remove.length > BOUNDS.lines)
    return null;
  const counters = setting.offer && (changes || adds) ? { counters: setting.offer.id } : {};
  return {
    act: "propose",
    ...(lines.length > 0 ? { lines: [...lines] } : {}),
    ...(remove.length > 0 ? { remove: [...remove] } : {}),
    ...counters,
  };
}
