import { minorDigits, minorUnits } from "../domain/money.ts";
import { isNoMoney, TOWARDS_PRICE } from "./no-money.ts";
import type { Setting } from "./setting.ts";

/** A price a message names. `high` is set for ranges. `bound` says how the words limit it. */
export interface Price {
  readonly amount: number;
  readonly high?: number;
  readonly bound: "max" | "min" | "about" | "bucket" | "range" | null;
  /** Written with a currency, or 만, or k, or in words that only speak of money. */
  readonly explicit: boolean;
  /** Of something else or of another day: "I paid 400", "a $20 gift card". */
  readonly aside?: true;
}

export interface Prices {
  readonly prices: readonly Price[];
  readonly rest: string;
  /** Money in another currency, or a number whose size cannot be told. */
  readonly unclear: string | null;
}

const BEFORE = "¤|us\\$|\\$|₩|€|£|¥|usd|krw|eur|gbp|jpy";
const AFTER =
  "dollars?|bucks?|usd|cents?|won|krw|euros?|eur|pounds?|quid|gbp|yen|jpy|원|달러|불(?=이면|에|로|은|만|까지|도|이하|짜리|정도|[^가-힣]|$)|유로|엔(?=이면|에|로|은|만|까지|[^가-힣]|$)|파운드|센트|€|£|\\$";
const ONE = (n: string) =>
  `(?:(?<sign${n}>${BEFORE})\\s*)?(?<digits${n}>\\d(?:[\\d,]*\\d)?(?:\\.\\d+)?|\\d+_\\d+)(?![\\d])\\s*(?<scale${n}>k(?! ?(?:miles|mi\\b|km))|grand|thousand|million)?(?![a-z])\\s*-?(?<word${n}>${AFTER})?`;
/** Up to and including the number; what follows it says "or less", "이하", "대". */
const MONEY = new RegExp(`(?<![\\w.#/-])${ONE("")}(?![\\w%]|[:/]\\d)`, "g");
const RANGE = new RegExp(
  `(?<![\\w.#/-])(?:between |from )?${ONE("1")}\\s*(?:-|~|to|and|에서|부터|or|이나|사이)\\s*${ONE("2")}(?:\\s*사이)?(?![\\w%])`,
);

