/** Chance that is the same for the same seed: the lab's runs must be repeatable. */
export interface Dice {
  /** A whole number from 0 to `sides` - 1. */
  roll(sides: number): number;
  /** True about once in `n` times. */
  once(n: number): boolean;
  pick<T>(some: readonly [T, ...T[]]): T;
  pick<T>(some: readonly T[]): T | undefined;
}

/** Dice for a seed and whatever else they should depend on. */
export function dice(seed: number, ...about: readonly string[]): Dice {
  let state = spread(`${seed}|${about.join("|")}`);
  const roll = (sides: number): number => {
    // Mulberry32: small, even enough, and the same everywhere.
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, sides);
  };
  return {
    roll,
    once: (n) => roll(n) === 0,
    pick: <T>(some: readonly T[]) => some[roll(some.length)] as T,
  };
}

/** FNV-1a over UTF-16 units. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
