import { seeded } from "../src/arena/random.ts";
import { isAnswerable, type Verdict } from "./answers-folds.ts";
import { rounded } from "./statistics.ts";

/** A figure with its 95 % interval over products drawn again with replacement. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Share of answerable questions whose first candidate answers. */
export function p1(verdicts: readonly Verdict[]): number {
  return mean(
    verdicts
      .filter(({ one }) => isAnswerable(one))
      .map(({ one, order }) => (one.candidates[order[0] ?? -1]?.supports ? 1 : 0)),
  );
}

/** Mean of one through the place of the first candidate that answers, of answerable questions. */
export function mrr(verdicts: readonly Verdict[]): number {
  return mean(
    verdicts
      .filter(({ one }) => isAnswerable(one))
      .map(({ one, order }) => 1 / (1 + order.findIndex((at) => one.candidates[at]?.supports))),
  );
}

/** F1 of abstaining: where nothing answers it is right, where something does it is wrong. */
export function abstainF1(verdicts: readonly Verdict[]): number {
  const { right, wrong, missed } = abstained(verdicts);
  return (2 * right) / (2 * right + wrong + missed);
}

export function abstained(verdicts: readonly Verdict[]): { right: number; wrong: number; missed: number } {
  const silent = verdicts.filter(({ answers }) => !answers);
  const right = silent.filter(({ one }) => !isAnswerable(one)).length;
  const wanted = verdicts.filter(({ one }) => !isAnswerable(one)).length;
  return { right, wrong: silent.length - right, missed: wanted - right };
}

const RESAMPLES = 1_000;

/**
 * Questions about one product are drawn together. Of several lists, which MUST hold the same questions in the same
 * order, `of` may take a difference: the draws are then paired.
 */
export function figure<L extends readonly (readonly Verdict[])[]>(
  lists: L,
  of: (...drawn: { [K in keyof L]: readonly Verdict[] }) => number,
): Figure {
  const groups = [...Map.groupBy(lists[0]?.keys() ?? [], (at) => lists[0]?.[at]?.one.group ?? "").values()];
  const random = seeded("answers", groups.length);
  const on = (places: readonly number[]) =>
    of(
      ...(lists.map((list) => places.map((at) => list[at] as Verdict)) as {
        [K in keyof L]: readonly Verdict[];
      }),
    );
  const draws = Float64Array.from({ length: RESAMPLES }, () =>
    on(groups.flatMap(() => groups[Math.floor(random() * groups.length)] as number[])),
  ).sort();
  const at = (share: number) => rounded(draws[Math.round(share * (RESAMPLES - 1))] as number, 3);
  return { value: rounded(on(groups.flat()), 3), low: at(0.025), high: at(0.975) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
