import type { Random } from "./agent.ts";

/** Chance that follows from its parts alone: the same session draws the same numbers on every machine and thread. */
export function seeded(...parts: readonly (string | number)[]): Random {
  // FNV-1a over code points.
  let hash = 0x811c9dc5;
  for (const point of parts.join("\n")) hash = Math.imul(hash ^ (point.codePointAt(0) ?? 0), 0x01000193);
  return uniform(hash);
}

/** Numbers that follow from `seed` alone: mulberry32 (Tommy Ettinger, public domain). */
export function uniform(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
