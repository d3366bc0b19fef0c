import { remembered } from "./remembered.ts";

/** Something that may be named by its own words: a product's title, a value it is listed with, a detail told, an id. */
export interface Name {
  readonly words: string;
  /** The products it says something of, by SKU; empty where it is about none. */
  readonly about: readonly string[];
  /** `parts`: runs of its words may stand for it; `whole`: nothing less than all of it. */
  readonly by: "parts" | "whole";
}

/** A run of a name's words, and the atoms it is found by. */
interface Phrase {
  readonly words: string;
  readonly atoms: readonly string[];
}

/** Names ready to be found in a text. */
export interface Names {
  readonly tree: Tree;
  /** Every word of a name, lower-case. */
  readonly words: ReadonlySet<string>;
  /** Single words of titles, lower-case, to the products that have them in theirs. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Names by their words, one after the other. */
interface Tree {
  readonly next: Map<string, Tree>;
  /** What a name that ends here is about; null where none does. */
  about: Set<string> | null;
}

/** Each character of a name found becomes one of these; which, tells what it is about. */
const FIRST = 0xe100;
export const NAMED = /[\uE100-\uF8FF]/;

/** A text with every name blanked out, same length, and what each blank is about. */
export interface Blanked {
  readonly text: string;
  about(char: string): ReadonlySet<string>;
}

/** Phrases that `barred` objects to are left out: a title must not smuggle in a promise or a figure. */
export function namesFrom(names: readonly Name[], barred: (phrase: string) => boolean): Names {
  const tree: Tree = { next: new Map(), about: null };
  const words = new Set<string>();
  const parts = new Map<string, Set<string>>();
  for (const name of unique(names)) {
    const read = READ[name.by](name.words);
    const suspect = barred(read.words);
    for (const phrase of read.phrases)
      if (!suspect || !barred(phrase.words)) grow(tree, phrase.atoms, name.about);
    if (suspect) continue;
    for (const key of read.keys) {
      words.add(key);
      if (name.by === "parts" && /^(?:[a-zéü]{3,}|[가-힣]{2,})$/.test(key))
        parts.set(key, new Set([...(parts.get(key) ?? []), ...name.about]));
    }
  }
  return { tree, words, parts };
}

/** Names come again in every turn that their product is in. */
const READ = {
  parts: remembered(2_000, (words) => read(words, "parts")),
  whole: remembered(2_000, (words) => read(words, "whole")),
} as const;

function read(words: string, by: Name["by"]) {
  const tokens = tokensOf(words);
  const phrases: Phrase[] = phrasesOf(tokens, by).map((run) => {
    const phrase = run.join(" ");
    return { words: phrase, atoms: atomsOf(phrase).map(({ key }) => key) };
  });
  return {
    words: tokens.join(" "),
    phrases: phrases.filter(({ atoms }) => atoms.join("").length >= 2),
    keys: atomsOf(words).map(({ key }) => key),
  };
}

/** One pass over the words: at each the longest name that begins there. */
export function blank(text: string, { tree }: Names): Blanked {
  const sets: ReadonlySet<string>[] = [];
  const atoms = atomsOf(text);
  let blanked = "";
  let from = 0;
  for (let i = 0; i < atoms.length; i++) {
    const first = atoms[i];
    if (first === undefined || first.at < from || /[A-Za-z0-9가-힣]/.test(text[first.at - 1] ?? "")) continue;
    const found = longest(text, atoms, i, tree);
    if (!found) continue;
    sets.push(found.about);
    const char = String.fromCharCode(FIRST + ((sets.length - 1) % 5_000));
    blanked += text.slice(from, first.at) + char.repeat(found.end - first.at);
    from = found.end;
  }
  return {
    text: blanked + text.slice(from),
    about: (char) => sets[char.charCodeAt(0) - FIRST] ?? new Set(),
  };
}

interface Atom {
  /** Lower-case. */
  readonly key: string;
  readonly at: number;
  readonly end: number;
}

function atomsOf(text: string): Atom[] {
  return [...text.matchAll(/[A-Za-z0-9éü]+|[가-힣]+/g)].map(({ 0: found, index }) => ({
    key: found.toLowerCase(),
    at: index,
    end: index + found.length,
  }));
}

/** What may stand between two words of a name. */
const BETWEEN = /^(?:[\s,/()·|-]{0,3}|[.@&'’+#:_])$/;

function longest(text: string, atoms: readonly Atom[], start: number, tree: Tree) {
  let best: { readonly end: number; readonly about: ReadonlySet<string> } | null = null;
  let at = tree;
  for (let i = start; i < atoms.length; i++) {
    const atom = atoms[i];
    if (atom === undefined) break;
    if (at.next.size === 0) break;
    if (i > start && !BETWEEN.test(text.slice(atoms[i - 1]?.end, atom.at))) break;
    // A particle stands right behind a Korean name.
    if (/[가-힣]/.test(atom.key) && !/[A-Za-z0-9]/.test(text[atom.end] ?? ""))
      for (let cut = atom.key.length - 1; cut >= 1; cut--) {
        const about = at.next.get(atom.key.slice(0, cut))?.about;
        if (about) {
          best = { end: atom.at + cut, about };
          break;
        }
      }
    const below = at.next.get(atom.key);
    if (!below) break;
    at = below;
    if (at.about) best = { end: atom.end, about: at.about };
  }
  return best;
}

function grow(tree: Tree, atoms: readonly string[], about: readonly string[]): void {
  let at = tree;
  for (const atom of atoms) {
    const below: Tree = at.next.get(atom) ?? { next: new Map(), about: null };
    at.next.set(atom, below);
    at = below;
  }
  at.about ??= new Set();
  for (const sku of about) at.about.add(sku);
}

function unique(names: readonly Name[]): Name[] {
  const seen = new Map(names.map((name) => [`${name.by} ${name.words} ${name.about.join()}`, name]));
  return [...seen.values()];
}

function phrasesOf(tokens: readonly string[], by: Name["by"]): string[][] {
  if (by === "whole" || tokens.length > 24) return [[...tokens]];
  const phrases: string[][] = [];
  for (let from = 0; from < tokens.length; from++) {
    for (let to = from + 1; to <= tokens.length; to++) {
      const run = tokens.slice(from, to);
      if (/^[\d\s.]+$/.test(run.join(""))) continue;
      if (run.length > 1 || namesAlone(run[0] ?? "", from === 0)) phrases.push(run);
    }
  }
  return phrases;
}

/** One word alone names something only where it leads, or is a code that no sentence would hold otherwise. */
function namesAlone(word: string, leads: boolean): boolean {
  const code = /\d/.test(word) && /[A-Za-z-]/.test(word) && !/^\d+(?:cm|kg|g|in|inch)$/i.test(word);
  return code || (leads && /^[A-Z가-힣]/.test(word));
}

function tokensOf(words: string): string[] {
  return words.split(/[\s,/()·|]+/).filter((token) => /[\p{L}\p{N}]/u.test(token));
}
