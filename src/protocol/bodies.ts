import { z } from "zod";
import { Message } from "../domain/event.ts";
import { OrderStatus } from "../domain/order.ts";
import { AckFrame, Decide, EventFrame, FaultCode, Hello } from "./frames.ts";

/** `POST /v1/sessions`: a hello for those who cannot hold a socket. */
export const Opening = Hello.omit({
  type: true,
  resume: true,
  key: true,
  session: true,
  role: true,
  stream: true,
});
export type Opening = z.infer<typeof Opening>;

/** `POST /v1/sessions/{id}/messages`: a message whose id is the `Idempotency-Key`. */
export const MessageBody = z
  .strictObject({ text: Message.shape.text, act: Message.shape.act, lang: Message.shape.lang })
  .refine((body) => (body.text === undefined) !== (body.act === undefined), "either text or act, not both");
export type MessageBody = z.infer<typeof MessageBody>;

/** The answer to a message: where it is in the log, and the events that followed from it. */
export const MessageResult = z.strictObject({ ack: AckFrame, events: z.array(EventFrame) });
export type MessageResult = z.infer<typeof MessageResult>;

/** `GET /v1/sessions/{id}/events`: events after `after`, and the number of the last one there is. */
export const EventPage = z.strictObject({
  epoch: z.string(),
  seq: z.int().min(0),
  events: z.array(EventFrame),
});
export type EventPage = z.infer<typeof EventPage>;

/** `POST /v1/orders/{intent}/decision`. */
export const DecisionBody = Decide.pick({ verdict: true, note: true });
export type DecisionBody = z.infer<typeof DecisionBody>;

/** Where an order stands after a status or a decision. */
export const OrderResult = z.strictObject({ intent: z.string(), status: OrderStatus });
export type OrderResult = z.infer<typeof OrderResult>;

/** A fault over HTTP: `application/problem+json` (RFC 9457). */
export const Problem = z.strictObject({
  type: z.string().startsWith("urn:parley:fault:"),
  title: z.string(),
  status: z.int(),
  code: FaultCode,
  detail: z.string(),
  retry: z.boolean(),
  about: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Problem = z.infer<typeof Problem>;
