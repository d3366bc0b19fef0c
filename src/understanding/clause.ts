import type { Item, WantedLine } from "../domain/act.ts";
import type { Issue, Priorities, TermsWanted } from "../domain/terms.ts";
import { type Price, takePrices } from "./amounts.ts";
import { takeCodes } from "./codes.ts";
import { remeasured, takeSpecs, unmeasured } from "./filters.ts";
import { itemIn } from "./items.ts";
import { linesOf, withoutHaggling } from "./lines.ts";
import { digitsEn } from "./numbers-en.ts";
import { digitsKo } from "./numbers-ko.ts";
import { framed } from "./price-frames.ts";
import { takePriorities } from "./priorities.ts";
import { takeQuantity } from "./quantities.ts";
import type { Setting } from "./setting.ts";
import { opened } from "./spacing-ko.ts";
import { takeTerms } from "./terms.ts";
import type { Cue } from "./vocabulary.ts";
import { TYPOS_EN } from "./words-en.ts";
import { TYPOS_KO } from "./words-ko.ts";

/** Everything one clause mentions, before it is decided what the clause does. */
export interface Mentions {
  /** As written, for questions and names. */
  readonly raw: string;
  /** Lower case, slips put right, numbers in digits. */
  readonly text: string;
  readonly codes: readonly string[];
  readonly terms: TermsWanted;
  readonly wishes: boolean;
  /** What is said to matter, most first; and what is said not to. */
  readonly priorities: Priorities;
  readonly unimportant: readonly Issue[];
  readonly specs: ReturnType<typeof takeSpecs>["specs"];
  /** Share off, in basis points. */
  readonly off_bp: number | null;
  readonly prices: readonly Price[];
  /** An amount to be taken off a price ("5 dollars off"). */
  readonly less: number | null;
  readonly per: "unit" | "total" | null;
  readonly quantity: number | null;
  readonly lump: boolean;
  /** "One more": the quantity is on top of what is on the table. */
  readonly more: boolean;
  /** The thing named or pointed at. */
  readonly item: Item | null;
  readonly lines: readonly WantedLine[];
  /** The text without codes, terms and money, counts and goods still in it. */
  readonly goods: string;
  /** What is left when all of the above is taken out. */
  readonly rest: string;
  readonly unclear: "amount" | "quantity" | null;
  readonly cue: (cue: Cue) => boolean;
}

/** Lower case, slips put right, numbers in digits. */
export function settled(raw: string, setting: Setting): string {
  return remembered(SETTLED, raw, setting, () => put(raw, setting));
}

/** Takes a clause apart, the surest mentions first, so that no number is read twice. */
export function mentionsOf(raw: string, setting: Setting): Mentions {
  return remembered(MENTIONS, raw, setting, () => mentioned(raw, setting));
}

/** A message is looked at by several, in one setting: what it comes to is made once for as long as that is kept. */
function remembered<T>(
  kept: WeakMap<Setting, Map<string, T>>,
  raw: string,
  setting: Setting,
  make: () => T,
): T {
  const known = kept.get(setting) ?? new Map<string, T>();
  kept.set(setting, known);
  const found = known.get(raw);
  if (found !== undefined) return found;
  const made = make();
  known.set(raw, made);
  return made;
}

const SETTLED = new WeakMap<Setting, Map<string, string>>();
const MENTIONS = new WeakMap<Setting, Map<string, Mentions>>();

function put(raw: string, setting: Setting): string {
  const english = setting.lexicon.lang === "en";
  const slips = english ? TYPOS_EN : TYPOS_KO;
  const right = slips.reduce((text, [slip, meant]) => text.replace(slip, meant), raw.toLowerCase());
  return english ? digitsEn(right) : digitsKo(opened(right));
}

