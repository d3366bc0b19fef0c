/** A number in a canonical unit: lengths in mm, masses in g, volumes in ml, data in gb, times in min, Hz, W. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

/**
 * The quantity in its canonical unit, so that 27 inches, 68.6 cm and 686 mm compare. A unit that is not known
 * stays as it is, in lower case; it then compares with itself only.
 */
export function canonicalQuantity(value: number, unit: string): Quantity {
  const short = shortUnit(unit);
  const known = short === null ? undefined : UNITS[short];
  if (!known) return { value, unit: unit.trim().toLowerCase() };
  return { value: value * known.factor, unit: known.base };
}

/** The short name of a unit as people write it ("inches", "인치", '"' are all "in"), or null. */
export function shortUnit(spelling: string): string | null {
  return bySpelling.get(spelling.trim().toLowerCase().replace(/\.$/, "")) ?? null;
}

/**
 * The least and most that "about as much as this" means when somebody names one size. Whole inches name the
 * screens half an inch around them (15.6 is sold as "15 inch", 23.8 as "24 inch"); anything else is within 2.5 %,
 * which also joins 1,000 and 1,024 to the thousand.
 */
export function nominalRange(value: number, unit: string): { readonly min: number; readonly max: number } {
  const margin = shortUnit(unit) === "in" && Number.isInteger(value) ? 0.65 : Math.abs(value) * 0.025;
  const low = canonicalQuantity(value - margin, unit).value;
  return { min: low, max: canonicalQuantity(value + margin, unit).value };
}

/** The same quantity as product texts may write it, "27in" first as "68.6cm": each a number of at most one decimal. */
export function otherMeasures(value: number, unit: string): string[] {
  const short = shortUnit(unit);
  const own = short === null ? undefined : UNITS[short];
  if (!own) return [];
  return Object.entries(UNITS)
    .filter(([name, { base }]) => base === own.base && name !== short)
    .map(([name, { factor }]) => [name, Math.round(((value * own.factor) / factor) * 10) / 10] as const)
    .filter(([, converted]) => converted >= 0.5 && converted < 1e6)
    .map(([name, converted]) => `${converted}${name}`);
}

/** A decimal as written in running text: "1,000" is a thousand, "139,99" has a decimal comma, "3.0" is 3. */
export function plainNumber(written: string): string {
  const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(written);
  const text = grouped ? written.replaceAll(",", "") : written.replace(/,(?=\d+$)/, ".").replaceAll(",", "");
  return /^\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, "") : text;
}

interface Unit {
  readonly base: string;
  readonly factor: number;
  readonly spellings: readonly string[];
}

const unit = (base: string, factor: number, ...spellings: string[]): Unit => ({ base, factor, spellings });

const UNITS: Readonly<Record<string, Unit>> = {
  mm: unit("mm", 1, "millimeter", "millimeters", "millimetre", "millimetres", "밀리미터", "밀리"),
  cm: unit("mm", 10, "centimeter", "centimeters", "centimetre", "centimetres", "센티미터", "센티", "센치"),
  m: unit("mm", 1000, "meter", "meters", "metre", "metres", "미터"),
  in: unit("mm", 25.4, '"', "inch", "inches", "인치", "형"),
  ft: unit("mm", 304.8, "foot", "feet", "피트"),
  mg: unit("g", 0.001, "milligram", "milligrams", "밀리그램"),
  g: unit("g", 1, "gram", "grams", "gramme", "그램", "그람"),
  kg: unit("g", 1000, "kilo", "kilos", "kilogram", "kilograms", "킬로그램", "킬로", "키로"),
  oz: unit("g", 28.349523125, "ounce", "ounces", "온스"),
  lb: unit("g", 453.59237, "lbs", "pound", "pounds", "파운드"),
  ml: unit("ml", 1, "milliliter", "milliliters", "millilitre", "millilitres", "밀리리터"),
  l: unit("ml", 1000, "liter", "liters", "litre", "litres", "리터"),
  mb: unit("gb", 0.001, "megabyte", "megabytes", "메가바이트", "메가"),
  gb: unit("gb", 1, "gigabyte", "gigabytes", "gig", "gigs", "기가바이트", "기가"),
  tb: unit("gb", 1000, "terabyte", "terabytes", "테라바이트", "테라"),
  w: unit("w", 1, "watt", "watts", "와트"),
  kw: unit("w", 1000, "kilowatt", "kilowatts", "킬로와트"),
  wh: unit("wh", 1, "와트시"),
  mah: unit("mah", 1, "밀리암페어"),
  v: unit("v", 1, "volt", "volts", "볼트"),
  s: unit("min", 1 / 60, "sec", "secs", "second", "seconds", "초"),
  min: unit("min", 1, "mins", "minute", "minutes", "분"),
  h: unit("min", 60, "hr", "hrs", "hour", "hours", "시간"),
  month: unit("month", 1, "months", "개월"),
  year: unit("month", 12, "years", "yr", "yrs"),
  hz: unit("hz", 1, "hertz", "헤르츠"),
  khz: unit("hz", 1e3, "kilohertz"),
  mhz: unit("hz", 1e6, "megahertz"),
  ghz: unit("hz", 1e9, "gigahertz"),
  mp: unit("mp", 1, "megapixel", "megapixels", "메가픽셀"),
  lm: unit("lm", 1, "lumen", "lumens", "루멘"),
  rpm: unit("rpm", 1),
  dpi: unit("dpi", 1),
};

const bySpelling = new Map(
  Object.entries(UNITS).flatMap(([short, { spellings }]) =>
    [short, ...spellings].map((s) => [s, short] as const),
  ),
);

/** Every spelling but the inch sign, longest first, for a regular expression. */
export const UNIT_SPELLINGS: string = [...bySpelling.keys()]
  .filter((spelling) => spelling !== '"')
  .sort((a, b) => b.length - a.length)
  .join("|");
