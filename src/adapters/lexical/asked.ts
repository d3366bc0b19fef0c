import { isStopword } from "../../knowledge/stopwords.ts";
import { isName, renamed } from "../../knowledge/synonyms.ts";
import { quantities, words } from "../../knowledge/terms.ts";
import { otherMeasures } from "../../knowledge/units.ts";
import type { Vocabulary } from "./postings.ts";
import { corrected } from "./spelling.ts";
import type { Wanted, Way } from "./ways.ts";
import type { Weights } from "./weights.ts";

export interface Asked {
  readonly wanted: readonly Wanted[];
  /** False for a text without a word, be it one that says nothing. */
  readonly spoken: boolean;
}

/**
 * The telling words of a query in the catalogue's words: as they are, put right, taken apart, joined with their
 * neighbour, or by another name of the same thing.
 */
export function askedOf(text: string, index: Vocabulary, weights: Weights): Asked {
  const all = words(text);
  const telling = all.filter(([whole = ""]) => !isStopword(whole));
  const known = telling.flatMap((word) => inCatalogue(word, index));
  const said = known.map(([whole = ""]) => whole);
  const ways: Way[][] = known.map((word) => ownWays(word, weights));
  // Where the catalogue has not got the word that was said, another name is the only one it can be found by.
  const worth = known.map((word) => (word.some((term) => index.frequency(term) > 0) ? weights.synonym : 1));
  for (let at = 0; at < said.length; at++) {
    const apart = isNamed(said[at] ?? "", index) ? null : takenApart(said[at] ?? "", index);
    if (apart) ways[at]?.push(way(apart, weights.parts));
    const joined = `${said[at]}${said[at + 1] ?? ""}`;
    if (at + 1 < said.length && index.frequency(joined) > 0)
      for (const place of [at, at + 1]) ways[place]?.push(way([joined], 1));
    for (const { length, names } of renamed(said, at))
      for (const name of names)
        for (let place = at; place < at + length; place++) ways[place]?.push(way(name, worth[place] ?? 1));
  }
  return { wanted: ways, spoken: all.length > 0 };
}

function ownWays([whole = "", ...parts]: readonly string[], weights: Weights): Way[] {
  const own = way([whole], 1);
  const [measure, ...more] = quantities(whole);
  if (measure && more.length === 0) {
    // A name may leave the unit out: "View 27". Standing first, the number alone says how rare the measure is: else a size
    // would outweigh what is to have it.
    const others = otherMeasures(measure.value, measure.unit).map((term) => way([term], 1));
    return [way(parts, weights.number), own, ...others];
  }
  // Written apart, 무선 이어폰 lacks one of the four syllable pairs of 무선이어폰; of two parts two thirds are both.
  return parts.length === 0
    ? [own]
    : [own, { terms: parts, enough: Math.ceil((parts.length * 2) / 3), worth: weights.parts }];
}

function isKnown(terms: readonly string[], index: Vocabulary): boolean {
  return terms.every((term) => index.frequency(term) > 0);
}

function way(terms: readonly string[], worth: number): Way {
  return { terms, enough: terms.length, worth };
}

/** The word, or what stands for it in the catalogue when it has not got it: two words, or the one it is a slip for. */
function inCatalogue(word: readonly string[], index: Vocabulary): (readonly string[])[] {
  const [whole = "", ...parts] = word;
  if (index.frequency(whole) > 0) return [word];
  const apart = takenApart(whole, index);
  if (apart) return apart.map((part) => words(part)[0] ?? [part]);
  if (isName(whole) || (parts.length > 0 && isKnown(parts, index))) return [word];
  // "wireles" has lost its last letter as a plural's.
  const right = corrected(whole, index) ?? corrected(`${whole}s`, index);
  return right === null ? [word] : [words(right)[0] ?? [right]];
}

/** A word of very many products is one, and where it stands need not be looked at. */
const MANY = 1_000;

function isNamed(term: string, index: Vocabulary): boolean {
  return index.frequency(term) > MANY || index.named(term, 1).length > 0;
}

/** "mousepad" as "mouse" and "pad": two words that the catalogue has side by side, or two names of kinds of things. */
function takenApart(whole: string, index: Vocabulary): readonly [string, string] | null {
  if (!/^\p{L}+$/u.test(whole)) return null;
  const letters = [...whole];
  const least = HANGUL.test(whole) ? 2 : 3;
  for (let at = letters.length - least; at >= least; at--) {
    const first = letters.slice(0, at).join("");
    const second = letters.slice(at).join("");
    if (isName(first) && isName(second)) return [first, second];
    if (index.frequency(first) > 0 && index.frequency(second) > 0 && index.together(first, second))
      return [first, second];
  }
  return null;
}

const HANGUL = /^\p{Script=Hangul}/u;
