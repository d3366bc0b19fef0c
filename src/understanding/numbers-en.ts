/**
 * Spelled numbers to digits: "forty-five" -> "45", "a hundred and twenty" -> "120", "two dozen" -> "24". A pair
 * that may be read two ways ("two fifty": 250 or 2.50) becomes "2_50", for whoever knows the prices to decide.
 */
export function digitsEn(text: string): string {
  const settled = text.replace(/\b(?:a )?couple(?: of)?\b/g, "2").replace(HALF_DOZEN, "6");
  if (!ANY_NUMBER.test(settled)) return settled;
  return settled.replace(RUN, (run, offset: number) => {
    if (run === "one" && !countsOne(settled, offset)) return run;
    return numberOf(run) ?? run;
  });
}

const SMALL: Readonly<Record<string, number>> = {
  ...{ zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17 },
  ...{ eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60 },
  ...{ seventy: 70, eighty: 80, ninety: 90, ninty: 90 },
};
const WORD = `(?:${Object.keys(SMALL).join("|")}|hundred|thousand|grand|dozen)`;
const ANY_NUMBER = new RegExp(`\\b${WORD}\\b`);
const RUN = new RegExp(
  `\\b(?:(?:an? )(?=hundred|thousand|dozen|grand)|\\d+ (?=hundred|thousand|dozen))?${WORD}(?:(?: and |[ -])${WORD})*\\b`,
  "g",
);
const HALF_DOZEN = /\b(?:half (?:a )?dozen|a half[- ]dozen)\b/g;

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
  let total = 0;
  let section: number | null = null;
  let last = Number.POSITIVE_INFINITY;
  let head: number | null = null;
  for (const word of words) {
    if (word === "a" || word === "an") continue;
    const small = /^\d+$/.test(word) ? Number(word) : SMALL[word];
    if (small === undefined) {
      const unit = word === "hundred" ? 100 : word === "dozen" ? 12 : 1_000;
      if (unit === 1_000) {
        total += (section ?? 1) * unit;
        section = null;
      } else section = (section ?? 1) * unit;
      last = unit;
    } else if (section === null || (small < last && (last >= 100 || (last >= 20 && small < 10)))) {
      section = (section ?? 0) + small;
      last = small;
    } else if (head === null && total === 0 && section < 100 && small >= 10) {
      head = section;
      section = small;
      last = small;
    } else return null;
  }
  const value = total + (section ?? 0);
  return head === null ? String(value) : `${head}_${value}`;
}
