import type { Offer } from "../domain/offer.ts";
import type { Party } from "../domain/party.ts";
import { drawWant, goodsOf } from "./buyers/draw.ts";
import { BUYERS } from "./buyers/index.ts";
import type { Want } from "./buyers/want.ts";
import { replayDifferences, type Shop } from "./conversation.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
import { seeded } from "./random.ts";
import { shopping, type Visit, type Visited } from "./shopping.ts";
import { zoneOf } from "./zone.ts";

/** What is tried, on whom. */
export interface Trial {
  readonly shop: Shop;
  /** The policy it is held against, met by the very same visitors. */
  readonly against: Shop | null;
  readonly currency: string;
  readonly visitors: number;
  readonly seed: number;
}

/** One visitor, and what came of the visit under each policy. */
export interface Row {
  readonly visitor: number;
  readonly want: Want;
  readonly category: string;
  readonly buyer: string;
  readonly kind: Party["kind"];
  readonly new_policy: Outcome;
  readonly old_policy: Outcome | null;
  /** The same visitor under the policy on trial, known as the other kind. */
  readonly as_other: Outcome;
  /** Whether both kinds were sent the same offers, ids aside. */
  readonly treated_alike: boolean;
}

export interface Outcome {
  readonly deal: Offer | null;
  readonly ledger: Ledger | null;
  /** What the buyer gained. */
  readonly surplus: number;
  readonly rounds: number;
  /** Some deal both sides would rather have had than none, by the vendor's stated floor. */
  readonly possible: boolean;
  readonly refused: string | null;
  readonly differences: number;
}

/** Any instant at which the shop's published prices hold; the same for all, so that a run can be repeated. */
const OPENS = "2026-03-02T09:00:00.000Z";

/**
 * Plays every visitor against every policy. Who comes, for what, with how much money and which manners follows from the
 * seed and the shop they are compared with: they came for the old prices. `visited` is told after each.
 */
export function simulated(trial: Trial, visited: (count: number) => void = () => {}): Row[] {
  const known = trial.against ?? trial.shop;
  const goods = goodsOf(known, trial.currency);
  const rows: Row[] = [];
  for (let visitor = 0; visitor < trial.visitors && goods.length > 0; visitor++) {
    const row = visitedBy(visitor, trial, known, goods);
    if (row) rows.push(row);
    visited(visitor + 1);
  }
  return rows;
}

function visitedBy(visitor: number, trial: Trial, known: Shop, goods: readonly string[]): Row | null {
  const { shop, against, currency, seed } = trial;
  const random = seeded("visitor", seed, visitor);
  const buyer = buyerAt(random() * 100);
  const kind = random() < 0.5 ? "machine" : "person";
  const drawn = drawWant(known, goods, currency, random);
  if (!drawn) return null;
  const want = buyer.shaped?.(drawn, random) ?? drawn;
  const visit: Visit = { session: `visitor-${visitor}`, want, buyer, kind, now: OPENS };
  // Luck is drawn anew from the same seed in each shop, so that only the policy differs.
  const come = (to: Shop, as: Party["kind"]) =>
    shopping(to, { ...visit, kind: as }, seeded("visit", seed, visitor));
  const seen = come(shop, kind);
  const other = come(shop, kind === "machine" ? "person" : "machine");
  const sku = want.lines[0]?.sku ?? "";
  return {
    ...{ visitor, want, kind, buyer: buyer.name },
    category: known.products.get(sku)?.product.category ?? "",
    new_policy: outcomeOf(shop, want, seen),
    old_policy: against ? outcomeOf(against, want, come(against, kind)) : null,
    as_other: outcomeOf(shop, want, other),
    treated_alike: offersOf(seen) === offersOf(other),
  };
}

function buyerAt(share: number) {
  let left = share;
  for (const { buyer, of_100 } of BUYERS) {
    left -= of_100;
    if (left < 0) return buyer;
  }
  throw new RangeError("the ways of buying make up less than a hundred");
}

function outcomeOf(shop: Shop, want: Want, { talk, deal, surplus, rounds, fault }: Visited): Outcome {
  const { draws: _, ...open } = shop;
  return {
    ...{ deal, surplus, rounds, refused: fault?.message ?? null },
    ledger: deal && ledgerOf(deal, shop),
    possible: deal !== null || (zoneOf(open, want, 0)?.open ?? false),
    differences: replayDifferences(talk),
  };
}

/** All that was offered, without what names the session. */
function offersOf({ talk }: Visited): string {
  return JSON.stringify(
    talk.turns.map(({ move }) => [
      move.act,
      move.offers.map(({ lines, terms, discounts, totals, final }) => [
        lines,
        terms,
        discounts,
        totals,
        final,
      ]),
    ]),
  );
}
