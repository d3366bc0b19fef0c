import { minorDigits } from "../../domain/money.ts";
import { may } from "./gate.ts";
import { numberOf } from "./numerals.ts";

/** A figure as claimed: what kind it is of, and a canonical value to compare. */
export interface Figure {
  readonly kind: "amount" | "percent" | "measure" | "date" | "time" | "count" | "number";
  /** Value, or range "2..5", then the unit: "USD 15729" in minor units, "2..5 day", "1.24 kg", "11-22", "01:27". */
  readonly key: string;
  readonly at: number;
  readonly end: number;
  readonly words: string;
}

/** Figures of a text whose spelled-out numbers are digits already, and the text with every figure blanked out. */
export function figuresIn(text: string): { readonly figures: readonly Figure[]; readonly rest: string } {
  const figures: Figure[] = [];
  let rest = text;
  if (!/\d/.test(text)) return { figures, rest };
  for (const { pattern, read } of PATTERNS) {
    if (!may(pattern, text)) continue;
    rest = rest.replace(pattern, (...found: unknown[]) => {
      const groups = found.at(-1) as Record<string, string | undefined>;
      const at = found.at(-3) as number;
      const words = found[0] as string;
      const parsed = read(groups);
      if (parsed === null) return words;
      figures.push({
        ...parsed,
        at,
        end: at + words.length,
        words: text.slice(at, at + words.length).trim(),
      });
      return FIGURE.repeat(words.trimEnd().length) + " ".repeat(words.length - words.trimEnd().length);
    });
  }
  return { figures: figures.sort((a, b) => a.at - b.at), rest };
}

/** Stands for each character of a figure that was read. */
export const FIGURE = "\uE001";

type Read = (groups: Record<string, string | undefined>) => Pick<Figure, "kind" | "key"> | null;

const N = "\\d+(?:[.,]\\d+)*(?:[kKmM](?![A-Za-z]))?";
const TO = "\\s?(?:-|–|—|~|to|에서|내지|or|and|부터)\\s?";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const MONTH =
  "(?<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September|October|November|December)\\.?";
const MEASURES: Readonly<Record<string, string>> = {
  day: "days?|일(?!반|정|단|부|체|괄|찍|상|시불)",
  week: "weeks?|주(?:일)?(?!문|소|시|세|의|요|신|실|는|고|로|변|차|말)",
  month: "months?|개월|달(?!러|라)",
  year: "years?|yrs?|년",
  hour: "hours?|hrs?|h|시간",
  minute: "minutes?|mins?|분(?!들|께|이|류|실)",
  second: "seconds|secs?|초",
  in: "inch(?:es)?|in(?=[\\s,.;)]|$)(?! (?:stock|days|total|all|the|a|one|two|your))|인치|″",
  cm: "cm|centimet(?:er|re)s?|센티미터|센티",
  mm: "mm|millimet(?:er|re)s?|밀리미터|미리",
  m: "m|met(?:er|re)s?|미터",
  g: "g|grams?|그램",
  kg: "kg|kgs|kilos?|kilograms?|킬로그램|킬로",
  mb: "MB|megabytes?|메가바이트",
  gb: "GB|gigabytes?|gigs?|기가바이트|기가",
  tb: "TB|terabytes?|테라바이트|테라",
  w: "W|watts?|와트",
  v: "V|volts?|볼트",
  mah: "mAh|밀리암페어시",
  wh: "Wh",
  ms: "ms|밀리초",
  ml: "ml|밀리리터",
  l: "l|L|lit(?:er|re)s?|리터",
  hz: "Hz|hertz|헤르츠",
  khz: "kHz",
  mhz: "MHz",
  ghz: "GHz|기가헤르츠",
  db: "dB|decibels?|데시벨",
  nit: "nits?|니트|cd/m2",
  dpi: "DPI|dpi",
  core: "cores?|코어",
  star: "stars?|점",
  degree: "°C|degrees?|도(?=[\\s.,까])",
  lumen: "lumens?|lm|루멘",
  k: "K(?=[\\s,.)가-힣]|$)",
};
const UNIT_OF = Object.entries(MEASURES).map(
  ([unit, names]) => [unit, new RegExp(`^(?:${names})$`)] as const,
);
const UNIT = `(?<unit>${Object.values(MEASURES).join("|")})(?![A-Za-z])`;
const COUNTER =
  "개|대(?!한|안|신|상|응)|권|병|봉지|박스|상자|세트|켤레|장|명|가지|번째|번|건|종류|종|쌍|팩|묶음|자루|잔|벌|곳|군데|회|차례|units?|pieces?|pcs?|items?|copies|bags?|boxes|packs?|sets?|pairs?";

