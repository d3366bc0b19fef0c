import { FAULTS } from "../domain/fault.ts";
import { Intent } from "../domain/intents/index.ts";
import { isOverdue } from "../domain/order.ts";
import type { Approval, ApprovalPage, DecisionsBody, DecisionsResult } from "../protocol/bodies.ts";
import { asFault } from "../protocol/codec.ts";
import type { Gateway } from "./gateway.ts";
import { decideApproval } from "./orders.ts";

/** Orders that wait for a person, by id, from behind `after` on; for staff alone. */
export async function awaitingApproval(
  { house }: Gateway,
  after: string | null,
  limit: number,
): Promise<ApprovalPage> {
  const records = await house.store.awaiting(after, limit);
  const now = house.clock.now();
  const { approval_above } = house.policy().limits;
  const approvals = records
    .map(({ payload }) => Intent.parse(JSON.parse(payload)))
    .filter(({ expires_at }) => !isOverdue("approval_pending", expires_at, now))
    .map((intent) => ({ intent, waits: waitsFor(intent, approval_above[intent.currency]) }));
  return { approvals, next: records.length < limit ? null : (records.at(-1)?.id ?? null) };
}

/** Each decision by itself: one that is refused changes nothing about the others. Results are in the order asked for. */
export async function decideAll(
  gateway: Gateway,
  { decisions }: DecisionsBody,
  principal: string,
): Promise<DecisionsResult> {
  const results: DecisionsResult["results"] = [];
  for (const decision of decisions) {
    results.push(
      await decideApproval(gateway, decision.intent, decision, principal).catch(refused(decision.intent)),
    );
  }
  return { results };
}

function refused(intent: string): (error: unknown) => DecisionsResult["results"][number] {
  return (error) => {
    const { code, message } = asFault(error);
    return { intent, fault: { code, message, retry: FAULTS[code].retry } };
  };
}

/** By the limits of now; what they were when it was accepted stands with its turn. */
function waitsFor({ totals }: Intent, above: number | undefined): Approval["waits"] {
  if (above === undefined) return { why: "no_threshold" };
  return totals.total > above ? { why: "above_threshold", above } : { why: "policy_then", above };
}
