import { formatMoney } from "../domain/money.ts";
import type { Line, Offer } from "../domain/offer.ts";
import type { Move } from "../domain/reply.ts";
import { inLang } from "../domain/text.ts";
import type { Names } from "./brief-facts.ts";
import { type BriefContext, validFor } from "./brief-steady.ts";
import { LANGUAGES } from "./languages.ts";
import { plain } from "./plain.ts";

/** One offer as rows in English, amounts as the counterpart's language writes them; its all-in total near the end. */
export function offerRows(offer: Offer, names: Names, context: BriefContext): string[] {
  const { written } = LANGUAGES.en;
  const { vendor, lang } = context;
  const money = (amount: number) => formatMoney(amount, offer.currency, lang);
  const fee = (chosen: { fee: number; list_fee: number }, free: string) => {
    if (chosen.fee === 0 && chosen.list_fee === 0) return free;
    const list = chosen.list_fee > chosen.fee ? money(chosen.list_fee) : null;
    return written.fee(chosen.fee === 0 ? null : money(chosen.fee), list);
  };
  const { delivery, warranty, payment, returns, subscription } = offer.terms;
  const label = vendor.terms.delivery.find((option) => option.id === delivery.id)?.label;
  const name = label ? plain(inLang(label, lang), 40) : "";
  const reductions = offer.discounts.map(({ kind, id, amount }) =>
    written.discount(kind, plain(id, 24), money(amount)),
  );
  const { treatment, rate_bp, amount } = offer.tax;
  return [
    ...offer.lines.map((line) => lineOf(line, names, money)),
    ...(reductions.length > 0 ? [written.discounts(reductions)] : []),
    written.delivery(name, delivery.days_min, delivery.days_max, fee(delivery, written.fee(null, null))),
    written.warranty(warranty.months, fee(warranty, written.included)),
    written.payment(payment.days, fee(payment, "")),
    written.returns(returns.days, fee(returns, "")),
    ...(subscription ? [written.subscription(subscription.every_months, subscription.commitment)] : []),
    written.tax(treatment, plain(offer.tax.name, 40), String(rate_bp / 100), money(amount)),
    `ALL-IN TOTAL: ${money(offer.totals.total)}`,
    ...(context.known.includes(offer.id) ? [] : [validFor(vendor.offer_minutes, "en")]),
    openness(offer),
  ];
}

/** What they asked for, as far as it has figures. */
export function wishOf({ proposal }: Move, names: Names, { currency, lang }: BriefContext): string {
  if (!proposal) return "";
  const money = (amount: number) => formatMoney(amount, currency, lang);
  const parts = proposal.lines.map(({ sku, quantity, unit_price }) => {
    const count = quantity === undefined ? "" : `${quantity} × `;
    return `${count}${names.of(sku)}${unit_price === undefined ? "" : ` at ${money(unit_price)} each`}`;
  });
  if (proposal.total !== undefined) parts.push(`${money(proposal.total)} all in`);
  if (proposal.off_bp !== undefined) parts.push(`${proposal.off_bp / 100}% off`);
  if (proposal.lower) parts.push("a lower price");
  return parts.length === 0 ? "" : `They asked for: ${parts.join("; ")}`;
}

function lineOf(line: Line, names: Names, money: (amount: number) => string): string {
  const { written } = LANGUAGES.en;
  const title = names.of(line.sku);
  const quantity = String(line.quantity);
  if (line.gift) return written.gift(title, quantity);
  const list = line.list_price > line.unit_price ? money(line.list_price) : null;
  return written.line(title, quantity, money(line.unit_price), list);
}

function openness({ final, negotiable }: Offer): string {
  if (final) return "This offer is final";
  if (negotiable.length === 0) return "Nothing in it is open to bargaining";
  return `Open to bargaining: ${negotiable.map((issue) => issue.replace("_", " ")).join(", ")}`;
}
