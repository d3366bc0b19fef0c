import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Event, Message } from "../domain/event.ts";
import { type FaultCode as Code, FAULTS } from "../domain/fault.ts";
import { Currency } from "../domain/money.ts";
import { OrderStatus, ShipTo } from "../domain/order.ts";
import { Channel, Role } from "../domain/party.ts";
import { hasOneContent, ONE_CONTENT } from "../domain/problems.ts";
import { Lang, Localized } from "../domain/text.ts";

/** The WebSocket subprotocol. */
export const SUBPROTOCOL = "parley.v1";
/** Before a ticket that a browser offers as one more subprotocol. */
export const TICKET_PROTOCOL = "parley.ticket.";

/** One of the codes of the table in domain/fault.ts. */
export const FaultCode = z.enum(Object.keys(FAULTS) as [Code, ...Code[]]);
export type FaultCode = z.infer<typeof FaultCode>;

const clientId = z.string().min(1).max(BOUNDS.id_chars);
const seq = z.int().min(0);

/** Proof of an earlier session: who holds the secret may go on with it. */
export const Resume = z.strictObject({
  session: z.string().max(80),
  secret: z.string().max(200),
  epoch: z.string().max(80),
  /** The last event the client has. */
  seq,
});
export type Resume = z.infer<typeof Resume>;

/** First frame on a connection, and again to open another session on it after `bye`. */
export const Hello = z.strictObject({
  type: z.literal("hello"),
  role: Role.default("buyer"),
  lang: Lang.default("en"),
  channel: Channel.default("agent"),
  /** Person or machine, as it says itself; it changes no limit of the vendor's unless its policy says so. */
  kind: z.enum(["machine", "person"]).default("machine"),
  /** The session's currency; the vendor's first market decides when absent. */
  currency: Currency.optional(),
  ship_to: ShipTo.optional(),
  /** Words of a reply as `delta` frames while they are made. */
  stream: z.boolean().default(false),
  /** API key, access token or ticket of a buyer, or token of staff, when it could not be sent as `Authorization: Bearer`. */
  key: z.string().max(BOUNDS.token_chars).optional(),
  /** An AP2 open payment mandate with its key binding: what a person lets this buyer spend here. */
  mandate: z.string().max(BOUNDS.mandate_chars).optional(),
  resume: Resume.optional(),
  /** Staff: the session to watch. */
  session: z.string().max(80).optional(),
});
export type Hello = z.infer<typeof Hello>;

const Say = z.strictObject({ type: z.literal("say"), ...messageShape() }).refine(hasOneContent, ONE_CONTENT);

function messageShape() {
  return {
    id: clientId,
    text: Message.shape.text,
    act: Message.shape.act,
    lang: Message.shape.lang,
  };
}

/** Stops the words of the reply being streamed, and tells how much of a finished one was heard (barge-in). */
export const Cancel = z.strictObject({
  type: z.literal("cancel"),
  id: clientId,
  /** The event cut off; the latest reply when absent. */
  of: seq.optional(),
  /** Characters of `speech` or `text` that the person heard; what is more than was said counts as all of it. */
  heard: z.int().min(0).default(0),
});
export type Cancel = z.infer<typeof Cancel>;

/** Staff: decide a pending approval. */
export const Decide = z.strictObject({
  type: z.literal("decide"),
  id: clientId,
  intent: z.string().max(80),
  verdict: z.enum(["approve", "decline"]),
  /** For the buyer to read. */
  note: z.string().max(400).optional(),
  /** Who decides, as the vendor calls them: recorded with the order on the word of whoever holds the token. */
  by: z.string().min(1).max(120).optional(),
});
export type Decide = z.infer<typeof Decide>;

/** What the buyer thinks of reply `of`; a later word on it counts. */
export const Feedback = z.strictObject({
  type: z.literal("feedback"),
  id: clientId,
  of: z.int().min(1),
  helpful: z.boolean(),
  note: z.string().max(BOUNDS.note_chars).optional(),
});
export type Feedback = z.infer<typeof Feedback>;

