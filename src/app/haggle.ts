import type { ActOf } from "../domain/act.ts";
import { share } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Move } from "../domain/reply.ts";
import type { TermsWanted } from "../domain/terms.ts";
import type { Goal } from "./goals.ts";

/** What the example buyer does next, and its reason in plain words. */
export type Step =
  | { readonly does: "propose"; readonly act: ActOf<"propose">; readonly why: string }
  | { readonly does: "accept"; readonly offer: Offer; readonly why: string }
  | { readonly does: "leave"; readonly why: string };

/**
 * A simple bargainer: a time-dependent concession from target to budget (Faratin, Sierra and Jennings 1998), which
 * takes an offer as soon as it is no worse than what it would itself ask for next (Baarslag's AC_next). `step` counts
 * its own proposals from 0; `move` is the vendor's last answer, null before the first. It never asks for more than its
 * budget, takes nothing above it, and stops at the last of the announced rounds.
 */
export function haggle(goal: Goal, sku: string, currency: string, step: number, move: Move | null): Step {
  const money = goal.unit[currency];
  if (!money) return { does: "leave", why: `no budget in ${currency}` };
  const last = (move?.round.of ?? 2) - 1;
  const offers = (move?.offers ?? []).filter((offer) => suits(offer, goal, sku));
  const [best] = offers.toSorted((a, b) => a.totals.total * units(b) - b.totals.total * units(a));
  if (best && move) {
    const over = step > last || best.final || move.round.n >= move.round.of;
    const pays = over ? money.budget : asked(money, step, last);
    if (best.totals.total <= pays * units(best)) {
      return { does: "accept", offer: best, why: over ? "within budget" : "as good as my next proposal" };
    }
    if (over) return { does: "leave", why: "the best offer is above my budget" };
  } else if (step > last) return { does: "leave", why: "there is no offer I could use" };

  const wanted = goal.asks[Math.min(step, goal.asks.length - 1)];
  if (!wanted) return { does: "leave", why: "there is nothing to ask for" };
  const total = asked(money, step, last) * wanted.quantity;
  return {
    does: "propose",
    why: reasonFor(step, last, goal),
    act: {
      act: "propose",
      lines: [{ item: { sku }, quantity: wanted.quantity }],
      total,
      terms: wanted.terms,
      ...(best ? { counters: best.id } : {}),
      ...(step === last ? { final: true } : {}),
    },
  };
}

/** Units that are paid for. */
export function units(offer: Offer): number {
  return offer.lines.reduce((sum, line) => sum + (line.gift ? 0 : line.quantity), 0);
}

/** What it asks for each unit at a step: from target to budget in even steps; integers all the way. */
function asked(money: { target: number; budget: number }, step: number, last: number): number {
  return money.target + share(money.budget - money.target, Math.floor((step * 10_000) / last));
}

function reasonFor(step: number, last: number, goal: Goal): string {
  if (step === 0) return "my target";
  if (step === last) return "my last word";
  return step < goal.asks.length ? "other terms for a better price" : "a step closer";
}

/** The right goods on no worse terms than the least that is needed. */
function suits(offer: Offer, goal: Goal, sku: string): boolean {
  const least = goal.asks.at(-1);
  const paid = offer.lines.filter((line) => !line.gift);
  return (
    least !== undefined &&
    paid.every((line) => line.sku === sku) &&
    goal.asks.some(({ quantity }) => quantity === units(offer)) &&
    meets(offer, least.terms)
  );
}

function meets({ terms }: Offer, wanted: TermsWanted): boolean {
  const { delivery, warranty, payment, returns, subscription } = wanted;
  return (
    terms.delivery.id === (delivery?.id ?? terms.delivery.id) &&
    terms.delivery.days_max <= (delivery?.days_max ?? Number.POSITIVE_INFINITY) &&
    !(delivery?.free && terms.delivery.fee > 0) &&
    terms.warranty.months >= (warranty?.months_min ?? 0) &&
    terms.payment.days >= (payment?.days_min ?? 0) &&
    terms.returns.days >= (returns?.days_min ?? 0) &&
    (subscription?.commitment_max === undefined ||
      terms.subscription === null ||
      terms.subscription.commitment <= subscription.commitment_max)
  );
}
