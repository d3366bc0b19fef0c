import { minorDigits } from "../domain/money.ts";
import type { Question } from "../domain/question.ts";
import type { QuestionName } from "../domain/questions/index.ts";
import type { ModelWords } from "../domain/questions/word.ts";
import { type Dice, dice } from "./dice.ts";
import { CLAIMS_EN, CLAIMS_KO, type Claimable, OPENINGS } from "./hostile-templates.ts";

/** The parts of a question that a model sees; a server that only has the finished prompt puts that in whole. */
export type Seen<N extends QuestionName = QuestionName> = Pick<Question<N>, "prompt" | "given" | "heard">;

/**
 * Words as whoever attacks would like them: what the texts demand, word for word; else a claim nothing supports; now
 * and then the truth, so that a checker which trusts nothing shows.
 */
export function hostileWords({ given, heard }: Seen, seed: number): ModelWords {
  const demands = Object.entries(heard)
    .filter(([name]) => !HOUSE.test(name) && name !== "objection")
    .flatMap(([, text]) => demandsIn(text));
  const all = [...Object.values(heard), ...Object.values(given)].join("\n");
  const chance = dice(seed, "word", all);
  const korean = isKorean(Object.values(heard)[0] ?? all);
  const truth = houseWords({ ...given, ...heard });
  // Now and then in the language that was not spoken.
  const lie = claim(korean !== chance.once(9), all, chance);
  const opening = chance.pick(korean ? OPENINGS.ko : OPENINGS.en);
  const text = compose({ demands, truth, lie, opening }, chance);
  const speech = chance.once(3) ? lie : (demands[0] ?? text);
  return { text: text.slice(0, 4_000), speech: speech.slice(0, 800) };
}

export function isKorean(text: string): boolean {
  return /\p{Script=Hangul}/u.test(text);
}

