import { share } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { MoveReason } from "../domain/reply.ts";
import { openStandings } from "./binding.ts";
import type { Input, Outcome } from "./input.ts";
import { ISSUES } from "./modes.ts";
import { listOf, type Order, reductionOf } from "./order.ts";
import type { Situation } from "./situation.ts";

/**
 * The outcome with what honesty wants said beside it: that something costs more than in the offer it grew out of, what
 * became of a code, and that a share off is in the offer already.
 */
export function noticed(situation: Situation, outcome: Outcome): Outcome {
  const { input, proposal } = situation;
  const [offer] = outcome.move.offers ?? [];
  if (!offer) return outcome;
  const notices = [
    ...replacedBy(situation, offer).flatMap((before) => noticesOf(input, before, offer)),
    ...codeNotices(situation, offer),
  ];
  if (proposal.off_bp !== undefined && situation.earlier.some((one) => one.id === offer.id)) {
    if (reductionOf(offer) >= share(listOf(offer), proposal.off_bp)) notices.push("discount_included");
  }
  if (notices.length === 0) return outcome;
  const reasons = [...notices, ...(outcome.move.reasons ?? []).filter((one) => one !== "unchanged")];
  return { ...outcome, move: { ...outcome.move, reasons } };
}

/** The offer it grew out of, and of other live orders with some of its goods the first that was offered. */
function replacedBy({ input, base }: Situation, offer: Offer): Offer[] {
  const seqOf = (one: Offer | null) => input.state.standings.find((each) => each.offer.id === one?.id)?.seq;
  const own = [seqOf(base), seqOf(offer)];
  const goods = boughtIn(offer);
  const others = openStandings(input).filter(
    (one) => !own.includes(one.seq) && boughtIn(one.offer).some((sku) => goods.includes(sku)),
  );
  const firsts = others.filter(({ seq }, i) => others.findIndex((one) => one.seq === seq) === i);
  return [...(base ? [base] : []), ...firsts.map((one) => one.offer)];
}

/** Why `offer` is dearer than `before` somewhere, if it is. */
export function noticesOf({ now }: Pick<Input, "now">, before: Offer, offer: Offer): MoveReason[] {
  if (!dearer(offer, before)) return [];
  return [before.expires_at > now ? "price_changed" : "offer_expired"];
}

/** What becomes of a code that may be used and is not: its budget is spent, or the offer takes off as much without it. */
export function codeNotices({ order }: Situation, offer: Offer): MoveReason[] {
  const coded = ({ discounts }: Pick<Order, "discounts">) => discounts.some(({ kind }) => kind === "code");
  if (!coded(order) || coded(offer)) return [];
  return [reductionOf(offer) >= order.off ? "discount_included" : "code_not_applicable"];
}

/**
 * Whether anything a buyer keeps of `before` costs more in `offer`: a unit, the same goods together whichever discount
 * carries them, the fee of the same option, a gift. A fee that falls away above some value of goods counts as well: it is
 * said when it comes back.
 */
function dearer(offer: Offer, before: Offer): boolean {
  const bought = offer.lines.filter((line) => !line.gift);
  const units = bought.some((line) => {
    const was = before.lines.find((one) => !one.gift && one.sku === line.sku);
    return was !== undefined && line.unit_price > was.unit_price;
  });
  const goods = sameLines(offer, before) ? netGoods(offer) > netGoods(before) : discountsGone(offer, before);
  const gift = before.lines.some(
    (line) => line.gift && !offer.lines.some((one) => one.gift && one.sku === line.sku),
  );
  const fee = ISSUES.some((issue) => {
    const [was, is] = [before.terms[issue], offer.terms[issue]];
    const rate = was.list_fee > 0 && is.list_fee > 0 && was.fee >= was.list_fee && is.fee >= is.list_fee;
    return was.id === is.id && is.fee > was.fee && !(rate && issue !== "delivery");
  });
  const tax = before.tax.treatment !== offer.tax.treatment || offer.tax.rate_bp > before.tax.rate_bp;
  return units || goods || gift || fee || tax;
}

function sameLines(offer: Offer, before: Offer): boolean {
  const numbers = ({ lines }: Offer) =>
    lines.flatMap(({ gift, sku, quantity }) => (gift ? [] : [`${sku} ${quantity}`])).sort();
  return numbers(offer).join() === numbers(before).join();
}

function netGoods({ totals }: Offer): number {
  return totals.goods - totals.discounts;
}

/** A discount of goods that are in both is gone, or takes a smaller share of what they list at. */
function discountsGone(offer: Offer, before: Offer): boolean {
  const both = new Set(boughtIn(before).filter((sku) => boughtIn(offer).includes(sku)));
  return before.discounts.some(({ kind, id, amount }) => {
    const own = kind === "tier" ? new Set([id]) : null;
    if (own ? !both.has(id) : both.size === 0) return false;
    const now = offer.discounts.find((one) => one.kind === kind && one.id === id)?.amount ?? 0;
    // In basis points of the list: what rounding to whole minor units takes is no change.
    const was = Math.floor((amount * 10_000) / listOf(only(before, own)));
    return Math.floor((now * 10_000) / listOf(only(offer, own ?? both))) < was - 1;
  });
}

function boughtIn({ lines }: Offer): string[] {
  return lines.filter((line) => !line.gift).map(({ sku }) => sku);
}

function only({ lines }: Offer, skus: ReadonlySet<string> | null): Pick<Offer, "lines"> {
  return { lines: skus ? lines.filter(({ sku }) => skus.has(sku)) : lines };
}
