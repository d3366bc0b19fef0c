import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Receipt } from "../domain/erasure.ts";
import { Message } from "../domain/event.ts";
import { Intent } from "../domain/intents/index.ts";
import { Amount } from "../domain/money.ts";
import { OrderStatus } from "../domain/order.ts";
import { hasOneContent, ONE_CONTENT } from "../domain/problems.ts";
import { AckFrame, Decide, EventFrame, FaultCode, Feedback, Hello } from "./frames.ts";

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

/** `POST /v1/tickets`: what lets a browser in once, soon. */
export const TicketResult = z.strictObject({ ticket: z.string(), expires_at: z.iso.datetime() });
export type TicketResult = z.infer<typeof TicketResult>;

/** `POST /v1/revocations`: turn a principal away on all nodes, or take it in again. */
export const RevocationBody = z.strictObject({
  principal: z.string().min(1).max(200),
  revoked: z.boolean().default(true),
});
export type RevocationBody = z.infer<typeof RevocationBody>;

/** `POST /v1/sessions/{id}/messages`: a message whose id is the `Idempotency-Key`. */
export const MessageBody = z
  .strictObject({ text: Message.shape.text, act: Message.shape.act, lang: Message.shape.lang })
  .refine(hasOneContent, ONE_CONTENT);
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

/** `POST /v1/sessions/{id}/feedback`: what the buyer thinks of reply `of`. */
export const FeedbackBody = Feedback.pick({ of: true, helpful: true, note: true });
export type FeedbackBody = z.infer<typeof FeedbackBody>;

/** `POST /v1/sessions/{id}/erase`: what proves it; the JWS is over the receipt's RFC 8785 text. */
export const ErasureResult = z.strictObject({ receipt: Receipt, jws: z.string() });
export type ErasureResult = z.infer<typeof ErasureResult>;

/** `POST /v1/orders/{intent}/decision`. */
export const DecisionBody = Decide.pick({ verdict: true, note: true, by: true });
export type DecisionBody = z.infer<typeof DecisionBody>;

/** Where an order stands after the vendor's system answered it. */
export const OrderResult = z.strictObject({ intent: z.string(), status: OrderStatus });
export type OrderResult = z.infer<typeof OrderResult>;

/** Where an order stands after a decision, and who decided first. */
export const Decided = OrderResult.extend({ decided_by: z.string() });
export type Decided = z.infer<typeof Decided>;

/** `POST /v1/approvals`: several decisions, each by itself. */
export const DecisionsBody = z.strictObject({
  decisions: z
    .array(DecisionBody.extend({ intent: Decide.shape.intent }))
    .min(1)
    .max(BOUNDS.decisions),
});
export type DecisionsBody = z.infer<typeof DecisionsBody>;

/** What became of each, in the order they were sent. */
export const DecisionsResult = z.strictObject({
  results: z.array(
    z.union([
      Decided,
      z.strictObject({
        intent: z.string(),
        fault: z.strictObject({ code: FaultCode, message: z.string(), retry: z.boolean() }),
      }),
    ]),
  ),
});
export type DecisionsResult = z.infer<typeof DecisionsResult>;

/**
 * An order that waits for a person: its whole intent, unsigned, and why it waits. `above_threshold`: its total is above
 * what code may sell alone, `above`. `no_threshold`: nothing is cleared in its currency. `policy_then`: the vendor's limits
 * would let it pass by now, and did not when it was accepted.
 */
export const Approval = z.strictObject({
  intent: Intent,
  waits: z.strictObject({
    why: z.enum(["above_threshold", "no_threshold", "policy_then"]),
    above: Amount.optional(),
  }),
});
export type Approval = z.infer<typeof Approval>;

/** `GET /v1/approvals?after=&limit=`: `next` is what to ask after for more, null at the end. */
export const ApprovalPage = z.strictObject({
  approvals: z.array(Approval),
  next: z.string().nullable(),
});
export type ApprovalPage = z.infer<typeof ApprovalPage>;

/** The query of that page. */
export const ApprovalQuery = z.strictObject({
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(BOUNDS.decisions).default(BOUNDS.decisions),
});

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
