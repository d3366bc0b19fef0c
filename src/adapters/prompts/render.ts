import { BOUNDS } from "../../domain/bounds.ts";
import { Fault } from "../../domain/fault.ts";
import type { Prompt, Rendered } from "../../ports/prompts.ts";
import { cut, fence } from "./fence.ts";
import type { Section } from "./template.ts";

/**
 * How a prompt is filled in. An input is fenced when the prompt or the question calls it heard: neither alone can take
 * a fence away. Throws `bad_config` when the question lacks an input, and for nothing else: what is too long is cut,
 * the longest heard input first.
 */
export function renderer(
  file: string,
  inputs: Prompt["inputs"],
  system: Section,
  user: Section,
): Prompt["render"] {
  return (question) => {
    const heard = new Map<string, string>();
    const given = new Map<string, string>();
    for (const [name, kind] of Object.entries(inputs)) {
      const said = own(question.heard, name);
      const words = said ?? own(question.given, name);
      if (words === undefined) {
        throw new Fault(
          "bad_config",
          `${file}: the question brings no input \`${name}\`; take it out of the prompt`,
        );
      }
      (kind === "heard" || said !== undefined ? heard : given).set(name, words);
    }
    const fill = (kept: ReadonlyMap<string, string>, plain: ReadonlyMap<string, string>): Rendered => {
      const values: Record<string, string> = Object.fromEntries(plain);
      for (const [name, words] of kept) values[name] = fence(name, words);
      return { system: system.fill(values), user: user.fill(values) };
    };
    const whole = fill(heard, given);
    if (sizeOf(whole) <= BOUNDS.prompt_chars) return whole;
    const kept = shorten(
      heard,
      (name, words) => fence(name, words).length,
      (words) => sizeOf(fill(words, given)),
    );
    // Only when no heard word is left to cut.
    const plain = shorten(
      given,
      (_, words) => words.length,
      (words) => sizeOf(fill(kept, words)),
    );
    return fill(kept, plain);
  };
}

function own(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function sizeOf({ system, user }: Rendered): number {
  return system.length + user.length;
}

/** Shortens the longest text again and again until all fit, or nothing is left of any. */
function shorten(
  whole: ReadonlyMap<string, string>,
  lengthOf: (name: string, words: string) => number,
  measure: (kept: ReadonlyMap<string, string>) => number,
): ReadonlyMap<string, string> {
  const kept = new Map(whole);
  const keep = new Map([...whole].map(([name, words]) => [name, words.length]));
  for (let over = measure(kept) - BOUNDS.prompt_chars; over > 0; over = measure(kept) - BOUNDS.prompt_chars) {
    const [longest] = [...kept]
      .filter(([name]) => (keep.get(name) ?? 0) > 0)
      .map(([name, words]) => ({ name, length: lengthOf(name, words) }))
      .sort((one, other) => other.length - one.length);
    if (!longest) break;
    const before = keep.get(longest.name) ?? 0;
    // Escapes make a fenced text longer than its words, so the share to keep is reckoned on the fenced length; at
    // least a tenth goes each time, so this ends.
    const share = Math.max(0, longest.length - over - NOTE_CHARS) / longest.length;
    const after = Math.floor(before * Math.min(share, 0.9));
    keep.set(longest.name, after);
    kept.set(longest.name, cut(whole.get(longest.name) ?? "", after));
  }
  return kept;
}

/** What the note of a cut takes at most. */
const NOTE_CHARS = 50;
