import type { EventOf } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { approved, payloadOf, viewOf } from "../domain/intents/bind.ts";
import { Intent } from "../domain/intents/index.ts";
import { isOverdue, isUnanswered, NEXT_STATUS, type OrderStatus } from "../domain/order.ts";
import type { Notice } from "../ports/deliveries.ts";
import type { IntentRecord } from "../ports/store.ts";
import type { Decided, DecisionBody } from "../protocol/bodies.ts";
import { approvalLookup, approvalObstacle } from "../turn/approve.ts";
import type { Step } from "../turn.ts";
import type { Gateway } from "./gateway.ts";
import type { House } from "./house.ts";
import { lookUp } from "./looking-up.ts";
import { erased } from "./seen.ts";
import type { Session } from "./session.ts";

/** What the vendor's system says of an order becomes an event the buyer sees. The same answer twice changes nothing. */
export async function answerOrder(
  gateway: Gateway,
  id: string,
  answer: {
    status: Exclude<OrderStatus, "approval_pending" | "declined" | "pending" | "expired">;
    note?: string | undefined;
  },
): Promise<OrderStatus> {
  const record = await recordOf(gateway, id);
  if ((await gateway.house.store.receipt(record.session)) !== null)
    return answerErased(gateway, record, answer.status);
  return onOrder(gateway, id, async (order) => {
    if (order.record.status === answer.status) return order.record.status;
    mustBeInTime(order);
    mustFollow(order, answer.status);
    return change(order, { to: answer.status, by: "system", note: answer.note }, null);
  });
}

/**
 * A person's yes binds and signs a pending order, when nothing that the vendor has changed since stands against it; a no
 * releases its stock. The same decision again, by anybody, changes nothing. `principal` is whose right it was.
 */
export async function decideApproval(
  gateway: Gateway,
  id: string,
  decision: DecisionBody,
  principal: string,
): Promise<Decided> {
  const by = decision.by === undefined ? principal : `${principal}/${decision.by}`;
  return onOrder(gateway, id, async (order) => {
    const { record, intent, at } = order;
    const to: OrderStatus = decision.verdict === "approve" ? "pending" : "declined";
    const done = (status: OrderStatus, decided_by: string) => ({ intent: id, status, decided_by });
    if (record.decided_by !== undefined && stillStands(record.status, to)) {
      return done(record.status, record.decided_by);
    }
    mustBeInTime(order);
    mustFollow(order, to);
    if (to === "pending") mustStillBeMandated(order);
    const signed = to === "pending" ? await approvedNow(gateway.house, intent, at) : null;
    const status = await change(order, { to, by: "operator", note: decision.note, decided_by: by }, signed);
    return done(status, by);
  });
}

/** What a person lets an agent spend ends when it says so, also while an order waits. */
function mustStillBeMandated({ session, at }: Ordered): void {
  const { mandate } = session.state.party;
  if (!mandate || at < mandate.until) return;
  throw new Fault("mandate_exceeded", `the order's mandate ended at ${mandate.until}; decline the order`, {
    detail: { mandate: mandate.id },
  });
}

/** Whether an earlier decision is this one: it goes on standing while the order runs its course. */
function stillStands(status: OrderStatus, to: OrderStatus): boolean {
  return to === "pending" ? ["pending", "accepted", "executed"].includes(status) : status === to;
}

/** Days may have passed since it was accepted: what the vendor sells and for how much is asked once more. */
async function approvedNow(house: House, before: Intent, at: string): Promise<Signed> {
  const { signer, policy } = house;
  const found = await lookUp(house, approvalLookup(before), { session: before.session, now: at });
  const obstacle = approvalObstacle(before, found, policy());
  if (obstacle) throw new Fault(obstacle.code, obstacle.message);
  const intent = approved(before, at);
  const payload = payloadOf(intent);
  return { intent, payload, jws: await signer.sign(payload) };
}

/** Ends an order that nobody answered in time; any other is left as it is. */
export async function expireOrder(gateway: Gateway, id: string): Promise<void> {
  // Another node may have ended it by now: its session is not taken from anybody for that.
  if (!isUnanswered((await recordOf(gateway, id)).status)) return;
  await onOrder(gateway, id, async () => {});
}

/** An order as it stands in its session's turn. */
export interface Ordered {
  readonly record: IntentRecord;
  readonly intent: Intent;
  readonly session: Session;
  readonly at: string;
}

