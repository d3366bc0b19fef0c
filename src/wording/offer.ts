import { formatMoney } from "../domain/money.ts";
import type { Line, Offer } from "../domain/offer.ts";
import type { Address, OrderDetails, Payer, ShipTo } from "../domain/order.ts";
import { inLang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import { nameOf } from "./names.ts";
import { plain } from "./plain.ts";
import type { Context } from "./templates.ts";

/**
 * Offers to read: one with all its lines and terms, or several as numbered packages that say once what they have
 * in common. Every offer is closed by its all-in total. Machines get one line, people a list. What is not `open` has been
 * ordered, and runs out no more.
 */
export function offersText(
  offers: readonly Offer[],
  head: string,
  context: Context,
  open: boolean = true,
): string {
  const [first] = offers;
  if (!first) return "";
  const many = offers.reduce((sum, offer) => sum + offer.lines.length, 0) > MANY_LINES;
  return offers.length === 1
    ? oneOffer(first, head, many, context, open)
    : packages(offers, head, many, context);
}

/** What a yes would order: the offer, where it goes and who pays. */
export function readbackText(offer: Offer, details: OrderDetails | undefined, context: Context): string {
  const { heads, written } = LANGUAGES[context.lang];
  const text = oneOffer(offer, heads.readback, offer.lines.length > MANY_LINES, context);
  const between = separator(context);
  if (!details) return text + between + written.shipTo(placeOf(offer.ship_to, context));
  const { ship_to, payer, purchase_order } = details;
  const rows = [written.shipTo(addressOf(ship_to, context)), written.billTo(payerOf(payer))];
  if (purchase_order !== undefined) rows.push(written.reference(plain(purchase_order, 120)));
  return [text, ...rows].join(between);
}

/** "United States", "대한민국". */
export function countryName(country: string, { lang }: Pick<Context, "lang">): string {
  return nameOf(country, "region", lang);
}

const MANY_LINES = 12;

function oneOffer(offer: Offer, head: string, many: boolean, context: Context, open = true): string {
  const between = separator(context);
  const ends = open ? [expiryOf(offer, context)] : [];
  const rows = [...rowsOf(offer, many, context), totalOf(offer, context), ...ends];
  return `${head}${context.channel === "agent" ? " " : between}${rows.join(between)}`;
}

function packages(offers: readonly Offer[], head: string, many: boolean, context: Context): string {
  const { packages: words, heads } = LANGUAGES[context.lang];
  const all = offers.map((offer) => [...rowsOf(offer, many, context), expiryOf(offer, context)]);
  const common = (all[0] ?? []).filter((row) => all.every((rows) => rows.includes(row)));
  const machine = context.channel === "agent";
  const between = separator(context);
  const shared = common.length > 0 ? `${words.common}${machine ? " " : between}${common.join(between)}` : "";
  const numbered = offers.map((offer, i) => {
    const own = (all[i] ?? []).filter((row) => !common.includes(row));
    return `${i + 1}. ${[...own, totalOf(offer, context)].join("; ")}`;
  });
  return [head === heads.farewell ? words.stay : words.head, ...numbered, shared]
    .filter((part) => part !== "")
    .join(machine ? " " : "\n");
}

function separator(context: Context): string {
  return context.channel === "agent" ? "; " : "\n- ";
}

function rowsOf(offer: Offer, many: boolean, context: Context): string[] {
  const { written } = LANGUAGES[context.lang];
  const money = (amount: number) => formatMoney(amount, offer.currency, context.lang);
  const { delivery, warranty, payment, returns, subscription } = offer.terms;
  const fee = (chosen: { fee: number; list_fee: number }, free: string) => {
    if (chosen.fee === 0 && chosen.list_fee === 0) return free;
    const list = chosen.list_fee > chosen.fee ? money(chosen.list_fee) : null;
    return written.fee(chosen.fee === 0 ? null : money(chosen.fee), list);
  };
  const rows = offer.lines.map((line) => lineOf(line, many, money, context));
  if (offer.discounts.length > 0) {
    const parts = offer.discounts.map(({ kind, id, amount }) =>
      written.discount(kind, plain(id, 24), money(amount)),
    );
    rows.push(written.discounts(parts));
  }
  const label = context.vendor.terms.delivery.find((option) => option.id === delivery.id)?.label;
  const name = label ? plain(inLang(label, context.lang), 40) : "";
  rows.push(
    written.delivery(name, delivery.days_min, delivery.days_max, fee(delivery, written.fee(null, null))),
    written.warranty(warranty.months, fee(warranty, written.included)),
    written.payment(payment.days, fee(payment, "")),
    written.returns(returns.days, fee(returns, "")),
  );
  if (subscription) rows.push(written.subscription(subscription.every_months, subscription.commitment));
  const { treatment, rate_bp, amount } = offer.tax;
  rows.push(written.tax(treatment, plain(offer.tax.name, 40), String(rate_bp / 100), money(amount)));
  return rows;
}

function lineOf(line: Line, many: boolean, money: (amount: number) => string, context: Context): string {
  const { written } = LANGUAGES[context.lang];
  const title = plain(line.title, many ? 30 : 100);
  const quantity = String(line.quantity);
  if (line.gift) return written.gift(title, quantity);
  const list = line.list_price > line.unit_price && !many ? money(line.list_price) : null;
  return written.line(title, quantity, money(line.unit_price), list);
}

function totalOf(offer: Offer, context: Context): string {
  return LANGUAGES[context.lang].written.total(formatMoney(offer.totals.total, offer.currency, context.lang));
}

/** Goods that go to Korea expire in Korean time, which knows no summer time; all others in UTC. */
function expiryOf(offer: Offer, context: Context): string {
  const local = offer.ship_to.country === "KR";
  const at = new Date(Date.parse(offer.expires_at) + (local ? 9 * 3_600_000 : 0));
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return LANGUAGES[context.lang].written.expires(at.getUTCMonth() + 1, at.getUTCDate(), time, local);
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

function placeOf(to: ShipTo, context: Context): string {
  const parts = [countryName(to.country, context), to.region ?? "", to.postal_code ?? ""];
  return parts
    .filter((part) => part !== "")
    .map((part) => plain(part, 60))
    .join(", ");
}

/** On one line, as it is written in the country; an address in Korean has its city and province in its lines. */
function addressOf(
  { name, lines, city, region, postal_code, country, phone }: Address,
  context: Context,
): string {
  const korean = lines.some((line) => /[가-힣]/.test(line));
  const town = city !== undefined && !lines.some((line) => line.includes(city)) ? city : "";
  const district = [korean ? "" : (region ?? ""), postal_code ?? ""].filter((part) => part !== "").join(" ");
  const parts = [name, ...lines, town, district, countryName(country, context), phone ?? ""];
  return parts
    .filter((part) => part !== "")
    .map((part) => plain(part, 300))
    .join(", ");
}

function payerOf({ name, email, tax_id }: Payer): string {
  const parts = [name, email ?? "", tax_id ?? ""];
  return parts
    .filter((part) => part !== "")
    .map((part) => plain(part, 254))
    .join(", ");
}
