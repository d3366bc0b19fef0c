import type { Act, ActOf, Item, WantedLine } from "../domain/act.ts";
import { share } from "../domain/money.ts";
import { prioritiesOf } from "../domain/terms.ts";
import type { Price } from "./amounts.ts";
import type { Mentions } from "./clause.ts";
import { standing } from "./items.ts";
import type { Setting } from "./setting.ts";
import { merged } from "./terms.ts";

type Propose = ActOf<"propose">;

/**
 * The proposal a clause makes. Of a range the low end is proposed: it is what they would like. A price that names
 * neither unit nor total is taken for whichever it is nearer to in size.
 */
export function proposalOf(heard: Mentions, setting: Setting, named: boolean): Propose {
  const out: Propose = { act: "propose" };
  const item = itemOf(heard, setting, named);
  if (heard.wishes) out.terms = heard.terms;
  if (heard.codes.length > 0) out.codes = [...heard.codes];
  if (heard.cue("final")) out.final = true;
  if (heard.priorities.length > 0) out.priorities = [...heard.priorities];
  const lines = heard.lines.length > 0 ? [...heard.lines] : null;
  // What names its own price is not priced again, but by a total of all.
  const own = heard.per !== "total" && pricesApart(heard);
  const price = own ? undefined : heard.prices.at(-1);
  if (heard.off_bp !== null && price === undefined) out.off_bp = heard.off_bp;
  const quantity = quantityOf(heard, setting);
  const asked = priceOf(heard, price, quantity, setting, lines !== null);
  if (asked.total !== undefined) out.total = asked.total;
  if (asked.lower) out.lower = true;
  const line: WantedLine = {
    item,
    ...(quantity === null ? {} : { quantity }),
    ...(asked.unit_price === undefined ? {} : { unit_price: asked.unit_price }),
  };
  const says = quantity !== null || asked.unit_price !== undefined || "query" in item || "options" in item;
  if (lines)
    out.lines = lines.map(({ unit_price, ...each }) => {
      const price = own ? unit_price : asked.unit_price;
      return { ...each, ...(price === undefined ? {} : { unit_price: price }) };
    });
  else if (says || !setting.offer || !("ref" in item) || item.ref !== "offer") out.lines = [line];
  const empty = price === undefined && heard.off_bp === null && heard.less === null;
  if (
    empty &&
    (heard.cue("lower") || heard.cue("middle")) &&
    out.total === undefined &&
    asked.unit_price === undefined
  )
    out.lower = true;
  return onto(out, heard, setting);
}

/** Lines have prices of their own: more than one has, or the last alone and not "for" all of them. */
function pricesApart({ lines, text, per }: Mentions): boolean {
  const priced = lines.filter(({ unit_price }) => unit_price !== undefined).length;
  const last = priced === 1 && lines.at(-1)?.unit_price !== undefined;
  return priced > 0 && !(last && per !== "unit" && FOR_ALL.test(text));
}

const FOR_ALL =
  /\bfor (?:about |around |just )?\$?\d[\d,.]*(?: (?:dollars|bucks))?[\s.?!]*$|[가-힣]\s(?:해서\s|총\s)?\d[\d,]*원/;

/** "Add a webcam": goods beside those on the table, in one order with them. */
export function onto(act: Propose, heard: Mentions, { offer }: Setting): Propose {
  const more = heard.cue("add") && (act.lines ?? []).some(({ item }) => "query" in item);
  return more && offer ? { ...act, counters: offer.id } : act;
}

/** "And one black mouse", said to an offer, is for something beside it. */
export function beside(act: Act, clause: string, { offer }: Setting): Act {
  if (act.act !== "propose" || act.counters !== undefined || !offer) return act;
  const more =
    /^(?:and|plus|also)\s|^그리고\s/i.test(clause) && !/\binstead\b|\brather\b|말고|대신/i.test(clause);
  const counted =
    act.lines?.every(({ item, quantity }) => "query" in item && quantity !== undefined) ?? false;
  return more && counted ? { ...act, counters: offer.id } : act;
}

/** The thing proposed for: what is named, if a name is expected here, else what is on the table. */
function itemOf(heard: Mentions, setting: Setting, named: boolean): Item {
  const { item } = heard;
  if (item === null || ("query" in item && !named)) return standing(setting);
  return item;
}

function quantityOf(heard: Mentions, setting: Setting): number | null {
  if (heard.quantity === null) {
    const both =
      heard.codes.length === 0 &&
      /\bboth\b|둘\s?다/.test(heard.text) &&
      setting.offer !== null &&
      setting.quantity !== null;
    return both && setting.quantity !== 2 ? 2 : null;
  }
  return heard.more && setting.offer && setting.quantity !== null
    ? heard.quantity + setting.quantity
    : heard.quantity;
}

interface Asked {
  readonly unit_price?: number;
  readonly total?: number;
  readonly lower?: true;
}