const MAX_BEFORE =
  /(?:\bunder|\bbelow|less than|\bup to|at most|\bmax(?:imum)?(?: of| is|:)?|no more than|not more than|cheaper than|\bwithin|budget(?: is| of|'s|:)?(?: about| around)?|예산(?:은|이)?|최대|not over|spend|lower than)\s*$/;
const MIN_BEFORE =
  /(?:\bover|\babove|more than|at least|starting (?:at|from)|\bmin(?:imum)?(?: of)?|최소|north of)\s*$/;
const ABOUT_BEFORE =
  /(?:\baround|(?<!how |what )\babout|roughly|approximately|approx\.?|near|약|대략|한)\s*$/;
const MAX_AFTER =
  /^\s*(?:or (?:less|under|below|cheaper|lower)|max|tops|at (?:the )?most|이하|이내|안쪽|미만|언더|밑으로|아래|안으로|안에서|안\s?넘|넘지\s?않|까지|보다\s?(?:싼|저렴|낮|적)|선에서)/;
const MIN_AFTER = /^\s*(?:or (?:more|above|up|over|higher)|\+|and up|이상|초과|넘는|부터)/;
const ABOUT_AFTER = /^\s*(?:쯤|정도|내외|전후|가량|안팎|or so|ish)/;

/** Words of a clause up to which a bare number is taken at the size of what is on the table. */
const SHORT = 8;

/** Takes every amount of money out of `text`. Bare numbers are left unless `bare` says they may be prices. */
export function takePrices(text: string, setting: Setting, bare: boolean): Prices {
  const prices: Price[] = [];
  let unclear: string | null = null;
  const short = text.split(" ").length <= SHORT;
  const read = (sign: string, digits: string, scale: string, word: string): number | null => {
    const amount = amountOf(sign, digits, scale, word, setting);
    if (amount === null) unclear = `${sign}${digits}${scale}${word}`;
    return amount;
  };
  let rest = text.replace(RANGE, (whole: string, ...more: unknown[]) => {
    const g = more.at(-1) as Record<string, string | undefined>;
    const marked = g.sign1 ?? g.sign2 ?? g.word1 ?? g.word2 ?? g.scale2;
    // "4 at 25 and 2 more" names no range.
    if (/\sand\s/.test(whole) && !/^between/.test(whole)) return whole;
    if (marked === undefined && !(bare && /^between|^from|사이/.test(whole + text))) return whole;
    const sign = g.sign1 ?? g.sign2 ?? "";
    const word = g.word1 ?? g.word2 ?? "";
    const low = read(sign, g.digits1 ?? "", g.scale1 ?? g.scale2 ?? "", word);
    const high = read(sign, g.digits2 ?? "", g.scale2 ?? "", word);
    if (low === null || high === null) return " ¦ ";
    const bucket = /^대/.test(text.slice(text.indexOf(whole) + whole.length));
    const [first, last] = low <= high ? [low, high] : [high, low];
    prices.push({
      amount: first,
      high: bucket ? bucketEnd(last) : last,
      bound: "range",
      explicit: marked !== undefined,
    });
    return " ¦ ";
  });
  rest = rest.replace(MONEY, (whole: string, ...more: unknown[]) => {
    const g = more.at(-1) as Record<string, string | undefined>;
    const offset = more.at(-3) as number;
    const marked = g.sign ?? g.word ?? g.scale;
    if (
      marked === undefined &&
      (!bare || /[가-힣](?<![당에씩총])$/.test((more.at(-2) as string).slice(0, offset)))
    )
      return whole;
    const source = more.at(-2) as string;
    const before = source.slice(0, offset);
    const after = source.slice(offset + whole.length);
    if (g.scale === "k" && g.sign === undefined && isResolution(g.digits ?? "", before, after)) return whole;
    if (
      marked === undefined &&
      (!mayBePrice(before, after) ||
        isNoMoney(g.digits ?? "", before, after, bareAmount(g.digits ?? "", setting), setting))
    )
      return whole;
    if (marked === undefined && boundOf(before, after) === null && isName(before, after, setting))
      return whole;
    if (marked === undefined && !short && tiny(g.digits ?? "", setting)) return whole;
    const amount = read(g.sign ?? "", g.digits ?? "", g.scale ?? "", g.word ?? "");
    if (amount === null) return " ¦ ";
    const bound = boundOf(before, after);
    const high = bound === "bucket" ? { high: bucketEnd(amount) } : {};
    const aside = ASIDE_BEFORE.test(before) || ASIDE_AFTER.test(after) ? { aside: true as const } : {};
    prices.push({ amount, ...high, bound, explicit: marked !== undefined, ...aside });
    return " ¦ ";
  });
  const meant = prices.filter(({ aside }) => !aside);
  return { prices: meant.length > 0 ? meant : prices, rest, unclear };
}

/** Talk of what something else costs, or this one did. */
const ASIDE_BEFORE =
  /\b(?:paid|worth|cost me|costs? them|listed (?:at|for|as)|(?:can't|cannot|couldn't|won't|not) (?:do|pay|go|spend|afford|justify)|(?:sells?|selling|goes|going|went|sold)(?: new| online| there)? for|(?:retails?|elsewhere|new|originally|online|amazon|ebay|store|competitor|saw (?:it|this|them|one)(?: [a-z]+)?)(?: is| was| has (?:it|them))?(?: at| for)?|(?:extra|tip|deposit|fee|shipping|delivery)(?: (?:is|of|for|was))?)(?: (?:about|around|over|only|just))?\s*$|(?:다른\s?데|딴\s?데|쿠팡|네이버|인터넷|최저가|정가|원래|새\s?것|중고)[^¦\d]{0,8}$/;
const ASIDE_AFTER =
  /^\s?(?:is|was|seems|sounds|feels)(?: a (?:bit|little|tad)| way| just)? (?:too|much|steep|high|pricey|expensive|over)\b|^\s?(?:은|는|이면|이라니|원은)?\s?(?:너무|좀|많이)?\s?(?:비싸|비쌉|부담|높)|^\s?(?:in |of )?(?:gift|gas|store)? ?(?:cards?|vouchers?|credit|deposit|tip|shipping|delivery|postage|(?:shipping |delivery )?fee)\b|^\s?(?:for (?:the )?(?:shipping|delivery|postage|gas))\b|^에?\s?(?:팔던데|팔더|파는데|샀었|샀는데|봤)/;

/** A "4K" screen, and a "2K 웹캠" where something is named after it. */
function isResolution(digits: string, before: string, after: string): boolean {
  return /^[48]$/.test(digits) || (/^[256]$/.test(digits) && !mayBePrice(before, after));
}

function boundOf(before: string, after: string): Price["bound"] {
  if (/^대(?![가-힣])|^대(?:로|의|에|에서|인|짜리|면)/.test(after)) return "bucket";
  if (MAX_AFTER.test(after) || MAX_BEFORE.test(before)) return "max";
  if (MIN_AFTER.test(after) || MIN_BEFORE.test(before)) return "min";
  return ABOUT_AFTER.test(after) || ABOUT_BEFORE.test(before) ? "about" : null;
}

/** A bare number is a price where nothing is counted or named after it. */
function mayBePrice(before: string, after: string): boolean {
  if (/[a-z]-$|\b(?:package|option|number|ordering|buying|getting|purchasing) $/.test(before)) return false;
  return ENDED.test(after);
}

/** No noun follows that the number could count. */
const ENDED =
  /^\s*(?:$|[,.!?~¦)]|(?:each|apiece|a piece|per|for|total|all|and|or|if|is|max|tops|please|then|works?|instead|now|final|yes|yeah|no|i|i'd|i'll|i'm|we|we'd|we'll|my|in (?:my|all|total)|altogether|overall|with|when|would|will|deal|on|even|sounds?|be|do|good|ok|okay|fine|enough|as|because|since|right|today|cash|only|too|so|but|flat|at|ish|including|shipped|net|plus|up)(?![a-z])|\/|에|은|는|으로|로|이면|면|까지|만|정도|쯤|대|어때|가능|콜|요|씩|이하|이상|주|해)/;

/** With nothing on the table to have a price, "desk 140, one of them" names a desk. */
function isName(before: string, after: string, { unit, total }: Setting): boolean {
  if (unit !== null || total !== null || TOWARDS_PRICE.test(before)) return false;
  return (
    /[가-힣a-z]\s?$/.test(before) &&
    /^\s*(?:¦|$|[,.!?]|하나|(?:with|in|from|and|please|for me)\b)/.test(after)
  );
}

/** The end of "60만원대": everything that begins with the same leading figures. */
function bucketEnd(amount: number): number {
  let step = 1;
  while (amount > 0 && amount % (step * 10) === 0) step *= 10;
  return amount + step - 1;
}

const CURRENCY: readonly (readonly [RegExp, string])[] = [
  [/^(?:us\$|usd|dollars?|bucks?|달러|불|cents?|센트)$/, "USD"],
  [/^(?:₩|krw|won|원)$/, "KRW"],
  [/^(?:€|eur|euros?|유로)$/, "EUR"],
  [/^(?:£|gbp|pounds?|quid|파운드)$/, "GBP"],
  [/^(?:¥|jpy|yen|엔)$/, "JPY"],
];
/** Currencies written with a plain dollar sign. */
const DOLLARS = new Set(["USD", "CAD", "AUD", "NZD", "SGD", "HKD"]);

function amountOf(
  sign: string,
  digits: string,
  scale: string,
  word: string,
  setting: Setting,
): number | null {
  for (const mark of [sign, word]) {
    if (mark === "" || mark === "¤" || (mark === "$" && DOLLARS.has(setting.currency))) continue;
    const named = CURRENCY.find(([pattern]) => pattern.test(mark))?.[1];
    if (
      named !== setting.currency &&
      !(named === "USD" && /dollar|buck|cent/.test(mark) && DOLLARS.has(setting.currency))
    )
      return null;
  }
  // "250,00" is 250 in some countries and a slip of the hand in others.
  if (UNGROUPED.test(digits)) return null;
  const plain = digits.replace(/,/g, "");
  const bare = sign === "¤" || sign === "" ? word : sign;
  if (plain.includes("_")) return eitherWay(plain, bare, setting);
  if (/^(?:cents?|센트)$/.test(word)) return /^\d+$/.test(plain) ? Number(plain) : null;
  if (scale !== "") return scaled(plain, scale === "million" ? 6 : 3, setting.currency);
  const literal = minorUnits(plain, setting.currency);
  return bare !== "" || literal === null ? literal : sized(plain, literal, setting);
}

const UNGROUPED = /,(?!\d{3}(?!\d))/;

function scaled(plain: string, zeros: number, currency: string): number | null {
  const [whole = "", fraction = ""] = plain.split(".");
  const moved = fraction.padEnd(zeros, "0");
  return minorUnits(
    `${whole}${moved.slice(0, zeros)}${moved.length > zeros ? `.${moved.slice(zeros)}` : ""}`,
    currency,
  );
}

/** "two fifty": 250 or 2.50, whichever is of the size of what is on the table; marked as money, 250. */
function eitherWay(pair: string, marked: string, setting: Setting): number | null {
  const [head = "", tail = ""] = pair.split("_");
  const high = minorUnits(`${head}${tail}`, setting.currency);
  const low = minorUnits(`${head}.${tail}`, setting.currency);
  const sizes = [setting.unit, setting.total].filter((size) => size !== null);
  if (sizes.length === 0 || high === null || low === null) return marked === "" ? null : high;
  for (const size of sizes) {
    const fits = [high, low].filter((amount) => amount * 3 >= size && amount <= size * 2);
    if (fits.length > 0) return fits.length === 1 ? (fits[0] ?? null) : null;
  }
  return null;
}

/** A number far below what is on the table, which only a short answer uses for a price. */
function tiny(digits: string, setting: Setting): boolean {
  const literal = minorUnits(digits.replace(/,/g, ""), setting.currency);
  const size = setting.unit ?? setting.total;
  return literal !== null && size !== null && literal * 6 < size;
}

/** The price a bare whole number would be, in minor units; null when it is none at any size. */
export function bareAmount(digits: string, setting: Setting): number | null {
  return amountOf("", digits, "", "", setting);
}

/** A small number of one thing, and one near the count of many. */
export function mayCount(count: number, { quantity }: Setting): boolean {
  if (!Number.isInteger(count)) return false;
  return (quantity ?? 1) === 1 ? count <= 20 : count * 4 >= (quantity ?? 1) && count <= (quantity ?? 1) * 4;
}

/** A bare number takes the size of what is on the table, of one before that of all: "52" at 560,000 is 520,000. */
function sized(plain: string, literal: number, setting: Setting): number | null {
  const { unit, total, currency } = setting;
  const size = unit ?? total;
  const small = minorDigits(currency) === 0;
  if (size === null) return small && literal < 1_000 ? null : literal;
  if (literal * 10 >= size) return literal;
  const all = total === null || mayCount(Number(plain), setting) ? size : total;
  for (const near of [size, all])
    for (const zeros of small ? [4, 3, 2] : [3, 2]) {
      const amount = scaled(plain, zeros, currency);
      if (amount !== null && amount * 5 >= near * 2 && amount * 2 <= near * 3) return amount;
    }
  return null;
}
