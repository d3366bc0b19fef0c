/** What one key does to the field: what is committed by it, and what is being composed after it. */
export interface Stroke {
  readonly commit: string;
  readonly compose: string;
}

const FIRST = 0xac00;
const LAST = 0xd7a3;
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/**
 * A sentence as a two-set Korean keyboard writes it: the consonant that begins a syllable is first taken for the end of the one
 * before it, and moves on when its vowel comes.
 */
export function strokes(sentence: string): Stroke[] {
  const made: Stroke[] = [];
  let open = "";
  for (const letter of sentence) {
    const code = letter.charCodeAt(0);
    if (code < FIRST || code > LAST) {
      made.push({ commit: open + letter, compose: "" });
      open = "";
      continue;
    }
    const index = code - FIRST;
    const initial = INITIALS[Math.floor(index / 588)] ?? "";
    const final = index % 28;
    const withVowel = String.fromCharCode(code - final);
    const moved = FINALS.indexOf(initial);
    const isOpen = open !== "" && (open.charCodeAt(0) - FIRST) % 28 === 0;
    if (isOpen && moved > 0)
      made.push({ commit: "", compose: String.fromCharCode(open.charCodeAt(0) + moved) });
    else made.push({ commit: open, compose: initial });
    made.push({ commit: isOpen && moved > 0 ? open : "", compose: withVowel });
    if (final > 0) made.push({ commit: "", compose: letter });
    open = letter;
  }
  return made;
}
