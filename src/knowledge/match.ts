import { ATTRIBUTES } from "./attributes.ts";
import { words } from "./terms.ts";
import { shortUnit } from "./units.ts";

/**
 * What a text is about, in terms that compare across inflection and language: an attribute or topic of the table is
 * "@id" in either language, a Latin word its stem, a Korean word itself without particles and endings.
 */
export interface Gist {
  readonly terms: ReadonlySet<string>;
  /** The terms that carry meaning, in order: without question words, auxiliaries and the like. */
  readonly content: readonly string[];
  /** Every word's stem in order, whether or not it is part of an attribute's phrase. */
  readonly words: readonly string[];
  readonly wordSet: ReadonlySet<string>;
  /** The text without spaces, in which Korean words are looked for: their spacing is free. */
  readonly squeezed: string;
}

/** The same products and passages come up turn after turn, so what texts are about is kept for a while. */
export function gist(text: string): Gist {
  const known = kept.get(text);
  if (known) return known;
  if (kept.size >= KEPT) kept.clear();
  const made = gistOf(text);
  kept.set(text, made);
  return made;
}

const KEPT = 1_000;
const kept = new Map<string, Gist>();

function gistOf(text: string): Gist {
  const plain = text.normalize("NFC").toLowerCase().replaceAll("_", " ");
  const terms = new Set<string>();
  const content: string[] = [];
  const add = (term: string): void => {
    if (!terms.has(term) && !isFiller(term)) content.push(term);
    terms.add(term);
  };
  const all = words(plain).map((word) => word.map(stem));
  if (ANY_HANGUL.test(plain)) {
    let end = 0;
    const part = (to?: number) => words(plain.slice(end, to)).map((word) => word.map(stem));
    for (const phrase of plain.matchAll(koreanPhrases())) {
      addWords(part(phrase.index), add, terms);
      add(`@${korean().get(squeeze(phrase[0])) ?? ""}`);
      end = phrase.index + phrase[0].length;
    }
    addWords(part(), add, terms);
  } else addWords(all, add, terms);
  const heads = all.map(([head]) => head ?? "");
  return { terms, content, words: heads, wordSet: new Set(all.flat()), squeezed: squeeze(plain) };
}

/** How well the text holds the term: 1 as it stands, a little less by a broader or narrower attribute, else 0. */
export function holds(text: Gist, term: string): number {
  if (text.terms.has(term)) return 1;
  if (term.startsWith("@")) return related(text, term.slice(1)) ? RELATED : 0;
  return HANGUL.test(term) && term.length > 1 && text.squeezed.includes(term) ? 1 : 0;
}

/** Whether the attribute is a kind of the other: the shipping fee is within shipping. */
export function isWithin(term: string, broader: string): boolean {
  return parents.get(term.slice(1))?.includes(broader.slice(1)) === true;
}

const RELATED = 0.88;
const ANY_HANGUL = /\p{Script=Hangul}/u;
const HANGUL = /^\p{Script=Hangul}/u;

const parents = new Map<string, readonly string[]>(ATTRIBUTES.map(({ id, within }) => [id, within]));

function related(text: Gist, id: string): boolean {
  for (const parent of parents.get(id) ?? []) if (text.terms.has(`@${parent}`)) return true;
  for (const term of text.terms) {
    if (term.startsWith("@") && parents.get(term.slice(1))?.includes(id)) return true;
  }
  return false;
}

interface Phrase {
  readonly id: string;
  readonly stems: readonly string[];
}

