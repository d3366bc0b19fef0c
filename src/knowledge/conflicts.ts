import type { Fact } from "../domain/fact.ts";
import type { Answer } from "../domain/reply.ts";
import { decides, expectedBy } from "./expected.ts";
import { QUOTE_CHARS, sentences } from "./facts.ts";
import { type Gist, gist, holds } from "./match.ts";
import { quantities } from "./terms.ts";
import { canonicalQuantity, nominalRange } from "./units.ts";

export type Conflict = NonNullable<Answer["conflicts"]>[number];

/**
 * Which of these texts say otherwise than the typed facts that answer: another figure of the same kind in a sentence
 * about the same thing, or the opposite of a yes or no to the very question. The texts come back in the order of their
 * authority, the description before what the vendor answered, customers last; the typed facts count before all of them.
 */
export function conflictsOf(
  typed: readonly Fact[],
  texts: readonly Fact[],
): { readonly against: readonly Fact[]; readonly conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const against: Fact[] = [];
  for (const text of texts.toSorted((a, b) => authority(a) - authority(b))) {
    if (against.length >= MOST) break;
    for (const fact of typed) {
      const said = opposing(fact, text);
      if (said === null) continue;
      conflicts.push({ fact: fact.id, with: text.id });
      against.push({ ...text, text: said });
      break;
    }
  }
  return { against, conflicts };
}

/** Texts that contradict one answer and are shown with it. */
const MOST = 2;

/** The lower, the more it counts. */
function authority({ kind, key }: Fact): number {
  if (kind === "spec") return 0;
  if (kind === "answer") return key === "vendor" ? 1 : 2;
  return 3;
}

/** The words that say otherwise than the fact; null when none do. */
function opposing(fact: Fact, { text, value: asked, kind }: Fact): string | null {
  if (fact.kind !== "spec" || text === undefined) return null;
  const topics = topicsOf(fact);
  const question = kind === "answer" ? String(asked) : "";
  if (typeof fact.value === "boolean") {
    const answers = kind === "answer" && about(topics, gist(question));
    return answers && denies(fact.value, question, text) ? text.slice(0, QUOTE_CHARS) : null;
  }
  if (typeof fact.value !== "number" || fact.unit === undefined) return null;
  const { value, unit } = fact;
  const speaking = sentences(text).filter((sentence) => about(topics, gist(`${question} ${sentence}`)));
  if (speaking.some((sentence) => agrees(value, unit, sentence))) return null;
  const said = speaking.find((sentence) => !DENIED.test(sentence) && differs(value, unit, sentence));
  return said?.slice(0, QUOTE_CHARS) ?? null;
}

/** What the fact is about: the attributes its name stands for, or else all its words. */
function topicsOf({ key, label }: Fact): readonly string[] {
  const named = gist([key, label?.en, label?.ko].join(" ")).content;
  const topics = named.filter((term) => term.startsWith("@"));
  return topics.length > 0 ? topics : named;
}

function about(topics: readonly string[], text: Gist): boolean {
  return topics.some((topic) => holds(text, topic) === 1);
}

function agrees(value: number, unit: string, sentence: string): boolean {
  const { min, max } = nominalRange(value, unit);
  return figuresLike(unit, sentence).some((one) => one >= min && one <= max);
}

/** Its figures of this kind are all others, though of a like size: "3 kg with the charger" is of another thing. */
function differs(value: number, unit: string, sentence: string): boolean {
  const own = canonicalQuantity(value, unit).value;
  const figures = figuresLike(unit, sentence);
  return figures.length > 0 && figures.every((one) => one > own / LIKE && one < own * LIKE);
}

/** Of the same kind as the unit, in its canonical unit. */
function figuresLike(unit: string, sentence: string): readonly number[] {
  const own = COUNTED[unit];
  if (own) return [...sentence.matchAll(own)].map(([, digits = ""]) => Number(digits.replaceAll(",", "")));
  const { unit: canonical } = canonicalQuantity(1, unit);
  return quantities(inDigits(sentence))
    .map((one) => canonicalQuantity(one.value, one.unit))
    .filter((one) => one.unit === canonical)
    .map((one) => one.value);
}

/** Units that are no measures, as people write them. */
const COUNTED: Readonly<Record<string, RegExp>> = {
  page: /(\d[\d,]*)\s?(?:pages?|sheets?|매|장)/gi,
  m2: /(\d[\d,]*)\s?(?:m2|m²|㎡|square met(?:er|re)s?|제곱미터)/gi,
};

/** Who says what it is not has not said what it is; nor has who speaks of another: "heavier than the 14 inch one". */
const DENIED = /\bnot?\b|n't\b|\bthan (?:the|an?|my|most|other)\b|않|아니|없|못|보다/;
const LIKE = 2;

/** The answer's yes or no is not the fact's; a question that asks for the opposite ("isn't it") decides nothing. */
function denies(value: boolean, question: string, text: string): boolean {
  if (!expectedBy(question).yesNo || !decides(text) || NEGATED.test(question.toLowerCase())) return false;
  return /^(?:yes|yep|yeah|네|예)/i.test(text) !== value;
}

const NEGATED = /\bnot\b|n't\b|\bwithout\b|안 |않|없/;

/** Small numbers in words, before a unit: "six hours", "여섯 시간". */
function inDigits(text: string): string {
  return text
    .toLowerCase()
    .replace(WORDS_EN, (word) => String(EN.indexOf(word) + 1))
    .replace(WORDS_KO, (word) => String(KO.indexOf(word) + 1));
}

const EN = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const KO = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split(" ");
const WORDS_EN = new RegExp(`\\b(?:${EN.toReversed().join("|")})\\b`, "g");
const WORDS_KO = new RegExp(
  `(?<![가-힣])(?:${KO.toReversed().join("|")})(?=\\s?(?:시간|분|개월|달|년))`,
  "g",
);
