import { type Buyer, bestOf, isOver, LEAVE, proposing, takeOr } from "./buyer.ts";
import { linesOf, valueOfWish, valueTo, type Want, wishOf } from "./want.ts";

/** How a time-dependent buyer differs from another. */
export interface Manner {
  /** Concedes as t^exponent: above 1 late, below 1 early. */
  readonly exponent: number;
  /** At most so many proposals, whatever its patience. */
  readonly most?: number;
  /** Whether it builds on the package of several it likes best, instead of on its own wish. */
  readonly picks: boolean;
  /** How wrong it judges, either way, in parts per million of what it hopes to gain at first. */
  readonly blur?: number;
}

/**
 * A rational buyer: what it wants to gain falls from its opening to nothing as its proposals run out, and it takes what
 * gains it at least what it would ask for next (Faratin, Sierra and Jennings 1998; AC_next).
 */
export function timed(name: string, says: string, { exponent, most, picks, blur = 0 }: Manner): Buyer {
  return {
    name,
    says,
    start: (want, random) => {
      const wish = wishOf(want);
      const room = roomOf(want);
      const patience = Math.min(want.patience, most ?? want.patience);
      const wrong = () => (blur === 0 ? 0 : Math.floor(((room * blur) / 1_000_000) * (2 * random() - 1)));
      return (heard) => {
        const last = Math.max(1, Math.min(patience, heard.rounds) - 1);
        const holds = room * (1 - Math.min(1, heard.step / last) ** exponent) + wrong();
        const best = bestOf(want, heard.reply, wrong);
        if (isOver(heard, patience, best?.offer ?? null)) return takeOr(best, LEAVE);
        if (best && best.gain >= Math.max(0, holds)) return { does: "take", offer: best.offer };
        const picked = picks && best && (heard.reply?.offers.length ?? 0) > 1 ? best.offer : null;
        const value = picked ? valueTo(want, picked) : valueOfWish(want, wish);
        const ask = Math.floor(value - holds);
        const total = Math.max(1, Math.min(ask, (best?.offer.totals.total ?? ask + 1) - 1));
        if (picked)
          return {
            does: "send",
            act: { act: "propose", lines: linesOf(want), total, counters: picked.id },
          };
        return proposing(want, { total, terms: wish });
      };
    },
  };
}

/** What it would like to gain at first. */
export function roomOf({ worth, listed, opening }: Want): number {
  return Math.max(0, worth - Math.floor((listed * opening) / 1_000_000));
}

export const boulware = timed("boulware", "gives in only at the end", { exponent: 5, picks: false });
export const linear = timed("linear", "gives in step by step", { exponent: 1, picks: false });
export const conceder = timed("conceder", "gives in early", { exponent: 0.5, picks: false });
export const impatient = timed("impatient", "makes two proposals and decides", {
  ...{ exponent: 0.5, most: 2, picks: false },
});
export const blurred = timed("blurred", "cannot tell well what an offer is worth to it", {
  ...{ exponent: 1, picks: true, blur: 300_000 },
});
