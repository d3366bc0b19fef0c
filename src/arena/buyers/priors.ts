import type { Random } from "../agent.ts";

/**
 * What simulated buyers are drawn from. Willingness to pay is a share of the listed all-in price and mixes two crowds:
 *
 * - Three of four BARGAIN. People who haggle close at a median of 84.6 % of list (CraigslistBargain) with sellers whose
 *   own cost lies at about 76 % (the median of wholesale to retail over 100 consumer products: .70 to .80). A deal half
 *   way between the two sides then means a median willingness of 2 x .846 - .76 = .93 of list.
 * - One of four HUNTS: it waits for the lowest price such a thing was ever sold at. Over 930 products that is
 *   .26/.37/.51/.65/.75 of list (deciles 1, quartiles, decile 9).
 *
 * Against a limit at 76 % of list a deal is then possible in 68 % of sessions; people who haggle agree in 71.7 %.
 */
export const WILLING: Readonly<Record<"bargains" | "hunts", Quantiles>> = {
  bargains: [
    [0, 0.6],
    [0.1, 0.74],
    [0.25, 0.83],
    [0.5, 0.93],
    [0.75, 1.03],
    [0.9, 1.15],
    [1, 1.35],
  ],
  hunts: [
    [0, 0.15],
    [0.1, 0.26],
    [0.25, 0.37],
    [0.5, 0.51],
    [0.75, 0.65],
    [0.9, 0.75],
    [1, 0.9],
  ],
};

export const HUNTERS = 0.25;

/** Units of one order: most buy one. */
export const QUANTITIES: Quantiles = [
  [0, 1],
  [0.7, 1],
  [0.82, 2],
  [0.9, 5],
  [0.97, 12],
  [1, 40],
];

/** Points of a distribution function: share of buyers, value. */
export type Quantiles = readonly (readonly [number, number])[];

/** A value drawn from a distribution given by some of its quantiles, straight lines between them. */
export function drawn(quantiles: Quantiles, random: Random): number {
  const at = random();
  for (let i = 1; i < quantiles.length; i++) {
    const [p, value] = quantiles[i] as readonly [number, number];
    if (at > p && i < quantiles.length - 1) continue;
    const [before, least] = quantiles[i - 1] as readonly [number, number];
    return least + ((value - least) * (at - before)) / (p - before);
  }
  return quantiles[0]?.[1] ?? 0;
}

export function between(low: number, high: number, random: Random): number {
  return low + (high - low) * random();
}

export function willingness(random: Random): number {
  return drawn(random() < HUNTERS ? WILLING.hunts : WILLING.bargains, random);
}
