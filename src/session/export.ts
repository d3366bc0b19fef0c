import { z } from "zod";
import { BOUNDS } from "../domain/bounds.ts";
import { Receipt } from "../domain/erasure.ts";
import { Event } from "../domain/event.ts";
import { Intent } from "../domain/intents/index.ts";
import { Currency } from "../domain/money.ts";
import { OrderStatus } from "../domain/order.ts";
import { Call } from "../domain/question.ts";
import type { Store } from "../ports/store.ts";
import { StaffNote } from "../protocol/staff.ts";

/**
 * What is given out of a session, kind by kind. Two things are kept and not given: why the vendor decided as it did
 * (floors and costs are its own secret, and nothing about a person), and what only proves (hashes of the secret, salts). Nor is
 * what a session came to (ports/hindsight.ts): it is made of the rest, and holds of the first.
 */
export const EXPORTED = {
  session: z.strictObject({ id: z.string(), principal: z.string(), opened_at: z.iso.datetime() }),
  event: z.strictObject({ session: z.string(), seq: z.int().min(1), event: Event }),
  /** A turn: what was looked up for the message that is event `message`, and by which version of the vendor's files. */
  turn: z.strictObject({
    ...{ session: z.string(), message: z.int(), reply: z.int(), at: z.iso.datetime(), policy: z.string() },
    lookups: z.array(z.unknown()),
  }),
  /** A question that was put to a language model for the message that is event `message`. */
  call: z.strictObject({ session: z.string(), message: z.int(), call: Call }),
  /** What staff told the agent while it was talking with them. */
  note: z.strictObject({ session: z.string(), note: StaffNote }),
  order: z.strictObject({
    ...{ session: z.string(), id: z.string(), status: OrderStatus, total: z.int(), currency: Currency },
    /** As it was signed; of an erased session the money record that stayed. */
    intent: z.union([Intent, z.record(z.string(), z.unknown())]),
    jws: z.string().nullable(),
  }),
  /** That the session was erased. */
  erasure: z.strictObject({ receipt: Receipt, jws: z.string() }),
} satisfies Record<string, z.ZodType>;

export type Exported = {
  [K in keyof typeof EXPORTED]: { readonly kind: K; readonly value: z.infer<(typeof EXPORTED)[K]> };
}[keyof typeof EXPORTED];

/** Everything kept of a session, in order; nothing when there is none. Holds one page of its log at a time. */
export async function* exported(
  session: string,
  store: Store,
  receiptIn: (jws: string) => Promise<Receipt | null>,
): AsyncGenerator<Exported> {
  const record = await store.session(session);
  const jws = await store.receipt(session);
  const receipt = jws === null ? null : await receiptIn(jws);
  if (receipt && jws) yield { kind: "erasure", value: { receipt, jws } };
  if (record) {
    const { id, principal, opened_at } = record;
    yield { kind: "session", value: { id, principal, opened_at } };
  }
  if (record && !jws) yield* said(session, store);
  for (const { id, status, total, currency, jws: signed, payload } of await store.intentsOf(session)) {
    const intent = JSON.parse(payload) as Record<string, unknown>;
    yield { kind: "order", value: { session, id, status, total, currency, intent, jws: signed } };
  }
}

async function* said(session: string, store: Store): AsyncGenerator<Exported> {
  for (let after = 0; ; ) {
    const page = await store.read(session, after, BOUNDS.page_events);
    for (const { seq, json } of page)
      yield { kind: "event", value: { session, seq, event: JSON.parse(json) as Event } };
    after = page.at(-1)?.seq ?? after;
    if (page.length < BOUNDS.page_events) break;
  }
  for (const { message, reply, now: at, policy, lookups } of await store.turns(session))
    yield { kind: "turn", value: { session, message, reply, at, policy, lookups: [...lookups] } };
  for (const { message, call } of await store.calls(session))
    yield { kind: "call", value: { session, message, call } };
  for (const note of await store.notes(session)) yield { kind: "note", value: { session, note } };
}