function mentioned(raw: string, setting: Setting): Mentions {
  const coded = takeCodes(raw);
  const whole = preferred(settled(raw, setting), setting);
  const text = coded.codes.length > 0 ? preferred(settled(coded.rest, setting), setting) : whole;
  const cue = (name: Cue) => setting.lexicon.cues[name].test(whole);
  const denied = text.replace(DENIED, " ¦ ");
  const stated = takePriorities(denied, setting);
  const measured = takeSpecs(stated.rest);
  const wanted = takeTerms(measured.rest, setting);
  const money = framed(wanted.rest, setting);
  const share = takeShare(money.text, cue("half"));
  const sure = takePrices(share.rest, setting, false);
  const cut =
    sure.unclear === null
      ? lessIn(share.rest, sure.rest, sure.prices.length, cue("discount") || money.off)
      : null;
  const named = (item: Item | null) => withNames(withMeasures(item, measured.said), raw);
  const parts =
    sure.prices.length === 0 || cut === null
      ? linesOf(share.rest, setting, named, cue("buy") && !cue("have") && !cue("lower"))
      : [];
  const counted = takeQuantity(sure.rest.replace(WHAT_FOR, "$1"), setting);
  const guessed = sure.prices.every(({ aside }) => aside)
    ? takePrices(counted.rest, counting(setting, counted.quantity), true)
    : { ...sure, rest: counted.rest };
  const prices = guessed.prices.length > 0 ? guessed.prices : sure.prices;
  const unclear =
    money.vague || (sure.unclear ?? guessed.unclear) !== null
      ? "amount"
      : counted.unclear
        ? "quantity"
        : null;
  const less = cut !== null ? (prices[0]?.amount ?? null) : null;
  return {
    ...{ raw, text: whole, cue, unclear, less, codes: coded.codes, terms: wanted.terms, wishes: wanted.any },
    ...{ priorities: stated.priorities, unimportant: stated.unimportant },
    ...{ specs: measured.specs, off_bp: share.off_bp, prices: less === null ? prices : [] },
    ...countOf(counted, cue("total") ? "total" : cue("unit") || money.each ? "unit" : null),
    more:
      counted.quantity !== null &&
      /\bmore\b|(?<![가-힣]{2}|[홀폴])더/.test(whole) &&
      !/more than|or more|더 (?:싸|깎|할인|저렴)/.test(whole),
    item: named(itemIn(withoutHaggling(guessed.rest, setting), setting)),
    lines: parts,
    goods: remeasured(sure.rest, measured.said),
    rest: unmeasured(guessed.rest),
  };
}

/** "3 of them for the office": what they are for names no goods where a pronoun stands for those. */
const WHAT_FOR = /(\b\d+ of (?:them|those|these)) for (?:the|my|our|a|an) [a-z]+(?: [a-z]+)?/;

/** With so many of it wanted as are said. */
function counting(setting: Setting, quantity: number | null): Setting {
  const { unit } = setting;
  return quantity === null || unit === null ? setting : { ...setting, total: unit * quantity };
}

function withMeasures(item: Item | null, said: readonly string[]): Item | null {
  return item && "query" in item ? { ...item, query: remeasured(item.query, said) } : item;
}

/** "Sorae Over One headphones": capitals inside a name keep words that name nothing elsewhere. */
function withNames(item: Item | null, raw: string): Item | null {
  if (!item || !("query" in item)) return item;
  const words = item.query.split(" ");
  const said = raw.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  const places = words.map((word) => said.findIndex((one) => one.toLowerCase() === word));
  const query = words.flatMap((word, i) => {
    const [from, to] = [places[i - 1] ?? -1, places[i] ?? -1];
    const between = from >= 0 && to > from ? said.slice(from + 1, to) : [];
    const name = between.length <= 3 && between.every((one) => /^[A-Z][a-z]*$/.test(one));
    return [...(name ? between.map((one) => one.toLowerCase()) : []), word];
  });
  return { ...item, query: query.join(" ").slice(0, 400) };
}

/** "한 개에 4만원" prices the unit and counts nothing. */
function countOf(
  { quantity, lump }: ReturnType<typeof takeQuantity>,
  per: Mentions["per"],
): Pick<Mentions, "quantity" | "lump" | "per"> {
  return lump && quantity === 1 ? { quantity: null, lump: false, per: "unit" } : { quantity, lump, per };
}

