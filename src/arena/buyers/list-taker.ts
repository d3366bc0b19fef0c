import { type Buyer, bestOf, LEAVE, proposing, takeOr } from "./buyer.ts";
import { wishOf } from "./want.ts";

/** Buys at the price it is told or goes; one in two asks once whether that is the best there is. */
export const listTaker: Buyer = {
  name: "list-taker",
  says: "takes the price it is told, or asks once for a better one",
  start: (want, random) => {
    const asks = random() < 0.5;
    const wish = wishOf(want);
    return ({ reply, step }) => {
      if (step === 0) return proposing(want, { terms: wish });
      const best = bestOf(want, reply);
      if (asks && step === 1 && best) return proposing(want, { lower: true, counters: best.offer.id });
      return takeOr(best, LEAVE);
    };
  },
};
