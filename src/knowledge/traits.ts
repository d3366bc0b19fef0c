import {
  decides,
  type Expected,
  expectedBy,
  isPersonal,
  isUnsure,
  statesFigure,
  statesTime,
} from "./expected.ts";
import { type Gist, gist, holds, isTelling, isWithin } from "./match.ts";
import { BY_VALUE, weight } from "./weigh.ts";

/** One thing that may answer a question: a typed attribute, a sentence of the description, what somebody wrote. */
export interface Piece {
  readonly kind: "attribute" | "description" | "answer" | "review";
  /** What it is about by name: the label of an attribute, the title of a passage; else empty. */
  readonly name: string;
  readonly text: string;
  /** The question that an answer was given to; else empty. */
  readonly asked: string;
}

/** What is looked for. `title` is the product's: everything said of it may name it, so those words tell little. */
export interface Sought {
  readonly text: string;
  readonly title: string;
}

/** What is seen of a piece beside a question. Shares run from 0 to 1; what is absent is left out. */
export type Traits = Partial<Record<Trait, number>>;
export type Trait = (typeof TRAITS)[number];

export const TRAITS = [
  // How much of the question an attribute holds: words in its name, in its value, topics and words in either; the share
  // of its name that is asked for.
  "attribute_held_by_name",
  "attribute_addressed",
  "text_addressed",
  "attribute_held_by_value",
  "attribute_name_asked",
  // The same of a text, where what stands in a short one counts for more: all of it, and without what it was asked.
  "text_dense",
  "text_dense_itself",
  // Two words of the question beside each other; its numbers.
  "pairs_held",
  "digits_held",
  // It is about quite another topic than the one asked for, or about the package.
  "topic_other",
  "package_unasked",
  // It is the kind of answer that is called for, or is not.
  "boolean_fits",
  "boolean_unfit",
  "count_fits",
  "figure_fits",
  "figure_missing",
  "time_fits",
  "decides",
  "unsure",
  "personal",
  // Who says it; reviews are the measure of the others.
  "attribute",
  "description",
  "answer",
] as const;

/** A question read once, to be held against many pieces. */
export interface Query {
  readonly expected: Expected;
  readonly gist: Gist;
  /** Its telling words, and its terms (where topics count as one), each with what it is worth. */
  readonly words: Worth;
  readonly terms: Worth;
  readonly pairs: ReadonlySet<string>;
  readonly topics: readonly string[];
  readonly ofPackage: boolean;
}
type Worth = ReadonlyMap<string, number>;

export function queryOf({ text, title }: Sought): Query {
  const read = gist(text);
  const named = gist(title);
  const own = (term: string) => (named.wordSet.has(term) ? NAMED : 1);
  return {
    expected: expectedBy(text),
    gist: read,
    words: new Map(read.words.filter(isTelling).map((word) => [word, own(word)])),
    terms: new Map(read.content.map((term) => [term, own(term) * weight(term)])),
    pairs: pairsOf(read.words).difference(pairsOf(named.words)),
    topics: read.content.filter((term) => term.startsWith("@")),
    ofPackage: PACKAGE.test(text),
  };
}

/** What a word of the question is worth that the product's title has, too. */
const NAMED = 0.3;
const PACKAGE = /packag|\bbox|ship|포장|박스/i;

export function traitsOf(query: Query, piece: Piece): Traits {
  const all = gistOf(piece);
  return {
    ...(piece.kind === "attribute" ? attributeTraits(query, piece) : textTraits(query, piece, all)),
    pairs_held: shareOf(query.pairs, pairsOf(all.words)),
    digits_held: share(query.gist.words.filter(isNumber), (digits) => all.words.includes(digits)),
    ...fitTraits(query.expected, piece),
    ...(piece.kind === "review" ? {} : { [piece.kind]: 1 }),
  };
}

/** Everything the piece says, with what it was asked. */
export function gistOf({ name, text, asked }: Piece): Gist {
  return gist(`${name} ${text} ${asked}`);
}

