import { minorUnits } from "../domain/money.ts";
import { bareAmount, mayCount } from "./amounts.ts";
import { isNoMoney } from "./no-money.ts";
import { PRICED_LINE, plainly } from "./price-phrases.ts";
import { roundedDown } from "./rounding.ts";
import type { Setting } from "./setting.ts";

/** A clause in which the numbers that can only be prices are marked as such. */
export interface Framed {
  readonly text: string;
  /** "Mid 40s", "5만 얼마": money, and no amount. */
  readonly vague: boolean;
  /** "290 a chair": whatever is counted, the price is for one. */
  readonly each: boolean;
  /** "Come down 20": an amount is to come off, in words that mostly mean something else. */
  readonly off: boolean;
}

/**
 * Marks the numbers of a settled clause that its words can only mean as prices, before anything counts them: "88 was my
 * number", "300 it is", "come down to 46". Only numbers of the size of what is on the table are marked; their amount is
 * still told by it. An amount to take off, and a share said without its sign, get the sign they lack.
 */
export function framed(text: string, setting: Setting): Framed {
  const known = setting.unit !== null || setting.total !== null;
  const numbers = NUMBERS.test(text);
  if (!known || !(numbers || (setting.offer && UNNUMBERED.test(text))))
    return { ...NOTHING, text: numbers ? text.replace(PRICED_LINE, "$1¤$2") : text };
  const whole = roundedDown(plainly(text, setting), setting);
  if (!NUMBERS.test(whole)) return { ...NOTHING, text: whole };
  const sign = SIGNS[setting.currency] ?? "$";
  const dropped = whole.replace(DROPPED, (found: string, number: string) =>
    isLittle(number, setting) ? `${sign}${number} off` : found,
  );
  const over = dropped.replace(OVER, (found: string, number: string) =>
    isLittle(number, setting) ? `${sign}${number} off` : found,
  );
  const less = LESS.reduce(
    (line, shape) => line.replace(shape, (_, lead: string, number: string) => `${lead}${sign}${number}`),
    over,
  );
  const ranged = less.replace(RANGE, (found: string, low: string, joint: string, high: string) =>
    ranges(low, high, setting) ? `¤${low}${joint}¤${high}` : found,
  );
  let each = false;
  const marked = ranged
    .replace(BARE, (number: string, offset: number, line: string) =>
      isMeant(number, line.slice(0, offset), line.slice(offset + number.length), setting)
        ? `¤${number}`
        : number,
    )
    .replace(EACH, (_, price: string) => {
      each = true;
      return `${price} ¦`;
    });
  const exact = marked.replace(VAGUE, " ¦ ");
  return {
    text: exact,
    each,
    off: over !== whole || CUT_KO.test(whole),
    vague: exact !== marked && !MONEY.test(exact),
  };
}

const NOTHING = { vague: false, each: false, off: false };
const NUMBERS = /\d/;
/** Prices named without a figure: "a quarter off", "drop the cents", "끝자리 떼고". */
const UNNUMBERED = /\b(?:off|cents|dollars|bucks|change|down)\b|끝\s?자리|우수리|단수|잔돈/;
const MONEY = /[¤$₩€£¥]\s?\d|\d원/;
const SIGNS: Readonly<Record<string, string>> = { KRW: "₩", EUR: "€", GBP: "£", JPY: "¥" };

const N = "\\d(?:[\\d,]*\\d)?(?:\\.\\d+)?";
/** What is taken off a price. */
const LESS: readonly RegExp[] = [
  new RegExp(
    `\\b((?:knock|shave|chop|lop)(?: me| us| it)?(?: off)?(?: another| an extra| a further)? )(${N})(?![\\w%])`,
    "g",
  ),
  new RegExp(
    `\\b(take off (?:another |an extra )?|(?:lower|reduce|drop|cut|bring)(?: it| that| the price)?(?: down)? by (?:another )?)(${N})(?![\\w%])`,
    "g",
  ),
  new RegExp(
    `(?<![\\w.,$¤#/-]|(?:or|than|to|that's|that is|nearly|almost|already|is|it's) )()(${N})(?= (?:more )?off\\b| (?:cheaper|lower|less)\\b(?! than))`,
    "g",
  ),
];

