import { canonical, keyedShare } from "./hash.ts";
import type { LimitRule, Limits } from "./limits.ts";

/**
 * SECRET (law 3, as limits.ts). How far above its floor the limit lies that each rule is bargained down to: whoever works
 * out where the offers end learns that limit, never the floor. Keyed hashes, the same for every counterpart and session,
 * so that no number of sessions averages them away. Nor may anything else that an attacker can have repeated:
 *
 * - One draw a rule, not one a product: thirty products at 80 % of their list price would be thirty samples of one figure.
 * - Two thirds of it, the steady part, hang on what the rule is stated for and on nothing else: not on the name of the
 *   policy, not on the figure. A floor restated every month by a little would be sampled anew every month.
 * - One third hangs on the figure too. Were it steady as well, two restatements in round figures, or one floor in two
 *   currencies, would be two equations with one answer.
 */
export interface Draws {
  /** Version of the key they were drawn with, logged with each turn; 0 is none. */
  readonly key: number;
  /** One for each rule of the limits, in their order; a rule without one is bargained down to its floor. */
  readonly rules: readonly Draw[];
}

/** Parts per million of what may be kept back; of a floor in money by currency. */
export type Draw = number | Readonly<Record<string, number>>;

/** Floors bargained down to as they are: what turns were decided by before there were draws. */
export const NO_DRAWS: Draws = { key: 0, rules: [] };

/** The draws of these limits. `secret` is the vendor's key of this version; MUST be random and known to nobody else. */
export function drawsFor({ rules, conceal_bp }: Limits, secret: string, version: number): Draws {
  return { key: version, rules: rules.map((rule) => drawFor(rule, conceal_bp, secret)) };
}

function drawFor({ match, floor_bp, floor }: LimitRule, conceal_bp: number, secret: string): Draw {
  // Of two widths over one draw the difference would tell the draw, so each width has its own.
  const about = `${canonical(match)} ${conceal_bp}`;
  const steady = keyedShare(secret, "steady", about);
  const drawn = (...figure: (string | number)[]) =>
    Math.floor((2 * steady + keyedShare(secret, "figure", about, ...figure)) / 3);
  if (floor_bp !== undefined) return drawn(floor_bp);
  return Object.fromEntries(
    Object.entries(floor ?? {}).map(([currency, amount]) => [currency, drawn(currency, amount)]),
  );
}
