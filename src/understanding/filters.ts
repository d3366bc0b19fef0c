import type { Filters, SpecFilter } from "../domain/lookup.ts";
import type { Price } from "./amounts.ts";

/** Units of measure people write, and how product data writes them. */
const UNITS: readonly (readonly [string, string])[] = [
  ["(?:inch(?:es)?|in\\.|\"|''|인치)", "in"],
  ["(?:tb|terabytes?|테라(?:바이트)?)", "TB"],
  ["(?:gb|gigs?|gigabytes?|기가(?:바이트)?)", "GB"],
  ["(?:ghz)", "GHz"],
  ["(?:hz|헤르츠)", "Hz"],
  ["(?:mah)", "mAh"],
  ["(?:wh)", "Wh"],
  ["(?:oz|ounces?|온스)", "oz"],
  ["(?:kw|kilowatts?|킬로와트)", "kW"],
  ["(?:kg|kgs|kilos?|kilograms?|킬로(?:그램)?)", "kg"],
  ["(?:lbs?|pounds (?=in weight|heavy))", "lb"],
  ["(?:grams?|g|그램)", "g"],
  ["(?:ml|milliliters?|밀리리터)", "ml"],
  ["(?:liters?|litres?|l|리터)", "l"],
  ["(?:cm|centimet(?:er|re)s?|센티(?:미터)?|센치)", "cm"],
  ["(?:mm|millimet(?:er|re)s?|밀리)", "mm"],
  ["(?:watts?|w|와트)", "W"],
  ["(?:hours?|hrs?|시간)", "h"],
  ["(?:mp|megapixels?|화소)", "MP"],
];
const UNIT = UNITS.map(([pattern]) => pattern).join("|");
const BEFORE =
  "(?<before>at least|minimum(?: of)?|more than|over|min|from|up to|at most|no more than|less than|under|below|max(?:imum)?(?: of)?|최소|최대)?";
const AFTER =
  "(?<after>\\s?(?:or (?:more|above|over|larger|bigger|longer|higher|up)|and up|\\+|이상|초과|넘는|or (?:less|under|smaller|below|lighter)|이하|미만|이내|안쪽|까지))?";
const SPEC = new RegExp(
  `${BEFORE}\\s?(?<![\\w.$#])(?<n>\\d+(?:\\.\\d+)?)[\\s-]?(?<unit>${UNIT})(?![a-z0-9])(?:짜리|급)?${AFTER}`,
  "g",
);
const MIN = /least|min|more|over|from|above|larger|bigger|longer|higher|up$|\+|이상|초과|넘는|최소/;

export interface Specs {
  readonly specs: readonly SpecFilter[];
  /** The text with a mark for each. */
  readonly rest: string;
  /** What the marks stand for, as it was said. */
  readonly said: readonly string[];
}

/** A letter no message is written in, so that nothing reads a number where a measure was. */
const MARK = 0x16a0;
const MARKS = /[\u16a0-\u16a7]/g;

/**
 * Takes numbers with a unit of measure out of `text`: to a search they are conditions, in the name of a thing to order
 * ("the 27 inch monitor") words.
 */
export function takeSpecs(text: string): Specs {
  if (!/\d/.test(text)) return { specs: [], rest: text, said: [] };
  const specs: SpecFilter[] = [];
  const said: string[] = [];
  const rest = text.replace(SPEC, (whole: string, ...more: unknown[]) => {
    const g = more.at(-1) as Record<string, string | undefined>;
    const unit = UNITS.find(([pattern]) => new RegExp(`^${pattern}$`).test(g.unit ?? ""))?.[1];
    if (unit === undefined || specs.length >= 8) return whole;
    const limit = (g.after ?? g.before ?? "").trim();
    const op = limit === "" ? "eq" : limit === "up to" ? "max" : MIN.test(limit) ? "min" : "max";
    specs.push({ op, value: Number(g.n), unit });
    said.push(`${g.n}${g.unit}`);
    return ` ${String.fromCharCode(MARK + specs.length - 1)} `;
  });
  return { specs, rest, said };
}

/** The text with its measures back in their places. */
export function remeasured(text: string, said: readonly string[]): string {
  return text.replace(MARKS, (mark) => said[mark.charCodeAt(0) - MARK] ?? "");
}

/** The text without them. */
export function unmeasured(text: string): string {
  return text.replace(MARKS, "¦");
}

/** What the named prices and measures narrow a search to. "About" is a fifth to either side. */
export function filtersOf(
  prices: readonly Price[],
  specs: readonly SpecFilter[],
  in_stock: boolean,
): Filters {
  const filters: Filters = {};
  for (const { amount, high, bound } of prices) {
    if (bound === "range" || bound === "bucket") {
      filters.price_min = amount;
      filters.price_max = high ?? amount;
    } else if (bound === "min") filters.price_min = amount;
    else if (bound === "about") {
      filters.price_min = amount - Math.floor(amount / 5);
      filters.price_max = amount + Math.floor(amount / 5);
    } else filters.price_max = amount;
  }
  if (specs.length > 0) filters.specs = [...specs];
  if (in_stock) filters.in_stock = true;
  return filters;
}
