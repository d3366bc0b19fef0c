import { createHash } from "node:crypto";

const KEPT = 30;

/** What was counted, by name. */
export type Counts = Record<string, number>;

/** What happened, line by line; two runs of one seed are equal when their digests are. */
export class Trace {
  readonly counts: Counts = {};
  readonly violations: {
    readonly step: number;
    readonly says: string;
    readonly before: readonly string[];
  }[] = [];
  readonly #digest = createHash("sha256");
  readonly #last: string[] = [];
  readonly #now: () => number;
  readonly #print: ((line: string) => void) | null;
  step = 0;

  constructor(now: () => number, print: ((line: string) => void) | null) {
    this.#now = now;
    this.#print = print;
  }

  /** Hashed whole; `says` is shortened where it is shown. */
  note(says: string): void {
    const line = `${this.#now()} ${says}`;
    this.#digest.update(`${line}\n`);
    this.#last.push(line.slice(0, 240));
    if (this.#last.length > KEPT) this.#last.shift();
    this.#print?.(line.slice(0, 240));
  }

  count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by;
  }

  violated(says: string): void {
    this.note(`VIOLATION ${says}`);
    this.violations.push({ step: this.step, says, before: [...this.#last] });
  }

  digest(): string {
    return this.#digest.digest("hex");
  }
}
