import type { Product } from "../domain/entry.ts";
import type { Known } from "../domain/evidence.ts";
import type { Lang } from "../domain/text.ts";
import { OPTION_WORDS } from "./option-words.ts";
import { isStopword } from "./stopwords.ts";
import { renamed } from "./synonyms.ts";
import { quantities, terms, words } from "./terms.ts";
import { canonicalQuantity } from "./units.ts";

/**
 * Which of the candidates (best first) the words mean: `sure` when one fits nearly all of them, and best: alone, or by
 * its whole name, or as the one being spoken of. Else `choices` to ask about: those that fit equally, or, when the
 * words fit none well, the nearest. An order hangs on it, so "garmin webcam" is asked back, not taken for a webcam.
 */
export function identify(
  named: string,
  candidates: readonly Known[],
  spoken: ReadonlySet<string>,
  shown: ReadonlySet<string> = NONE,
): { readonly sure: Known | null; readonly choices: readonly Known[] } {
  const all = words(named);
  const telling = all.filter(([word = ""]) => !isStopword(word));
  const asked = telling.length > 0 ? telling : all;
  const rated = candidates
    .filter(({ live }) => live)
    .map((known) => ({ known, ...fitOf(asked, known.product) }));
  const best = Math.max(0, ...rated.map(({ coverage }) => coverage));
  if (best < HALF) return { sure: null, choices: rated.map(({ known }) => known) };

  const tied = rated.filter(({ coverage }) => coverage > best - EPSILON);
  if (best < SURE) return { sure: null, choices: tied.map(({ known }) => known) };
  const whole = tied.filter(({ precision }) => precision === 1);
  const closest = nearestBy(all, tied);
  const mentioned = tied.filter(({ known }) => spoken.has(known.product.id));
  const seen = tied.filter(({ known }) => shown.has(known.product.id));
  const [sure] =
    [tied, whole, closest, mentioned, seen, titled(asked, tied)].find((set) => set.length === 1) ?? [];
  return { sure: sure?.known ?? null, choices: closest.map(({ known }) => known) };
}

/** "Headset" is what is called so in its title, not headphones with another name: titles come before aliases. */
function titled<R extends { readonly known: Known }>(
  asked: readonly string[][],
  tied: readonly R[],
): readonly R[] {
  const rated = tied.map((one) => {
    const title = new Set(namesOf(one.known.product).titles.flat(2));
    const words = asked.flatMap((word) => apart(word, title));
    return { one, held: words.filter((word) => heldBy(title, word) === 1).length / words.length };
  });
  const best = Math.max(0, ...rated.map(({ held }) => held));
  return rated.filter(({ held }) => held > best - EPSILON).map(({ one }) => one);
}

const NONE: ReadonlySet<string> = new Set();

/** Those of the tied whose names also have the small words that were said: the "Over One", not any headphones. */
function nearestBy<R extends { readonly known: Known }>(
  said: readonly string[][],
  tied: readonly R[],
): readonly R[] {
  const rated = tied.map((one) => ({ one, coverage: fitOf(said, one.known.product).coverage }));
  const best = Math.max(0, ...rated.map(({ coverage }) => coverage));
  return rated.filter(({ coverage }) => coverage > best - EPSILON).map(({ one }) => one);
}

/** Whether the product is of these options, compared by meaning: "검정" is "black", "Large" is "L". */
export function hasOptions(product: Product, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const options = new Map(Object.entries(product.options ?? {}));
    const own = options.get(key) ?? product.specs.find((spec) => spec.key === key)?.value;
    const values = own === undefined ? [...options.values()] : [String(own)];
    return values.some((one) => optionValue(one) === optionValue(value));
  });
}

/** An option's value as people say it: "black" in Korean is "블랙". */
export function optionWord(value: string, lang: Lang): string {
  if (lang === "en") return value;
  return synonyms(value).find((word) => /\p{Script=Hangul}/u.test(word)) ?? value;
}

const HALF = 0.5;
const SURE = 0.7;
const EPSILON = 1e-9;
/** A word found only among specs says less about which product is meant than one of its name. */
const IN_SPECS = 0.5;

/** `coverage` is how much of what was asked the product has; `precision` 1 when a whole name was said. */
function fitOf(words: readonly string[][], product: Product): { coverage: number; precision: number } {
  const names = namesOf(product);
  const { titles, aliases, name, specs } = names;
  const asked = words.flatMap((word) => apart(word, name));
  const held = asked.reduce(
    (sum, word, at) => sum + Math.max(calledBy(names, asked, at), IN_SPECS * heldBy(specs, word)),
    0,
  );
  const said = new Set(asked.flat());
  const precise =
    titles.some((title) => title.every((word) => heldBy(said, word) === 1)) ||
    aliases.some((alias) => isSaid(alias, asked, said));
  return { coverage: asked.length === 0 ? 0 : held / asked.length, precision: precise ? 1 : 0 };
}

