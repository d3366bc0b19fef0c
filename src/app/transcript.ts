import { styleText } from "node:util";
import { formatMoney } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { TermsWanted } from "../domain/terms.ts";
import type { Lang } from "../domain/text.ts";

type Colour = Parameters<typeof styleText>[0];

/** Text in colour where the output is a terminal that wants colour (NO_COLOR, FORCE_COLOR and a pipe are respected). */
export function paint(colour: Colour, text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}

/** When nobody reads on (`| head`), the command ends quietly. */
export function endWithReader(): void {
  process.stdout.once("error", () => process.exit(0));
}

export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Every line of a text, set in by a mark in front of the first. */
export function under(mark: string, text: string): string {
  const blank = " ".repeat(mark.length);
  return text
    .split("\n")
    .map((line, i) => (i === 0 ? mark : blank) + line)
    .join("\n");
}

/** An offer as a small card: goods, terms that cost or change something, the price all in. */
export function card(offer: Offer, n: number, lang: Lang): string {
  const money = (amount: number) => formatMoney(amount, offer.currency, lang);
  const say = WORDS[lang];
  const { delivery, warranty, payment, returns, subscription } = offer.terms;
  const fee = (chosen: { fee: number; list_fee: number }) =>
    chosen.fee > 0
      ? money(chosen.fee)
      : chosen.list_fee > 0
        ? say.waived(money(chosen.list_fee))
        : say.included;
  const lines = offer.lines.map((line) =>
    line.gift
      ? `${line.quantity} × ${line.title}, ${say.gift}`
      : `${line.quantity} × ${line.title}, ${money(line.unit_price)}${line.unit_price < line.list_price ? ` (${say.list} ${money(line.list_price)})` : ""}`,
  );
  const rows = [
    ...lines,
    ...offer.discounts.map((discount) => `${say[discount.kind]} -${money(discount.amount)}`),
    say.terms(delivery.days_max, fee(delivery), warranty.months, fee(warranty)),
    say.later(payment.days, returns.days),
    ...(subscription ? [say.plan(subscription.every_months, subscription.commitment)] : []),
  ];
  const head = `${n}. ${paint("bold", money(offer.totals.total))} ${say.allIn}${offer.final ? `, ${say.final}` : ""}`;
  return [head, ...rows.map((row) => paint("dim", `   ${row}`))].join("\n");
}

/** An offer in one line: what differs between offers, and nothing else. */
export function brief(offer: Offer, n: number, lang: Lang): string {
  const money = (amount: number) => formatMoney(amount, offer.currency, lang);
  const { delivery, warranty, payment, returns, subscription } = offer.terms;
  const fee = (amount: number) => (amount > 0 ? ` +${money(amount)}` : "");
  const parts = [
    ...offer.lines.map((line) => `${line.quantity} × ${line.gift ? "gift" : money(line.unit_price)}`),
    ...offer.discounts.map(({ kind, amount }) => `${kind} -${money(amount)}`),
    `${delivery.id}${fee(delivery.fee)}`,
    `${warranty.id}${fee(warranty.fee)}`,
    `${payment.id}${fee(payment.fee)}`,
    `${returns.id}${fee(returns.fee)}`,
    ...(subscription ? [subscription.id] : []),
  ];
  const total = paint("bold", money(offer.totals.total));
  return `${n}. ${total}${offer.final ? " final" : ""}  ${paint("dim", parts.join(", "))}`;
}

/** Wishes on terms, each in a few words. */
export function wishes({ delivery, warranty, payment, subscription }: TermsWanted): string[] {
  const free = (wanted: { free?: boolean | undefined }) => (wanted.free ? " free" : "");
  return [
    ...(delivery ? [`delivery ${delivery.id ?? `within ${delivery.days_max} d`}${free(delivery)}`] : []),
    ...(warranty ? [`warranty from ${warranty.months_min} months${free(warranty)}`] : []),
    ...(payment ? [`payment after ${payment.days_min} d`] : []),
    ...(subscription
      ? [`every ${subscription.every_months} month, up to ${subscription.commitment_max} times`]
      : []),
  ];
}

const WORDS = {
  en: {
    allIn: "all in",
    final: "final",
    gift: "a gift",
    list: "list",
    included: "included",
    waived: (fee: string) => `free instead of ${fee}`,
    tier: "quantity discount",
    bundle: "bundle discount",
    code: "code",
    subscription: "subscription discount",
    terms: (days: number, fee: string, months: number, warrantyFee: string) =>
      `delivery within ${days} ${days === 1 ? "day" : "days"} (${fee}), ${months}-month warranty (${warrantyFee})`,
    later: (payment: number, returns: number) =>
      `${payment === 0 ? "paid when ordered" : `paid ${payment} days after delivery`}, returns within ${returns} days`,
    plan: (months: number, times: number) =>
      `again every ${months === 1 ? "month" : `${months} months`}, ${times} deliveries at least`,
  },
  ko: {
    allIn: "총액",
    final: "최종 제안",
    gift: "사은품",
    list: "정가",
    included: "무료",
    waived: (fee: string) => `${fee} 면제`,
    tier: "수량 할인",
    bundle: "묶음 할인",
    code: "코드 할인",
    subscription: "정기배송 할인",
    terms: (days: number, fee: string, months: number, warrantyFee: string) =>
      `${days}일 안에 배송(${fee}), ${months}개월 보증(${warrantyFee})`,
    later: (payment: number, returns: number) =>
      `${payment === 0 ? "주문할 때 결제" : `배송 ${payment}일 뒤 결제`}, ${returns}일 안에 반품 가능`,
    plan: (months: number, times: number) => `${months}개월마다 배송, 최소 ${times}회`,
  },
} as const;
