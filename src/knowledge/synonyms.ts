import { SYNONYM_ROWS } from "./synonym-rows.ts";
import { words } from "./terms.ts";

/** A name of `length` words that stands at a place of a query, and what else the same things are called. */
export interface Renamed {
  readonly length: number;
  /** Each the terms of one other name, in order. */
  readonly names: readonly (readonly string[])[];
}

/** Other names for what the words say from place `at` on; of names that begin there, each one that is said whole. */
export function renamed(said: readonly string[], at: number): readonly Renamed[] {
  return (table().get(said[at] ?? "") ?? [])
    .filter(({ name }) => name.every((term, n) => said[at + n] === term))
    .map(({ name, names }) => ({ length: name.length, names }));
}

/** Whether the term is a name of some kind of thing by itself. */
export function isName(term: string): boolean {
  return (table().get(term) ?? []).some(({ name }) => name.length === 1);
}

/** Names of one word that begin so: what a slip may stand for, be the catalogue in another language. */
export function namesBeginning(prefix: string): readonly string[] {
  return [...table().keys()].filter((term) => term.startsWith(prefix) && isName(term));
}

interface Row {
  readonly name: readonly string[];
  readonly names: readonly (readonly string[])[];
}

let made: ReadonlyMap<string, readonly Row[]> | undefined;

/** By first term; made when the first text is searched for: a start need not wait for it. */
function table(): ReadonlyMap<string, readonly Row[]> {
  if (made) return made;
  const rows = new Map<string, Row[]>();
  for (const line of SYNONYM_ROWS.trim().split("\n")) {
    const names = line.split(",").map((name) => words(name).map(([whole = ""]) => whole));
    for (const name of names) {
      const [first = ""] = name;
      const others = names.filter((other) => other !== name && !names.some((one) => isWithin(one, other)));
      rows.set(first, [...(rows.get(first) ?? []), { name, names: others }]);
    }
  }
  made = rows;
  return made;
}

/** "Notebook computer" finds nothing that "notebook" does not. */
function isWithin(one: readonly string[], other: readonly string[]): boolean {
  return one.length < other.length && one.every((term) => other.includes(term));
}
