import type { Offer } from "../../domain/offer.ts";
import { button, h } from "./dom.ts";
import { fill, left, money, number, percent } from "./figures.ts";
import type { Stage } from "./stage.ts";
import type { Standing } from "./timeline.ts";
import { words } from "./words.ts";

/** An offer with its whole terms, its all-in total, how long it is good for, and what may be done about it. */
export function offerCard(offer: Offer, standing: Standing, stage: Stage): HTMLElement {
  const time = h("time.note", { dateTime: offer.expires_at });
  const live = countDown(time) && standing === "live";
  const title = offer.final ? words.lastOffer : words.offer;
  return h(
    `div.${live ? "offer live" : "offer past"}`,
    { role: "group", ariaLabel: `${title}: ${offer.lines[0]?.title}` },
    h("h3", title),
    offerTable(offer),
    live
      ? [
          time,
          h(
            "div.buttons",
            button(words.mine.accept, () => stage.accept(offer), "main"),
            offer.negotiable[0] && button(words.counter, () => stage.counter(offer)),
          ),
        ]
      : h("small.note", standing === "live" ? words.expired : words.standing[standing]),
  );
}

/** Writes how long is left; false when the time is over. */
export function countDown(time: HTMLTimeElement): boolean {
  const ms = Date.parse(time.dateTime) - Date.now();
  time.textContent = fill(words.expiresIn, left(ms));
  return ms > 0;
}

/** Everything an offer says, line by line, and its total last. */
export function offerTable({ lines, totals, tax, terms, currency }: Offer): HTMLElement {
  const { delivery, warranty, payment, returns, subscription } = terms;
  const cash = (amount: number) => money(amount, currency);
  const term = (n: number, word: string, none: string, fee: number) =>
    (n ? fill(word, n) : none) + (fee ? ` · ${cash(fee)}` : "");
  return table([
    ...lines.map(({ title, quantity, unit_price, list_price, gift }): Row => {
      const count = quantity > 1 ? `${number(quantity)} × ` : "";
      const before = unit_price < list_price ? ` (${fill(words.wasPrice, cash(list_price))})` : "";
      return [title, gift ? words.free : count + cash(unit_price) + before, "good"];
    }),
    [words.discounts, totals.discounts > 0 && `−${cash(totals.discounts)}`],
    [
      words.delivery,
      `${fill(words.daysBetween, delivery.days_min, delivery.days_max)} · ${delivery.fee ? cash(delivery.fee) : words.free}`,
    ],
    [words.warranty, term(warranty.months, words.months, words.none, warranty.fee)],
    [words.payment, term(payment.days, words.within, words.onOrder, payment.fee)],
    [words.returns, term(returns.days, words.within, words.none, returns.fee)],
    [words.repeats, subscription && fill(words.every, subscription.every_months, subscription.commitment)],
    [
      `${tax.name} ${percent(tax.rate_bp / 100)}`,
      tax.treatment !== "exempt" && `${cash(tax.amount)} ${words.tax[tax.treatment]}`,
    ],
    [words.total, cash(totals.total), "total"],
  ]);
}

type Row = readonly [name: string, value: string | false | null | undefined, kind?: string];

/** Names and values; a row without a value is left out. */
export function table(rows: readonly Row[]): HTMLElement {
  return h(
    "dl",
    rows.map(([name, value, kind = "row"]) => value && h(`div.${kind}`, h("dt", name), h("dd", value))),
  );
}
