import type { Outcome } from "./outcome.ts";

/**
 * Several runs of the same fixtures as one: each outcome is the first that did not pass, or the last, with how many
 * passed and the 95% interval their rate lies in. Only when all passed is it a pass.
 */
export function repeated(runs: readonly (readonly Outcome[])[]): Outcome[] {
  const [first = []] = runs;
  return first.map((_, i) => {
    const plays = runs.flatMap((run) => run[i] ?? []);
    const passed = plays.filter(({ verdict }) => verdict === "pass").length;
    const shown = plays.find(({ verdict }) => verdict !== "pass") ?? plays.at(-1);
    if (!shown) throw new TypeError("the runs are not of the same fixtures");
    return { ...shown, repeat: { passed, of: plays.length, ...wilson(passed, plays.length) } };
  });
}

/** Neither sure to pass nor sure to fail. */
export function isFlaky({ repeat }: Outcome): boolean {
  return repeat !== undefined && repeat.passed > 0 && repeat.passed < repeat.of;
}

/**
 * The Wilson score interval at 95%, after E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference" (1927): unlike the usual one it says something sensible of 5 out of 5.
 */
export function wilson(passed: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const rate = passed / of;
  const scale = 1 + z ** 2 / of;
  const middle = (rate + z ** 2 / (2 * of)) / scale;
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / of + z ** 2 / (4 * of ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
