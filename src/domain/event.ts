import { z } from "zod";
import { Act, Reading } from "./act.ts";
import { BOUNDS } from "./bounds.ts";
import { HandoffTo, HandoffWhy, STAFF_NAME } from "./handoff.ts";
import { Currency } from "./money.ts";
import { ShipTo } from "./order.ts";
import { Channel, Party } from "./party.ts";
import { hasOneContent, ONE_CONTENT } from "./problems.ts";
import { IntentView, Move, Words } from "./reply.ts";
import { Staffed } from "./shift.ts";
import { Lang } from "./text.ts";

const at = z.iso.datetime();

/** What a counterpart sends: words or a typed act. `id` is the client's own and makes the message idempotent. */
export const Message = z
  .strictObject({
    id: z.string().min(1).max(BOUNDS.id_chars),
    text: z.string().min(1).max(BOUNDS.text_chars).optional(),
    act: Act.optional(),
    lang: Lang.optional(),
  })
  .refine(hasOneContent, ONE_CONTENT);
export type Message = z.infer<typeof Message>;

/**
 * The public log of a session: append-only, numbered from 1 without gaps. State is a fold of it (state.ts).
 */
export const Event = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("opened"),
    at,
    lang: Lang,
    currency: Currency,
    channel: Channel,
    party: Party,
    ship_to: ShipTo,
    /** Bargaining rounds this session may take. */
    rounds: z.int().min(1),
  }),
  /** A counterpart's message and what it was understood as (the same act again when it came typed). */
  z.strictObject({ kind: z.literal("message"), at, message: Message, reading: Reading }),
  /** The vendor's answer. `words` is absent while they are still being made: a `words` event then follows. */
  z.strictObject({
    kind: z.literal("reply"),
    at,
    re: z.int().min(1),
    /** A person of the vendor's made this offer out of an order; else the agent decided it. */
    by: z.literal("operator").optional(),
    /** Whoever made it may approve orders, and has approved this very offer: an accept of it waits for nobody. */
    approved: z.literal(true).optional(),
    move: Move,
    words: Words.optional(),
  }),
  z.strictObject({
    kind: z.literal("words"),
    at,
    of: z.int().min(1),
    words: Words,
    interrupted: z.boolean(),
    /** What was heard of them is not known here, since another gateway was saying them: deltas that came were said. */
    lost: z.literal(true).optional(),
  }),
  /** The counterpart cut the reply `of` off; it heard the first `heard` characters. */
  z.strictObject({ kind: z.literal("interrupted"), at, of: z.int().min(1), heard: z.int().min(0) }),
  /** An order changed: the vendor's system answered, staff decided, the buyer cancelled, or it expired (`gateway`). */
  z.strictObject({
    kind: z.literal("order"),
    at,
    intent: IntentView,
    by: z.enum(["system", "operator", "buyer", "gateway"]),
    note: z.string().max(400).optional(),
  }),
  /** Who answers from here on, and why; `words` say so to people. `name` is the person's. */
  z.strictObject({
    kind: z.literal("handoff"),
    at,
    to: HandoffTo,
    why: HandoffWhy,
    by: z.enum(["buyer", "agent", "operator", "gateway"]),
    name: STAFF_NAME.optional(),
    /** With `callback`: by the vendor's hours, when people are there. */
    staffed: Staffed.optional(),
    words: Words,
  }),
  /** What a person of the vendor's says, in answer to event `of` where it names one; `id` is that person's own. */
  z.strictObject({
    kind: z.literal("said"),
    at,
    by: z.literal("operator"),
    name: STAFF_NAME,
    id: z.string().min(1).max(BOUNDS.id_chars),
    text: z.string().min(1).max(BOUNDS.text_chars),
    of: z.int().min(1).optional(),
  }),
  /** What the counterpart thinks of reply `of`; a later word on it counts. */
  z.strictObject({
    kind: z.literal("feedback"),
    at,
    of: z.int().min(1),
    helpful: z.boolean(),
    note: z.string().max(BOUNDS.note_chars).optional(),
  }),
  z.strictObject({ kind: z.literal("closed"), at, reason: z.enum(["left", "idle", "operator"]) }),
]);
export type Event = z.infer<typeof Event>;
export type EventOf<K extends Event["kind"]> = Extract<Event, { kind: K }>;

/** An event with its place in the log. */
export interface Numbered {
  readonly seq: number;
  readonly event: Event;
}