/** A fresh access token of the same holder, before the one that is shown ends. */
export const Renew = z.strictObject({
  type: z.literal("renew"),
  id: clientId,
  key: z.string().max(BOUNDS.token_chars),
});
export type Renew = z.infer<typeof Renew>;

/** What a client may send. */
export const ClientFrame = z.discriminatedUnion("type", [
  Hello,
  Say,
  Cancel,
  Decide,
  Renew,
  Feedback,
  /** Keeps the connection known to be alive where the client cannot send WebSocket pings (browsers). */
  z.strictObject({ type: z.literal("ping"), id: clientId.optional() }),
  /** Ends work with this session on this connection; the session itself stays open and may be resumed. */
  z.strictObject({ type: z.literal("bye") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/** The bounds a client has to know. */
export const Bounds = z.strictObject({
  frame_bytes: z.int(),
  text_chars: z.int(),
  offers: z.int(),
  lines: z.int(),
  queued: z.int(),
  unanswered_orders: z.int(),
  messages_per_minute: z.int(),
  heartbeat_ms: z.int(),
  rounds: z.int(),
});
export type Bounds = z.infer<typeof Bounds>;

export const Welcome = z.strictObject({
  type: z.literal("welcome"),
  session: z.string(),
  epoch: z.string(),
  /** The last event there is; after a resume, events up to it follow at once. */
  seq,
  /** Only when the session was just opened: keep it, it is not told again. */
  secret: z.string().optional(),
  resumed: z.boolean(),
  lang: Lang,
  currency: Currency,
  vendor: z.strictObject({
    id: z.string(),
    name: Localized,
    languages: z.array(Lang),
    currencies: z.array(Currency),
  }),
  bounds: Bounds,
});
export type Welcome = z.infer<typeof Welcome>;

/** The log, one event a frame; `seq` has no gaps. */
export const EventFrame = z.strictObject({ type: z.literal("event"), seq: z.int().min(1), event: Event });
export type EventFrame = z.infer<typeof EventFrame>;

/** The message `id` is on disk as event `seq`, which is not sent again to the connection it came from. */
export const AckFrame = z.strictObject({
  type: z.literal("ack"),
  id: clientId,
  seq: z.int().min(1),
  duplicate: z.boolean().optional(),
});
export type AckFrame = z.infer<typeof AckFrame>;

/** What the gateway may send to anybody. */
export const ServerFrame = z.discriminatedUnion("type", [
  Welcome,
  EventFrame,
  AckFrame,
  /** A piece of the words of the reply to event `re`; ephemeral, superseded by the `words` event. */
  z.strictObject({ type: z.literal("delta"), re: z.int().min(1), n: z.int().min(0), text: z.string() }),
  /** On a voice channel: something to say while the answer to message `id` is being made. Ephemeral. */
  z.strictObject({ type: z.literal("filler"), id: clientId, speech: z.string() }),
  z.strictObject({
    type: z.literal("fault"),
    /** The client's id of the message it answers, when that could be read. */
    id: z.string().optional(),
    code: FaultCode,
    message: z.string(),
    retry: z.boolean(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
  /** A resume was not possible: why, and the log as far as it is kept, to start again from. */
  z.strictObject({
    type: z.literal("resume_failed"),
    reason: z.enum(["epoch_changed", "seq_unknown"]),
    session: z.string(),
    epoch: z.string(),
    seq,
  }),
  /** The gateway is going away: come back after this long, with resume. */
  z.strictObject({ type: z.literal("reconnect"), after_ms: z.int().min(0) }),
  z.strictObject({ type: z.literal("pong"), id: clientId.optional() }),
  /** The fresh token `id` is taken; the connection stands until it ends. */
  z.strictObject({ type: z.literal("renewed"), id: clientId, until: z.iso.datetime() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/** The vendor's system's answer to an intent, by POST. */
export const OrderAnswer = z.strictObject({
  status: OrderStatus.extract(["accepted", "executed", "rejected", "cancelled"]),
  note: z.string().max(400).optional(),
});
export type OrderAnswer = z.infer<typeof OrderAnswer>;
