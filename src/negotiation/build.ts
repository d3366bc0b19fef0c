import { BOUNDS } from "../domain/bounds.ts";
import { MAX_AMOUNT } from "../domain/money.ts";
import { type Line, type Offer, sealed, type Tax, type Totals } from "../domain/offer.ts";
import type { Issue, Terms } from "../domain/terms.ts";
import { titleOf } from "./basket.ts";
import { withinBudgets } from "./budget.ts";
import { verdictOn } from "./guards.ts";
import { expiryOf, type Input } from "./input.ts";
import { type Choice, feeOf, ISSUES, listFee, type Mode } from "./modes.ts";
import type { Gift, Order } from "./order.ts";
import { type Place, taxOn } from "./place.ts";

/** Prices and terms chosen for an order. `units` are the unit prices, line by line. */
export interface Plan {
  readonly units: readonly number[];
  readonly choice: Choice;
  readonly gift: Gift | null;
}

export interface Lineage {
  readonly id: string;
  readonly base: Offer | null;
  readonly final: boolean;
}

/** The complete offer, or null when the floor or a budget forbids it: no such offer is ever built. */
export function built(input: Input, order: Order, plan: Plan, lineage: Lineage): Offer | null {
  const lines = linesOf(input, order, plan);
  const goods = lines.reduce((sum, line) => sum + line.unit_price * line.quantity, 0);
  const priced = pricedBy(order.place, goods, order.off, plan.choice);
  if (lines.length > BOUNDS.lines || order.off > goods || priced.totals.total > MAX_AMOUNT) return null;
  if (plan.gift && goods - order.off < plan.gift.min_goods) return null;
  const terms = { ...priced.terms, subscription: planned(order) };
  const body = { currency: order.currency, lines, terms, tax: priced.tax, totals: priced.totals };
  if (!verdictOn(body, input.evidence.products, input).holds) return null;
  if (!withinBudgets(input, { ...body, discounts: [...order.discounts] })) return null;
  const { id, base, final } = lineage;
  return sealed({
    ...body,
    ...{ id, revision: (base?.revision ?? 0) + 1, supersedes: base?.id ?? null },
    discounts: [...order.discounts],
    ship_to: order.place.ship_to,
    negotiable: final ? [] : openIssues(order, plan),
    ...{ final, expires_at: expiryOf(input) },
  });
}

/** Terms, tax and totals of goods with these modes. Everything is worked out anew, nothing is carried over. */
export function pricedBy(
  place: Place,
  goods: number,
  off: number,
  choice: Choice,
): { terms: Omit<Terms, "subscription">; tax: Tax; totals: Totals } {
  const after = goods - off;
  let fees = 0;
  for (const issue of ISSUES) fees += feeOf(choice[issue], after);
  const amount = taxOn(place.tax, after + fees);
  const total = after + fees + (place.tax.treatment === "added" ? amount : 0);
  const term = (mode: Mode) => ({ id: mode.id, fee: feeOf(mode, after), list_fee: listFee(mode, after) });
  const { delivery, warranty, payment, returns } = choice;
  return {
    terms: {
      delivery: { ...term(delivery), days_min: delivery.days_min, days_max: delivery.span },
      warranty: { ...term(warranty), months: warranty.span },
      payment: { ...term(payment), days: payment.span },
      returns: { ...term(returns), days: returns.span },
    },
    tax: { ...place.tax, amount },
    totals: { goods, discounts: off, fees, tax: amount, total },
  };
}

function linesOf(input: Input, order: Order, { units, gift }: Plan): Line[] {
  const lines = order.lines.map((line, i): Line => {
    const { known, quantity, list } = line;
    const title = titleOf(input, known);
    const unit_price = Math.min(units[i] ?? list, list);
    return { sku: known.product.id, title, quantity, unit_price, list_price: list, version: known.version };
  });
  if (!gift) return lines;
  const { product, version } = gift.known;
  const list_price = product.price[order.currency] ?? 0;
  const free = { unit_price: 0, list_price, gift: true, version };
  return [...lines, { sku: product.id, title: titleOf(input, gift.known), quantity: 1, ...free }];
}

function planned({ subscription }: Order): Terms["subscription"] {
  if (!subscription) return null;
  const { id, every_months, commitment } = subscription;
  return { id, every_months, commitment };
}

/** What the vendor still talks about: only where it has more than one way to settle it. */
function openIssues(order: Order, { choice }: Plan): Issue[] {
  const options = (issue: keyof Choice) => new Set(order.modes[issue].map((mode) => mode.id)).size > 1;
  const open: Issue[] = order.negotiable ? ["price", "quantity"] : ["quantity"];
  if (options("delivery")) open.push("delivery");
  if (order.negotiable && choice.delivery.fee > 0) open.push("delivery_fee");
  if (options("warranty")) open.push("warranty");
  if (order.negotiable && choice.warranty.fee_bp > 0) open.push("warranty_fee");
  if (options("payment")) open.push("payment");
  if (options("returns")) open.push("returns");
  if (order.subscription) open.push("subscription");
  return open;
}
