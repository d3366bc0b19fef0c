/**
 * Spelled numbers to digits: "forty-five" -> "45", "a hundred and twenty" -> "120", "two dozen" -> "24", "mid forties" ->
 * "mid 40s". A pair that may be read two ways ("two fifty": 250 or 2.50) becomes "2_50", for whoever knows the prices to
 * decide.
 */
export function digitsEn(text: string): string {
  const settled = text.replace(/\b(?:a )?couple(?: of)?\b/g, "2").replace(HALF_DOZEN, "6");
  if (!ANY_NUMBER.test(settled)) return settled;
  const plain = SPOKEN.reduce((words, [said, meant]) => words.replace(said, meant as string), settled);
  const digits = plain.replace(RUN, (run, offset: number) => {
    if (run === "one" && !countsOne(plain, offset)) return run;
    return numberOf(run) ?? run;
  });
  return digits.replace(AND_A_HALF, "$1.5 $2");
}

const SMALL: Readonly<Record<string, number>> = {
  ...{ zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17 },
  ...{ eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60 },
  ...{ seventy: 70, eighty: 80, ninety: 90, ninty: 90 },
};
const SMALLS = Object.keys(SMALL).join("|");
const WORD = `(?:${SMALLS}|hundred|thousand|grand|dozen)`;
const ANY_NUMBER = new RegExp(
  `\\b(?:${WORD}|hundreds|hundo|buck|fiver|tenner|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\\b`,
);
/** "two oh five" and "2 o 5" hold a zero. */
const RUN = new RegExp(
  `\\b(?:(?:an? )(?=hundred|thousand|dozen|grand)|(?<![.,\\d])\\d+ (?=hundred|thousand|dozen|grand))?${WORD}(?:(?: and |[ -](?:oh?[ -](?=(?:one|two|three|four|five|six|seven|eight|nine)\\b))?)${WORD})*\\b`,
  "g",
);
const HALF_DOZEN = /\b(?:half (?:a )?dozen|a half[- ]dozen)\b/g;

const DECADES: Readonly<Record<string, string>> = {
  ...{ twenties: "20", thirties: "30", forties: "40", fifties: "50", sixties: "60", seventies: "70" },
  ...{ eighties: "80", nineties: "90" },
};
const PARTS: Readonly<Record<string, readonly [string, string]>> = {
  half: ["fifty", "five hundred"],
  quarter: ["twenty five", "two hundred fifty"],
};

/** Ways of saying a number that its words alone do not add up to, put into words that do. */
const SPOKEN: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  [/\bhundo\b/g, "hundred"],
  [/\ba fiver\b/g, "5 dollars"],
  [/\ba tenner\b/g, "10 dollars"],
  [new RegExp(`\\b(?:a|one) buck (?=${WORD})`, "g"), "1 dollars "],
  [
    new RegExp(`\\b(${SMALLS}|\\d+) point (${SMALLS})\\b`, "g"),
    (_, whole, tenth) => `${digit(whole)}.${digit(tenth)}`,
  ],
  [/\b(\d+)\.(\d) hundred\b/g, "$1$20"],
  [/\b(\d+\.\d+) (?:thousand|grand)\b/g, "$1k"],
  [/\bhalf (?:a )?(?:grand|thousand)\b/g, "five hundred"],
  [
    new RegExp(`\\b(${SMALLS}|a) (hundred|thousand|grand) and a (half|quarter)\\b`, "g"),
    (_, head = "", unit, part) => `${head} ${parted(unit, part)}`,
  ],
  [
    new RegExp(`\\b(${SMALLS}) and a (half|quarter) (hundred|thousand|grand)\\b`, "g"),
    (_, head = "", part, unit) => `${head} ${parted(unit, part)}`,
  ],
  // "between eleven and twelve hundred" are two numbers, and "one hundred and twenty" is one.
  [
    new RegExp(`\\bbetween ((?:${WORD}[ -])+)and ((?:${WORD}[ -]?)+)`, "g"),
    (_, low = "", high = "") => `between ${shared(low.trim(), high.trim())} - ${high}`,
  ],
  [new RegExp(`\\b(${Object.keys(DECADES).join("|")})\\b`, "g"), (_, tens = "") => `${DECADES[tens]}s`],
  [new RegExp(`\\b(${SMALLS}) hundreds\\b`, "g"), (_, head) => `${digit(head)}00s`],
];

const AND_A_HALF = /\b(\d+) and a half (percent|%|k)(?![a-z])/g;

function digit(word = ""): string {
  return String(SMALL[word] ?? word);
}

function parted(unit = "", part = ""): string {
  const [ofHundred, ofThousand] = PARTS[part] ?? [];
  return unit === "hundred" ? `hundred ${ofHundred}` : `thousand ${ofThousand}`;
}

/** The low end of a range in the unit that only the high end names. */
function shared(low: string, high: string): string {
  const unit = /(?:hundred|thousand|grand)$/.exec(high)?.[0];
  return unit === undefined || /hundred|thousand|grand/.test(low) ? low : `${low} ${unit}`;
}

/** "one" counts only where a count can stand; elsewhere it is a pronoun ("the blue one"). */
function countsOne(text: string, offset: number): boolean {
  const before = text.slice(0, offset);
  const after = text.slice(offset + 3);
  if (/\b(?:just|only|exactly|make it|qty|quantity) $/.test(before)) return true;
  if (/^ of (?:them|those|these)\b/.test(after)) return true;
  if (
    /\b(?:take|buy|get|order|have|want|need|grab|me) $/.test(before) &&
    /^\s*(?:$|[.,!?]|please\b|then\b)/.test(after)
  )
    return true;
  return (
    /(?:^|\b(?:need|want|take|buy|get|order|add|and|plus|with|like) |, )$/.test(before) &&
    /^ (?!of\b|with\b|that\b|in\b|for\b|under\b|is\b|do\b|please\b|more\b|thing\b|or\b|and\b)[a-z]/.test(
      after,
    )
  );
}

function numberOf(run: string): string | null {
  const words = run.replace(/ and /g, " ").split(/[ -]/);
  const heads: number[] = [];
  let total = 0;
  let section: number | null = null;
  let last = Number.POSITIVE_INFINITY;
  for (const word of words) {
    if (word === "a" || word === "an") continue;
    const zero = word === "oh" || word === "o";
    const small = zero ? 0 : /^\d+$/.test(word) ? Number(word) : SMALL[word];
    if (small === undefined) {
      const unit = word === "hundred" ? 100 : word === "dozen" ? 12 : 1_000;
      if (unit === 1_000) {
        total += (section ?? 1) * unit;
        section = null;
      } else section = (section ?? 1) * unit;
      last = unit;
    } else if (section === null || (!zero && small < last && (last >= 100 || (last >= 20 && small < 10)))) {
      section = (section ?? 0) + small;
      last = small;
    } else if (heads.length < 2 && total === 0 && section < 100 && (small >= 10 || zero)) {
      heads.push(section);
      section = small;
      // What follows a zero is the last digit.
      last = zero ? 100 : small;
    } else return null;
  }
  const value = String(total + (section ?? 0));
  const [head, tens] = heads;
  if (head === undefined) return value;
  // "three forty nine ninety nine" has its cents.
  return tens === undefined
    ? `${head}_${value.padStart(2, "0")}`
    : `${head}${tens}.${value.padStart(2, "0")}`;
}
