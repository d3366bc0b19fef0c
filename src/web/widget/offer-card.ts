import type { Offer } from "../../domain/offer.ts";
import { button, h } from "./dom.ts";
import { fill, left, money, number, percent } from "./figures.ts";
import type { Stage } from "./stage.ts";
import type { Standing } from "./timeline.ts";
import { words } from "./words.ts";

/** An offer with its whole terms, its all-in total, how long it is good for, and what may be done about it. */
export function offerCard(offer: Offer, standing: Standing, stage: Stage): HTMLElement {
  const { lines, final, expires_at, negotiable } = offer;
  const ms = Date.parse(expires_at) - Date.now();
  const live = standing === "live" && ms > 0;
  const title = final ? words.lastOffer : words.offer;
  return h(
    `div.${live ? "offer live" : "offer past"}`,
    { role: "group", ariaLabel: `${title}: ${lines[0]?.title}` },
    h("h3", title),
    offerTable(offer),
    live
      ? [
          h("time.note", { dateTime: expires_at }, fill(words.expiresIn, left(ms))),
          h(
            "div.buttons",
            button(words.mine.accept, () => stage.accept(offer), "main"),
            !!negotiable[0] && button(words.counter, () => stage.counter(offer)),
          ),
        ]
      : h("small.note", standing === "live" ? words.expired : words.standing[standing]),
  );
}

/** Everything an offer says, line by line, and its total last. */
export function offerTable({ lines, totals, tax, terms, currency }: Offer): HTMLElement {
  const { delivery, warranty, payment, returns, subscription } = terms;
  const cash = (amount: number) => money(amount, currency);
  const fee = (amount: number, none = "") => (amount ? ` · ${cash(amount)}` : none);
  const within = (n: number, none: string) => (n ? fill(words.within, n) : none);
  const months = warranty.months ? fill(words.months, warranty.months) : words.none;
  return table([
    ...lines.map(({ title, quantity, unit_price, list_price, gift }): Row => {
      const count = quantity > 1 ? `${number(quantity)} × ` : "";
      const before = unit_price < list_price ? ` (${fill(words.wasPrice, cash(list_price))})` : "";
      return [title, gift ? words.free : count + cash(unit_price) + before, "good"];
    }),
    [words.discounts, totals.discounts > 0 && `−${cash(totals.discounts)}`],
    [
      words.delivery,
      fill(words.daysBetween, delivery.days_min, delivery.days_max) + fee(delivery.fee, ` · ${words.free}`),
    ],
    [words.warranty, months + fee(warranty.fee)],
    [words.payment, within(payment.days, words.onOrder) + fee(payment.fee)],
    [words.returns, within(returns.days, words.none) + fee(returns.fee)],
    [words.repeats, !!subscription && fill(words.every, subscription.every_months, subscription.commitment)],
    [
      `${tax.name} ${percent(tax.rate_bp / 100)}`,
      tax.treatment !== "exempt" && `${cash(tax.amount)} ${words.tax[tax.treatment]}`,
    ],
    [words.total, cash(totals.total), "total"],
  ]);
}

type Row = readonly [name: string, value: string | false | undefined, kind?: string];

/** Names and values; a row without a value is left out. */
export function table(rows: readonly Row[]): HTMLElement {
  return h(
    "dl",
    rows.map(([name, value, kind = "row"]) => value && h(`div.${kind}`, h("dt", name), h("dd", value))),
  );
}
