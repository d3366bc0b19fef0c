import { z } from "zod";
import { Intent } from "../domain/intents/index.ts";

const timestamp = z.iso.datetime();

/**
 * What the vendor's system is told of an order, by webhook or from a stream: a payload of Standard Webhooks, whose
 * `timestamp` is when it happened. In `order.cancelled` and `order.expired` the `intent` is the id of an order bound before.
 */
export const OrderNotice = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("order.bound"),
    timestamp,
    data: z.strictObject({ intent: Intent, jws: z.string() }),
  }),
  z.strictObject({
    type: z.enum(["order.cancelled", "order.expired"]),
    timestamp,
    data: z.strictObject({ intent: z.string(), at: z.iso.datetime() }),
  }),
]);
export type OrderNotice = z.infer<typeof OrderNotice>;
