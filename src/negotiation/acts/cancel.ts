import type { ActOf } from "../../domain/act.ts";
import { Fault } from "../../domain/fault.ts";
import { formatMoney } from "../../domain/money.ts";
import { NEXT_STATUS } from "../../domain/order.ts";
import type { Input, Outcome } from "../input.ts";

/** Cancels one order of this session, if it is still in a state to be cancelled. */
export function cancelOrder({ state, typed }: Input, act: ActOf<"cancel_order">): Outcome {
  const { intents, lang } = state;
  const orders = act.intent === undefined ? intents : intents.filter((one) => one.id === act.intent);
  const open = orders.filter((one) => NEXT_STATUS[one.status].includes("cancelled"));
  const [only] = open;
  if (only && open.length === 1) return { move: { act: "cancelled" }, cancels: [only.id] };
  if (open.length > 1) {
    const choices = open.slice(0, 8).map((one) => `${one.id}, ${formatMoney(one.total, one.currency, lang)}`);
    return { move: { act: "clarify", ask: "choice", choices } };
  }
  if (orders.length === 0) {
    if (typed) throw new Fault("unknown_order", "this session has no such order");
    return { move: { act: "order_status", reasons: ["no_order"] } };
  }
  if (typed) throw new Fault("order_not_cancellable", "this order can no longer be cancelled");
  const done = orders.every((one) => one.status === "cancelled");
  const reasons = done ? [] : (["not_cancellable"] as const);
  return { move: { act: "order_status", reasons: [...reasons], intents: orders.slice(-10) } };
}
