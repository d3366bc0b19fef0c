/** Sums by row number, over and over: cleared by touching only what was added to. */
export interface Tally {
  add(n: number, value: number): void;
  /** 0 for a row that nothing was added to. */
  of(n: number): number;
  /** The rows added to, in the order they first were. */
  rows(): readonly number[];
  clear(): void;
}

export function tally(): Tally {
  let sums = new Float64Array(1_024);
  let seen = new Uint8Array(1_024);
  let rows: number[] = [];
  return {
    add: (n, value) => {
      if (n >= sums.length) {
        const room = Math.max(n + 1, sums.length * 2);
        const more = new Float64Array(room);
        more.set(sums);
        const also = new Uint8Array(room);
        also.set(seen);
        [sums, seen] = [more, also];
      }
      if (seen[n] === 0) {
        seen[n] = 1;
        rows.push(n);
      }
      sums[n] = (sums[n] ?? 0) + value;
    },
    of: (n) => sums[n] ?? 0,
    rows: () => rows,
    clear: () => {
      for (const n of rows) {
        sums[n] = 0;
        seen[n] = 0;
      }
      rows = [];
    },
  };
}
