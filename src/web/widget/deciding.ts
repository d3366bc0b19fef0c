import type { ActOf } from "../../domain/act.ts";
import type { Offer } from "../../domain/offer.ts";
import type { OrderDetails, PartialDetails } from "../../domain/order.ts";
import { ask, type Field } from "./dialog.ts";
import { h } from "./dom.ts";
import { minorUnits, money } from "./figures.ts";
import { offerTable, table } from "./offer-card.ts";
import { factText } from "./product-card.ts";
import type { Cited } from "./stage.ts";
import { words } from "./words.ts";

/** Reads back what would be ordered, by its id and hash, and asks for the one yes that binds. */
export function readBack(host: ParentNode, offer: Offer, details: PartialDetails, agreed: () => void): void {
  const { ship_to: to, payer } = details;
  const content = [
    offerTable(offer),
    table([
      [words.shipTo, to && listed(to.name, ...to.lines, to.city, to.region, to.postal_code, to.country)],
      [words.billTo, payer && listed(payer.name, payer.email, details.purchase_order)],
      [words.offer, offer.id],
      [words.hash, offer.hash],
    ]),
  ];
  ask(host, { title: words.readTitle, text: words.readText, content, yes: words.mine.confirm }, agreed);
}

function listed(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(", ");
}

/** Asks where goods go and who pays. */
export function askDetails(
  host: ParentNode,
  offer: Offer,
  { ship_to: to, payer, purchase_order }: PartialDetails,
  told: (details: OrderDetails) => void,
): void {
  const { country, region, postal_code } = { ...offer.ship_to, ...to };
  const required = true;
  // As the gateway has it for these two.
  const strict = /US|KR/.test(country);
  const pattern = strict ? "\\d{5}(-?\\d{4})?" : ".*";
  const fields: Field[] = [
    { name: "name", value: to?.name, required, autocomplete: "name" },
    { name: "street", value: to?.lines[0], required, autocomplete: "street-address" },
    { name: "city", value: to?.city, required: strict, autocomplete: "address-level2" },
    { name: "region", value: region, autocomplete: "address-level1" },
    { name: "postal_code", value: postal_code, required: strict, autocomplete: "postal-code", pattern },
    { name: "country", value: country, required, autocomplete: "country", pattern: "[A-Z]{2}" },
    { name: "payer", value: payer?.name, required },
    { name: "email", value: payer?.email, required, autocomplete: "email", type: "email" },
    { name: "purchase_order", value: purchase_order },
  ];
  const asked = { title: words.whereTitle, text: words.whereText, fields, yes: words.next };
  ask(host, asked, ({ street, payer: name, email, purchase_order, ...rest }) =>
    told({
      ship_to: { ...rest, lines: [street] },
      payer: { name, email },
      purchase_order,
    } as unknown as OrderDetails),
  );
}

/** Asks what should be different about an offer, as far as it is open; what is left alone stays. */
export function askCounter(host: ParentNode, offer: Offer, suggested: (act: ActOf<"propose">) => void): void {
  const { currency } = offer;
  const count = { type: "number", min: 0, max: 365 };
  const goods = offer.lines.filter(({ gift }) => !gift);
  const open: Field[] = [
    { name: "price", label: `${words.total} (${currency})`, inputMode: "decimal" },
    { name: "delivery", ...count },
    { name: "warranty", ...count },
  ];
  const fields: Field[] = [
    ...goods.map(({ title, quantity }, i) => ({
      ...{ name: `q${i}`, label: title, type: "number", min: 1, max: 100_000 },
      ...{ value: quantity, required: true },
    })),
    ...open.filter(({ name }) => offer.negotiable.some((one) => one === name)),
    { name: "final", type: "checkbox" },
  ];
  const text = `${words.counterText} ${words.total}: ${money(offer.totals.total, currency)}`;
  ask(
    host,
    { title: words.counter, text, fields, yes: words.send },
    ({ price, delivery, warranty, final, ...quantities }) => {
      const total = price && minorUnits(price, currency);
      if (total === null) throw "price";
      const lines = goods.map(({ sku }, i) => ({ item: { sku }, quantity: Number(quantities[`q${i}`]) }));
      const same = goods.every(({ quantity }, i) => lines[i]?.quantity === quantity);
      if (same && !price && !delivery && !warranty) throw fields[0]?.name;
      // What is undefined is not sent.
      suggested({
        ...{ act: "propose", counters: offer.id, lines, total: total || undefined },
        terms: {
          delivery: delivery && { days_max: Number(delivery) },
          warranty: warranty && { months_min: Number(warranty) },
        },
        final: final && true,
      } as ActOf<"propose">);
    },
  );
}

/** How and when the vendor may get back to somebody. */
export function askContact(host: ParentNode, told: (act: ActOf<"leave_contact">) => void): void {
  const fields = [{ name: "contact", required: true, minLength: 3 }, { name: "when" }];
  ask(host, { title: words.contactTitle, fields, yes: words.send }, (filled) =>
    told({ act: "leave_contact", ...filled } as ActOf<"leave_contact">),
  );
}

/** Opens a source: its own words, what it states, and where it stands. */
export function showSource(host: ParentNode, { title, source, facts, quotes }: Cited): void {
  const { name, line } = source;
  const content = [
    h("small.note", line ? `${name}:${line}` : name),
    ...quotes.map((quote) => h("blockquote", { dir: "auto" }, quote)),
    h(
      "ul",
      facts.map((fact) => !fact.text && h("li", factText(fact))),
    ),
  ];
  ask(host, { title, content });
}