/** The tables are made when the first text is looked at: a start need not wait for them. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const english = once(() => {
  const phrases = new Map<string, Phrase[]>();
  for (const { id, en } of ATTRIBUTES) {
    for (const phrase of en) {
      const stems = words(phrase).map((word) => stem(word[0] ?? ""));
      const first = stems[0] ?? "";
      phrases.set(first, [...(phrases.get(first) ?? []), { id, stems }]);
    }
  }
  for (const same of phrases.values()) same.sort((a, b) => b.stems.length - a.stems.length);
  return phrases;
});

/** Every word, by its stems, goes to `add`, longest phrases first; the parts of compounds go to `parts` only. */
function addWords(
  found: readonly (readonly string[])[],
  add: (term: string) => void,
  parts: Set<string>,
): void {
  const stems = found.map(([head]) => head ?? "");
  for (let at = 0; at < stems.length; ) {
    const phrase = english()
      .get(stems[at] ?? "")
      ?.find((one) => one.stems.every((part, n) => stems[at + n] === part));
    add(phrase ? `@${phrase.id}` : (stems[at] ?? ""));
    at += phrase ? phrase.stems.length : 1;
  }
  for (const word of found) for (const part of word) if (!HANGUL.test(part)) parts.add(part);
}

const korean = once(
  () =>
    new Map(
      ATTRIBUTES.flatMap(({ id, ko }) => ko.map((phrase) => [squeeze(phrase.replace("^", "")), id] as const)),
    ),
);
const koreanPhrases = once(
  () =>
    new RegExp(
      ATTRIBUTES.flatMap(({ ko }) => ko.map(squeeze))
        .sort((a, b) => b.length - a.length)
        .map((phrase) => [...phrase].join("\\s*").replace("^\\s*", "(?<![\\p{L}\\p{N}])"))
        .join("|"),
      "gu",
    ),
);

function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Light suffix stripping: the same on both sides, so that it need not be right, only steady. */
function stem(word: string): string {
  if (HANGUL.test(word)) return word.replace(KOREAN_ENDING, "");
  if (word.length < 4 || /\d/.test(word)) return word;
  const root = word.replace(/(?<=[a-z]{3})(?:ing|ed|able|ly)$/, "");
  return root.replace(/([bdglmnprt])\1$/, "$1").replace(/(?<=[a-z]{3})e$/, "");
}

/** Particles, the copula and what a question ends in, after at least one syllable of the word itself. */
const KOREAN_ENDING =
  /(?<=.)(?:은|는|이|가|을|를|에|의|도|로|으로|와|과|랑|만|에서|에는|까지|부터|이랑|하고|(?:이|인|한|하|되|돼|있|없|가능한|가능하)?(?:나요|가요|은가요|는가요|을까요|까요|어요|아요|지요|죠|예요|에요|이에요|요|는지|은지|습니까|합니까|됩니까|입니까|있습니까))$/u;

const fillerEn = once(
  () =>
    new Set(
      words(
        `a an the this that these those it its he she they them i im me my you your we our us is are was were be been am do
    does did doing done dont doesnt have has had having can could will would shall should may might must what which who
    whom whose when where why how much many long often if in on at of for to from by with without about into onto over
    under than then and or but not no yes so as any some all each there here please tell know let want need like just
    also get got come go really very too still one ones thing product item anyone someone something use used make made
    mean meant say policy state take accept support stated given list listed kind sort type old work out up off able more most first second third`,
      ).map((word) => stem(word[0] ?? "")),
    ),
);
const FILLER_KO =
  /^(?:[이그저](?:거|건|것|걸)?|요거|좀|혹시|그럼|그런데|근데|그리고|또|및|제품|상품|물건|뭐|무엇|무슨|어떤|어느|어떻게|어떠|어때|어떤가|얼마나|얼마|며칠|몇|어디|누구|언제|정도|기간|지원|알려|알고|궁금|가능|주세|줘|주실|말해|싶|있|없|되|돼|하|한|할|해|된|될|입니|인|쓰|사용|것|거|수|때|건|사면|사야|봉지|박스|세트).{0,3}$/u;

/** A word that only asks or joins says nothing of what is asked for. */
export function isTelling(word: string): boolean {
  return word !== "" && !(HANGUL.test(word) ? FILLER_KO.test(word) : fillerEn().has(word));
}

/** A Korean syllable alone is mostly what a phrase left over; a unit says in what an answer is wanted, not which. */
function isFiller(term: string): boolean {
  if (term.startsWith("@")) return false;
  if (term === "" || shortUnit(term) !== null) return true;
  if (!HANGUL.test(term)) return fillerEn().has(term);
  return term.length === 1 || (term.length < 5 && FILLER_KO.test(term));
}
