import type { Act, Reading } from "../domain/act.ts";
import type { Mentions } from "./clause.ts";
import type { Setting } from "./setting.ts";

/** What one clause was understood as. `confidence` is the probability that every act is right. */
export interface Heard {
  readonly acts: readonly Act[];
  readonly confidence: number;
  readonly unsure?: NonNullable<Reading["unsure"]>;
  /** Bare words, only taken for something to look for: beside anything plainer they are talk. */
  readonly guess?: true;
  /** A rule read the message to its end: nothing learned stands against it. */
  readonly whole?: true;
}

/** A way a clause may be meant: null when it is not meant so. */
export type Rule = (heard: Mentions, setting: Setting) => Heard | null;

export function sure(confidence: number, ...acts: Act[]): Heard {
  return { acts, confidence };
}

export function unsure(why: NonNullable<Reading["unsure"]>, ...acts: Act[]): Heard {
  return { acts, confidence: 0.4, unsure: why };
}

/** Anything that makes a yes less than a yes. */
export function doubtful(heard: Mentions): boolean {
  return heard.cue("condition") || heard.cue("negated") || heard.cue("attack") || heard.raw.includes("?");
}

/** A product is named by words, not pointed at. */
export function names(heard: Mentions): boolean {
  return heard.item !== null && "query" in heard.item;
}

/** Some word of the live offer's titles is said. */
export function titled(heard: Mentions, { offer }: Setting): boolean {
  const { item } = heard;
  if (!item || !("query" in item)) return false;
  const titles = (offer?.lines ?? []).map((line) => line.title.toLowerCase()).join(" ");
  return item.query
    .split(" ")
    .some((word) => word.length > 1 && titles.includes(word.replace(/(?<=^[a-z]{3,})s$/, "")));
}
