import { APPROXIMATE_COUNTS, COUNTERS_KO, NATIVE_ONES, NATIVE_TENS, SINO_DIGITS } from "./words-ko.ts";

/**
 * Korean numbers to digits, so that one set of rules reads both languages: "만 오천원" -> "15000원",
 * "14만 7천" -> "147000원", "7~8만원대" -> "70000원~80000원대", "세 대" -> "3대", "서너 개" -> "3~4개".
 * 만 and 천 speak of money, so 원 is added where it was left out.
 */
export function digitsKo(text: string): string {
  return text
    .replace(SHARED_UNIT, "$1$3~$2$3")
    .replace(RUN, (run: string, offset: number, whole: string) => money(run, whole, offset))
    .replace(SHARE, (_, word: string) => `${sectionOf(word)}%`)
    .replace(/반\s?다스/g, "6개")
    .replace(DOZEN, (_, n: string) => `${countOf(n) * 12}개`)
    .replace(APPROXIMATE, (_, word: string, counter: string) => `${APPROXIMATE_COUNTS[word]}${counter}`)
    .replace(COUNT, (_, word: string, counter: string) => `${countOf(word)}${counter}`);
}

const SINO = "일이삼사오육칠팔구";
const PIECE = `(?:\\d[\\d,]*(?:\\.\\d+)?|[${SINO}십백천만억])`;
/** A number starts a word: 만 right after a noun is "only" (렌즈만), 이 and 구 inside a word are no numbers. */
const RUN = new RegExp(
  `(?<![가-힣\\d.,~-]|[a-z])${PIECE}(?:\\s?${PIECE})*(?:\\s?원)?|(?<=[~-])${PIECE}+원?`,
  "g",
);
const SHARED_UNIT = /(?<![\d.])(\d[\d.]*)\s*(?:~|-|에서\s?)\s*(\d[\d.]*)\s*(만|천)/g;
const SHARE = /(?<![가-힣\d])([일이삼사오육칠팔구십]{1,3})\s?(?:프로|퍼센트|퍼)(?=[\s만도에정쯤]|$)/g;
/** What may follow a number that has no 원: an ending, a particle or nothing. */
const AFTER =
  /^(?:$|[\s.,!?~-]|입|인데|라|밖|뿐|보다|짜리|드릴|해\s?주|하시|하죠|찍|에|으로|로|은|는|면|까지|만|정도|쯤|대|요|씩|도|을|이|부터|안|밑|아래|어때|가능|콜)/;
/** Words that look like money and are not: "이만" is goodbye, "천만에요" is you're welcome. */
const NO_MONEY = new Set(["이만", "천만", "만", "천", "백", "만만", "구만", "이천", "오백"]);

function money(run: string, text: string, offset: number): string {
  const won = run.endsWith("원");
  let number = won ? run.slice(0, -1).trimEnd() : run;
  if (!/[만천백억]/.test(number)) return tens(number, text.slice(offset + run.length)) ?? run;
  let rest = "";
  if (!won && COUNTS.test(text.slice(offset + run.length))) {
    const counted = sectionOf(number.replace(/[\s,]/g, "")) ?? wonOf(number.replace(/[\s,]/g, ""));
    if (counted !== null) return String(counted);
  }
  if (!won) {
    const after = text.slice(offset + run.length);
    if (number === "오만" && /^\s?가지/.test(after)) return run;
    const last = /(?:(?<=[만천백])이|\s\d+)$/.exec(number);
    if (last && (last[0] === "이" || !AFTER.test(after))) {
      rest = last[0];
      number = number.slice(0, -rest.length);
    } else if (!AFTER.test(after) || NO_MONEY.has(number)) return run;
    if (!/\d/.test(number) && number.length < 2) return run;
  }
  const value = wonOf(number.replace(/[\s,]/g, ""));
  // "백이십" alone is 120 of whatever the prices are counted in.
  if (value !== null && !won && !/[만천억]/.test(number)) return `${value}${rest}`;
  return value === null ? run : `${value}원${rest}`;
}

/** "오십에 주세요": tens of whatever the prices are counted in. */
function tens(number: string, after: string): string | null {
  if (!/^[이삼사오육칠팔구]십[일이삼사오육칠팔구]?$/.test(number)) return null;
  return /^(?:에(?![가-힣])|으로|로|이?면|은요|는요|까지|이?요|콜|어때)/.test(after)
    ? String(sectionOf(number))
    : null;
}

