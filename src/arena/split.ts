import { readFileSync } from "node:fs";
import { z } from "zod";
import { Fault, problemsOf } from "../domain/fault.ts";
import { outcomesOf, type Scenario } from "./scenario.ts";

/**
 * Which domains parameters may be chosen on. Every family that is not on the list is untouched: nothing may be chosen by
 * what it shows, and domains that somebody adds are untouched by themselves.
 */
const Split = z.strictObject({
  chosen: z.string(),
  families: z.array(z.string().min(1)),
});

/** Sizes that bars are measured on: fewer outcomes leave nothing to find, more take too long for every pairing. */
export const USUAL = { least: 27, most: 5_000 } as const;

/** Sizes played beside them, at few rounds. */
export const MOST_BESIDE = 20_000;

export interface Halves {
  readonly tuning: Half;
  readonly untouched: Half;
  /** Too large for either: families and their numbers of outcomes. */
  readonly too_large: Readonly<Record<string, number>>;
}

export interface Half {
  readonly usual: readonly Scenario[];
  /** Tiny or large; single issues are among them. */
  readonly beside: readonly Scenario[];
}

/** Families on the tuning list. Throws `bad_source` when the file is not one. */
export function tuningFamilies(path: string): readonly string[] {
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Fault("bad_source", `${path} cannot be read as JSON`, { cause });
  }
  const split = Split.safeParse(list);
  if (!split.success) throw new Fault("bad_source", `${path}: ${problemsOf(split.error)}`);
  return split.data.families;
}

export function halves(scenarios: readonly Scenario[], tuning: readonly string[]): Halves {
  const half = (wanted: boolean): Half => {
    const own = scenarios.filter((each) => tuning.includes(each.family) === wanted);
    const sized = (from: number, to: number) =>
      own.filter((each) => outcomesOf(each) >= from && outcomesOf(each) <= to);
    return {
      usual: sized(USUAL.least, USUAL.most),
      beside: [...sized(1, USUAL.least - 1), ...sized(USUAL.most + 1, MOST_BESIDE)],
    };
  };
  const large = scenarios.filter((each) => outcomesOf(each) > MOST_BESIDE);
  return {
    tuning: half(true),
    untouched: half(false),
    too_large: Object.fromEntries(large.map((each) => [each.family, outcomesOf(each)])),
  };
}
