import { styleText } from "node:util";

/** Where a command writes: a terminal, a pipe, or a test. */
export interface Out {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line that is written over again on a terminal; nothing at all elsewhere. */
export interface Progress {
  at(bytes: number, rows: number): void;
  /** Takes the line away, so that other lines can be written. */
  clear(): void;
}

export function progressOn(out: Out, total: number): Progress {
  if (out.isTTY !== true) return { at: () => {}, clear: () => {} };
  const begun = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    at(bytes, rows) {
      const now = performance.now();
      if (now - drawn < REDRAW_MS) return;
      drawn = now;
      const share = total === 0 ? 1 : Math.min(1, bytes / total);
      const filled = Math.round(share * WIDTH);
      const bar = styleText("cyan", "█".repeat(filled)) + styleText("dim", "░".repeat(WIDTH - filled));
      const rate = Math.round(rows / Math.max(0.001, (now - begun) / 1_000));
      const percent = String(Math.floor(share * 100)).padStart(3);
      out.write(`${START}${bar} ${percent} %  ${count(rows)} rows, ${count(rate)} rows/s${CLEAR}`);
    },
    clear() {
      if (drawn > Number.NEGATIVE_INFINITY) out.write(START + CLEAR);
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
}

/** "19,406". */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** "1 entry", "19,406 entries". */
export function counted(number: number, one: string, many: string): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

const REDRAW_MS = 100;
const WIDTH = 30;
const START = "\r";
/** ECMA-48 EL: erases to the end of the line. */
const CLEAR = "\u001b[K";
