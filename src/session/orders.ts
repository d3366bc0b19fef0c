import type { Event } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { approved, payloadOf, viewOf } from "../domain/intents/bind.ts";
import { Intent } from "../domain/intents/index.ts";
import { NEXT_STATUS, type OrderStatus } from "../domain/order.ts";
import type { IntentRecord } from "../ports/store.ts";
import type { Gateway } from "./gateway.ts";
import type { Session } from "./session.ts";

/** What the vendor's system says of an order becomes an event the buyer sees. The same answer twice changes nothing. */
export async function answerOrder(
  gateway: Gateway,
  id: string,
  answer: {
    status: Exclude<OrderStatus, "approval_pending" | "declined" | "pending">;
    note?: string | undefined;
  },
): Promise<OrderStatus> {
  const { session } = await orderOf(gateway, id);
  return session.inTurn(async () => {
    const { record } = await orderOf(gateway, id);
    if (record.status === answer.status) return record.status;
    mustFollow(record, answer.status);
    return change(gateway, session, record, answer.status, "system", answer.note, null);
  });
}

/** A person's yes binds and signs a pending order; a no releases its stock. */
export async function decideApproval(
  gateway: Gateway,
  id: string,
  decision: { verdict: "approve" | "decline"; note?: string | undefined },
): Promise<OrderStatus> {
  const { session } = await orderOf(gateway, id);
  return session.inTurn(async () => {
    const { record } = await orderOf(gateway, id);
    const to: OrderStatus = decision.verdict === "approve" ? "pending" : "declined";
    if (record.status === to) return to;
    mustFollow(record, to);
    if (to === "declined") return change(gateway, session, record, to, "operator", decision.note, null);
    const at = gateway.house.clock.now();
    const intent = approved(Intent.parse(JSON.parse(record.payload)), at);
    if (intent.expires_at <= at) {
      throw new Fault(
        "approval_expired",
        "this order waited too long; decline it and let the buyer ask again",
      );
    }
    const payload = payloadOf(intent);
    return change(gateway, session, record, to, "operator", decision.note, {
      intent,
      payload,
      jws: await gateway.house.signer.sign(payload),
    });
  });
}

async function orderOf(gateway: Gateway, id: string): Promise<{ record: IntentRecord; session: Session }> {
  const record = await gateway.house.store.intent(id);
  if (!record) throw new Fault("unknown_order", `there is no order ${JSON.stringify(id.slice(0, 80))} here`);
  return { record, session: await gateway.find(record.session) };
}

function mustFollow(record: IntentRecord, to: OrderStatus): void {
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
  gateway: Gateway,
  session: Session,
  record: IntentRecord,
  to: OrderStatus,
  by: "system" | "operator",
  note: string | undefined,
  signed: Signed | null,
): Promise<OrderStatus> {
  const at = gateway.house.clock.now();
  const intent = signed?.intent ?? Intent.parse(JSON.parse(record.payload));
  const view = viewOf(intent, to, signed?.jws ?? record.jws);
  const event: Event = { kind: "order", at, intent: view, by, ...(note ? { note } : {}) };
  const gives_back = to === "rejected" || to === "declined" || to === "cancelled";
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
      outbox: signed
        ? [
            {
              id: record.id,
              topic: "order.bound",
              body: JSON.stringify({ intent: signed.intent, jws: signed.jws }),
            },
          ]
        : [],
    },
    null,
  );
  if (outcome !== "appended")
    throw new Fault("order_status_conflict", "the order changed meanwhile; look at it again");
  return to;
}
