import type { MoveReason } from "../../domain/reply.ts";
import type { Input, Outcome } from "../input.ts";
import { keptPending } from "../readback.ts";

/** Products to choose from: the evidence's, with what must be said about how well they fit. */
export function search(input: Input): Outcome {
  const { results, relaxed, partial } = input.evidence;
  const reasons: MoveReason[] = [];
  if (results.length === 0) reasons.push("nothing_found");
  else if (relaxed) reasons.push("nearest_only");
  if (partial) reasons.push("search_incomplete");
  return { move: { act: "results", reasons, ...keptPending(input) } };
}
