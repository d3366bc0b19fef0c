import { asksFor } from "../knowledge/asked.ts";
import { renamed } from "../knowledge/synonyms.ts";

/** What only says how a thing is asked after; alone it tells no two questions apart. */
const VAGUE: ReadonlySet<string> = new Set(["@how_much", "@quantity", "@category"]);

/**
 * What a question is about in words of no language: the attributes or rules it names ("battery+weight"), else the kinds of
 * things it names beside the product itself, whose name is `title`; null where it names nothing that is known.
 */
export function subjectOf(question: string, title = ""): string | null {
  const asked = asksFor(question);
  const named = asked.filter((term) => term.startsWith("@") && !VAGUE.has(term)).map((term) => term.slice(1));
  const about = named.length > 0 ? named : thingsIn(asked, new Set(asksFor(title)));
  return about.length === 0 ? null : [...new Set(about)].sort().join("+");
}

/** Kinds of things by one name each, whatever they are called and in which language. */
function thingsIn(terms: readonly string[], own: ReadonlySet<string>): string[] {
  return terms.flatMap((term, at) =>
    renamed(terms, at).flatMap(({ length, names }) => {
      const all = [terms.slice(at, at + length), ...names].map((name) => name.join(" "));
      const [first = ""] = all.toSorted();
      return term.startsWith("@") || all.some((name) => own.has(name)) ? [] : [`=${first}`];
    }),
  );
}

/** How alike two texts are, 0 to 1, by the runs of characters they share: spacing, endings and slips count little. */
export function alike(one: string, other: string): number {
  const [a, b] = [runs(one), runs(other)];
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const run of a) if (b.has(run)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/** Pairs of syllables in Korean, threes of letters elsewhere. */
function runs(text: string): ReadonlySet<string> {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
  const length = /\p{Script=Hangul}/u.test(plain) ? 2 : 3;
  const found = new Set<string>();
  for (let at = 0; at + length <= plain.length; at++) found.add(plain.slice(at, at + length));
  return found;
}
