import type { Offer } from "../domain/offer.ts";
import { verdictOn } from "./guards.ts";
import type { Input } from "./input.ts";
import { ISSUES } from "./modes.ts";
import type { Situation } from "./situation.ts";

type Deal = Pick<Offer, "lines" | "terms"> & { readonly totals: Pick<Offer["totals"], "total"> };

/**
 * Whether a buyer who may have `a` could only lose by `b`: it costs at least as much and no term of it is better.
 * Ways of delivery are matters of taste, so only equal ones compare.
 */
export function noBetter(b: Deal, a: Deal): boolean {
  return (
    a.totals.total <= b.totals.total &&
    a.terms.delivery.id === b.terms.delivery.id &&
    a.terms.warranty.months >= b.terms.warranty.months &&
    a.terms.payment.days >= b.terms.payment.days &&
    a.terms.returns.days >= b.terms.returns.days &&
    b.lines.every((line) => !line.gift || a.lines.some((one) => one.gift && one.sku === line.sku))
  );
}

/** An earlier offer still good that makes `offer` pointless, cheapest first: it is said again in its place. */
export function betterEarlier({ earlier, input }: Situation, offer: Deal): Offer | null {
  let best: Offer | null = null;
  for (const one of earlier) {
    if (!noBetter(offer, one) || (best && best.totals.total <= one.totals.total)) continue;
    if (verdictOn(one, input.evidence.products, input.limits).holds) best = one;
  }
  return best;
}

/** The cheapest earlier offer whose options are those wished for. */
export function cheapestEarlier({ earlier, wishes, input }: Situation): Offer | null {
  let best: Offer | null = null;
  for (const one of earlier) {
    const fits = ISSUES.every((issue) => one.terms[issue].id === wishes.usual[issue].id);
    if (!fits || (best && best.totals.total <= one.totals.total)) continue;
    if (verdictOn(one, input.evidence.products, input.limits).holds) best = one;
  }
  return best;
}

/** Never sends what the limits of now forbid, whatever was built or said before. */
export function sendable({ evidence, limits }: Input, offers: readonly Offer[]): Offer[] {
  return offers.filter((offer) => verdictOn(offer, evidence.products, limits).holds);
}
