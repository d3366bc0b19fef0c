type Counts = Record<string, number>;

/** What was played, so that a run of nothing shows. */
export interface Tally {
  sessions: number;
  /** Messages that were answered; the refused are `faults`. */
  turns: number;
  faults: number;
  offers: number;
  /** Sessions that tried to accept, and that closed within one percent of the limit. */
  sessions_accepting: number;
  sessions_near: number;
  bound: number;
  bound_near: number;
  readonly styles: Counts;
  readonly near_styles: Counts;
  readonly strategies: Counts;
  readonly currencies: Counts;
  readonly treatments: Counts;
  readonly changes: Counts;
  readonly moves: Counts;
  readonly discounts: Counts;
  readonly bound_discounts: Counts;
  readonly fault_codes: Counts;
}

export function emptyTally(): Tally {
  return {
    ...{ sessions: 0, turns: 0, faults: 0, offers: 0, sessions_accepting: 0, sessions_near: 0 },
    ...{ bound: 0, bound_near: 0, styles: {}, near_styles: {}, strategies: {}, currencies: {} },
    ...{ treatments: {}, changes: {}, moves: {}, discounts: {}, bound_discounts: {}, fault_codes: {} },
  };
}

export function count(counts: Counts, what: string, by = 1): void {
  counts[what] = (counts[what] ?? 0) + by;
}

/** Adds what another worker counted. */
export function add(into: Tally, from: Tally): void {
  for (const [name, value] of Object.entries(from) as [keyof Tally, Tally[keyof Tally]][]) {
    if (typeof value === "number")
      (into as unknown as Record<string, number>)[name] = Number(into[name]) + value;
    else for (const [what, n] of Object.entries(value)) count(into[name] as Counts, what, n);
  }
}
