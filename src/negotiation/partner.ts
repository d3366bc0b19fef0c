/** How somebody may like a package: the value each issue has in it, and what of its price counts, in liking units. */
export interface Taste {
  readonly values: readonly number[];
  readonly price: number;
}

/** An issue before anything is heard, in thousandths: what it weighs, and how each value is liked. */
export interface Prior {
  readonly weight: number;
  readonly likes: readonly number[];
}

/** Thousandths a weight grows when an issue stays as it was from one proposal to the next. */
const KEPT = 300;
/** Thousandths the issue somebody calls the most important gains; the next one gains half, and so on. */
const STATED = 500;
/** Thousandths of a named value's liking that the value next to it would have, were an issue's values endlessly many. */
const NEARBY = 500;
/** Liking units by which a package picked counts as better than one passed over; and how far picks may go. */
const PICKED = 20_000;
const MOST = 600_000;

/**
 * What a counterpart seems to like: additive over the issues, learned from what it proposes, picks and says.
 *
 * Proposals: a frequency model (Tunalı, Aydoğan and Sanchez-Anguix 2017, "Rethinking frequency opponent modeling"): an
 * issue kept unchanged weighs more, the earlier the more; a value named often is liked, with diminishing returns; one
 * never named the less the farther it lies from a named one, as issues mostly have one best value and fall off from it
 * (the triangular evaluation functions of Hindriks and Tykhonov 2008, "Opponent modelling in automated multi-issue
 * negotiation using Bayesian learning"). Values MUST come in their natural order where they have one.
 * Picks: of packages shown side by side the one it turns to must come out ahead, by the least change that does it
 * (passive-aggressive learning, Crammer et al. 2006). Words: a bounded addition to a weight; they may be untrue.
 *
 * All in whole numbers, so that it comes out the same everywhere. Learning changes the model in place.
 */
export class Partner {
  readonly #priors: readonly Prior[];
  readonly #weights: number[];
  readonly #counts: number[][];
  readonly #shifts: number[][];
  readonly #before: (string | null)[];
  #stated: readonly number[] = [];
  #scores: number[][] | null = null;

  constructor(priors: readonly Prior[]) {
    this.#priors = priors;
    this.#weights = priors.map(({ weight }) => weight);
    this.#counts = priors.map(({ likes }) => likes.map(() => 0));
    this.#shifts = priors.map(({ likes }) => likes.map(() => 0));
    this.#before = priors.map(() => null);
  }

  /**
   * A proposal: for each issue how far (in thousandths) each value is what it asks for, or null where it is silent.
   * `left` is the share of the session still to come, in thousandths: early proposals say more.
   */
  hear(named: readonly (readonly number[] | null)[], left: number): void {
    for (const [issue, strengths] of named.entries()) {
      const counts = this.#counts[issue];
      if (!strengths || !counts) continue;
      const said = strengths.join();
      if (said === this.#before[issue]) this.#grow(issue, Math.floor((KEPT * left) / 1_000));
      this.#before[issue] = said;
      for (const [value, strength] of strengths.entries()) {
        counts[value] = (counts[value] ?? 0) + Math.floor((strength * (1_000 + left)) / 2_000);
      }
    }
    this.#scores = null;
  }

  /** They turned to one package and not to the other, which was shown beside it. */
  pick(chosen: Taste, passed: Taste): void {
    const lack = this.#liked(passed) + PICKED - this.#liked(chosen);
    const differing = chosen.values.flatMap((value, issue) =>
      value === passed.values[issue] ? [] : [issue],
    );
    if (lack <= 0 || differing.length === 0) return;
    const step = Math.ceil(lack / (2 * differing.length));
    for (const issue of differing) {
      this.#shift(issue, chosen.values[issue] ?? 0, step);
      this.#shift(issue, passed.values[issue] ?? 0, -step);
    }
    this.#scores = null;
  }

  /** What they say matters to them, most important first; the latest such statement counts. */
  told(issues: readonly number[]): void {
    this.#stated = issues;
    this.#scores = null;
  }

  /** Liking units of each value of each issue; a package's liking is their sum and its price's. */
  scores(): readonly (readonly number[])[] {
    this.#scores ??= this.#priors.map(({ likes }, issue) => {
      const counts = this.#counts[issue] ?? [];
      const named = namedLiking(counts);
      const rank = this.#stated.indexOf(issue);
      const weight = (this.#weights[issue] ?? 0) + (rank < 0 ? 0 : STATED >> rank);
      return likes.map((prior, value) => {
        const liking = named ? likingAt(named, value) : prior;
        return weight * liking + (this.#shifts[issue]?.[value] ?? 0);
      });
    });
    return this.#scores;
  }

  #liked({ values, price }: Taste): number {
    const scores = this.scores();
    return values.reduce((sum, value, issue) => sum + (scores[issue]?.[value] ?? 0), price);
  }

  #grow(issue: number, by: number): void {
    this.#weights[issue] = (this.#weights[issue] ?? 0) + by;
  }

  #shift(issue: number, value: number, by: number): void {
    const shifts = this.#shifts[issue];
    if (shifts) shifts[value] = Math.max(-MOST, Math.min(MOST, (shifts[value] ?? 0) + by));
  }
}

/** Thousandths for each value, by how often it was named; null where none was. */
function namedLiking(counts: readonly number[]): readonly number[] | null {
  const most = Math.max(...counts);
  return most > 0 ? counts.map((count) => fourthRoot(Math.floor((count * 1_000) / most))) : null;
}

/** A value's own liking, or what falls off to it from the others. */
function likingAt(named: readonly number[], value: number): number {
  const size = named.length;
  const nearby = named.map((liking, other) =>
    other === value
      ? liking
      : Math.floor((liking * NEARBY * (size - Math.abs(other - value))) / (size * 1_000)),
  );
  return Math.max(...nearby);
}

/** Of thousandths, in thousandths. */
function fourthRoot(thousandths: number): number {
  return Math.floor(Math.sqrt(Math.floor(Math.sqrt(thousandths * 1_000)) * 1_000));
}
