import { bareAmount } from "./amounts.ts";
import type { Setting } from "./setting.ts";

/** Ways of naming a price that hold more words or fewer than the price does, said plainly: "49 dollars and 50 cents". */
export function plainly(text: string, setting: Setting): string {
  return text
    .replace(PRICED_LINE, (_, line: string, price: string) => `${line}${signOf(price, setting)}${price}`)
    .replace(PRICED_BEHIND, (_, line: string, price: string) => `${line}${signOf(price, setting)}${price}`)
    .replace(
      WITH_CENTS,
      (_, whole: string, word: string, cents: string) =>
        `${whole}.${cents.replace(" cents", "").padStart(2, "0")} ${word}`,
    )
    .replace(ISH, "about $1")
    .replace(NO_MORE, " ¦ ")
    .replace(PART_OFF, (_, part: string) => `${PARTS[part]}% off`)
    .replace(QUOTED, (_, price: string | undefined) => price ?? "")
    .replace(FOR_SO_MANY, (found: string, price: string, count: string) =>
      forMany(found, price, count, setting),
    )
    .replace(SECOND_SHARE, "$1$2%");
}

/** Beside what costs 900, "3 lamps at 50" has a price that is no size of that: it is meant as said. */
function signOf(price: string, setting: Setting): string {
  return setting.currency === "USD" && bareAmount(price, setting) === null ? "$" : "¤";
}

/** "4 monitors at 260": a price whatever is on the table. */
export const PRICED_LINE =
  /(\b\d+ (?:[a-z-]+ ){1,4}(?:at|@|for(?= \d[\d,.]* ?(?:each|apiece|a piece|a pop|ea)\b)) )(\d[\d,]*(?:\.\d+)?)(?=$|,|[.!?]$| (?:each|apiece|a piece|a pop|ea|per|and|plus|total|please|then)\b)/g;
/** "4 desk lamps, 50 each". */
const PRICED_BEHIND =
  /(\b\d+ (?:[a-z-]+ ){0,4}[a-z-]+, )(\d[\d,]*(?:\.\d+)?)(?= (?:each|apiece|a piece|a pop|ea)\b)/g;
/** "49 dollars and 50 cents". */
const WITH_CENTS =
  /(?<![\w.,])(\d+) (dollars|bucks)(?: and)? (\d\d(?: cents)?|\d cents)(?=$|\s?[,.!?¦]| (?:each|for|total|is|and|please)\b)/g;
/** The count that a price was named for, and not the one that is wanted. */
const QUOTED =
  /(\b(?:price|rate)(?: (?:that )?you (?:quoted|gave|offered|named)(?: me| us)?)) for (?:the )?\d+\b|\d+(?:개|대|세트|박스|팩)\s?기준\s?(?=(?:가격|단가|값).*\d(?:개|대|세트|박스|팩))/;
/** "90 for two". */
const FOR_SO_MANY =
  /(?<![\w.,#$₩€£¥¤/-])(\d[\d,]*(?:\.\d+)?) for (\d{1,3})(?=$|\s?[,.!?¦]| (?:of them|then|please|and)\b)/g;
const NO_MORE = /,? (?:and )?not (?:a|1|one) (?:single )?(?:cent |dollar |buck |penny )?more\b/;
/** "A quarter off". */
const PART_OFF = /\b(?:a |1 |one )(third|quarter|fifth|tenth) off\b/;
const PARTS: Readonly<Record<string, string>> = { third: "33.33", quarter: "25", fifth: "20", tenth: "10" };
const ISH = /(?<![\w.])(\d[\d,.]*)\s?-?ish\b/g;
/** "10% is nice but I was hoping for 12". */
const SECOND_SHARE =
  /(\d\s?(?:%|percent)[^¦]*\b(?:hoping for|thinking(?: of)?|how about|make (?:it|that)|want(?:ed)?|looking for|expect(?:ed|ing)|rather)\s)(\d{1,2})(?![\w.,]*\d|\s?(?:%|percent|dollars|bucks))/;

function forMany(found: string, price: string, count: string, setting: Setting): string {
  const { unit } = setting;
  if (unit === null || Number(count) < 2) return found;
  const amount = bareAmount(price, { ...setting, total: unit * Number(count) });
  const all = unit * Number(count);
  return amount !== null && amount * 2 >= all && amount * 2 <= all * 3 ? `${count} for $${price}` : found;
}