/** What may follow a counter: "네 대" is four of them, "네 대신" is "yes, instead". */
const COUNTED =
  "(?=$|[\\s.,!?~]|에|로|으로|만|씩|를|을|가|이|은|는|도|요|당|짜리|정도|쯤|하|주|살|사|더|다|면|입|랑|와|과|까지|나|들|째|예요|였|인데|뿐)";
const ONE = longestFirst(NATIVE_ONES);
const TEN = longestFirst(NATIVE_TENS);
/** "이백 개" counts; "7만대" is a price range, so that 대 may not stand for it. */
const COUNTS = new RegExp(`^\\s?(?:${COUNTERS_KO.replace("|대|", "|")})${COUNTED}|^\\s대${COUNTED}`);
const COUNT = new RegExp(
  `(?<![가-힣])((?:${TEN})\\s?(?:${ONE})|${TEN}|${ONE}|[${SINO}십]{2,3})\\s?(${COUNTERS_KO})${COUNTED}`,
  "g",
);
const APPROXIMATE = new RegExp(
  `(?<![가-힣])(${longestFirst(APPROXIMATE_COUNTS)})\\s?(${COUNTERS_KO})${COUNTED}`,
  "g",
);
const DOZEN = new RegExp(`(?<![가-힣])(\\d+|${ONE})\\s?다스`, "g");

function longestFirst(table: Readonly<Record<string, unknown>>): string {
  return Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .join("|");
}

function countOf(word: string): number {
  const spaceless = word.replace(/\s/g, "");
  if (/^\d+$/.test(spaceless)) return Number(spaceless);
  const ten = Object.keys(NATIVE_TENS).find((key) => spaceless.startsWith(key));
  if (ten) return (NATIVE_TENS[ten] ?? 0) + (NATIVE_ONES[spaceless.slice(ten.length)] ?? 0);
  return NATIVE_ONES[spaceless] ?? sectionOf(spaceless) ?? 0;
}

/** "2만5천", "1.5만", "백삼십만", "6천5백", "3만9900" to whole won; a lone digit after 만 counts thousands. */
function wonOf(number: string): number | null {
  const [hundredMillions, below] = number.includes("억") ? number.split("억") : ["0", number];
  const [head = "", rest] = (below ?? "").split("만");
  const top = hundredMillions === "" ? 1 : sectionOf(hundredMillions ?? "");
  const high = rest === undefined ? 0 : head === "" ? 10_000 : shifted(head, 4);
  const tail = rest === undefined ? head : rest;
  const low = rest !== undefined && /^[1-9]$/.test(tail) ? Number(tail) * 1_000 : sectionOf(tail);
  return top === null || high === null || low === null ? null : top * 100_000_000 + high + low;
}

/** A numeral times ten to the `zeros`, by moving the decimal point. */
function shifted(number: string, zeros: number): number | null {
  const [, whole, fraction] = /^(\d+)\.(\d+)$/.exec(number) ?? [];
  if (whole !== undefined && fraction !== undefined)
    return fraction.length > zeros ? null : Number(`${whole}${fraction.padEnd(zeros, "0")}`);
  const value = sectionOf(number);
  return value === null ? null : value * 10 ** zeros;
}

const ZEROS: Readonly<Record<string, number>> = { 십: 1, 백: 2, 천: 3 };

/** A number below 만: digits, 십, 백 and 천 in any mix; a lone digit after 천 counts hundreds ("6천5"). */
export function sectionOf(text: string): number | null {
  let total = 0;
  let numeral = "";
  let last = 0;
  for (const char of text) {
    const zeros = ZEROS[char];
    if (zeros === undefined) {
      numeral += SINO_DIGITS[char] ?? char;
      continue;
    }
    const value = numeral === "" ? 10 ** zeros : shifted(numeral, zeros);
    if (value === null) return null;
    total += value;
    last = zeros;
    numeral = "";
  }
  if (numeral === "") return total;
  if (!/^\d+$/.test(numeral)) return null;
  return total + Number(numeral) * (last === 3 && /천\d$/.test(text) ? 100 : 1);
}