/** "Come down 20", where it is too little to be the price. */
const DROPPED = new RegExp(
  `\\b(?:minus|(?:drop|lower|cut|reduce)(?: it| that| the price)?(?: another)?|(?:come|go) down(?: another| by)?) (${N})(?![\\w%]|[.,]\\d| (?:of|more)\\b)(?: (?:dollars|bucks))?`,
);

/** "You're 50 too high". */
const OVER = new RegExp(
  `\\b(?:you're|that's|it's|we're|still) (?:about |like |around )?\\$?(${N})(?: dollars| bucks)? (?:too (?:high|much|expensive|steep)|(?:over|above) (?:my|our) [a-z]+|more than (?:i|we) [a-z]+)`,
);
const CUT_KO = /\d원(?:은|는|을|만)?\s?(?:다\s|좀\s)?떼/;

const BOUNDED = "(?<![\\w.,#$₩€£¥¤/:-])";
/** A number that nothing measures or counts. */
const UNMEASURED =
  "(?![\\w%]|[.,:/]\\d|\\s?(?:원|만|천|달러|dollars|bucks|usd|percent|프로|퍼센트|개|대|세트|박스|팩|명|살|시|분|일|년|월|층|번|호|인치|miles|km|days?|weeks?|months?|years?|hours?|minutes?|people|kids|units?|pcs|pieces|pairs?|sets?|of them|inch|gb|hz|watts?)(?![a-z가-힣]))";
const BARE = new RegExp(`${BOUNDED}(?:\\d+_\\d+|${N})${UNMEASURED}`, "g");
const RANGE = new RegExp(`${BOUNDED}(${N})(\\s?(?:-|~|to|or)\\s?)(${N})${UNMEASURED}`, "g");

