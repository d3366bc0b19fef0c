import type { Input, Outcome } from "../input.ts";
import { keptPending } from "../readback.ts";
import { whichItem } from "./ask.ts";

/** Products side by side; with fewer than two known there is nothing to compare. */
export function compare(input: Input): Outcome {
  const { results, unresolved } = input.evidence;
  if (results.length < 2 && unresolved.length > 0) return whichItem(input);
  return { move: { act: "comparison", ...keptPending(input) } };
}
