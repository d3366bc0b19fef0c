/**
 * `told` knows the limits and asks for just what they allow, a minor unit more or less; `bisecting` halves the gap with
 * what anybody sees; `stacking` adds every term, code and gift to what it has; `late` takes offers that have ended, were
 * replaced or repriced; `speaking` uses words, half understood ones too; `wild` does anything.
 */
export const STYLES = ["told", "bisecting", "stacking", "late", "speaking", "wild"] as const;
export type Style = (typeof STYLES)[number];

export type Deed = "price" | "stack" | "goods" | "lower" | "move" | "take" | "words" | "other";
export const DEEDS: readonly Deed[] = ["price", "stack", "goods", "lower", "move", "take", "words", "other"];

/** How often each style does what, once an offer stands; the order is that of `DEEDS`. */
export const HABITS: Readonly<Record<Style, readonly number[]>> = {
  told: [58, 16, 5, 12, 2, 5, 1, 1],
  bisecting: [60, 4, 4, 4, 1, 22, 4, 1],
  stacking: [14, 40, 14, 6, 4, 18, 3, 1],
  late: [16, 12, 8, 8, 10, 38, 6, 2],
  speaking: [16, 12, 6, 6, 3, 5, 50, 2],
  wild: [14, 14, 14, 10, 12, 16, 12, 8],
};
