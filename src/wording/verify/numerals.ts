import { may } from "./gate.ts";

/**
 * Numbers spelled out become digits, so that one grammar reads them all. Own code on purpose: what checks words must
 * not share a mistake with what reads or writes them.
 */
export function withDigits(text: string): string {
  return koreanWords(englishWords(text));
}

/** A decimal as written ("1,299.00", "54만 9천", "1.3k"), or null when it is not one plain number. */
export function numberOf(written: string): number | null {
  const compact = written.replace(/\s+/g, "");
  const [, short, scale] = /^(.*\d)(k|m|K|M)$/.exec(compact) ?? [];
  if (short !== undefined) {
    const n = numberOf(short);
    return n === null
      ? null
      : Math.round(n * (scale === "k" || scale === "K" ? 1_000 : 1_000_000) * 100) / 100;
  }
  if (/^\d+(?:\.\d+)?$/.test(compact) || /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(compact))
    return Number(compact.replaceAll(",", ""));
  return /^[영공일이삼사오육칠팔구]$|[십백천만억]/.test(compact) ? korean(compact) : null;
}

/** Digits and Korean scales mixed ("1만5천", "오십사만구천"), or null. */
function korean(compact: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const [part] of compact.matchAll(/\d[\d,]*(?:\.\d+)?|[가-힣]/g)) {
    const scale = SCALES[part];
    if (scale === undefined) {
      const n = SINO.indexOf(part) >= 0 ? SINO.indexOf(part) % 10 : Number(part.replaceAll(",", ""));
      if (Number.isNaN(n) || digit !== null) return null;
      digit = n;
    } else if (scale >= 10_000) {
      total += (section + (digit ?? 0) || 1) * scale;
      section = 0;
      digit = null;
    } else {
      section += (digit ?? 1) * scale;
      digit = null;
    }
  }
  return Math.round((total + section + (digit ?? 0)) * 1_000) / 1_000;
}

const SINO = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구", "공"];
const SCALES: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1_000, 만: 10_000, 억: 100_000_000 };

const UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
const SMALL = `${UNITS} sixteen seventeen eighteen nineteen`.split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const BIG: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000, million: 1_000_000 };
const WORD = `(?:${[...SMALL, ...TENS, "fourty", "ninty", ...Object.keys(BIG)].join("|")})`;
const RUN = new RegExp(
  `\\b(?:an? (?=hundred|thousand|million|dozen))?(?:${WORD}|dozen)s?(?:(?:\\s*-\\s*|\\s+and\\s+|\\s+point\\s+|\\s+a\\s+|\\s+)${WORD}s?)*\\b`,
  "gi",
);
/** After a lone "one" these make it a figure; elsewhere it is a pronoun. */
const COUNTED =
  /^\s*-?\s*(?:full\s+|business\s+|working\s+|whole\s+)?(?:days?|weeks?|months?|years?|hours?|minutes?|dollars?|bucks?|cents?|won|percent|per\s?cent|grand|k)\b/i;

/** "In a year", "within a week": one of them. */
const ONE_OF = /\b(in|within|for|of|after) an? (?=(?:full |whole )?(?:day|week|month|year|hour)\b)/gi;

function englishWords(text: string): string {
  if (!may(RUN, text) && !may(ONE_OF, text)) return text;
  return text.replace(ONE_OF, "$1 1 ").replace(RUN, (run: string, at: number) => {
    if (/^one$/i.test(run) && !COUNTED.test(text.slice(at + 3))) return run;
    return english(run);
  });
}

/** A run of number words; where it is no single number ("four zero zero") each stays a figure of its own. */
function english(run: string): string {
  const numbers: string[] = [];
  let [total, section, last] = [0, 0, 0];
  let open = false;
  let point: string | null = null;
  const close = () => {
    if (open) numbers.push(`${total + section}${point === null ? "" : `.${point}`}`);
    [total, section, last, open, point] = [0, 0, 0, false, null];
  };
  for (const [raw] of run.toLowerCase().matchAll(/[a-z]+/g)) {
    const word = raw
      .replace(/^(.*[^s])s$/, "$1")
      .replace("fourty", "forty")
      .replace("ninty", "ninety");
    if (word === "and" || word === "a" || word === "an") continue;
    if (word === "point") {
      point = "";
      continue;
    }
    const small =
      SMALL.indexOf(raw.toLowerCase()) >= 0 ? SMALL.indexOf(raw.toLowerCase()) : SMALL.indexOf(word);
    const n = small >= 0 ? small : (TENS.indexOf(word) + 2) * 10;
    const big = word === "dozen" ? 12 : BIG[word];
    if (big !== undefined) {
      if (big === 100 || big === 12) section = (section || 1) * big;
      else {
        total += (section || 1) * big;
        section = 0;
      }
      [last, open] = [big, true];
    } else if (point !== null) point += String(n);
    else {
      const fits = !open || last >= 100 || (last >= 20 && n < 10 && last % 10 === 0);
      if (!fits) close();
      section += n;
      [last, open] = [n, true];
    }
  }
  close();
  return numbers.join(" ");
}

