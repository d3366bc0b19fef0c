import type { Offer } from "../domain/offer.ts";
import { initial, type State } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { Situation } from "../understanding/act-features.ts";

export const NOW = "2026-01-01T00:00:00.000Z";
/** Numbers and prices only: what is sold is kept out of the features. */
const QUANTITIES = [1, 2, 5, 10];
const PRICES = [3_900, 15_900, 30_900, 89_900];

const THINGS: Readonly<Record<Lang, readonly string[]>> = {
  en: ["chair", "lamp", "printer", "laptop", "desk", "monitor"],
  ko: ["의자", "스탠드", "프린터", "노트북", "책상", "모니터"],
};

/** `{unit}`, `{total}`, `{count}`, `{less}`, `{more}` and `{thing}` of a message, as they stand in its talk. */
export function filledIn(text: string, { standings }: State): string {
  const offer = standings[0]?.offer;
  const line = offer?.lines[0];
  if (!offer || !line) return text;
  const money = (amount: number) =>
    offer.currency === "KRW" ? amount.toLocaleString("en") : String(amount / 100);
  const values: Readonly<Record<string, string>> = {
    unit: money(line.unit_price),
    total: money(offer.totals.total),
    count: String(line.quantity),
    less: money(Math.round(line.unit_price * 0.0085) * 100),
    more: money(Math.round(line.unit_price * 0.0115) * 100),
    thing: line.title,
  };
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A talk that stands in a situation; `n` varies what is on the table. */
export function situations(vendor: Vendor): (lang: Lang, situation: Situation, n: number) => State {
  return (lang, situation, n) => {
    const currency =
      vendor.markets.find(({ country }) => country === (lang === "ko" ? "KR" : "US"))?.currency ?? "USD";
    const ship_to = vendor.default_ship_to[currency] ?? { country: "US" };
    const party = { principal: "p", kind: "person" as const, tier: "anonymous" as const };
    const base = initial(
      { kind: "opened", at: NOW, lang, currency, channel: "chat", party, ship_to, rounds: vendor.rounds },
      1,
    );
    const quantity = QUANTITIES[n % QUANTITIES.length] as number;
    const unit = (PRICES[n % PRICES.length] as number) * (currency === "KRW" ? 10 : 1);
    const title = THINGS[lang][n % THINGS[lang].length] as string;
    const offer = offerOf(currency, ship_to, { title, quantity, unit_price: unit });
    const offered: Partial<State> = {
      round: 1,
      standings: [{ offer, status: "live", seq: 4, heard: true }],
      focus: [{ sku: "X", price: unit }],
      that: "X",
    };
    const others: Readonly<Record<Situation, Partial<State>>> = {
      start: {},
      shown: {
        focus: [
          { sku: "X", price: unit },
          { sku: "Y", price: unit * 2 },
        ],
      },
      offer: offered,
      readback: { ...offered, ask: "confirm", readback: { offer: offer.id, hash: offer.hash } },
      address: { ...offered, ask: n % 3 === 0 ? "payer" : "ship_to" },
      ordered: {
        intents: [
          {
            id: "or_1",
            kind: "order",
            offer: "of_0",
            status: "accepted",
            total: unit * quantity,
            currency,
          } as State["intents"][number],
        ],
      },
    };
    return { ...base, seq: 4, replied: 4, ...others[situation] };
  };
}

function offerOf(
  currency: string,
  ship_to: Offer["ship_to"],
  line: { readonly title: string; readonly quantity: number; readonly unit_price: number },
): Offer {
  const goods = line.quantity * line.unit_price;
  return {
    ...{ id: "of_1", revision: 1, supersedes: null, currency, final: false, hash: "hash", ship_to },
    lines: [{ ...line, sku: "X", list_price: line.unit_price, version: "1" }],
    terms: {
      delivery: { id: "standard", fee: 0, list_fee: 0, days_min: 2, days_max: 5 },
      warranty: { id: "warranty", fee: 0, list_fee: 0, months: 12 },
      payment: { id: "prepaid", fee: 0, list_fee: 0, days: 0 },
      returns: { id: "returns", fee: 0, list_fee: 0, days: 14 },
      subscription: null,
    },
    discounts: [],
    tax: { treatment: "included", name: "Tax", rate_bp: 0, amount: 0 },
    totals: { goods, discounts: 0, fees: 0, tax: 0, total: goods },
    negotiable: ["price", "quantity"],
    expires_at: "2026-01-01T01:00:00.000Z",
  };
}
