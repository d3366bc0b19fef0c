/** Something that may be named by its own words: a product's title, a value it is listed with, a detail told, an id. */
export interface Name {
  readonly words: string;
  /** The products it says something of, by SKU; empty where it is about none. */
  readonly about: readonly string[];
  /** `parts`: runs of its words may stand for it; `whole`: nothing less than all of it. */
  readonly by: "parts" | "whole";
}

/** Names ready to be found in a text. */
export interface Names {
  readonly pattern: RegExp | null;
  /** Normalised phrase to the SKUs it may mean. */
  readonly about: ReadonlyMap<string, ReadonlySet<string>>;
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
  const about = new Map<string, Set<string>>();
  for (const name of names) {
    for (const phrase of phrasesOf(name)) {
      const key = keyOf(phrase);
      if (key.replace(/[^\p{L}\p{N}]/gu, "").length < 2 || barred(phrase)) continue;
      about.set(key, new Set([...(about.get(key) ?? []), ...name.about]));
    }
  }
  const source = anyOf(treeOf([...about.keys()].map((key) => key.split(" "))));
  const pattern = source === "" ? null : new RegExp(`(?<![A-Za-z0-9가-힣])${source}(?![A-Za-z0-9])`, "gi");
  return { pattern, about };
}

/** Phrases by their first words: runs of one title share almost all of theirs, and are tried together. */
interface Tree {
  readonly next: Map<string, Tree>;
  ends: boolean;
}

function treeOf(phrases: readonly (readonly string[])[]): Tree {
  const root: Tree = { next: new Map(), ends: false };
  for (const phrase of phrases) {
    let at = root;
    for (const word of phrase) {
      const below: Tree = at.next.get(word) ?? { next: new Map(), ends: false };
      at.next.set(word, below);
      at = below;
    }
    at.ends = true;
  }
  return root;
}

/** A pattern of every phrase of the tree, the longest that fits first. */
function anyOf({ next }: Tree): string {
  const words = [...next].sort(([a], [b]) => b.length - a.length);
  const sources = words.map(([word, below]) => {
    if (below.next.size === 0) return escaped(word);
    return `${escaped(word)}(?:[\\s,/()·|-]{1,3}${anyOf(below)})${below.ends ? "?" : ""}`;
  });
  return sources.length === 0 ? "" : `(?:${sources.join("|")})`;
}

export function blank(text: string, names: Names): Blanked {
  const sets: ReadonlySet<string>[] = [];
  const blanked =
    names.pattern === null
      ? text
      : text.replace(names.pattern, (found) => {
          sets.push(names.about.get(keyOf(found)) ?? new Set());
          return String.fromCharCode(FIRST + ((sets.length - 1) % 5_000)).repeat(found.length);
        });
  return { text: blanked, about: (char) => sets[char.charCodeAt(0) - FIRST] ?? new Set() };
}

function phrasesOf({ words, by }: Name): string[] {
  const tokens = tokensOf(words);
  if (by === "whole" || tokens.length > 24) return [tokens.join(" ")];
  const phrases: string[] = [];
  for (let from = 0; from < tokens.length; from++) {
    for (let to = from + 1; to <= tokens.length; to++) {
      const run = tokens.slice(from, to);
      const [only] = run;
      // One word alone names something only where it leads, or is a code that no sentence would hold otherwise.
      const code =
        only !== undefined &&
        /\d/.test(only) &&
        /[A-Za-z-]/.test(only) &&
        !/^\d+(?:cm|kg|g|in|inch)$/i.test(only);
      if (run.length > 1 || (from === 0 && /^[A-Z가-힣]/.test(only ?? "")) || code)
        phrases.push(run.join(" "));
    }
  }
  return phrases.filter((phrase) => !/^[\d\s.]+$/.test(phrase));
}

function tokensOf(words: string): string[] {
  return words.split(/[\s,/()·|]+/).filter((token) => /[\p{L}\p{N}]/u.test(token));
}

function keyOf(phrase: string): string {
  return tokensOf(phrase).join(" ").replaceAll("-", " ").replace(/\s+/g, " ").trim().toLowerCase();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
