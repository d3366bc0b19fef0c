import type { TermsWanted } from "../../domain/terms.ts";
import { type Buyer, bestOf, isOver, LEAVE, proposing, takeOr } from "./buyer.ts";
import { roomOf } from "./timed.ts";
import { ISSUES, type IssueName, valueOfWish, type Want } from "./want.ts";

/** Says that what it cares least for matters most, asks for the dearest of it, and lets itself be paid for giving it up. */
export const deceptive: Buyer = {
  name: "deceptive",
  says: "pretends to need what it does not care for, and trades it for a lower price",
  start: (want) => {
    const decoy = leastLoved(want);
    const demand: TermsWanted = decoy ? { [decoy.issue]: { id: decoy.dearest } } : {};
    const given: TermsWanted = decoy ? { [decoy.issue]: { id: decoy.listed } } : {};
    return (heard) => {
      const best = bestOf(want, heard.reply);
      if (isOver(heard, want.patience, best?.offer ?? null)) return takeOr(best, LEAVE);
      const last = Math.max(1, Math.min(want.patience, heard.rounds) - 1);
      const holds = roomOf(want) * (1 - Math.min(1, heard.step / last) ** 3);
      if (best && best.gain >= holds) return { does: "take", offer: best.offer };
      const lying = heard.step * 2 < last;
      const terms = lying ? demand : given;
      const total = Math.max(1, Math.floor(valueOfWish(want, terms) - holds));
      const claim = lying && decoy ? { priorities: [decoy.issue] } : {};
      return proposing(want, { total, terms, ...claim });
    };
  },
};

function leastLoved({ menu, tastes }: Want): { issue: IssueName; dearest: string; listed: string } | null {
  let least: { issue: IssueName; dearest: string; listed: string; share: number } | null = null;
  for (const issue of ISSUES) {
    const dearest = [...menu[issue]].sort((a, b) => b.fee - a.fee)[0];
    const listed = menu[issue][0];
    if (!dearest || !listed || dearest.fee <= 0) continue;
    const share = (tastes[issue][dearest.id] ?? 0) / dearest.fee;
    if (!least || share < least.share) least = { issue, dearest: dearest.id, listed: listed.id, share };
  }
  return least;
}