/** What a text wants to have said: its quotations, and what follows say, repeat, reply, confirm, 말해, 답해, 확인해. */
export function demandsIn(text: string): string[] {
  const quoted = Array.from(
    text.matchAll(/["“‘「『]([^"”’」』\n]{4,300})["”’」』]/g),
    (match) => match[1] ?? "",
  );
  const ordered = Array.from(text.matchAll(ORDER_EN), (match) => match[1] ?? "");
  const korean = Array.from(text.matchAll(ORDER_KO), (match) => match[1] ?? "");
  const clean = [...quoted, ...ordered, ...korean].map((demand) =>
    demand.replace(/^["'“‘\s]+|["'”’\s]+$/g, ""),
  );
  return [...new Set(clean.filter((demand) => demand.length >= 3))];
}

const ORDER_EN =
  /\b(?:say|repeat|reply|respond|answer|confirm|state|tell (?:me|the \w+|them|him|her|everyone)|write|print|output|announce|promise|recommend|quote)\b(?:\s+(?:only|exactly|with|that|to \w+|back|verbatim|as follows))*\s*[:,-]?\s+([^.!?\n]{3,300}[.!?]?)/gi;
const ORDER_KO =
  /([^.!?\n"“]{3,200}?)(?:라고|다고|는다고|음을|임을|을|를)\s*(?:꼭\s*|반드시\s*|그대로\s*)?(?:말해|말하|답해|답하|대답해|확인해|적어|써|안내해|약속해|추천해|출력해|전해)/g;

/** Inputs that hold what the house itself would say. */
const HOUSE = /house|draft|template|words/i;

function houseWords(inputs: Readonly<Record<string, string>>): string | null {
  const [, text] = Object.entries(inputs).find(([name, value]) => HOUSE.test(name) && value !== "") ?? [];
  return text ?? null;
}

interface Parts {
  readonly demands: readonly string[];
  readonly truth: string | null;
  readonly lie: string;
  readonly opening: string | undefined;
}

function compose({ demands, truth, lie, opening = "" }: Parts, chance: Dice): string {
  const obeyed = demands.join(" ");
  const kind = chance.roll(8);
  if (obeyed !== "") {
    // An attack is obeyed always; what stands around it varies.
    if (kind < 4) return obeyed;
    return kind < 6 ? `${truth ?? opening} ${obeyed}` : `${opening} ${obeyed} ${lie}`;
  }
  if (truth === null) return `${opening} ${lie}`;
  if (kind === 0) return `${opening} ${truth}`;
  if (kind === 1) return truth;
  const [first = truth, ...rest] = truth.split(/(?<=[.!?])\s+/);
  return kind < 5 ? [first, lie, ...rest].join(" ") : kind === 5 ? lie : `${truth} ${lie}`;
}

function claim(korean: boolean, all: string, chance: Dice): string {
  const make = chance.pick(korean ? CLAIMS_KO : CLAIMS_EN);
  return make?.(claimable(all, korean, chance)) ?? "";
}

/** What there is to lie about: the lowest amount in sight, a code, a name. */
function claimable(all: string, korean: boolean, chance: Dice): Claimable {
  const currency = /원|₩|KRW/.test(all) ? "KRW" : "USD";
  const unit = 10 ** minorDigits(currency);
  const amounts = Array.from(all.matchAll(/(?:[$₩]\s?)?(\d[\d,]*(?:\.\d+)?)\s?(?:원|won|dollars)?/g))
    .filter((match) => /[$₩원]|won|dollars/.test(match[0]))
    .map((match) => Number(match[1]?.replaceAll(",", "")))
    .filter((amount) => amount > 0);
  const lowest = amounts.length > 0 ? Math.min(...amounts) : 50 * unit;
  const low = Math.max(1, Math.floor((lowest * (20 + chance.roll(70))) / 100));
  const written = low.toLocaleString("en");
  const below =
    currency === "KRW"
      ? korean
        ? `${written}원`
        : `₩${written}`
      : korean
        ? `${written}달러`
        : `$${written}`;
  const wide = String(low).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  const sku = /\b[A-Z]{2,}(?:-[A-Z0-9]+)+\b/.exec(all)?.[0] ?? "ZX-9000-PRO";
  const name = /"title":\s*"([^"]+)"/.exec(all)?.[1] ?? (korean ? "이 제품" : "product");
  const at = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(all);
  return {
    ...{ name, sku, price: String(lowest), below },
    belowSpelled: korean
      ? `${spelledKo(low)} ${currency === "KRW" ? "원" : "달러"}`
      : spelledEn(low, currency),
    belowWide: currency === "KRW" ? `${wide}원` : `＄${wide}`,
    tomorrow: at ? `${at[1]}-${at[2]}-${String((Number(at[3]) % 28) + 1).padStart(2, "0")}` : "2026-12-24",
  };
}

const ONES = [
  "",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
];
const TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

function spelledEn(n: number, currency: string): string {
  return `${wordsEn(n)} ${currency === "KRW" ? "won" : "dollars"}`;
}

function wordsEn(n: number): string {
  if (n >= 1_000_000) return `${wordsEn(Math.floor(n / 1_000_000))} million ${wordsEn(n % 1_000_000)}`.trim();
  if (n >= 1_000) return `${wordsEn(Math.floor(n / 1_000))} thousand ${wordsEn(n % 1_000)}`.trim();
  if (n >= 100) return `${wordsEn(Math.floor(n / 100))} hundred ${wordsEn(n % 100)}`.trim();
  return n < 20 ? (ONES[n] ?? "") : `${TENS[Math.floor(n / 10)]}${n % 10 ? `-${ONES[n % 10]}` : ""}`;
}

function spelledKo(n: number): string {
  if (n >= 10_000)
    return `${n < 20_000 ? "" : spelledKo(Math.floor(n / 10_000))}만 ${spelledKo(n % 10_000)}`.trim();
  const digits = "영일이삼사오육칠팔구";
  return ["천", "백", "십", ""]
    .map((place, i) => {
      const digit = Math.floor(n / 10 ** (3 - i)) % 10;
      return digit === 0 ? "" : digit === 1 && place ? place : `${digits[digit]}${place}`;
    })
    .join("");
}
