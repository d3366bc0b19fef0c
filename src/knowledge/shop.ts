import type { Fact } from "../domain/fact.ts";
import type { Currency } from "../domain/money.ts";
import { inLang, type Lang, type Localized } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";

/**
 * The vendor's listed terms as citeable facts: days, months and fees as they hold now. `key` is the attribute or topic
 * (attributes.ts) that each one answers, `label` the option's name. A fee (".fee") is a `price` in minor units or a
 * share of the goods in "%"; from ".free_from" on nothing is charged.
 */
export function shopFacts(vendor: Vendor, currency: Currency, lang: Lang): Fact[] {
  const { delivery, warranty, payment, returns, subscription } = vendor.terms;
  const countries = vendor.markets.map(({ country }) => country).join(", ");
  return [
    ...delivery.flatMap((option) => deliveryFacts(option, currency)),
    ...warranty.flatMap((option) => termFacts("warranty", option, option.months, "month")),
    ...payment.flatMap((option) => termFacts("payment", option, option.days, "day")),
    ...returns.flatMap((option) => termFacts("returns", option, option.days, "day")),
    ...subscription.map(({ id, label, off_bp }) =>
      fact(`subscription.${id}`, "subscription", off_bp / 100, label, "%"),
    ),
    fact("markets", "shipping_abroad", countries, { en: "We ship to", ko: "배송 국가" }),
    fact("contact.email", "contact", vendor.contact.email, { en: "Email", ko: "이메일" }),
    fact("contact.hours", "hours", inLang(vendor.contact.hours, lang), { en: "Hours", ko: "상담 시간" }),
  ];
}

function deliveryFacts(option: Vendor["terms"]["delivery"][number], currency: Currency): Fact[] {
  const { id, label, days_min, days_max, fee, free_from } = option;
  const days = days_min === days_max ? days_max : `${days_min}-${days_max}`;
  const facts = [fact(`delivery.${id}`, "shipping_time", days, label, "day")];
  const charged = fee[currency];
  const free = free_from?.[currency];
  if (charged !== undefined) facts.push(price(`delivery.${id}.fee`, charged, currency, label));
  if (charged !== 0 && free !== undefined) {
    facts.push(price(`delivery.${id}.free_from`, free, currency, label));
  }
  return facts;
}

function termFacts(
  key: string,
  option: { readonly id: string; readonly label: Localized; readonly fee_bp: number },
  value: number,
  unit: string,
): Fact[] {
  const { id, label, fee_bp } = option;
  const stated = fact(`${key}.${id}`, key, value, label, unit);
  return fee_bp === 0 ? [stated] : [stated, fact(`${key}.${id}.fee`, key, fee_bp / 100, label, "%")];
}

function fact(id: string, key: string, value: Fact["value"], label: Localized, unit?: string): Fact {
  const source = { name: "vendor", section: id };
  const base: Fact = { id: `vendor#${id}`, kind: "policy", about: null, key, value, label, source };
  return unit === undefined ? base : { ...base, unit };
}

function price(id: string, amount: number, currency: Currency, label: Localized): Fact {
  return { ...fact(id, "shipping_fee", amount, label, currency), kind: "price" };
}
