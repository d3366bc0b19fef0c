import { BOUNDS } from "../domain/bounds.ts";
import type { Known } from "../domain/evidence.ts";
import { Fault } from "../domain/fault.ts";
import { MAX_AMOUNT } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { MoveReason } from "../domain/reply.ts";
import type { Input } from "./input.ts";
import type { Place } from "./place.ts";
import { type Policy, ruleFor, unitLimit } from "./rules.ts";

/** One line that can be sold. `limit` is free of tax, `low` the least unit price on the tag that reaches it. */
export interface BasketLine {
  readonly known: Known;
  readonly quantity: number;
  readonly list: number;
  readonly limit: number;
  readonly low: number;
  readonly negotiable: boolean;
}

export interface Basket {
  readonly lines: readonly BasketLine[];
  /** What keeps lines out or smaller than asked. */
  readonly reasons: readonly MoveReason[];
  /** Titles or codes the reasons speak of. */
  readonly about: readonly string[];
  /** Some line is not as asked, so a total named for the whole no longer applies. */
  readonly changed: boolean;
}

/**
 * The order a proposal asks for: the live offer's lines, changed by what it names. A line of the live offer stays
 * unless it is removed. Lines are cut to what one order may hold and what is free to sell; what cannot be sold at
 * all is left out, with the reason, and in words so is every line beyond the most an order may have. Throws
 * `bad_frame` for a typed act that asks for more of them.
 */
export function basketOf(input: Input, proposal: Proposal, base: Offer | null, place: Place): Basket {
  const wanted = new Map<string, number>();
  for (const line of base?.lines ?? []) if (!line.gift) wanted.set(line.sku, line.quantity);
  for (const line of proposal.lines) wanted.set(line.sku, line.quantity ?? wanted.get(line.sku) ?? 1);
  for (const sku of proposal.remove) wanted.delete(sku);
  const lines: BasketLine[] = [];
  const reasons: MoveReason[] = [];
  const about: string[] = [];
  const refuse = (reason: MoveReason, what: string) => {
    reasons.push(reason);
    about.push(what);
  };
  const { evidence, state, vendor } = input;
  if (input.typed && wanted.size > BOUNDS.lines)
    throw new Fault("bad_frame", `an order holds at most ${BOUNDS.lines} lines, not ${wanted.size}`);
  for (const [sku, asked] of wanted) {
    const known = evidence.products.get(sku);
    const list = known?.product.price[state.currency];
    const most = Math.min(
      known?.stock ?? 0,
      vendor.max_quantity,
      list ? Math.floor(MAX_AMOUNT / 20 / list) : asked,
    );
    if (!known) refuse("unknown_product", sku);
    else if (!known.live) refuse("product_withdrawn", titleOf(input, known));
    else if (list === undefined) refuse("not_in_currency", titleOf(input, known));
    else if (most < 1) refuse("out_of_stock", titleOf(input, known));
    else if (lines.length === BOUNDS.lines) refuse("too_many", titleOf(input, known));
    else {
      if (asked > most) refuse("too_many", titleOf(input, known));
      lines.push(lineOf(known, Math.min(asked, most), list, input, place, state.currency));
    }
  }
  return { lines, reasons, about, changed: reasons.length > 0 };
}

export function titleOf({ state }: Pick<Input, "state">, { product }: Known): string {
  return product.title[state.lang] ?? product.title.en ?? product.title.ko ?? product.id;
}

function lineOf(
  known: Known,
  quantity: number,
  list: number,
  policy: Policy,
  place: Place,
  currency: string,
): BasketLine {
  const rule = ruleFor(policy.limits, known.product);
  const limit = unitLimit(policy, known.product, list, place.tax, currency);
  const rate = place.tax.treatment === "included" ? place.tax.rate_bp : 0;
  const low = Math.ceil((limit * (10_000 + rate)) / 10_000);
  const negotiable = rule?.negotiable === true && low < list;
  return { known, quantity, list, limit, low: negotiable ? low : list, negotiable };
}
