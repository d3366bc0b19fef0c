import type { Offer } from "../domain/offer.ts";
import { type Situation, situationOf } from "../negotiation/situation.ts";
import { type Candidate, cheapest, spaceOf } from "../negotiation/space.ts";
import { rangeOf, valueAt, WHOLE } from "../negotiation/utility.ts";
import { listing } from "./buyers/draw.ts";
import { ISSUES, surplusOf, valueOfWish, type Want } from "./buyers/want.ts";
import type { Shop } from "./conversation.ts";
import { ledgerOf } from "./ledger.ts";

/** A deal as both sides see it, in money: what the vendor has beyond its limit, what the buyer has beyond the price. */
export interface Gains {
  readonly vendor: number;
  readonly buyer: number;
}

/** Every deal there could be between a shop and a buyer, for judges alone: it takes both sides' secrets to know it. */
export interface Zone {
  /** Some deal at or above the limit gains the buyer no less than nothing. */
  readonly open: boolean;
  /** Deals that no other is better than for one side and as good for both, best for the vendor first. */
  readonly frontier: readonly Gains[];
  /** The most that one deal gains both together, neither losing; 0 where nothing is open. */
  readonly joint: number;
  /** What a listed sale is worth to the vendor beyond its limit: the most it hopes for. */
  readonly top: number;
  /** What a deal has to be worth to the vendor (ledger.ts) to gain it nothing. */
  readonly reserve: number;
}

/** Levels of the vendor's gain the frontier is looked at on. */
const LEVELS = 40;

/** The zone over price and terms for all that the buyer came for; null where the shop cannot offer it at all. */
export function zoneOf(shop: Shop, want: Want, levels = LEVELS): Zone | null {
  const page = listing(shop, want.currency, want.lines, want.subscription);
  const { input } = page.turns[0] ?? {};
  const [listed] = page.reply?.offers ?? [];
  const situation = input?.evidence.proposal ? situationOf(input, input.evidence.proposal) : null;
  if (!listed || !situation || !("order" in situation)) return null;
  return zoneIn(shop, situation, listed, want, levels);
}

function zoneIn(shop: Shop, { order, wishes }: Situation, listed: Offer, want: Want, levels: number): Zone {
  const range = rangeOf(order);
  const space = spaceOf(order, wishes.wanted);
  // What is listed is sold to whoever takes it, also where its terms cost more than the goods leave.
  const published = {
    vendor: ledgerOf(listed, shop).value - range.limit,
    buyer: surplusOf(want, listed),
  };
  const frontier: Gains[] = [published];
  let joint = published.buyer >= 0 ? Math.max(0, published.vendor + published.buyer) : 0;
  // Dearer terms at their listed fees may earn more than a listed sale.
  for (let level = Math.ceil(levels * 1.5); level >= 0; level--) {
    const least =
      level === 0 ? Number.NEGATIVE_INFINITY : valueAt(range, Math.floor((WHOLE * level) / levels));
    for (const one of cheapest(space, least, true)) {
      // What is not bargained over is sold on other terms too, but at their listed fees.
      if (!order.negotiable && ISSUES.some((issue) => one.choice[issue].waived)) continue;
      const gains = { vendor: one.value - range.limit, buyer: surplus(want, one) };
      if (gains.buyer >= 0) joint = Math.max(joint, gains.vendor + gains.buyer);
      frontier.push(gains);
    }
  }
  const best = undominated(frontier);
  return {
    open: best.some(({ buyer }) => buyer >= 0),
    ...{ frontier: best, joint, reserve: range.limit, top: Math.max(0, range.list - range.limit) },
  };
}

function surplus(want: Want, { choice, total }: Candidate): number {
  const terms = Object.fromEntries(ISSUES.map((issue) => [issue, { id: choice[issue].id }]));
  return valueOfWish(want, terms) - total;
}

function undominated(all: readonly Gains[]): Gains[] {
  const sorted = [...all].sort((a, b) => b.vendor - a.vendor || b.buyer - a.buyer);
  const kept: Gains[] = [];
  for (const one of sorted) if (one.buyer > (kept.at(-1)?.buyer ?? Number.NEGATIVE_INFINITY)) kept.push(one);
  return kept;
}