function priceOf(
  heard: Mentions,
  price: Price | undefined,
  quantity: number | null,
  setting: Setting,
  many: boolean,
): Asked {
  const count = quantity ?? setting.quantity ?? 1;
  const single = setting.quantity !== null && !many;
  if (heard.less !== null) {
    const from = single && (count === 1 || heard.per === "unit") ? setting.unit : setting.total;
    if (from === null || heard.less >= from) return { lower: true };
    return from === setting.unit ? { unit_price: from - heard.less } : { total: from - heard.less };
  }
  if (price === undefined) {
    const { unit } = setting;
    const pointed = single && !heard.more;
    const changed = pointed && quantity !== null && quantity !== setting.quantity;
    return changed && unit !== null && SAME_PRICE.test(heard.text)
      ? { unit_price: unit }
      : heard.cue("middle")
        ? middle(setting)
        : {};
  }
  const { amount } = price;
  if (heard.per === "total") return { total: amount };
  if (heard.per === "unit") return { unit_price: amount };
  if (heard.lump && count > 1) return { total: amount };
  if (!single && (setting.offer || many)) return { total: amount };
  if (setting.unit === null && count > 1 && LUMP.test(heard.text)) return { total: amount };
  if (count === 1 || setting.unit === null) return { unit_price: amount };
  return nearerTotal(amount, setting.unit, count) ? { total: amount } : { unit_price: amount };
}

/** Where nothing tells what one costs, "five hubs for 200" and "허브 다섯 개 20만원" are the price of all. */
const LUMP =
  /\b\d+ (?!bucks|dollars|usd)(?:[a-z-]+ ){1,4}for (?:\$ ?)?\d|\d(?:개|대|세트|박스|팩|권|장|병)(?:에|를|을)?\s\d[\d,]*원/;

/** "At the price you quoted for ten, but for seven": what each costs stays. */
const SAME_PRICE =
  /\b(?:same|unit|that|the) (?:unit )?(?:price|rate)(?: each)?(?: you (?:quoted|gave|offered|named)| as before|,? but| for \d)|\bsame (?:unit )?(?:price|rate)\b|(?:같은|그)\s?(?:단가|가격|값)(?:에|으로|로|\s?그대로)|(?:단가|가격|값)(?:은|는)?\s?그대로/;

/** Nearer to `unit * count` than to `unit`, in proportion. */
function nearerTotal(amount: number, unit: number, count: number): boolean {
  return amount * amount > unit * unit * count;
}

/** Half way between their last price and the live offer. */
function middle({ state, offer, unit }: Setting): Asked {
  const last = state.proposals.at(-1);
  const theirs = last?.lines.length === 1 ? last.lines[0]?.unit_price : undefined;
  if (theirs !== undefined && unit !== null) return { unit_price: share(theirs + unit, 5_000) };
  if (last?.total !== undefined && offer) return { total: share(last.total + offer.totals.total, 5_000) };
  return { lower: true };
}

/** Two proposals of one message as one: later words complete or correct earlier ones. */
export function joined(first: Propose, later: Propose): Propose {
  const second = besides(first, later);
  const out: Propose = { ...first, ...second };
  if (first.terms && second.terms) out.terms = merged(second.terms, first.terms);
  if (first.codes && second.codes) out.codes = [...new Set([...first.codes, ...second.codes])].slice(0, 5);
  if (first.remove && second.remove) out.remove = [...first.remove, ...second.remove];
  const priorities = prioritiesOf(first.priorities, second.priorities);
  if (priorities) out.priorities = priorities;
  if (first.lines && second.lines) out.lines = joinedLines(first.lines, second.lines);
  if (
    out.total !== undefined ||
    out.off_bp !== undefined ||
    out.lines?.some((line) => line.unit_price !== undefined)
  )
    delete out.lower;
  return out;
}

/** "How about 230? A van is like $19 a day": an amount a fifth of the price, or less, is of something else. */
function besides(first: Propose, later: Propose): Propose {
  const [before, after] = [onlyPrice(first), onlyPrice(later)];
  if (before === null || after === null || after * 5 > before) return later;
  const { lines = [], ...rest } = later;
  return { ...rest, lines: lines.map(({ unit_price, ...line }) => line) };
}

function onlyPrice({ lines = [], total }: Propose): number | null {
  const [line, more] = lines;
  return line && !more && total === undefined && "ref" in line.item ? (line.unit_price ?? null) : null;
}

function joinedLines(first: readonly WantedLine[], second: readonly WantedLine[]): WantedLine[] {
  const [only] = second;
  const points = only !== undefined && "ref" in only.item && ["that", "offer"].includes(only.item.ref);
  if (second.length === 1 && points && first.length === 1)
    return first.map((line) => ({ ...line, ...only, item: line.item }));
  const [before] = first;
  const pointed = before !== undefined && "ref" in before.item && ["that", "offer"].includes(before.item.ref);
  if (first.length === 1 && pointed && only !== undefined && !("ref" in only.item))
    return second.map((line) => ({ ...before, ...line }));
  const lines = [...first];
  for (const line of second) {
    const same = lines.findIndex((known) => JSON.stringify(known.item) === JSON.stringify(line.item));
    if (same < 0) lines.push(line);
    else lines[same] = { ...lines[same], ...line };
  }
  return lines.slice(0, 20);
}

/** True when taking the live offer as it stands would give exactly this. */
export function asItStands(act: Propose, setting: Setting): boolean {
  const { offer } = setting;
  if (!offer || act.terms || act.codes || act.remove || act.off_bp !== undefined || act.lower || act.final)
    return false;
  if (act.total !== undefined && act.total !== offer.totals.total) return false;
  return (act.lines ?? []).every(
    (line) =>
      "ref" in line.item &&
      (line.item.ref === "offer" || line.item.ref === "that") &&
      !line.item.options &&
      (line.quantity === undefined || line.quantity === setting.quantity) &&
      (line.unit_price === undefined || line.unit_price === setting.unit),
  );
}
