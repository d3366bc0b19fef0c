/** What haggling is about, in whole dollars. */
export interface Listing {
  readonly list: number;
  /** Numbers of its title and text: sizes, years, models. */
  readonly numbers: ReadonlySet<number>;
}

export function listingOf(list: number, words: string): Listing {
  const numbers = (words.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((one) => Number(one.replaceAll(",", "")));
  return { list, numbers: new Set(numbers) };
}

const NUMBER =
  /(?<sign>\$\s?)?(?<![\w.,/:#-])(?<digits>\d[\d,]*(?:\.\d+)?)(?<k>k\b)?(?<after>\$|\s?(?:dollars|bucks|usd)\b)?/gi;

/**
 * Prices of a message, told by looks alone: whole numbers between a third of the list price and a
 * quarter above it, that no unit, percent sign or ordinal follows and that, bare, are no year and no number of the listing.
 * The list price is none of them: who says it may quote or propose it.
 */
export function figuresIn(text: string, { list, numbers }: Listing): number[] {
  const found = new Set<number>();
  for (const match of text.matchAll(NUMBER)) {
    const { sign, digits = "", k, after } = match.groups ?? {};
    const value = Number(digits.replaceAll(",", "")) * (k ? 1_000 : 1);
    const marked = sign !== undefined || k !== undefined || after !== undefined;
    const rest = text.slice(match.index + match[0].length);
    if (MEASURED.test(rest) || (k !== undefined && /^\s?(?:miles|mi\b|km)/i.test(rest))) continue;
    if (value < list / 3 || value > list * 1.25 || value === list || !Number.isInteger(value)) continue;
    if (!marked && (isYear(value) || numbers.has(value))) continue;
    found.add(value);
  }
  return [...found];
}

const MEASURED =
  /^(?:%|st\b|nd\b|rd\b|th\b|["'’]|[:/]\d|\s?(?:percent|miles?|mi\b|km|mph|inch|ft|feet|foot|cm|mm|gb|mb|tb|hz|watts?|volts?|v\b|lbs?|pounds?|oz|cc\b|sq|square|bed|bath|people|years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|am\b|pm\b|o'clock|times?|pieces?|of (?:them|these|those)|chairs?|off\b|less\b|more\b))/i;

function isYear(value: number): boolean {
  return value >= 1900 && value <= 2030;
}
