import { z } from "zod";

/**
 * The part of an address that prices depend on. `country` is ISO 3166-1 alpha-2, `region` a state or province by code
 * or name ("CA", "California", "Seoul"), `zone` the vendor's own name for a delivery area ("jeju").
 */
export const ShipTo = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, "two capital letters, as in US or KR"),
  region: z.string().max(60).optional(),
  postal_code: z.string().max(20).optional(),
});
export type ShipTo = z.infer<typeof ShipTo>;

/** A full delivery address; its first three fields decide fees and tax. */
export const Address = ShipTo.extend({
  name: z.string().min(1).max(200),
  lines: z.array(z.string().min(1).max(300)).min(1).max(4),
  city: z.string().max(120).optional(),
  phone: z.string().max(40).optional(),
});
export type Address = z.infer<typeof Address>;

/**
 * Whether goods can be sent there: the United States and Korea need city and postal code, the city in Korean lines as well
 * as in a field of its own. Elsewhere addresses differ too much to tell.
 */
export function isComplete({ country, lines, city, postal_code }: Address): boolean {
  if (country !== "US" && country !== "KR") return true;
  const named = (city ?? "").trim() !== "" || (country === "KR" && lines.some((line) => KR_CITY.test(line)));
  return named && POSTAL[country].test(postal_code ?? "");
}

const POSTAL = { US: /^\d{5}(?:-?\d{4})?$/, KR: /^\d{5}$/ } as const;
const KR_CITY =
  /(?:^|[\s,])(?:서울|부산|대구|인천|광주|대전|울산|세종|제주|[가-힣]{1,8}(?:시|군|구))(?=[\s,]|$)/;

/** Who pays: a person or company, with how to reach them. */
export const Payer = z.strictObject({
  name: z.string().min(1).max(200),
  email: z.email().max(254).optional(),
  tax_id: z.string().max(60).optional(),
});
export type Payer = z.infer<typeof Payer>;

/** What an order needs besides the offer. `purchase_order` is the buyer's own reference. */
export const OrderDetails = z.strictObject({
  ship_to: Address,
  payer: Payer,
  purchase_order: z.string().min(1).max(120).optional(),
});
export type OrderDetails = z.infer<typeof OrderDetails>;

/** What has been told so far; an accept needs all of it. */
export const PartialDetails = OrderDetails.partial();
export type PartialDetails = z.infer<typeof PartialDetails>;

/**
 * `pending`: bound here, not yet answered by the vendor's system. `expired`: nobody answered or approved it before its
 * intent's `expires_at`.
 */
export const OrderStatus = z.enum([
  "approval_pending",
  "declined",
  "pending",
  "accepted",
  "executed",
  "rejected",
  "cancelled",
  "expired",
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** What may follow which; anything else is a conflict. A repeated answer is no conflict. */
export const NEXT_STATUS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  approval_pending: ["pending", "declined", "cancelled", "expired"],
  declined: [],
  pending: ["accepted", "executed", "rejected", "cancelled", "expired"],
  accepted: ["executed", "rejected", "cancelled"],
  executed: [],
  rejected: [],
  cancelled: [],
  expired: [],
};

/** Whether an order still waits for the vendor's system or for a person. */
export function isUnanswered(status: OrderStatus): boolean {
  return NEXT_STATUS[status].includes("expired");
}

/** Whether an order has waited too long for an answer: from `expires_at` on, to the millisecond. */
export function isOverdue(status: OrderStatus, expires_at: string, now: string): boolean {
  return isUnanswered(status) && Date.parse(expires_at) <= Date.parse(now);
}
