import { type Buyer, bestOf, isOver, LEAVE, proposing, takeOr } from "./buyer.ts";
import { between } from "./priors.ts";
import { roomOf } from "./timed.ts";
import { ISSUES, type IssueName, valueOfWish, valueTo, type Want, wishOf } from "./want.ts";

/** Lives for one thing beside the price, says so, and would pay more for it than it lists at. */
export const termLover: Buyer = {
  name: "term-lover",
  says: "cares for one term above all, and says so",
  shaped: (want, random) => {
    const issues = ISSUES.filter((issue) => dearestOf(want, issue) !== null);
    const issue = issues[Math.floor(random() * issues.length)];
    const liking = between(1.2, 2.5, random);
    if (!issue) return want;
    const tastes = Object.fromEntries(
      want.menu[issue].map(({ id, fee }) => [
        id,
        Math.round(fee > 0 ? Math.min(fee, want.listed / 10) * liking : fee * 1.5),
      ]),
    );
    return { ...want, tastes: { ...want.tastes, [issue]: tastes } };
  },
  start: (want) => {
    const wish = wishOf(want);
    const loved = [...ISSUES].sort((a, b) => likingOf(want, b) - likingOf(want, a))[0] ?? "delivery";
    return (heard) => {
      const best = bestOf(want, heard.reply);
      if (isOver(heard, want.patience, best?.offer ?? null)) return takeOr(best, LEAVE);
      const last = Math.max(1, Math.min(want.patience, heard.rounds) - 1);
      const holds = roomOf(want) * (1 - Math.min(1, heard.step / last));
      if (best && best.gain >= holds) return { does: "take", offer: best.offer };
      const offers = heard.reply?.offers ?? [];
      // Among packages it turns to the one it gains most by, and says so by countering it.
      const value = offers.length > 1 && best ? valueTo(want, best.offer) : valueOfWish(want, wish);
      const total = Math.max(1, Math.floor(value - holds));
      const priorities = [loved, "price" as const];
      if (offers.length > 1 && best) return proposing(want, { total, counters: best.offer.id, priorities });
      return proposing(want, { total, terms: wish, priorities });
    };
  },
};

function dearestOf({ menu }: Want, issue: IssueName): number | null {
  const most = Math.max(0, ...menu[issue].map(({ fee }) => fee));
  return most > 0 ? most : null;
}

function likingOf(want: Want, issue: IssueName): number {
  return Math.max(0, ...want.menu[issue].map(({ id, fee }) => (want.tastes[issue][id] ?? 0) - fee));
}
