import { Fault } from "../domain/fault.ts";
import { WHOLE } from "../negotiation/utility.ts";

/** What is bargained over, and what each outcome is worth to either side. Plain data: it travels between threads. */
export interface Scenario {
  readonly id: string;
  /** The domain it belongs to. Variants of one domain share it: a domain counts once and is never split. */
  readonly family: string;
  readonly issues: readonly Issue[];
  readonly sides: readonly [Side, Side];
}

export interface Issue {
  readonly name: string;
  readonly values: readonly string[];
}

/** An additive utility: the sum over issues of weight times the value's evaluation, scaled so that the best is `WHOLE`. */
export interface Side {
  readonly name: string;
  /** In the order of the scenario's issues, one evaluation for each value. */
  readonly issues: readonly { readonly weight: number; readonly evals: readonly number[] }[];
  /** Utility of no agreement, in whole parts per million of the best outcome. */
  readonly reservation: number;
}

/** Parts per million, the best outcome a side could get: strategies count in the same in a shop. */
export { WHOLE };

/** Spaces are enumerated whole; this many outcomes take about 40 MB. */
export const MOST_OUTCOMES = 1_000_000;

export const SIDES = [0, 1] as const;
export type SideNumber = (typeof SIDES)[number];

export function outcomesOf(scenario: Pick<Scenario, "issues">): number {
  return scenario.issues.reduce((product, issue) => product * issue.values.length, 1);
}

/** What each value of each issue adds to a side's utility, in fractions of its best outcome. */
export function sharesOf(side: Side): readonly (readonly number[])[] {
  const parts = side.issues.map(({ weight, evals }) => evals.map((each) => weight * each));
  const best = parts.reduce((sum, part) => sum + Math.max(...part), 0);
  return parts.map((part) => part.map((each) => each / best));
}

/** Refuses what could not be played, and says where: `bad_source`. */
export function checkScenario(scenario: Scenario): void {
  const refuse = (what: string) => {
    throw new Fault("bad_source", `scenario ${scenario.id}: ${what}`);
  };
  if (scenario.issues.length === 0) refuse("has no issues; give at least one with its values");
  for (const issue of scenario.issues)
    if (issue.values.length === 0) refuse(`issue "${issue.name}" has no values`);
  const outcomes = outcomesOf(scenario);
  if (outcomes > MOST_OUTCOMES) refuse(`${outcomes} outcomes are more than ${MOST_OUTCOMES} can be played`);
  for (const side of scenario.sides) {
    if (side.issues.length !== scenario.issues.length)
      refuse(`side "${side.name}" evaluates ${side.issues.length} issues of ${scenario.issues.length}`);
    side.issues.forEach(({ weight, evals }, i) => {
      const issue = scenario.issues[i];
      if (evals.length !== issue?.values.length)
        refuse(`side "${side.name}" evaluates ${evals.length} values of issue "${issue?.name}", not all`);
      if (![weight, ...evals].every(Number.isFinite))
        refuse(`side "${side.name}" has a weight or evaluation of "${issue?.name}" that is no number`);
    });
    const best = side.issues.reduce(
      (sum, each) => sum + Math.max(...each.evals.map((e) => each.weight * e)),
      0,
    );
    if (best <= 0) refuse(`to side "${side.name}" no outcome is worth more than 0`);
    if (!Number.isInteger(side.reservation) || side.reservation < 0 || side.reservation >= WHOLE)
      refuse(`side "${side.name}" must have a reservation of 0 to ${WHOLE - 1} parts per million`);
  }
}
