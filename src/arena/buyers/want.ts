import type { ActOf } from "../../domain/act.ts";
import type { Offer } from "../../domain/offer.ts";
import type { TermsWanted } from "../../domain/terms.ts";
import type { Shop } from "../conversation.ts";

export const ISSUES = ["delivery", "warranty", "payment", "returns"] as const;
export type IssueName = (typeof ISSUES)[number];

/** What a simulated buyer came for and what it has in mind; all money is in minor units of its currency, tax and all. */
export interface Want {
  readonly currency: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** What the vendor lists for just this, all-in: what a buyer reads on the page before it says a word. */
  readonly listed: number;
  /** The most it pays for the goods on the listed terms. */
  readonly worth: number;
  /** What each option is worth to it beside the listed one of its kind. */
  readonly tastes: Readonly<Record<IssueName, Readonly<Record<string, number>>>>;
  /** What a gift is worth to it, in parts per million of the gift's list price. */
  readonly gift: number;
  /** The plan it would rather have than a single purchase. */
  readonly subscription: string | null;
  /** Proposals it makes before it has had enough. */
  readonly patience: number;
  /** What it would open with, in parts per million of `listed`. */
  readonly opening: number;
  /** The vendor's public options, the listed one of each kind first, with what they list at above it. */
  readonly menu: Menu;
}

export type Menu = Readonly<Record<IssueName, readonly { readonly id: string; readonly fee: number }[]>>;

/** The most this buyer would pay for this very offer. What it did not come for is worth nothing to it. */
export function valueTo(want: Want, offer: Pick<Offer, "lines" | "terms">): number {
  let wanted = 0;
  let given = 0;
  for (const { sku, quantity } of want.lines) {
    const line = offer.lines.find((one) => one.sku === sku && !one.gift);
    // Weighed by list price; goods the offer leaves out still weigh one by one.
    const price = line?.list_price ?? 1;
    wanted += price * quantity;
    given += price * Math.min(quantity, line?.quantity ?? 0);
  }
  if (given === 0) return 0;
  let value = given === wanted ? want.worth : Math.floor((want.worth * given) / wanted);
  for (const issue of ISSUES) value += want.tastes[issue][offer.terms[issue].id] ?? 0;
  for (const line of offer.lines) {
    if (line.gift) value += Math.floor((line.list_price * want.gift) / 1_000_000);
  }
  return value;
}

/** What it would gain by taking the offer; below 0 it never does. */
export function surplusOf(want: Want, offer: Pick<Offer, "lines" | "terms" | "totals">): number {
  return valueTo(want, offer) - offer.totals.total;
}

/** What the goods would be worth to it on these terms. */
export function valueOfWish(want: Want, terms: TermsWanted): number {
  let value = want.worth;
  for (const issue of ISSUES) value += want.tastes[issue][terms[issue]?.id ?? ""] ?? 0;
  return value;
}

/** The options it would choose at their listed fees; the listed ones need not be asked for. */
export function wishOf({ menu, tastes }: Want): TermsWanted {
  const terms: Partial<Record<IssueName, { id: string }>> = {};
  for (const issue of ISSUES) {
    let best = 0;
    for (const { id, fee } of menu[issue]) {
      const gain = (tastes[issue][id] ?? 0) - fee;
      if (gain > best) {
        best = gain;
        terms[issue] = { id };
      }
    }
  }
  return terms;
}

export function linesOf(want: Want): NonNullable<ActOf<"propose">["lines"]> {
  return want.lines.map(({ sku, quantity }) => ({ item: { sku }, quantity }));
}

/** What each option lists at above the listed one of its kind, tax and all, for an order of this much goods. */
export function menuOf(
  { vendor }: Pick<Shop, "vendor">,
  currency: string,
  goods: number,
  tax_bp: number,
): Menu {
  const all = (fee: number) => Math.floor((fee * (10_000 + tax_bp)) / 10_000);
  const delivery = vendor.terms.delivery.flatMap(({ id, fee, free_from }) => {
    const listed = fee[currency];
    if (listed === undefined) return [];
    return [{ id, fee: all(goods >= (free_from?.[currency] ?? Number.MAX_SAFE_INTEGER) ? 0 : listed) }];
  });
  const shares = (options: readonly { readonly id: string; readonly fee_bp: number }[]) =>
    options.map(({ id, fee_bp }) => ({ id, fee: all(Math.floor((goods * fee_bp) / 10_000)) }));
  const { warranty, payment, returns } = vendor.terms;
  return above({ delivery, warranty: shares(warranty), payment: shares(payment), returns: shares(returns) });
}

function above(fees: Menu): Menu {
  const from = (options: Menu[IssueName]) =>
    options.map(({ id, fee }) => ({ id, fee: fee - (options[0]?.fee ?? 0) }));
  return {
    delivery: from(fees.delivery),
    warranty: from(fees.warranty),
    payment: from(fees.payment),
    returns: from(fees.returns),
  };
}