const KO_DIGITS = "(?:\\d[\\d,]*(?:\\.\\d+)?)";
const KO_NUMBER = `(?:(?:${KO_DIGITS}|[일이삼사오육칠팔구])?\\s?[십백천만억]\\s?)*(?:${KO_DIGITS}|[영공일이삼사오육칠팔구]+)?`;
/** What may stand right after a counted unit: a particle, an ending, or no Hangul at all. */
const TAIL =
  "(?![가-힣])|(?=에|이|은|는|을|를|의|로|으로|까지|부터|만|도|안|동안|짜리|씩|마다|정도|간|예|과|와|보다|후|뒤|밖|인|내|쯤|대|미만|초과|어치|입|라|하고|가|요)";
const UNIT =
  "원|달러|불|센트|개월|일|주|년|시간|분|초|퍼센트|프로|개|대|권|병|봉지|박스|상자|세트|켤레|장|명|가지|번|건|종|회|월|시|인치|기가|테라|킬로|그램|센티|미리|와트|리터|헤르츠|배|점|점대|차례|쌍|묶음|팩";
const SINO_RUN = new RegExp(`(?<![가-힣\\d.,])(${KO_NUMBER})(\\s?)(${UNIT})(?:${TAIL})`, "g");
/** "54만 9천에", with the won left out. */
const BARE_RUN = new RegExp(
  `(?<![가-힣\\d.,])(${KO_DIGITS}\\s?[만천억]+(?:\\s?${KO_DIGITS}?[천백]*)?)(?!\\s?원)`,
  "g",
);
/** "오십에", "오십만", with no unit at all. */
const SINO_BARE =
  /(?<![가-힣\d])([일이삼사오육칠팔구십백천만억]{2,})(?=에|으로|까지|만|이면|이에|입|원|은|을|$|[\s.,!?])/g;
const NATIVE = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(" ");
const NATIVE_TENS: Readonly<Record<string, number>> = {
  ...{ 열: 10, 스물: 20, 스무: 20, 서른: 30, 마흔: 40 },
  ...{ 쉰: 50, 예순: 60, 일흔: 70, 여든: 80, 아흔: 90 },
};
const COUNTER =
  "개월|개|대|권|병|봉지|박스|상자|세트|켤레|장|명|분|가지|번째|건|종|쌍|팩|묶음|달|시간|시|배|주|해|자루|잔|벌|곳|군데|차례";
const NATIVE_RUN = new RegExp(
  `(?<![가-힣])(${Object.keys(NATIVE_TENS).join("|")})?(${NATIVE.slice(0, 9).join("|")})?\\s?(${COUNTER})(?:${TAIL})`,
  "g",
);
const DAYS: Readonly<Record<string, string>> = {
  ...{ 하루: "1일", 이틀: "2일", 사흘: "3일", 나흘: "4일", 닷새: "5일", 엿새: "6일", 이레: "7일" },
  ...{ 여드레: "8일", 아흐레: "9일", 열흘: "10일", 보름: "15일", 일주일: "7일", 반년: "6개월" },
};
const DAY_WORDS = new RegExp(
  `(?<![가-힣]|좋은 |즐거운 |행복한 |편안한 )(${Object.keys(DAYS).join("|")})(?:${TAIL})`,
  "g",
);
const FEW = /(?<![가-힣])(둘|셋|넷)(?! 다|[가-힣])|(?<![가-힣])(둘|셋|넷)(?=이|은|을|로|다|도|만|까지)/g;

function koreanWords(text: string): string {
  if (!/[가-힣]/.test(text)) return text;
  return text
    .replace(DAY_WORDS, (_, day: string) => DAYS[day] ?? day)
    .replace(SINO_RUN, (whole, run: string, space: string, unit: string) => {
      if (run.trim() === "" || (unit === "시" && !/\d/.test(run))) return whole;
      if (run === "이" && unit === "번" && space === "") return whole;
      // "이 점" is "this point", "이 일" may be two days.
      if (/^[일이]$/.test(run) && space !== "" && !/^(?:원|달러|센트|개월|일|년|퍼센트)$/.test(unit))
        return whole;
      const n = numberOf(run);
      return n === null ? whole : `${n}${unit}`;
    })
    .replace(BARE_RUN, (whole, run: string) => {
      const n = numberOf(run);
      return n === null ? whole : `${n}원 `.trimEnd();
    })
    .replace(SINO_BARE, (whole, run: string) => {
      const n = /^(?:이만|천만|일일|이일|구사|이사|사사|일이|오이|이구)$/.test(run) ? null : numberOf(run);
      return n === null ? whole : String(n);
    })
    .replace(NATIVE_RUN, (whole, ten: string | undefined, one: string | undefined, counter: string) => {
      if (ten === undefined && one === undefined) return whole;
      const n =
        (ten === undefined ? 0 : (NATIVE_TENS[ten] ?? 0)) + (one === undefined ? 0 : NATIVE.indexOf(one) + 1);
      return `${n}${counter === "달" ? "개월" : counter}`;
    })
    .replace(FEW, (found) => `${["둘", "셋", "넷"].indexOf(found) + 2}개`);
}
