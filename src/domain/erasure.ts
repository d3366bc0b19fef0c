import { z } from "zod";
import { canonical } from "./hash.ts";
import type { Intent } from "./intents/index.ts";
import { Currency } from "./money.ts";
import { OrderStatus } from "./order.ts";

/** The kind of JWS that proves an erasure. */
export const ERASURE_TYP = "parley-erasure+jws";

/**
 * What is proven of an erasure: names no person. `head` is the log's last event before it, whose chain still stands over
 * every erased text, so that nothing can be added to it or taken away unseen. `orders` are the money records that stay.
 */
export const Receipt = z.strictObject({
  v: z.literal(1),
  kind: z.literal("erasure"),
  session: z.string(),
  /** Who it was, from here on: the same for all sessions of one principal, and for nobody to turn back without the key. */
  pseudonym: z.string(),
  at: z.iso.datetime(),
  /** Because somebody asked, or because the days that the vendor keeps conversations were over. */
  why: z.enum(["asked", "retention"]),
  head: z.strictObject({ seq: z.int().min(1), chain: z.string().nullable() }),
  orders: z.array(
    z.strictObject({ id: z.string(), status: OrderStatus, total: z.int(), currency: Currency }),
  ),
});
export type Receipt = z.infer<typeof Receipt>;

/**
 * What a ledger needs of an order, as canonical JSON: numbers, dates, goods, tax and the country and region they were
 * taxed in. Name, street, payer and the buyer's own reference are gone.
 */
export function keptOf(intent: Intent, pseudonym: string): string {
  const { ship_to, payer: _, purchase_order: __, buyer, ...money } = intent;
  const { country, region } = ship_to;
  return canonical({
    ...money,
    buyer: { ...buyer, principal: pseudonym },
    ship_to: { country, ...(region === undefined ? {} : { region }) },
    erased: true,
  });
}
