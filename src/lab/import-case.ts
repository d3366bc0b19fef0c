import { stringify } from "yaml";
import { BOUNDS } from "../domain/bounds.ts";
import { type Expect, readFixture } from "./fixture.ts";

/** One conversation of another tool's file, as far as it can be said here. */
export interface Case {
  /** Names the fixture; made into an id. */
  readonly name: string;
  readonly about: string;
  /** Where it stands in the file. */
  readonly line: number;
  readonly turns: readonly { readonly say: string; readonly expect: Expect }[];
}

/** Fixtures as text to be written as files, and a line for everything that could not be carried over. */
export interface Imported {
  readonly fixtures: readonly { readonly name: string; readonly yaml: string }[];
  readonly notes: readonly string[];
}

/** Collects what could not be carried over, by file and line; what was said of a line is said once. */
export class Notes {
  readonly #file: string;
  readonly #lines = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  add(line: number, what: string): void {
    this.#lines.add(`${this.#file}:${line}: ${what}`);
  }

  get all(): readonly string[] {
    return [...this.#lines];
  }
}

/** Every case as a fixture that loads; one that would not is left out with a note. */
export function fixturesOf(cases: readonly Case[], file: string, notes: Notes): Imported {
  const stem = slug(file.replace(/^.*\//, "").replace(/\.[^.]*$/, "")) || "imported";
  const taken = new Set<string>();
  const fixtures: { name: string; yaml: string }[] = [];
  for (const [i, one] of cases.entries()) {
    const turns = one.turns.filter(({ say }) => say.trim() !== "");
    if (turns.length === 0) {
      notes.add(one.line, "left out: nobody says anything in it");
      continue;
    }
    const id = free(`${stem}-${slug(one.name) || i + 1}`, taken);
    const said = turns.map(({ say }) => say).join("\n");
    const lang = /\p{Script=Hangul}/u.test(said) ? "ko" : "en";
    if (/[\u3040-\u30ff]|[\u0400-\u04ff]|^[^\p{Script=Hangul}]*[\u4e00-\u9fff]/u.test(said))
      notes.add(one.line, "neither English nor Korean; the fixture says en or ko all the same");
    const long = turns.some(({ say }) => say.length > BOUNDS.text_chars);
    if (long) notes.add(one.line, `cut: a message may have ${BOUNDS.text_chars} characters`);
    const yaml = stringify(
      {
        ...{ id, about: one.about, lang, currency: lang === "ko" ? "KRW" : "USD" },
        turns: turns.map(({ say, expect }) => ({
          say: say.slice(0, BOUNDS.text_chars),
          ...(Object.keys(expect).length > 0 ? { expect } : {}),
        })),
      },
      { lineWidth: 110 },
    );
    const { problems } = readFixture(yaml, id);
    if (problems.length > 0) notes.add(one.line, `left out: ${problems.join("; ")}`);
    else fixtures.push({ name: `${id}.yaml`, yaml });
  }
  return { fixtures, notes: notes.all };
}

/**
 * A text to be found whatever its letters' case, as a regular expression. Both cases are spelled out: `(?i:...)` was
 * seen to miss letters of the other case in a process that had compiled many expressions before.
 */
export function anyCase(text: string): string {
  return escaped(text).replace(/\p{L}/gu, (letter) => {
    const [small, capital] = [letter.toLowerCase(), letter.toUpperCase()];
    return small === capital || small.length !== capital.length ? letter : `[${small}${capital}]`;
  });
}

export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Puts two expectations of the same words together. */
export function together(a: Expect, b: Expect): Expect {
  const text = { ...a.text, ...b.text };
  for (const key of ["contains", "matches", "not"] as const) {
    const both = [...(a.text?.[key] ?? []), ...(b.text?.[key] ?? [])];
    if (both.length > 0) text[key] = both;
  }
  return { ...a, ...b, ...(Object.keys(text).length > 0 ? { text } : {}) };
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, 60).replace(/^-+|-+$/g, "");
}

function free(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}
