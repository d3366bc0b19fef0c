import { BOUNDS } from "../domain/bounds.ts";
import { minorDigits } from "../domain/money.ts";
import { bareAmount } from "./amounts.ts";
import type { Setting } from "./setting.ts";
import { COUNTERS_KO } from "./words-ko.ts";

export interface Quantity {
  readonly quantity: number | null;
  /** Two numbers at once ("3-4 units"), or more than one order may hold. */
  readonly unclear: boolean;
  /** "2 for 90", "3대에": the price that follows is for all of them. */
  readonly lump: boolean;
  readonly rest: string;
}

/** What a number before it does not count. */
export const NO_NOUN =
  "(?!(?:was|were|are|be|been|sounds|seems|feels|should|could|might|must|deal|done|fine|ok|okay|thanks|thank|cash|firm|right|yes|no|here|tomorrow|tonight|for|each|total|and|or|is|at|please|people|persons?|adults|kids|guests|players|seats|per|if|max|tops|with|then|instead|when|but|today|now|flat|dollars?|bucks?|usd|cents?|percent|off|k|won|grand|even|works?|would|will|in|on|to|as|because|since|final|plus|apiece|all|so|later|less|more than|days?|weeks?|months?|years?|yr|st|nd|rd|th|pm|am)\\b)";
const KO = `(?:${COUNTERS_KO})(?![a-z])`;

