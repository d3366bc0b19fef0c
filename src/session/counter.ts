import { Fault } from "../domain/fault.ts";
import { principalOf, type Staff } from "../domain/staff.ts";
import type { CounterBody, CounterResult } from "../protocol/staff.ts";
import { counterLookups, counterReply } from "../turn/counter.ts";
import type { Gateway } from "./gateway.ts";
import { lookUp } from "./looking-up.ts";
import { changeOf, mustBeInTime, mustFollow, onOrder } from "./orders.ts";

/**
 * A person's edit of an order that waits for approval: an offer like any other, judged by the same limits, which the
 * counterpart has to accept anew. The order is declined in the same step, and its units are there for the new offer. Throws
 * what refuses the edit, and then nothing was changed.
 */
export async function counterOrder(
  gateway: Gateway,
  id: string,
  { note, lines, terms }: CounterBody,
  staff: Staff,
): Promise<CounterResult> {
  const { house } = gateway;
  return onOrder(gateway, id, async (order) => {
    const { record, intent, session, at } = order;
    mustBeInTime(order);
    mustFollow(order, "declined");
    if (record.status !== "approval_pending")
      throw new Fault(
        "order_status_conflict",
        `the order is ${record.status}; only one that waits can be edited`,
      );
    if (session.state.closed)
      throw new Fault("session_closed", "the counterpart has left; decline the order");
    const decided = (await house.store.turns(session.id)).map(({ reply, reasons }) => ({ reply, reasons }));
    const weighing = { ...house.policy(), session: session.id, state: session.state, at, decided };
    const edit = { lines, terms };
    const viewer = { session: session.id, now: at };
    const found = await Promise.all(
      counterLookups(edit, weighing).map((lookup) => lookUp(house, lookup, viewer)),
    );
    const { event, offer } = counterReply(edit, intent, found, weighing);
    const by = principalOf(staff);
    const declined = changeOf(order, { to: "declined", by: "operator", note, decided_by: by }, null);
    const step = { ...declined, events: [...declined.events, event] };
    if ((await session.append(step, null)) !== "appended")
      throw new Fault("order_status_conflict", "the order changed meanwhile; look at it again");
    return { intent: id, status: "declined", decided_by: by, offer: { id: offer.id, hash: offer.hash } };
  });
}
