/** Sums by row number, over and over: cleared by touching only what was added to. */
export interface Tally {
  add(n: number, value: number): void;
  /** 0 for a row that nothing was added to. */
  of(n: number): number;
  /** The rows added to, in the order they first were. */
  rows(): readonly number[];
  clear(): void;
}

/** What is not above 0 is not added. */
export function tally(): Tally {
  let sums = new Float64Array(1_024);
  let rows: number[] = [];
  return {
    add: (n, value) => {
      if (value <= 0) return;
      if (n >= sums.length) {
        const more = new Float64Array(Math.max(n + 1, sums.length * 2));
        more.set(sums);
        sums = more;
      }
      const sum = sums[n] ?? 0;
      if (sum === 0) rows.push(n);
      sums[n] = sum + value;
    },
    of: (n) => sums[n] ?? 0,
    rows: () => rows,
    clear: () => {
      for (const n of rows) sums[n] = 0;
      rows = [];
    },
  };
}
