import type { OrderStatus } from "../domain/order.ts";
import { spokenNumber } from "./spoken.ts";
import type { SpokenTemplates } from "./templates.ts";

export const EN_SPOKEN: SpokenTemplates = {
  thing: "item",
  item: (title, quantity) => `${words(quantity)} ${title}`,
  more: (items, others) => `${items} and ${count(others, "more item")}`,
  delivery: (min, max) => {
    if (max === 0) return "delivered the same day";
    return `delivered in ${min === max ? "" : `${words(min)} to `}${count(max, "day")}`;
  },
  warranty: (months) => (months === 0 ? "no warranty" : `${words(months)} months of warranty`),
  units: (n) => words(n),
  payment: (days) => (days === 0 ? "paid when you order" : `payment after ${count(days, "day")}`),
  returns: (days) => (days === 0 ? "no returns" : `${count(days, "day")} for returns`),
  subscription: (months) => (months === 1 ? "every month" : `every ${words(months)} months`),
  single: "just once",
  offer: (items, extras, total) => `How about ${[items, ...extras].join(", ")}, all in for ${total}?`,
  stated: (items, extras, total) => `The offer is ${[items, ...extras].join(", ")}, all in for ${total}.`,
  final: (items, extras, total) =>
    `My final offer is ${[items, ...extras].join(", ")}, all in for ${total}. Would you like it?`,
  packages: (options) =>
    options.map(({ what, total }, i) => `${ORDINALS[i]}, ${what ? `${what}, ` : ""}${total}.`).join(" "),
  readback: (items, extras, total) => `That is ${[items, ...extras].join(", ")}, all in for ${total}.`,
  results: (titles, from, near) =>
    `${near ? "No exact match, but I have" : "I found"} ${series(titles, "and")}${titles.length > 1 ? ", from" : " at"} ${from}.`,
  comparison: (products) =>
    `${series(
      products.map((p) => `${p.title} costs ${p.price}`),
      "and",
    )}.`,
  choices: (titles) => `Do you mean ${series(titles, "or")}?`,
  order: (total) => `Thank you, your order is placed, all in for ${total}.`,
  pending: (total) => `Thank you, a person will look at your order over ${total}.`,
  status: (status, total, latest) =>
    `Your ${latest ? "latest " : ""}order is ${STATUS[status]}, all in for ${total}.`,
  cancelled: "Your order is cancelled.",
  sells: (kinds, more) => `We sell ${kinds}${more ? " and more" : ""}.`,
  help: "You can search, ask about products, compare them, bargain over the price and order.",
  handoff: "I've noted for our team that you would like a person. Meanwhile, we can go on.",
  symbols: { percent: "percent", and: "and", plus: "plus", inch: "inch", by: "by" },
};

const ORDINALS = ["First", "Second", "Third"];

const STATUS: Readonly<Record<OrderStatus, string>> = {
  approval_pending: "waiting for a person's approval",
  declined: "not approved",
  pending: "placed and waiting to be confirmed",
  accepted: "confirmed",
  executed: "done",
  rejected: "refused by the shop",
  cancelled: "cancelled",
  expired: "no longer valid, as it was not confirmed in time",
};

function words(n: number): string {
  return spokenNumber(n, "en");
}

function count(n: number, noun: string): string {
  return `${words(n)} ${noun}${n === 1 ? "" : "s"}`;
}

function series(items: readonly string[], joint: string): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${joint} ${items.at(-1)}`;
}
