import { seeded } from "./random.ts";
import type { Outcome, Row } from "./simulate.ts";

/** What a policy comes to, over some visitors. Money is in minor units, free of tax. */
export interface Figures {
  readonly visitors: number;
  readonly deals: number;
  /** Shares of visitors. */
  readonly close: number;
  readonly missed: number;
  /** For a hundred visitors. */
  readonly revenue: number;
  readonly margin: number;
  readonly given: number;
  readonly renewals: number;
  readonly acquisition: number;
  readonly buyers_gain: number;
  /** Of what the goods sold list at, the share given away; of revenue, the share that is margin. Null without deals. */
  readonly discount: number | null;
  readonly margin_share: number | null;
  /** Rounds of bargaining, over those who bargained. */
  readonly rounds: number;
}

export type Measure = "close" | "missed" | "revenue" | "margin" | "given" | "discount" | "rounds";

/** A difference with its 95 % interval; null where one of both policies closed nothing. */
export interface Difference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export function figuresOf(outcomes: readonly Outcome[]): Figures {
  return figured(outcomes.map(contribution), null);
}

/** The same visitors under two policies: visitors are drawn again with replacement, each with both its outcomes. */
export function differences(
  rows: readonly Row[],
  seed: number,
): Readonly<Record<Measure, Difference | null>> {
  const both = rows.flatMap(({ new_policy, old_policy }) => (old_policy ? [{ new_policy, old_policy }] : []));
  const after = both.map(({ new_policy }) => contribution(new_policy));
  const earlier = both.map(({ old_policy }) => contribution(old_policy));
  const apart = (drawn: Int32Array | null) => [figured(after, drawn), figured(earlier, drawn)] as const;
  const random = seeded("visitors again", seed);
  const samples = Array.from({ length: RESAMPLES }, () =>
    apart(Int32Array.from(both, () => Math.floor(random() * both.length))),
  );
  const whole = apart(null);
  const difference = (measure: Measure): Difference | null => {
    const gap = ([a, b]: (typeof samples)[number]) => {
      const [x, y] = [a[measure], b[measure]];
      return x === null || y === null ? null : x - y;
    };
    const mean = gap(whole);
    const drawn = samples.flatMap((one) => gap(one) ?? []).sort((a, b) => a - b);
    const [low, high] = [drawn[Math.floor(drawn.length * 0.025)], drawn[Math.ceil(drawn.length * 0.975) - 1]];
    return mean === null || low === undefined || high === undefined ? null : { mean, low, high };
  };
  return Object.fromEntries(MEASURES.map((measure) => [measure, difference(measure)])) as Record<
    Measure,
    Difference | null
  >;
}

const MEASURES: readonly Measure[] = ["close", "missed", "revenue", "margin", "given", "discount", "rounds"];
const RESAMPLES = 1_000;

/** Rows by what they have in common, the largest group first. */
export function grouped(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = Map.groupBy(rows, key);
  return new Map([...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)));
}

/** What one visit adds to the sums: deals, missed, bargained, rounds, then money. */
type Contribution = readonly number[];

function contribution({ ledger, possible, rounds, surplus }: Outcome): Contribution {
  const visit = [ledger ? 1 : 0, possible && !ledger ? 1 : 0, rounds > 0 ? 1 : 0, rounds];
  if (!ledger) return [...visit, 0, 0, 0, 0, 0, 0, 0];
  const { revenue, margin, given, list, renewals, acquisition } = ledger;
  return [...visit, revenue, margin, given, list, renewals, acquisition, surplus];
}

/** Sums over all visits, or over those `drawn`. */
function figured(visits: readonly Contribution[], drawn: Int32Array | null): Figures {
  const sums = new Float64Array(11);
  const count = drawn?.length ?? visits.length;
  for (let i = 0; i < count; i++) {
    const visit = visits[drawn ? (drawn[i] as number) : i] as Contribution;
    for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] as number) + (visit[k] as number);
  }
  const [deals, missed, bargained, rounds, revenue, margin, given, list, renewals, acquisition, gain] =
    sums as unknown as [number, ...number[]] & Record<number, number>;
  const each = (sum: number | undefined) => (count === 0 ? 0 : (sum ?? 0) / count);
  const ratio = (part: number | undefined, of: number | undefined) => (of ? (part ?? 0) / of : null);
  return {
    ...{ visitors: count, deals, close: each(deals), missed: each(missed) },
    ...{ revenue: 100 * each(revenue), margin: 100 * each(margin), given: 100 * each(given) },
    ...{
      renewals: 100 * each(renewals),
      acquisition: 100 * each(acquisition),
      buyers_gain: 100 * each(gain),
    },
    ...{ discount: ratio(given, list), margin_share: ratio(margin, revenue) },
    rounds: ratio(rounds, bargained) ?? 0,
  };
}
