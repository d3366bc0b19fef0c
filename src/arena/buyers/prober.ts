import { type Buyer, bestOf, isOver, LEAVE, proposing, takeOr } from "./buyer.ts";

/** Halves the distance between what was refused and what is offered, to find how low the vendor goes. */
export const prober: Buyer = {
  name: "prober",
  says: "halves the distance again and again to find the lowest price there is",
  start: (want) => {
    let refused = Math.floor(want.listed * 0.3);
    let asked: number | null = null;
    return (heard) => {
      if (heard.step === 0) return proposing(want, {});
      const best = bestOf(want, heard.reply);
      const now = best?.offer.totals.total ?? want.listed;
      if (asked !== null && now > asked) refused = Math.max(refused, asked);
      const found = now - refused <= Math.max(1, want.listed / 100);
      if ((found && best && best.gain >= 0) || isOver(heard, want.patience, best?.offer ?? null))
        return takeOr(best, LEAVE);
      asked = Math.max(1, Math.min(want.worth, Math.floor((refused + now) / 2)));
      return proposing(want, { total: asked });
    };
  },
};
