import { type Buyer, bestOf, isOver, LEAVE, proposing, takeOr } from "./buyer.ts";
import { between } from "./priors.ts";

/** Names half the price and hardly moves; whether it buys is decided at the end. */
export const lowBaller: Buyer = {
  name: "low-baller",
  says: "names half the price and hardly moves until the end",
  start: (want, random) => {
    const share = between(0.4, 0.7, random);
    return (heard) => {
      const best = bestOf(want, heard.reply);
      if (isOver(heard, want.patience, best?.offer ?? null)) return takeOr(best, LEAVE);
      const total = Math.floor(Math.min(want.worth, want.listed * share * (1 + heard.step / 100)));
      if (best && best.gain >= 0 && best.offer.totals.total <= total)
        return { does: "take", offer: best.offer };
      return proposing(want, { total: Math.max(1, total) });
    };
  },
};
