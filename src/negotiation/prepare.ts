import type { Product } from "../domain/entry.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { MoveReason } from "../domain/reply.ts";
import type { BasketLine } from "./basket.ts";
import { discountsOf, type SubscriptionOption } from "./discounts.ts";
import type { Input } from "./input.ts";
import type { Choice, Modes } from "./modes.ts";
import type { Gift, Order } from "./order.ts";
import type { Place } from "./place.ts";
import { netOf, within } from "./rules.ts";

export interface Prepared {
  readonly order: Order;
  readonly reasons: readonly MoveReason[];
}

/** Settles what is left to settle: the subscription, the gift and the discounts, with what must be said about them. */
export function orderOf(
  input: Input,
  lines: readonly BasketLine[],
  place: Place,
  modes: Modes,
  usual: Choice,
  proposal: Proposal,
  base: Offer | null,
): Prepared {
  const { limits, evidence, state } = input;
  const reasons: MoveReason[] = [];
  const subscription = subscriptionOf(input, lines, proposal, base, reasons);
  const gift = giftOf(input, proposal, base, reasons);
  let list = 0;
  let limit = 0;
  for (const line of lines) {
    list += line.list * line.quantity;
    limit += line.limit * line.quantity;
  }
  const bare: Order = {
    ...{ currency: state.currency, place, lines, list, limit, modes, usual, subscription, gift },
    ...{ discounts: [], off: 0, offByLine: lines.map(() => 0) },
    renewals_bp: subscription ? limits.renewal_value_bp * (subscription.commitment - 1) : 0,
    acquisition: limits.acquisition_value[state.currency] ?? 0,
    negotiable: lines.some((line) => line.negotiable),
  };
  const standing = base?.discounts.filter((discount) => discount.kind === "code").map(({ id }) => id) ?? [];
  const discounts = discountsOf({
    ...{ lines, subscription, bundles: evidence.bundles, codes: limits.codes },
    named: proposal.codes.length > 0 ? proposal.codes : standing,
    ...{ currency: state.currency, now: input.now },
    carries: (off) => off <= list && netOf(bare, list - off, usual, null) >= limit,
  });
  const { given, off, byLine } = discounts;
  reasons.push(...discounts.reasons);
  return { order: { ...bare, discounts: given, off, offByLine: byLine }, reasons };
}

function subscriptionOf(
  { vendor }: Input,
  lines: readonly BasketLine[],
  proposal: Proposal,
  base: Offer | null,
  reasons: MoveReason[],
): SubscriptionOption | null {
  const wish = proposal.terms.subscription;
  if (wish === null) return null;
  if (wish === undefined && !base?.terms.subscription) return null;
  const asked = wish ?? { id: base?.terms.subscription?.id };
  const allowed = lines.every((line) =>
    vendor.subscribable.some((prefix) => within(line.known.product.category, prefix)),
  );
  const fitting = vendor.terms.subscription.filter(
    (one) =>
      (asked.id === undefined || one.id === asked.id) &&
      (asked.every_months === undefined || one.every_months === asked.every_months) &&
      (asked.commitment_max === undefined || one.commitment <= asked.commitment_max),
  );
  // Who says how far they would commit themselves means to go that far: it is where the discount is.
  const longest = Math.max(...fitting.map((one) => one.commitment));
  const named = fitting.find((one) => asked.commitment_max !== undefined && one.commitment === longest);
  const option = named ?? fitting[0];
  if (allowed && option) return option;
  reasons.push("terms_not_available");
  return null;
}

/** Whether the words are in a name of the product: "pouch" for the "laptop pouch". */
function isCalled({ title, aliases }: Product, wish: string): boolean {
  const words = wish.toLowerCase();
  const names = [title.en, title.ko, ...(aliases ?? [])].filter((name) => name !== undefined);
  return names.some((name) => name.toLowerCase().includes(words));
}

function giftOf(input: Input, proposal: Proposal, base: Offer | null, reasons: MoveReason[]): Gift | null {
  const standing = base?.lines.find((line) => line.gift)?.sku;
  const { gift: asked } = proposal.terms;
  const given = asked === undefined ? null : giftCalled(asked, input);
  if (asked !== undefined && !given) reasons.push("terms_not_available");
  // One that is given already is not taken back because another cannot be had.
  const kept = standing === undefined || given ? null : giftCalled(standing, input);
  if (asked === undefined && standing !== undefined && !kept) reasons.push("terms_not_available");
  return given ?? kept;
}

function giftCalled(wish: string | true, { limits, evidence, state }: Input): Gift | null {
  for (const gift of limits.gifts) {
    const known = evidence.products.get(gift.sku);
    const cost = gift.cost[state.currency];
    const min_goods = gift.min_goods[state.currency];
    const meant =
      wish === true || wish === gift.sku || (known !== undefined && isCalled(known.product, wish));
    if (meant && known?.live && known.stock > 0 && cost !== undefined && min_goods !== undefined) {
      return { known, cost, min_goods };
    }
  }
  return null;
}
