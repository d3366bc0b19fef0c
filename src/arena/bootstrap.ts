import { seeded } from "./random.ts";

/** A mean over domains with its 95% interval. NaN where nothing was measured. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;

/**
 * The mean of the domains' means, each domain counting the same, and the percentile interval over domains drawn again
 * with replacement: what one would find on other domains of this kind, not on other sessions of these.
 */
export function estimate(byDomain: ReadonlyMap<string, readonly number[]>, seed: number): Estimate {
  const means = [...byDomain.values()].filter((values) => values.length > 0).map(mean);
  const random = seeded("bootstrap", seed);
  const drawn = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < means.length; i++) sum += means[Math.floor(random() * means.length)] as number;
    return sum / means.length;
  }).sort();
  const at = (share: number) => drawn[Math.round(share * (RESAMPLES - 1))] as number;
  return { mean: mean(means), low: at(0.025), high: at(0.975) };
}

/** Rows by domain, one number each; rows without one are left out. */
export function byDomain<R extends { readonly family: string }>(
  rows: readonly R[],
  value: (row: R) => number | null,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const row of rows) {
    const one = value(row);
    if (one === null) continue;
    const values = found.get(row.family);
    if (values) values.push(one);
    else found.set(row.family, [one]);
  }
  return found;
}

/** What every cell of a pairing has in common. */
export interface Cell {
  readonly family: string;
  readonly scenario: string;
  readonly partner: string;
  readonly side: number;
  readonly seed: number;
}

/** How much more `value` is in `some` than in `others`, cell by cell; each cell MUST be in both. */
export function paired<R extends Cell>(
  some: readonly R[],
  others: readonly R[],
  value: (row: R) => number,
): Map<string, number[]> {
  const key = (row: R) => [row.scenario, row.side, row.partner, row.seed].join("\n");
  const counterpart = new Map(others.map((row) => [key(row), row]));
  if (counterpart.size !== some.length) throw new RangeError("both must have played the same cells once");
  return byDomain(some, (row) => {
    const other = counterpart.get(key(row));
    if (!other) throw new RangeError(`nobody else played ${key(row).replaceAll("\n", ", ")}`);
    return value(row) - value(other);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