/** Each shape has the count in its last group that took part; order matters. */
const SHAPES: readonly RegExp[] = [
  new RegExp(`(?<![\\d.,])(\\d[\\d,]*)\\s?${KO}(?:입)?(?=에(?![가-힣]))`),
  new RegExp(`(?<![\\d.,])(\\d[\\d,]*)\\s?${KO}(?!입(?!니)|[월국년정용번])`),
  /(?<![가-힣])(?<!야\s)(?!둘\s?중)(하나|둘|셋|넷|다섯)(?!\s?다(?![가-힣]))(?=만|씩|이요|요|로|에|(?:\s|$|[.,!?]))(?!에\s?얼)/,
  /\b(?:qty|quantity|count)\s*(?:of|to|is|:|=)?\s*(\d[\d,]*)\b/,
  /수량(?:은|을|이)?\s*(\d[\d,]*)/,
  /(?<![\w.])x\s?(\d{1,5})\b|(?<![\w.$])(\d{1,5})\s?x(?![\w])/,
  /(?<![\w.$])(\d[\d,]*)\s+(?:of (?=them|those|these|it\b|each|the|that|this|your)|units?\b|pcs\b|pieces?\b|pairs?(?: of)?\b|sets?(?: of)?\b|boxes(?: of)?\b|packs?(?: of)?\b|items?\b|ea\b|more\b(?! (?:time|try|chance|thing|question|day|week|month|year|minute)s?\b)|copies\b|bottles(?: of)?\b|bags(?: of)?\b)/,
  /(?<![\w.$,])(\d{1,5})(?=\s+for\s+(?:¦|\$?\d))/,
  new RegExp(
    `(?:^|(?:\\b(?:need|want|take|buy|get|order|like|and|plus|just|only|have|add|another|grab|purchase|for|about|with|on|quote me|of)|[,¦])\\s+)(\\d{1,5})(?=\\s+${NO_NOUN}[a-z])`,
  ),
  /\b(?<!you |you'd )(?:take|took|buy|bought|get|got|want|need|order|ordered|purchase|grab)\s+(\d{1,4})(?=\s*(?:$|[.,!?]|at\b|¦|please|if\b|instead|then|in total|units))/,
  /(?:^|[,.!?¦]\s*)(\d{1,4})(?=\s+at\s+¦)/,
  /\b(?:how much|price|quote|cost)[a-z ]{0,20} for (\d{1,5})(?=\s*(?:$|[.,!?]))/,
];
/** The bare answer to "how many?". */
const ANSWER = /^[^\d$₩]{0,16}(\d{1,5})(?![\d.,%]|\s?(?:원|만|달러|dollars|bucks|usd))[^\d]{0,12}$/;
/** A number and next to nothing else: "42 then", "42로 할게요". */
const ALONE =
  /^(?:(?:then|just|only|say|maybe|그럼|그러면|그냥)[\s,]+)*(\d{1,5})(?:이?요|으?로요?)?(?:[\s,]+(?:then|please|it is|할게요?|하죠|해\s?주세요|주세요))*[\s.!]*$/;
/** On top of what is on the table. */
const ANOTHER =
  /\b(?:one|1) more(?! (?:time|try|chance|thing|question|day|minute))(?: of (?:them|those|these))?\b|하나\s?더|1개\s?더/;
const MAKE_IT =
  /\b(?:make (?:it|that)|change (?:it|that|the quantity) to|do|just|only)\s+(\d{1,4})(?![\d.,]|\s*(?:dollars|bucks|each|total|for))/;
const TWO_AT_ONCE = new RegExp(
  `(\\d+)\\s?[~-]\\s?\\d+\\s?(?:${KO}|units?|pieces?|pcs)|(\\d+) or \\d+ (?:of|units?|pieces?)`,
);
/** Fewer than none is no count; a dash with a space only opens a line of a list. */
const NEGATIVE = new RegExp(`(?<![^\\s¦])[-−]\\d[\\d,]*(?=\\s*(?:$|${KO}|[a-z]))`);
const NATIVE: Readonly<Record<string, number>> = { 하나: 1, 둘: 2, 셋: 3, 넷: 4, 다섯: 5 };

/** Takes the first count of goods out of `text`. */
export function takeQuantity(text: string, setting: Setting): Quantity {
  const negative = NEGATIVE.exec(text);
  if (negative)
    return {
      quantity: null,
      unclear: true,
      lump: false,
      rest: masked(text, negative.index, negative[0].length),
    };
  const twice = TWO_AT_ONCE.exec(text);
  if (twice) {
    const low = Number(twice[1] ?? twice[2]);
    return { quantity: low, unclear: true, lump: false, rest: masked(text, twice.index, twice[0].length) };
  }
  for (const [index, shape] of SHAPES.entries()) {
    const found = shape.exec(text);
    if (!found) continue;
    const digits = found.slice(1).find((group) => group !== undefined) ?? "";
    const quantity = NATIVE[digits] ?? Number(digits.replace(/,/g, ""));
    const start = found.index + found[0].indexOf(digits);
    const rest = index >= 8 ? masked(text, start, digits.length) : masked(text, found.index, found[0].length);
    const lump =
      index === 0 || index === 7 || /^에(?![가-힣])/.test(text.slice(found.index + found[0].length));
    return bounded(quantity, lump, rest);
  }
  const another = ANOTHER.exec(text);
  if (another && setting.offer) return bounded(1, false, masked(text, another.index, another[0].length));
  const bare = ANSWER.exec(text);
  const known = (setting.quantity ?? 0) > 1 && Number(bare?.[1]) === setting.quantity;
  const alone = setting.state.ask === "price" ? null : ALONE.exec(text);
  const near = alone && (nearCount(Number(alone[1]), setting) || noPrice(Number(alone[1]), setting));
  const answer = setting.state.ask === "quantity" || known ? bare : near ? alone : null;
  if (answer) return bounded(Number(answer[1]), false, masked(text, answer.index, answer[0].length));
  const changed = MAKE_IT.exec(text);
  const count = Number(changed?.[1]);
  if (changed && ((count <= 200 && isCount(count, setting)) || nearCount(count, setting)))
    return bounded(count, false, masked(text, changed.index, changed[0].length));
  return { quantity: null, unclear: false, lump: false, rest: text };
}

/** "make it 3" is a count where 3 would be no price: under a tenth of what one costs. */
function isCount(count: number, setting: Setting): boolean {
  return setting.unit === null || count * 10 * 10 ** minorDigits(setting.currency) < setting.unit;
}

/** "Three, please" where one costs 56: far from any price, in whatever unit it is counted. */
function noPrice(count: number, setting: Setting): boolean {
  const { unit } = setting;
  const amount = bareAmount(String(count), setting);
  return (
    unit !== null && isCount(count, setting) && (amount === null || amount * 3 < unit || amount > unit * 3)
  );
}

/** "Make it 150" of 200 on the table, where 150 is more than one of them costs and no price for all, or none at all. */
function nearCount(count: number, setting: Setting): boolean {
  const { quantity, unit, total } = setting;
  if (quantity === null || quantity < 2 || unit === null || total === null) return false;
  const amount = bareAmount(String(count), { ...setting, total: null });
  const priced = amount !== null && (amount <= unit || amount * 2 >= total);
  return count * 4 >= quantity && count <= quantity * 4 && !priced;
}

function bounded(quantity: number, lump: boolean, rest: string): Quantity {
  const possible = quantity >= 1 && quantity <= BOUNDS.quantity;
  return { quantity: possible ? quantity : null, unclear: !possible, lump, rest };
}

function masked(text: string, start: number, length: number): string {
  return `${text.slice(0, start)} ¦ ${text.slice(start + length)}`;
}