const JUST = "(?: (?:only|just|exactly|about|around|like|maybe|roughly|an even|a flat|a total of))?";
/** Words that lead to a price and to nothing else. */
const LEADS = new RegExp(
  `\\b(?:${[
    "pay|paying|offer|offering|bid|afford|accept|accepting|(?:consider|think about|about|for) taking",
    "settle (?:on|at|for)|call it|closer to|more like|worth|hoping for|thinking(?: of| more like)?",
    "hits?|reach(?:es)?|(?:if|unless) it(?: were|'s| is| was)|it be|(?:has|needs?) to be|must be",
    "let (?:it|them|this) go (?:for|at)|(?:i|we)(?: only| just)? have(?: got)?|got",
    "(?:would|could|can|i'd|we'd|you'd|gladly)(?: you| i| we)? (?:take|do)(?: it| them)?(?: for| at)?",
    "(?:come|go|going|get|drop|bring|meet|round|rounded|agree|move)(?: me| us| you| it| that| this| the price)?(?: all the way)?(?: down| up| off| over| above| below| as low as| as high as)? ?(?:to|at|on|over|above|below)?",
    "(?:number|price|budget|limit|cap|max|maximum|ceiling|offer|bid)(?: is| was| of| would be|:)",
  ].join("|")})${JUST}\\s$`,
);
/** Words that lead to a price or to a count. */
const MAY_LEAD = new RegExp(
  `\\b(?:how about|what about|say|(?<!quote |price |much |prices? )for|at|do|make it|make that)${JUST}\\s$`,
);
/** Words that lead to a price where it is the one that is asked. */
const TAKES = /\b(?:take|have|buy|get)(?: it| them)?\s$/;
/** Words that say it after the number. */
const ENDS =
  /^'s (?:all|my|what|the)\b|^,? (?:(?:is|was) (?:my|our|what|all|as|where|too|fair|fine|doable)|(?:and |n |& |then )?(?:you(?:'ve| have|'ll have)?|we(?:'ve| have|'ll have)?|it's|i'd say it's)(?: got)? a deal|(?:and |then )(?:we're|i'm|it's) (?:in|good|done|even|square|mine|sold|happy)|(?:a|per) (?!bit|lot|few|little|day|week|month|year|deal|good|try|shot)[a-z]+|per\b|apiece|a piece|each\b|ea\b|altogether|all together|out the door|all[- ]in\b|for (?:both|all|everything|the (?:lot|pair|set|\d+|whole|two)))|^(?: 제| 저의) (?:가격|제안|금액)/;
const MAY_END =
  /^,? (?:it is|it'?ll be|even|flat|tops|would|works|(?:that |it |which )?(?:sounds|seems|is) (?:good|fair|ok|okay|great|fine|like a)|doable|possible|shipped|delivered|including|incl|sound fair|is (?:a deal|ok|okay|good))\b/;
const EACH =
  /(¤[\d,._]+) (?:a|per) (?!bit|lot|few|little|day|week|month|year|deal|good|try|shot|piece)[a-z]+/;
const VAGUE =
  /\b(?:mid|low|lower|high|upper|early|late)(?:[- ]to[- ](?:mid|high))?[- ](?:the )?[¤$]?\d+'?s\b|\bin the [¤$]?\d+'?s\b|[¤$]?(?<![\d.])\d+[- ](?:something|ish something)\b|\d원\s?(?:얼마|몇)[가-힣]*|\d원대\s?(?:초|중|후)반/;

/** A noun that the number counts. */
const COUNTS =
  /^ (?!a\b|an\b|as\b|this\b|less\b|is\b|was\b|has\b|works\b|sounds\b|seems\b|yes\b|gets\b|makes\b|closes\b|plus\b|tops\b|thanks\b|plz\b|pls\b)[a-z]{2,}(?:s|people)\b/;

/** Of the size of what is on the table, in words that speak of money, and no more likely a count. */
function isMeant(number: string, before: string, after: string, setting: Setting): boolean {
  if (!isSized(number, setting) || isNoMoney(number, before, after, bareAmount(number, setting), setting))
    return false;
  const lead = before.slice(-48);
  const counts = COUNTS.test(after);
  if ((LEADS.test(lead) && !counts) || ENDS.test(after))
    return isLiteral(number, setting) || !mayCount(numberIn(number), setting);
  const weak =
    (MAY_LEAD.test(lead) && !counts) || MAY_END.test(after) || (TAKES.test(lead) && isAsked(number, setting));
  return weak && !mayCount(numberIn(number), setting);
}

function isAsked(number: string, { unit, total, currency }: Setting): boolean {
  const amount = minorUnits(number.replace(/,/g, ""), currency);
  return amount !== null && (amount === unit || amount === total);
}

function isSized(number: string, setting: Setting): boolean {
  const amount = bareAmount(number, setting);
  if (amount === null) return false;
  const near = (size: number | null) => size !== null && amount * 4 >= size && amount * 5 <= size * 8;
  return near(setting.unit) || near(setting.total);
}

/** Said in full, and not "52" for 520,000. */
function isLiteral(number: string, { unit, total, currency }: Setting): boolean {
  const literal = minorUnits(number.replace(/,/g, ""), currency);
  return literal === null || literal * 10 >= (unit ?? total ?? 0);
}

function isLittle(number: string, { unit, total, currency }: Setting): boolean {
  const amount = minorUnits(number.replace(/,/g, ""), currency);
  return amount !== null && amount * 3 < (unit ?? total ?? 0);
}

function numberIn(number: string): number {
  return Number(number.replace(/,/g, ""));
}

function ranges(low: string, high: string, setting: Setting): boolean {
  const [from, to] = [bareAmount(low, setting), bareAmount(high, setting)];
  if (from === null || to === null || from >= to || to * 2 > from * 3) return false;
  return isSized(low, setting) && isSized(high, setting) && !mayCount(numberIn(low), setting);
}
