import type { ActOf } from "../../domain/act.ts";
import { Fault } from "../../domain/fault.ts";
import type { Input, Outcome } from "../input.ts";
import { keptPending } from "../readback.ts";

/** Where the session's orders stand. */
export function orderStatus(input: Input, act: ActOf<"order_status">): Outcome {
  const { state, typed } = input;
  const { intents } = state;
  const asked = act.intent === undefined ? intents : intents.filter((one) => one.id === act.intent);
  if (asked.length === 0 && act.intent !== undefined && typed) {
    throw new Fault("unknown_order", "this session has no such order");
  }
  const reasons = asked.length === 0 ? (["no_order"] as const) : [];
  return {
    move: { act: "order_status", intents: asked.slice(-10), reasons: [...reasons], ...keptPending(input) },
  };
}