const PATTERNS: readonly { readonly pattern: RegExp; readonly read: Read }[] = [
  // Dates and times, before anything takes their numbers.
  ...[
    `(?:(?<year>\\d{4})[-./년]\\s?)(?<m>\\d{1,2})(?:[-./]|월\\s?)(?<d>\\d{1,2})일?`,
    `(?<m>\\d{1,2})월(?:\\s?(?<d>\\d{1,2})일)?`,
    `\\b${MONTH}\\s(?<d>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s(?<year>\\d{4}))?`,
    `(?<!\\d)(?<d>\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?${MONTH}(?:,?\\s(?<year>\\d{4}))?(?![a-z])`,
    `(?<!\\d)(?<m>\\d{1,2})/(?<d>\\d{1,2})(?:/(?<year>\\d{2,4}))?(?!\\d)`,
  ].map((source) => ({ pattern: new RegExp(source, "gi"), read: dateOf })),
  {
    pattern:
      /(?<half>오전|오후)?\s?(?<!\d)(?<h>\d{1,2})(?::(?<min>\d\d)|시(?!간)(?:\s?(?<min2>\d{1,2})분)?)(?:\s?(?<ap>[ap]\.?m\.?))?/giu,
    read: timeOf,
  },
  { pattern: /(?<!\d)(?<h>\d{1,2})\s?(?<ap>[ap]\.?m\b\.?)/giu, read: timeOf },
  // Money.
  { pattern: new RegExp(`(?:US\\$|USD\\s?|\\$\\s?)(?<n>${N})`, "g"), read: ({ n }) => money(n, "USD") },
  { pattern: new RegExp(`(?:₩\\s?|KRW\\s?)(?<n>${N})`, "g"), read: ({ n }) => money(n, "KRW") },
  {
    pattern: new RegExp(
      `(?<!\\d[.,]?)(?<n>${N})\\s?-?(?:US dollars?|dollars?|bucks?|USD|\\$|달러|불(?=[\\s.,에]))(?:\\s?(?:and\\s)?(?<c>\\d{1,2})\\s?(?:cents?|센트))?`,
      "gi",
    ),
    read: ({ n, c }) => money(n, "USD", c),
  },
  {
    pattern: new RegExp(`(?<!\\d[.,]?)(?<n>${N})\\s?(?:cents?|센트|¢)`, "gi"),
    read: ({ n }) => money("0", "USD", n),
  },
  {
    pattern: new RegExp(`(?<!\\d[.,]?)(?<n>${N})\\s?(?:원|won\\b|KRW)`, "gi"),
    read: ({ n }) => money(n, "KRW"),
  },
  // Shares.
  {
    pattern: new RegExp(
      `(?<!\\d[.,]?)(?<n>${N})\\s?-?(?:%|percent|per cent|pct|퍼센트|프로(?=[\\s.,할나]))`,
      "gi",
    ),
    read: percentOf,
  },
  // Ranges and measures.
  {
    pattern: new RegExp(
      `(?<![A-Za-z\\d.])(?<lo>${N})(?:\\s?(?:일|개월|days?))?${TO}(?<n>${N})\\s?-?\\s?(?:business\\s|working\\s|full\\s|영업)?${UNIT}`,
      "g",
    ),
    read: measureOf,
  },
  {
    pattern: new RegExp(
      `(?<![A-Za-z\\d.])(?<n>${N})\\s?-?\\s?(?:business\\s|working\\s|full\\s|영업)?${UNIT}`,
      "g",
    ),
    read: measureOf,
  },
  // Counts, then whatever digits are left.
  {
    pattern: new RegExp(`(?<![A-Za-z\\d.])(?<n>${N})\\s?(?:${COUNTER})(?![A-Za-z])`, "g"),
    read: countOf("count"),
  },
  { pattern: new RegExp(`(?<![A-Za-z\\d.])(?<n>${N})(?![A-Za-z\\d])`, "g"), read: countOf("number") },
];

function dateOf({ month, m, d, year }: Record<string, string | undefined>): Pick<Figure, "kind" | "key"> {
  const name = month?.slice(0, 3).toLowerCase();
  const n = name === undefined ? Number(m) : MONTHS.findIndex((each) => each.toLowerCase() === name) + 1;
  return {
    kind: "date",
    key: `${year === undefined ? "" : `${year}-`}${n}-${d === undefined ? "" : Number(d)}`,
  };
}

function timeOf({
  half,
  h,
  min,
  min2,
  ap,
}: Record<string, string | undefined>): Pick<Figure, "kind" | "key"> {
  const late = half === "오후" || /^p/i.test(ap ?? "");
  const hour =
    (Number(h) % 12) + (late || (Number(h) === 12 && half === undefined && ap === undefined) ? 12 : 0);
  const kept = half === undefined && ap === undefined ? Number(h) : hour;
  return { kind: "time", key: `${kept}:${(min ?? min2 ?? "00").padStart(2, "0")}` };
}

function money(n: string | undefined, currency: string, cents?: string) {
  const value = numberOf(n ?? "");
  const minor = value === null ? null : Math.round(value * 10 ** minorDigits(currency)) + Number(cents ?? 0);
  return { kind: "amount" as const, key: `${currency} ${minor ?? "?"}` };
}

function percentOf({ n }: Record<string, string | undefined>) {
  return { kind: "percent" as const, key: `${numberOf(n ?? "") ?? "?"}` };
}

function measureOf({ lo, n, unit }: Record<string, string | undefined>): Pick<Figure, "kind" | "key"> {
  const name = UNIT_OF.find(([, pattern]) => pattern.test(unit ?? ""))?.[0] ?? unit ?? "";
  const scale = name === "year" ? 12 : name === "week" ? 7 : 1;
  const base = name === "year" ? "month" : name === "week" ? "day" : name;
  const value = (written: string) => {
    const parsed = numberOf(written);
    return parsed === null ? "?" : String(Math.round(parsed * scale * 1_000) / 1_000);
  };
  return { kind: "measure", key: `${lo === undefined ? "" : `${value(lo)}..`}${value(n ?? "")} ${base}` };
}

function countOf(kind: "count" | "number"): Read {
  return ({ n }) => ({ kind, key: `${numberOf(n ?? "") ?? "?"}` });
}
