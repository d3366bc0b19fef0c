import type { Figure } from "./figures.ts";
import { may } from "./gate.ts";

/** What a figure is said to be; `any` where the sentence does not say. */
export type Role =
  | "total"
  | "goods"
  | "unit"
  | "list"
  | "discount"
  | "tax"
  | "delivery"
  | "warranty"
  | "payment"
  | "returns"
  | "subscription"
  | "stock"
  | "rating"
  | "any";

/** The role the words around a figure give it: the nearest word that names one, words behind a break counting as farther. */
export function roleOf(text: string, figure: Figure, others: readonly Figure[]): Role {
  const { from, to } = bounds(text, figure);
  const sentence = text.slice(from, to);
  let best: Role = "any";
  let nearest = 60;
  for (const [role, pattern] of ROLES[figure.kind] ?? []) {
    if (!may(pattern, text)) continue;
    for (const match of sentence.matchAll(pattern)) {
      const start = from + match.index;
      const end = start + match[0].length;
      const before = end <= figure.at;
      const gap = before
        ? text.slice(end, figure.at)
        : start >= figure.end
          ? text.slice(figure.end, start)
          : "";
      if ((figure.kind === "amount" && ENDED.test(gap)) || (match[0] === "대신" && before)) continue;
      const breaks = gap.match(/[,;:()—–]| and | plus | with |하고|이고|이며|고 /g) ?? [];
      const distance =
        (gap.startsWith(":") ? gap.length / 4 : gap.length) +
        breaks.length * 14 +
        (before ? 0 : role !== "list" && /^[을를이가은는도]?\s?$/.test(gap) ? -gap.length - 0.5 : 2);
      if (
        others.some(
          (other) =>
            other.kind === figure.kind &&
            apart(other, start, end, role, text) < apart(figure, start, end, role, text),
        )
      )
        continue;
      if (role === "unit" && distance > 30) continue;
      if (distance < nearest) [best, nearest] = [role, distance];
    }
  }
  return best;
}

export function sentenceAround(text: string, figure: Pick<Figure, "at" | "end">): string {
  const { from, to } = bounds(text, figure);
  return text.slice(from, to);
}

/** Between a word and a figure, what ends the claim that the word makes. */
const ENDED = /무료|없|\bfree\b|이고|이며|인데|지만|보다/i;

/** Characters between a figure and a word. */
function apart({ at, end }: Figure, from: number, to: number, role: Role, text: string): number {
  if (from >= end)
    return (
      from - end + (role !== "list" && /^[을를이가은는도]?\s?$/.test(text.slice(end, from)) ? -from + end : 2)
    );
  return to <= at ? at - to : 0;
}

function bounds(text: string, { at, end }: Pick<Figure, "at" | "end">): { from: number; to: number } {
  const before = text.slice(0, at);
  const from = Math.max(0, ...[...before.matchAll(/[.!?](?=\s)|\n|;/g)].map((match) => match.index + 1));
  const after = /[.!?](?=\s|$)|\n|;/.exec(text.slice(end));
  return { from, to: after ? end + after.index : text.length };
}

const MONEY: readonly (readonly [Role, RegExp])[] = [
  [
    "goods",
    /sub-?total|goods|before (?:tax|delivery|shipping|discounts?)|items? (?:only|alone)|소계|상품 금액|상품가|세전/gi,
  ],
  [
    "total",
    /(?<!sub-?)total\w*|all[- ]in|altogether|in all|everything|overall|grand|(?<!(?:tax|delivery|shipping|fee|warranty|discount) )comes? to|final price|합계|총|모두 (?:합|포함)|전부|다 (?:해서|합)|최종/gi,
  ],
  [
    "unit",
    /each|apiece|per (?:unit|piece|item|bag|chair|one)|a piece|unit price|개당|하나에|한 개에|단가|대당|1(?:개|대|봉지|병|권|박스|상자|세트|장|자루|팩)에|장당|봉지당/gi,
  ],
  [
    "list",
    /list(?:ed)?(?: price)?|regular\w*|normal\w*|usual\w*|original\w*|instead of|down from|was\b|retail|정가|원래|기존|정상가|대신/gi,
  ],
  [
    "discount",
    /discounts?|(?<!(?:something|little|bit) )off\b|sav(?:e|es|ing|ings)\b|reduc\w*|less\b|lower by|knock\w*|took|할인|절약|깎|빼|빠[지져집]|아끼|인하/gi,
  ],
  ["tax", /tax\w*|vat|세금|부가세|판매세|세액/gi],
  ["delivery", /deliver\w*|shipping|postage|assembl\w*|pick-?up|배송|택배|조립|배달/gi],
  ["warranty", /warrant\w*|보증/gi],
  ["payment", /payment terms|net terms|invoice|surcharge|후불/gi],
  ["returns", /returns?\b|반품/gi],
];

const LENGTHS: readonly (readonly [Role, RegExp])[] = [
  [
    "delivery",
    /deliver\w*|shipp?\w*|arriv\w*|pick-?up|reach|get it|to you|배송|도착|받아|받으|수령|택배|배달|보내/gi,
  ],
  ["warranty", /warrant\w*|보증/gi],
  ["payment", /pay\w*|net\b|due|invoice|결제|지불|입금/gi],
  ["returns", /returns?\b|반품|(?:send|bring|take|ship) (?:it|them|one|the \w+) back|send back/gi],
  ["subscription", /subscri\w*|every|recurring|정기|마다|구독/gi],
];

const COUNTS: readonly (readonly [Role, RegExp])[] = [
  [
    "stock",
    /there (?:are|is)(?= \S+ (?:of|left))|left\b|remain\w*|in stock|available|on hand|stock|재고|남|수량 한정/gi,
  ],
  ["rating", /\brat(?:ed|ing)s?|\bstars?\b|out of|reviews?|평점|별점|후기|리뷰|점/gi],
];

const ROLES: Partial<Readonly<Record<Figure["kind"], readonly (readonly [Role, RegExp])[]>>> = {
  amount: MONEY,
  measure: LENGTHS,
  count: COUNTS,
  number: COUNTS,
};