/** "4K 말고 QHD로": what stands before 말고 gives way to what follows it; of a colour only the colour does. */
function preferred(text: string, { lexicon }: Setting): string {
  if (lexicon.lang === "en") return text;
  return text.replace(GIVES_WAY, (whole: string, before: string) => {
    if (/\d(?:원|개|대)?$/.test(before)) return whole;
    const words = before.split(" ");
    return (words.at(-1) ?? "").search(lexicon.colour) === 0 ? `${words.slice(0, -1).join(" ")} ` : "";
  });
}

const GIVES_WAY = /^((?:[^\s,.!?]+\s){0,3}?[^\s,.!?]+?)(?:은|는|이|가)?\s?말고,?\s+(?=\S)/;

/** A number that is named to be left out: "not 50", "instead of 50", "50 말고". */
const DENIED =
  /\b(?:not|instead of|rather than|no longer)\s+(?:for\s+)?(?:us\$|\$|₩)?\d[\d,.]*\d?(?:\s?(?:dollars|bucks|each))?|(?<![\d.])\d[\d,.]*\s?(?:원|달러|개월|개|대|년|일|회)?\s?(?:이|가|은|는)?\s?(?:말고|아니고|아니라)/g;

const SHARES =
  /(?<![\w.]|(?:아이폰|패드|맥북|에어팟|tax|vat|tax is|vat is)\s)(\d{1,3})(?:\.(\d{1,2}))?\s?(?:%|percent|프로(?!랑|맥스|\s맥스|용)|퍼센트|퍼)/g;
const WHOLE_SHARE = /(\d+)\s?할(?!인|게|래|거|수|부)/;

/** "10% off", "1할": a share in basis points; a share of something else ("100% cotton") is left as words. */
function takeShare(text: string, half: boolean): { off_bp: number | null; rest: string } {
  if (half) return { off_bp: 5_000, rest: text };
  // "10% is nice, I was hoping for 12%": the last one is what they ask.
  const found = [...text.matchAll(SHARES)].at(-1) ?? WHOLE_SHARE.exec(text);
  if (
    !found ||
    /^(?:가|이|는|은)?\s?(?:cotton|wool|leather|silk|polyester|organic|recycled|면(?![가-힣])|울|가죽|순면|재생|재활용|충전|습도|sure|certain|higher|up\b|tax|vat)/.test(
      text.slice(found.index + found[0].length),
    )
  )
    return { off_bp: null, rest: text };
  const whole = Number(found[1]) * (found[0].endsWith("할") ? 1_000 : 100);
  const off_bp = whole + Number((found[2] ?? "").padEnd(2, "0"));
  const rest = `${text.slice(0, found.index)} ¦ ${text.slice(found.index + found[0].length)}`;
  // "100%" alone is no wish to have it for nothing.
  const all = off_bp === 10_000 && !/off|discount|할인|빼|깎/.test(text);
  return { off_bp: off_bp <= 10_000 && !all ? off_bp : null, rest };
}

const LESS_EN =
  /(?:knock|take|shave|drop|cut|get|with)(?: me| us| it| the price)?(?: off| down)?(?: by| another)?\s*¦\s*(?:off|down|less|from|discount)|(?:knock|take|shave) off\s+(?:another\s+)?¦|¦\s*(?:off\b|less\b(?! than)|discount|cheaper|lower|reduction|rebate)|(?:discount|reduction) of\s*¦|(?:lower|reduce|drop|cut|down) (?:it |the price |that |that price )?by\s*¦/;
const LESS_KO =
  /¦\s*(?:만|정도|쯤|씩)?\s?(?:더\s?|좀\s?|만\s?)*(?:을\s?|를\s?|은\s?)?(?:깎|빼|떼|할인|내려|낮춰|디씨|dc|에누리|네고|덜|다운|싸게|저렴하게|세일|인하)/;

/** The amount is taken off the price rather than being the price ("2천원 빼줘"). */
function lessIn(before: string, after: string, prices: number, discount: boolean): true | null {
  if (prices !== 1 || !discount || /까지|으로|에\s?맞/.test(after.split("¦").at(-1)?.slice(0, 6) ?? ""))
    return null;
  const text = before.length === 0 ? before : after;
  return LESS_EN.test(text) || LESS_KO.test(text) ? true : null;
}
