import type { Offer } from "../../domain/offer.ts";
import { type Buyer, bestOf, isOver, LEAVE, proposing, takeOr } from "./buyer.ts";
import { between } from "./priors.ts";
import type { Want } from "./want.ts";

/** "Twenty percent off?", then fifteen, then ten. */
export const percent: Buyer = {
  name: "percent",
  says: "asks for a round percentage off, then for a little less",
  start: (want, random) => {
    const first = 5 * Math.round(between(3, 8, random));
    return (heard) => {
      const { reply, step } = heard;
      if (step === 0) return proposing(want, {});
      const best = bestOf(want, reply);
      // Nobody asks for less off than would make it worth buying.
      const asked = Math.max(best ? neededOff(want, best.offer) : 5, first - 5 * (step - 1));
      if (isOver(heard, want.patience, best?.offer ?? null)) return takeOr(best, LEAVE);
      const enough = (want.listed * (100 - asked)) / 100;
      if (best && best.gain >= 0 && best.offer.totals.total <= enough)
        return { does: "take", offer: best.offer };
      return proposing(want, { off_bp: asked * 100 });
    };
  },
};

/** Whole percent off the goods at which an offer like this would cost what it is worth; at least the usual five. */
function neededOff(want: Want, { lines, totals }: Offer): number {
  const list = lines.reduce((sum, line) => sum + (line.gift ? 0 : line.list_price * line.quantity), 0);
  const before_tax = totals.goods - totals.discounts + totals.fees;
  const goods = (want.worth * before_tax) / Math.max(1, totals.total) - totals.fees;
  return Math.min(100, Math.max(5, Math.ceil(100 - (100 * goods) / Math.max(1, list))));
}