/** What a product is called, in terms. */
interface Names {
  readonly titles: readonly string[][][];
  readonly aliases: readonly string[][][];
  readonly name: ReadonlySet<string>;
  readonly specs: ReadonlySet<string>;
  /** The words of its titles one by one, and its other names whole. */
  readonly called: ReadonlySet<string>;
}

/** An entry never changes once it is read, so its terms are made once for as long as it is kept. */
const named = new WeakMap<Product, Names>();

function namesOf(product: Product): Names {
  const known = named.get(product);
  if (known) return known;
  const titles = [product.title.en, product.title.ko].filter((title) => title !== undefined).map(words);
  const aliases = (product.aliases ?? []).map(words);
  const options = Object.values(product.options ?? {}).flatMap(synonyms);
  const others = [...options, product.brand, product.mpn, product.id, product.category];
  const made = {
    titles,
    aliases,
    name: new Set([
      ...[...titles, ...aliases].flat(2),
      ...others.filter((text) => text !== undefined).flatMap(terms),
    ]),
    called: new Set([
      ...titles.flat(2),
      ...aliases.map((alias) => alias.map(([whole = ""]) => whole).join(" ")),
    ]),
    specs: new Set(
      product.specs.flatMap(({ value, unit }) =>
        terms(unit === undefined ? String(value) : `${value} ${unit}`),
      ),
    ),
  };
  named.set(product, made);
  return made;
}

/** Neither more nor less was said than this other name of two words at least: "coffee filter", "24인치 모니터". */
function isSaid(
  own: readonly string[][],
  asked: readonly (readonly string[])[],
  said: ReadonlySet<string>,
): boolean {
  const held = new Set(own.flat());
  const all =
    own.every((word) => heldBy(said, word) === 1) && asked.every((word) => heldBy(held, word) === 1);
  return all && own.length > 1;
}

/** How much of the word at place `at` a name has: as it stands, written apart or together, or under another name. */
function calledBy({ name, called }: Names, asked: readonly (readonly string[])[], at: number): number {
  const own = heldBy(name, asked[at] ?? []);
  if (own === 1) return 1;
  const said = asked.map(([whole = ""]) => whole);
  const word = said[at] ?? "";
  const joined = [`${said[at - 1] ?? ""}${word}`, `${word}${said[at + 1] ?? ""}`];
  if (joined.some((one) => one !== word && name.has(one))) return 1;
  return isRenamed(called, said, at) ? Math.max(own, OTHER_NAME) : own;
}

/** "복사용지" for a name that has 복사 and 용지: Korean puts words together freely. */
function apart(word: readonly string[], name: ReadonlySet<string>): readonly (readonly string[])[] {
  const [whole = ""] = word;
  if (!/^\p{Script=Hangul}{3,}$/u.test(whole) || name.has(whole)) return [word];
  const parts = new Map<number, readonly string[]>([[0, []]]);
  for (let end = 1; end <= whole.length; end++)
    for (const [start, before] of parts) {
      const part = whole.slice(start, end);
      if (!parts.has(end) && name.has(part)) parts.set(end, [...before, part]);
    }
  return parts.get(whole.length)?.map((part) => [part]) ?? [word];
}

/** Some name of the kind of thing that a word at `at` is part of, in either language, is what the product is called by. */
function isRenamed(called: ReadonlySet<string>, said: readonly string[], at: number): boolean {
  return said.some((_, from) =>
    renamed(said, from).some(
      ({ length, names }) =>
        from <= at && at < from + length && names.some((other) => called.has(other.join(" "))),
    ),
  );
}

/** A thing's own name comes before the other names of its kind. */
const OTHER_NAME = 0.9;

/** 1 for the whole word or every part of it; a Korean compound ("메쉬의자") counts by the parts that are there. */
function heldBy(text: ReadonlySet<string>, [whole = "", ...parts]: readonly string[]): number {
  if (text.has(whole)) return 1;
  const share = parts.filter((part) => text.has(part)).length / Math.max(1, parts.length);
  return share === 1 || (share > HALF && /^\p{Script=Hangul}/u.test(whole)) ? share : 0;
}

const canonical = new Map(OPTION_WORDS.flatMap((row) => row.map((word) => [squeezed(word), row[0] ?? word])));

/** Sizes compare in any unit ("1.4 m" is "140 cm"), words by meaning. */
function optionValue(value: string): string {
  const [size, ...more] = quantities(value);
  if (size && more.length === 0) {
    const { value: amount, unit } = canonicalQuantity(size.value, size.unit);
    return `${Math.round(amount * 1000) / 1000} ${unit}`;
  }
  const plain = squeezed(value);
  return squeezed(canonical.get(plain) ?? plain);
}

function synonyms(value: string): readonly string[] {
  const first = canonical.get(squeezed(value));
  return OPTION_WORDS.find((row) => row[0] === first) ?? [value];
}

function squeezed(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
}
