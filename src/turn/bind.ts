import type { Decision } from "../domain/decision.ts";
import type { Event } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import { intentOf, payloadOf, viewOf } from "../domain/intents/bind.ts";
import type { Intent } from "../domain/intents/index.ts";
import type { Limits } from "../domain/limits.ts";
import type { IntentView } from "../domain/reply.ts";
import type { State } from "../domain/state.ts";
import type { Vendor } from "../domain/vendor.ts";
import type { IntentRecord, StatusChange } from "../ports/store.ts";

interface BindContext {
  readonly session: string;
  readonly state: State;
  readonly at: string;
  readonly vendor: Vendor;
  readonly limits: Limits;
}

/** An intent that is due, as the bytes to sign; `sign` is false while a person has to approve it first. */
export interface Due {
  readonly intent: Intent;
  readonly payload: string;
  readonly sign: boolean;
}

/** The intent that a decision binds, if it binds. */
export function dueFor({ binding }: Decision, context: BindContext): Due | null {
  if (!binding) return null;
  const { session, state, at, limits, vendor } = context;
  const intent = intentOf(binding, state, vendor, {
    session,
    seq: state.seq + 2,
    at,
    policy: limits.version,
  });
  return { intent, payload: payloadOf(intent), sign: !binding.needs_approval };
}

/** What is stored with a decision: the signed intent, stock and budgets taken, orders cancelled, deliveries due. */
export function bind(decision: Decision, due: Due | null, jws: string | null, context: BindContext) {
  const { views, events, statuses, outbox } = cancelled(decision, context);
  if (!due) return { views, events, changes: statuses.length > 0 ? { statuses, outbox } : {} };
  const { intent, payload } = due;
  const view = viewOf(intent, due.sign ? "pending" : "approval_pending", jws);
  if (jws) outbox.push({ id: intent.id, topic: "order.bound", body: JSON.stringify({ intent, jws }) });
  const { id, kind, currency } = intent;
  const lines = intent.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const record: IntentRecord = {
    ...{ id, session: context.session, kind, currency, jws, payload, lines },
    offer: intent.offer.id,
    status: view.status,
    total: view.total,
  };
  const charges = decision.binding?.charges ?? [];
  const spend = charges.length > 0 ? { spend: { intent: id, charges } } : {};
  const changes = { intents: [record], take: lines, ...spend, statuses, outbox };
  return { views: [...views, view], events, changes };
}

function cancelled({ cancels }: Decision, { state, at }: BindContext) {
  const statuses: StatusChange[] = [];
  const events: Event[] = [];
  const outbox: { id: string; topic: string; body: string }[] = [];
  const views: IntentView[] = [];
  for (const id of cancels) {
    const before = state.intents.find((intent) => intent.id === id);
    if (!before) throw new Fault("unknown_order", `this session has no order ${id}`);
    statuses.push({ intent: id, from: before.status, to: "cancelled", gives_back: true });
    const after: IntentView = { ...before, status: "cancelled" };
    views.push(after);
    events.push({ kind: "order", at, intent: after, by: "buyer" });
    // The vendor's system was never told of what is not signed.
    if (before.status === "approval_pending") continue;
    outbox.push({
      id: `${id}.cancelled`,
      topic: "order.cancelled",
      body: JSON.stringify({ intent: id, at }),
    });
  }
  return { views, events, statuses, outbox };
}
