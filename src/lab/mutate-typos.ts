import type { Dice } from "./dice.ts";
import { FIGURES, FIGURES_KO, NEAR_VOWELS, NEIGHBOURS, VOWELS } from "./mutate-words.ts";

/** One slip of the finger for about every eight words, never in a figure, a code or a name in capitals. */
export function withTypos(text: string, chance: Dice): string {
  const words = text.split(/(\s+)/);
  const open = words.flatMap((word, i) => (mayChange(word) ? [i] : []));
  for (let n = Math.min(open.length, 1 + Math.floor(words.length / 16)); n > 0; n--) {
    const at = open.splice(chance.roll(open.length), 1)[0];
    if (at !== undefined) words[at] = slipped(words[at] ?? "", chance);
  }
  return words.join("");
}

/** Spaces left out between Korean words, or doubled, or at the ends. */
export function withSpacing(text: string, chance: Dice): string {
  const korean = [...text.matchAll(/(?<=[가-힣]) (?=[가-힣])/g)].map((match) => match.index);
  const lost = chance.pick(korean);
  if (lost !== undefined && chance.once(4)) return text.replace(/(?<=[가-힣]) (?=[가-힣])/g, "");
  if (lost !== undefined && !chance.once(3)) return text.slice(0, lost) + text.slice(lost + 1);
  const at = chance.pick([...text.matchAll(/ /g)].map((match) => match.index));
  return at === undefined ? `  ${text} ` : `${text.slice(0, at)}   ${text.slice(at)} `;
}

/** Whether a word may be touched: not a figure, not a code, not an address, not somebody's shout. */
export function mayChange(word: string): boolean {
  const bare = word.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, "");
  if (bare === "" || /[\d@_/$₩%€]/.test(word) || /\p{L}-\p{L}/u.test(bare)) return false;
  if (/[가-힣]/.test(bare)) return bare.length >= 3 && !FIGURES_KO.test(bare);
  return bare.length >= 5 && !/^[A-Z]{2,}$/.test(bare) && !FIGURES.test(bare);
}

function slipped(word: string, chance: Dice): string {
  return /[가-힣]/.test(word) ? slippedKo(word, chance) : slippedEn(word, chance);
}

/** The first letter stays: people get it right, and readers need it. */
function slippedEn(word: string, chance: Dice): string {
  const letters = [...word.matchAll(/[a-z]/g)].map((match) => match.index).filter((at) => at > 0);
  const at = chance.pick(letters);
  if (at === undefined) return word;
  const letter = word[at] ?? "";
  const next = word[at + 1] ?? "";
  switch (chance.roll(4)) {
    case 0:
      return (
        word.slice(0, at) + (chance.pick([...(NEIGHBOURS[letter] ?? letter)]) ?? letter) + word.slice(at + 1)
      );
    case 1:
      return /[a-z]/.test(next) && next !== letter
        ? word.slice(0, at) + next + letter + word.slice(at + 2)
        : word.slice(0, at) + word.slice(at + 1);
    case 2:
      return word.slice(0, at) + letter + word.slice(at);
    default:
      return word.slice(0, at) + word.slice(at + 1);
  }
}

/** A vowel beside the right one, a final consonant lost or come apart, as on the two-set layout. */
function slippedKo(word: string, chance: Dice): string {
  const places = [...word.matchAll(/[가-힣]/g)].map((match) => match.index);
  const at = places[chance.roll(places.length)] ?? 0;
  const code = word.charCodeAt(at) - 0xac00;
  const [initial, vowel, final] = [Math.floor(code / 588), Math.floor((code % 588) / 28), code % 28];
  const made = (v: number, f: number) => String.fromCharCode(0xac00 + initial * 588 + v * 28 + f);
  const put = (syllable: string) => word.slice(0, at) + syllable + word.slice(at + 1);
  const loose = FINALS[final];
  if (final > 0 && loose !== undefined && chance.once(2))
    return put(chance.once(2) ? made(vowel, 0) : made(vowel, 0) + loose);
  const near = NEAR_VOWELS[VOWELS[vowel] ?? ""];
  const other = near === undefined ? -1 : VOWELS.indexOf(chance.pick([...near]) ?? "");
  return other >= 0 ? put(made(other, final)) : put(made(vowel, final) + made(vowel, final));
}

/** Final consonants of a syllable that are one key, by their place in Unicode's order. */
const FINALS: Readonly<Record<number, string>> = {
  1: "ㄱ",
  4: "ㄴ",
  7: "ㄷ",
  8: "ㄹ",
  16: "ㅁ",
  17: "ㅂ",
  19: "ㅅ",
  20: "ㅆ",
  21: "ㅇ",
};
