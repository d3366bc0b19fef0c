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
export function readBack(host: ParentNode, offer: Offer, details: PartialDetails): Promise<true | null> {
  const { ship_to: to, payer, purchase_order } = details;
  const content = [
    offerTable(offer),
    table([
      [words.shipTo, to && listed(to.name, ...to.lines, to.city, to.region, to.postal_code, to.country)],
      [words.billTo, payer && listed(payer.name, payer.email, purchase_order)],
      [words.offer, offer.id],
      [words.hash, offer.hash],
    ]),
  ];
  return ask(
    host,
    { title: words.readTitle, text: words.readText, content, yes: words.mine.confirm },
    () => true,
  );
}

function listed(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(", ");
}

/** Asks where goods go and who pays. */
export function askDetails(
  host: ParentNode,
  offer: Offer,
  known: PartialDetails,
): Promise<OrderDetails | null> {
  const { ship_to: to, payer, purchase_order } = known;
  const { country, region, postal_code } = { ...offer.ship_to, ...to };
  const required = true;
  // As the gateway has it for these two.
  const strict = /US|KR/.test(country);
  const fields: Field[] = [
    { name: "name", value: to?.name, required, autocomplete: "name" },
    { name: "street", value: to?.lines[0], required, autocomplete: "street-address" },
    { name: "city", value: to?.city ?? "", required: strict, autocomplete: "address-level2" },
    { name: "region", value: region, autocomplete: "address-level1" },
    {
      ...{ name: "postal_code", value: postal_code, required: strict, autocomplete: "postal-code" },
      ...(strict && { pattern: "\\d{5}(-?\\d{4})?" }),
    },
    { name: "country", value: country, required, autocomplete: "country", pattern: "[A-Z]{2}" },
    { name: "payer", value: payer?.name, required },
    { name: "email", type: "email", value: payer?.email, required, autocomplete: "email" },
    { name: "purchase_order", value: purchase_order },
  ];
  const asked = { title: words.whereTitle, text: words.whereText, fields, yes: words.next };
  return ask(host, asked, ({ street, payer: by, email, purchase_order: po, ...rest }) => ({
    ship_to: { ...rest, lines: [street] } as OrderDetails["ship_to"],
    payer: { name: by, email } as OrderDetails["payer"],
    ...(po && { purchase_order: po }),
  }));
}

/** Asks what should be different about an offer, as far as it is open; what is left alone stays. */
export function askCounter(host: ParentNode, offer: Offer): Promise<ActOf<"propose"> | null> {
  const { currency, totals, lines, negotiable } = offer;
  const count = { type: "number", min: "0", max: "365" };
  const goods = lines.filter(({ gift }) => !gift);
  const open: Field[] = [
    { name: "price", label: `${words.total} (${currency})`, inputMode: "decimal" },
    { name: "delivery", ...count },
    { name: "warranty", ...count },
  ];
  const fields: Field[] = [
    ...goods.map(
      ({ title, quantity }, i): Field => ({
        ...{ name: `q${i}`, label: title, ...count, min: "1", max: "100000" },
        ...{ value: String(quantity), required: true },
      }),
    ),
    ...open.filter(({ name }) => negotiable.some((one) => one === name)),
    { name: "final", type: "checkbox" },
  ];
  const text = `${words.counterText} ${words.total}: ${money(totals.total, currency)}`;
  return ask(
    host,
    { title: words.counter, text, fields, yes: words.send },
    ({ price, delivery, warranty, final, ...quantities }) => {
      const total = price && minorUnits(price, currency);
      if (total === null) throw "price";
      const wanted = goods.map(({ sku }, i) => ({ item: { sku }, quantity: Number(quantities[`q${i}`]) }));
      const same = goods.every(({ quantity }, i) => wanted[i]?.quantity === quantity);
      if (same && !price && !delivery && !warranty) throw fields[0]?.name;
      return {
        ...{ act: "propose", counters: offer.id, lines: wanted },
        ...(total && { total }),
        terms: {
          ...(delivery && { delivery: { days_max: Number(delivery) } }),
          ...(warranty && { warranty: { months_min: Number(warranty) } }),
        },
        ...(final && { final: true }),
      };
    },
  );
}

/** How and when the vendor may get back to somebody. */
export function askContact(host: ParentNode): Promise<ActOf<"leave_contact"> | null> {
  const fields = [{ name: "contact", required: true, minLength: 3 }, { name: "when" }];
  return ask(host, { title: words.contactTitle, fields, yes: words.send }, ({ contact = "", ...when }) => ({
    ...{ act: "leave_contact", contact },
    ...when,
  }));
}

/** Opens a source: its own words, what it states, and where it stands. */
export function showSource(host: ParentNode, { title, source, facts, quotes }: Cited): Promise<unknown> {
  const { name, line } = source;
  const content = [
    h("small.note", line ? `${name}:${line}` : name),
    ...quotes.map((quote) => h("blockquote", { dir: "auto" }, quote)),
    h(
      "ul",
      facts.filter(({ text }) => !text).map((fact) => h("li", factText(fact))),
    ),
  ];
  return ask(host, { title, content }, () => null);
}
