import { seeded } from "../../src/arena/random.ts";

export { uniform } from "../../src/arena/random.ts";
export type Random = () => number;

/** What happens by chance in one part of a simulated world: each part draws from a stream of its own. */
export class Chance {
  readonly random: Random;

  constructor(part: string, seed: number) {
    this.random = seeded(part, seed);
  }

  happens(share: number): boolean {
    return this.random() < share;
  }

  /** A whole number from `from` to `to`. */
  between(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }

  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)] as T;
  }
}
