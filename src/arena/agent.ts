/**
 * One side of a bargain over discrete issues, by the stacked alternating offers protocol: in turn propose, accept what
 * is on the table, or leave. Utilities are whole parts per million of that side's best outcome.
 */

/** What a side knows of a scenario: its own half. Outcomes are numbered from 0, the first issue varying slowest. */
export interface View {
  /** How many values each issue has. */
  readonly sizes: readonly number[];
  readonly outcomes: number;
  /** Own utility of every outcome. */
  readonly utility: Int32Array;
  /** Own utility of no agreement. */
  readonly reservation: number;
  /** Issue values of an outcome; MUST not be kept, the array is used again. */
  values(outcome: number): readonly number[];
  outcomeOf(values: readonly number[]): number;
  /** All outcomes by own utility, best first; ties by number. Worked out once for all players. */
  ranked(): Int32Array;
}

/**
 * How `time` is told in turn `step` of `steps`. `published`: what has gone by before the turn, as the platforms that the
 * strategies were written for tell it; the last of ten turns begins at .9. `last_turn`: the turn itself is counted, so
 * that time is 1 in the last one and whoever goes by the clock alone knows that it is.
 */
export type Clock = "published" | "last_turn";

/** A turn of this side. */
export interface Turn {
  /** Own turns taken before, and own turns in all. */
  readonly step: number;
  readonly steps: number;
  /** Share of the session gone by, in [0, 1], by the clock of the session: what published strategies see of time. */
  readonly time: number;
  /** The other side can still answer what is now proposed. */
  readonly answerable: boolean;
  /** What the other side proposed last, if anything. */
  readonly heard: readonly number[];
}

export type Play =
  | { readonly does: "accept"; readonly outcome: number }
  | { readonly does: "propose"; readonly outcomes: readonly number[] }
  | { readonly does: "leave" };

/** Uniform in [0, 1), seeded per session. */
export type Random = () => number;

/** One side in one session. */
export interface Player {
  (turn: Turn): Play;
  /**
   * What it now thinks every outcome is worth to the other side, on any scale: only the correlation with the truth is
   * measured. Left out by players without a model of the other side.
   */
  believes?(): ArrayLike<number>;
}

export interface Agent {
  readonly name: string;
  /** Where it was published, or what it stands for. */
  readonly source: string;
  /** A fresh player for one session; it MUST play the same for the same view, turns and random numbers. */
  start(view: View, random: Random): Player;
}
