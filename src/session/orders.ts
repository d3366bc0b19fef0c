import type { Event, EventOf } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { approved, payloadOf, viewOf } from "../domain/intents/bind.ts";
import { Intent } from "../domain/intents/index.ts";
import { isOverdue, NEXT_STATUS, type OrderStatus } from "../domain/order.ts";
import type { IntentRecord, OutboxItem } from "../ports/store.ts";
import type { Gateway } from "./gateway.ts";
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
  return onOrder(gateway, id, async (order) => {
    if (order.record.status === answer.status) return order.record.status;
    mustBeInTime(order);
    mustFollow(order, answer.status);
    return change(order, answer.status, "system", answer.note, null);
  });
}

/** A person's yes binds and signs a pending order; a no releases its stock. */
export async function decideApproval(
  gateway: Gateway,
  id: string,
  decision: { verdict: "approve" | "decline"; note?: string | undefined },
): Promise<OrderStatus> {
  return onOrder(gateway, id, async (order) => {
    const to: OrderStatus = decision.verdict === "approve" ? "pending" : "declined";
    if (order.record.status === to) return to;
    mustBeInTime(order);
    mustFollow(order, to);
    if (to === "declined") return change(order, to, "operator", decision.note, null);
    const intent = approved(order.intent, order.at);
    const payload = payloadOf(intent);
    const jws = await gateway.house.signer.sign(payload);
    return change(order, to, "operator", decision.note, { intent, payload, jws });
  });
}

/** Ends an order that nobody answered in time; any other is left as it is. */
export async function expireOrder(gateway: Gateway, id: string): Promise<void> {
  await onOrder(gateway, id, async () => {});
}

/** An order as it stands in its session's turn. */
interface Ordered {
  readonly record: IntentRecord;
  readonly intent: Intent;
  readonly session: Session;
  readonly at: string;
}

/** Works on an order in its session's turn. One that is overdue has expired by then, whether it was swept or not. */
async function onOrder<T>(gateway: Gateway, id: string, work: (order: Ordered) => Promise<T>): Promise<T> {
  const session = await gateway.find((await recordOf(gateway, id)).session);
  return session.inTurn(async () => {
    const record = await recordOf(gateway, id);
    const intent = Intent.parse(JSON.parse(record.payload));
    const order = { record, intent, session, at: gateway.house.clock.now() };
    if (!isOverdue(record.status, intent.expires_at, order.at)) return work(order);
    const status = await change(order, "expired", "gateway", undefined, null);
    return work({ ...order, record: { ...record, status } });
  });
}

async function recordOf({ house }: Gateway, id: string): Promise<IntentRecord> {
  const record = await house.store.intent(id);
  if (!record) throw new Fault("unknown_order", `there is no order ${JSON.stringify(id.slice(0, 80))} here`);
  return record;
}

function mustBeInTime({ record, intent }: Ordered): void {
  if (record.status !== "expired") return;
  throw new Fault(
    "order_expired",
    `the order expired at ${intent.expires_at} and its goods are sold to others: do not carry it out; the buyer may order again`,
  );
}

function mustFollow({ record }: Ordered, to: OrderStatus): void {
  if (NEXT_STATUS[record.status].includes(to)) return;
  const next = NEXT_STATUS[record.status].join(", ") || "nothing";
  throw new Fault("order_status_conflict", `the order is ${record.status}; what may follow is ${next}`);
}

interface Signed {
  readonly intent: Intent;
  readonly payload: string;
  readonly jws: string;
}

async function change(
  { record, intent, session, at }: Ordered,
  to: OrderStatus,
  by: EventOf<"order">["by"],
  note: string | undefined,
  signed: Signed | null,
): Promise<OrderStatus> {
  const view = viewOf(signed?.intent ?? intent, to, signed?.jws ?? record.jws);
  const event: Event = { kind: "order", at, intent: view, by, ...(note ? { note } : {}) };
  const gives_back = GIVING_BACK.includes(to);
  const outcome = await session.append(
    {
      at,
      events: [event],
      statuses: [
        {
          ...{ intent: record.id, from: record.status, to, gives_back },
          ...(signed ? { jws: signed.jws, payload: signed.payload } : {}),
        },
      ],
      outbox: told(record, to, at, signed),
    },
    null,
  );
  if (outcome !== "appended")
    throw new Fault("order_status_conflict", "the order changed meanwhile; look at it again");
  return to;
}

const GIVING_BACK: readonly OrderStatus[] = ["rejected", "declined", "cancelled", "expired"];

/** What the vendor's system has to hear: what was signed, and the end of what it was told of and did not end itself. */
function told({ id, jws }: IntentRecord, to: OrderStatus, at: string, signed: Signed | null): Told[] {
  if (signed) {
    const body = JSON.stringify({ intent: signed.intent, jws: signed.jws });
    return [{ id, topic: "order.bound", body }];
  }
  if (to !== "expired" || jws === null) return [];
  return [{ id: `${id}.expired`, topic: "order.expired", body: JSON.stringify({ intent: id, at }) }];
}

type Told = Omit<OutboxItem, "attempts" | "due_at">;