function attributeTraits(query: Query, { name, text }: Piece): Traits {
  const [label, value] = [gist(name), gist(text)];
  const own = [...label.terms].filter((term) => term.startsWith("@"));
  const akin = (topic: string) =>
    own.some((one) => one === topic || isWithin(topic, one) || isWithin(one, topic));
  return {
    attribute_held_by_name: held(query.words, (word) => bit(hasWord(label, word))),
    attribute_addressed: held(query.terms, (term) =>
      Math.max(holds(label, term), BY_VALUE * holds(value, term)),
    ),
    attribute_held_by_value: held(query.words, (word) => bit(hasWord(value, word))),
    attribute_name_asked: share(label.words, (word) => query.gist.words.includes(word)),
    topic_other: bit(own.length > 0 && query.topics.length > 0 && !query.topics.some(akin)),
    package_unasked: bit(!query.ofPackage && PACKAGE.test(name)),
  };
}

function textTraits(query: Query, { text }: Piece, all: Gist): Traits {
  return {
    text_addressed: held(query.terms, (term) => holds(all, term)),
    text_dense: dense(query, all),
    text_dense_itself: dense(query, gist(text)),
  };
}

function fitTraits(expected: Expected, { kind, text }: Piece): Traits {
  const typed = kind === "attribute";
  const value = text.trim();
  const boolean = typed && /^(?:true|false|yes|no)$/.test(value);
  const figure = statesFigure(text);
  return {
    boolean_fits: bit(boolean && expected.yesNo),
    boolean_unfit: bit(boolean && !expected.yesNo),
    count_fits: bit(typed && expected.count && /^\d+(?:\.0*)?$/.test(value)),
    figure_fits: bit(expected.figure && figure),
    figure_missing: bit(expected.figure && !expected.yesNo && !figure),
    time_fits: bit(expected.time && statesTime(text)),
    decides: bit(!typed && expected.yesNo && decides(text)),
    unsure: bit(!typed && isUnsure(text)),
    personal: bit(!typed && isPersonal(text)),
  };
}

/** How much of the worth is held, 0 to 1. */
function held(worth: Worth, holding: (term: string) => number): number {
  let sum = 0;
  let all = 0;
  for (const [term, one] of worth) {
    sum += one * holding(term);
    all += one;
  }
  return all === 0 ? 0 : sum / all;
}

/** BM25 without rarity, which the few texts of one product cannot tell: repeats count less, long texts less. */
function dense({ words }: Query, text: Gist): number {
  const length = K1 * (1 - B + (B * text.words.length) / USUAL);
  let sum = 0;
  for (const [word, one] of words) {
    if (!hasWord(text, word)) continue;
    const times = Math.max(1, text.words.filter((other) => other === word).length);
    sum += (one * times * (K1 + 1)) / (times + length);
  }
  return sum / DENSE;
}

const K1 = 1.2;
const B = 0.75;
/** Words of a usual text. */
const USUAL = 20;
/** Brings the sum near to 1, as the other traits are. */
const DENSE = 3;

/** Korean words are also looked for inside others: their spacing is free. */
function hasWord(text: Gist, word: string): boolean {
  return text.wordSet.has(word) || (HANGUL.test(word) && word.length > 1 && text.squeezed.includes(word));
}

const HANGUL = /^\p{Script=Hangul}/u;

function pairsOf(words: readonly string[]): ReadonlySet<string> {
  const telling = words.filter(isTelling);
  return new Set(telling.slice(1).map((word, at) => `${telling[at]} ${word}`));
}

function shareOf(wanted: ReadonlySet<string>, there: ReadonlySet<string>): number {
  return share([...wanted], (one) => there.has(one));
}

function share<T>(all: readonly T[], good: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(good).length / all.length;
}

function isNumber(word: string): boolean {
  return /\d/.test(word);
}

function bit(so: boolean): number {
  return so ? 1 : 0;
}