/**
 * Works on an order in its session's turn. One that is overdue has expired by then, whether it was swept or not. Where
 * another node took the session meanwhile, the work is done again by what that node left.
 */
export async function onOrder<T>(
  gateway: Gateway,
  id: string,
  work: (order: Ordered) => Promise<T>,
): Promise<T> {
  const { session: of } = await recordOf(gateway, id);
  if ((await gateway.house.store.receipt(of)) !== null) throw erased();
  const session = await gateway.find(of);
  return session.inTurn(async () => {
    const record = await recordOf(gateway, id);
    const intent = Intent.parse(JSON.parse(record.payload));
    const order = { record, intent, session, at: gateway.house.clock.now() };
    if (!isOverdue(record.status, intent.expires_at, order.at)) return work(order);
    const status = await change(order, { to: "expired", by: "gateway" }, null);
    return work({ ...order, record: { ...record, status } });
  });
}

async function recordOf({ house }: Gateway, id: string): Promise<IntentRecord> {
  const record = await house.store.intent(id);
  if (!record) throw new Fault("unknown_order", `there is no order ${JSON.stringify(id.slice(0, 80))} here`);
  return record;
}

export function mustBeInTime({ record, intent }: Ordered): void {
  if (record.status !== "expired") return;
  throw new Fault(
    "order_expired",
    `the order expired at ${intent.expires_at} and its goods are sold to others: do not carry it out; the buyer may order again`,
  );
}

/** The conversation was erased: the money record is all there is to change, and nobody is left to tell. */
async function answerErased({ house }: Gateway, record: IntentRecord, to: OrderStatus): Promise<OrderStatus> {
  const { id, session, status: from } = record;
  if (from === to) return from;
  mustFollow({ record }, to);
  const [head, term] = [await house.store.head(session), await house.store.claim(session)];
  const statuses = [{ intent: id, from, to, gives_back: GIVING_BACK.includes(to) }];
  const at = house.clock.now();
  const outcome =
    head && term
      ? await house.store.append({ session, term, after: head.seq, at, events: [], statuses })
      : "fenced";
  if (outcome === "appended") return to;
  throw new Fault("order_status_conflict", "the order changed meanwhile; look at it again");
}

export function mustFollow({ record }: Pick<Ordered, "record">, to: OrderStatus): void {
  if (NEXT_STATUS[record.status].includes(to)) return;
  const next = NEXT_STATUS[record.status].join(", ") || "nothing";
  throw new Fault("order_status_conflict", `the order is ${record.status}; what may follow is ${next}`);
}

interface Signed {
  readonly intent: Intent;
  readonly payload: string;
  readonly jws: string;
}

interface Change {
  readonly to: OrderStatus;
  readonly by: EventOf<"order">["by"];
  readonly note?: string | undefined;
  readonly decided_by?: string;
}

/** The step that changes an order, and tells of it. */
export function changeOf(
  { record, intent, at }: Ordered,
  { to, by, note, decided_by }: Change,
  signed: Signed | null,
): Step {
  const view = viewOf(signed?.intent ?? intent, to, signed?.jws ?? record.jws);
  return {
    at,
    events: [{ kind: "order", at, intent: view, by, ...(note ? { note } : {}) }],
    statuses: [
      {
        ...{ intent: record.id, from: record.status, to, gives_back: GIVING_BACK.includes(to) },
        ...(signed ? { jws: signed.jws, payload: signed.payload } : {}),
        ...(decided_by === undefined ? {} : { decided_by }),
      },
    ],
    outbox: told(record, to, at, signed),
  };
}

async function change(order: Ordered, what: Change, signed: Signed | null): Promise<OrderStatus> {
  if ((await order.session.append(changeOf(order, what, signed), null)) !== "appended")
    throw new Fault("order_status_conflict", "the order changed meanwhile; look at it again");
  return what.to;
}

const GIVING_BACK: readonly OrderStatus[] = ["rejected", "declined", "cancelled", "expired"];

/** What the vendor's system has to hear: what was signed, and the end of what it was told of and did not end itself. */
function told({ id, jws }: IntentRecord, to: OrderStatus, at: string, signed: Signed | null): Notice[] {
  if (signed) {
    const body = JSON.stringify({ intent: signed.intent, jws: signed.jws });
    return [{ id, topic: "order.bound", body }];
  }
  if (to !== "expired" || jws === null) return [];
  return [{ id: `${id}.expired`, topic: "order.expired", body: JSON.stringify({ intent: id, at }) }];
}
