import type { Vocabulary } from "./postings.ts";

/** Something to be known of a catalogue's words; arguments as those of the methods of Vocabulary. */
export type Unknown =
  | { readonly about: "frequency"; readonly term: string }
  | { readonly about: "beginning"; readonly prefix: string; readonly least: number; readonly most: number }
  | { readonly about: "together"; readonly first: string; readonly second: string }
  | { readonly about: "named"; readonly term: string; readonly most: number };

/** What is known of them at one moment, by the question as JSON. */
export type Known = Map<string, unknown>;

/**
 * Ranking asks a vocabulary that answers at once, and a server's does not. So it is done with what is known, and again
 * with what it turned out to need, until it needed nothing more; each round only adds to what is known.
 */
export async function learnedBy<T>(
  work: (vocabulary: Vocabulary) => T,
  size: number,
  known: Known,
  learn: (unknown: readonly Unknown[]) => Promise<readonly unknown[]>,
): Promise<T> {
  for (let round = 0; ; round++) {
    const unknown = new Map<string, Unknown>();
    const result = work(vocabularyOf(size, known, unknown));
    if (unknown.size === 0 || round === ROUNDS) return result;
    const asked = [...unknown.values()];
    for (const [at, answer] of (await learn(asked)).entries()) known.set(JSON.stringify(asked[at]), answer);
  }
}

/** A query of 400 characters needs fewer by far. */
const ROUNDS = 20;

function vocabularyOf(size: number, known: Known, unknown: Map<string, Unknown>): Vocabulary {
  const ask = <T>(question: Unknown, meanwhile: T): T => {
    const key = JSON.stringify(question);
    if (known.has(key)) return known.get(key) as T;
    unknown.set(key, question);
    return meanwhile;
  };
  return {
    size,
    frequency: (term) => ask({ about: "frequency", term }, 0),
    beginning: (prefix, least, most) => ask({ about: "beginning", prefix, least, most }, []),
    together: (first, second) => ask({ about: "together", first, second }, false),
    named: (term, most) => ask({ about: "named", term, most }, []),
  };
}
