import type { OrderStatus } from "../domain/order.ts";
import type { WrittenTemplates } from "./templates.ts";

export const EN_WRITTEN: WrittenTemplates = {
  line: (title, quantity, unit, list) =>
    `${quantity} × ${title}: ${unit}${quantity === "1" ? "" : " each"}${list === null ? "" : ` (list price ${list})`}`,
  gift: (title, quantity) => `${quantity} × ${title}: free gift`,
  discounts: (parts) => `Discounts: ${parts.join(", ")}`,
  discount: (kind, id, amount) => `${kind === "code" ? `code ${id}` : DISCOUNTS[kind]} −${amount}`,
  delivery: (label, min, max, fee) => `Delivery: ${label ? `${label}, ` : ""}${delivered(min, max)}, ${fee}`,
  warranty: (months, fee) =>
    months === 0 ? "Warranty: none" : `Warranty: ${count(months, "month")}, ${fee}`,
  payment: (days, fee) =>
    `Payment: ${days === 0 ? "when you order" : `due ${count(days, "day")} after delivery`}${fee ? `, ${fee}` : ""}`,
  returns: (days, fee) =>
    days === 0 ? "Returns: none" : `Returns: within ${count(days, "day")}${fee ? `, ${fee}` : ""}`,
  subscription: (months, times) =>
    `Subscription: every ${months === 1 ? "month" : count(months, "month")}, at least ${count(times, "order")}`,
  fee: (amount, list) => `${amount ?? "free"}${list === null ? "" : ` instead of ${list}`}`,
  included: "included",
  tax: (treatment, name, rate, amount) =>
    treatment === "exempt"
      ? `${name}: none due`
      : `${name} (${rate}%): ${amount}, ${treatment === "included" ? "included in the prices" : "added"}`,
  total: (amount) => `Total, all in: ${amount}`,
  expires: (month, day, time, local) =>
    `Valid until ${MONTHS[month - 1] ?? ""} ${day}, ${time} ${local ? "Korean time" : "UTC"}`,
  shipTo: (place) => `Deliver to: ${place}`,
  billTo: (payer) => `Bill to: ${payer}`,
  reference: (purchaseOrder) => `Your reference: ${purchaseOrder}`,
  markets: (places) => `We deliver to: ${places.join(", ")}.`,
  otherMarket: (place, currency) =>
    `Orders to ${place} are paid in ${currency}: start a new conversation in ${currency} for that.`,
  results: "Here is what I found:",
  comparison: "Side by side:",
  price: "Price",
  rating: "Rating",
  stockRow: "Stock",
  stock: (units) => (units === 0 ? "out of stock" : units <= 5 ? `only ${units} left` : "in stock"),
  order: (id, total, subscription) =>
    `Thank you! Your ${subscription ? "subscription" : "order"} ${id} is placed. Total, all in: ${total}.`,
  pending: (id, total) => `Thank you! Your order ${id} over ${total} is waiting for a person's approval.`,
  cancelled: (id) => `Your order ${id} is cancelled.`,
  status: (id, status, total) => `Order ${id} (${total}): ${STATUS[status]}`,
  next: "The shop has it now, and I'll tell you here as soon as it is confirmed.",
  pendingNext: "Nothing is binding until then, and we can go on talking meanwhile.",
  notUnderstood: (phrase) => `I couldn't make out ${phrase}.`,
  soughtFor: (phrase) => `I looked for ${phrase}.`,
  heard: (phrase) => `You said ${phrase}.`,
  concerns: (names, said) => `${said} That is about: ${names.join("; ")}.`,
  taken: (number, label) => (number === null ? `All right: ${label}.` : `Number ${number} it is: ${label}.`),
  choices: "You could mean:",
  contact: (email, hours) => `You reach them at ${email} (${hours}); meanwhile I am glad to go on.`,
  sells: (kinds) => `We sell ${kinds}.`,
  canAsk: "You can ask for a product, about prices, delivery or returns, or name a price of your own.",
  help: [
    'find a product: "a light laptop for travelling"',
    'ask about it: "how heavy is the first one?"',
    'compare: "compare the first and the second"',
    'bargain: "can you do better if I take two?"',
    'order: "I\'ll take it"',
    'talk to a person: "I\'d like to speak to someone"',
  ],
};

const DISCOUNTS = {
  tier: "quantity discount",
  bundle: "bundle discount",
  subscription: "subscription discount",
} as const;

const STATUS: Readonly<Record<OrderStatus, string>> = {
  approval_pending: "waiting for a person's approval",
  declined: "not approved",
  pending: "placed, waiting for the shop to confirm",
  accepted: "confirmed by the shop",
  executed: "carried out",
  rejected: "refused by the shop",
  cancelled: "cancelled",
  expired: "expired, as it was not confirmed in time",
};

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function delivered(min: number, max: number): string {
  if (max === 0) return "the same day";
  return min === max ? `in ${count(max, "day")}` : `in ${min}–${count(max, "day")}`;
}
