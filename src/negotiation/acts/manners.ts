import type { Input, Outcome } from "../input.ts";
import { keptPending } from "../readback.ts";

/** What people say around the business. A question that was open stays open. */
export function greet(input: Input): Outcome {
  return { move: { act: "greet", ...keptPending(input) } };
}

export function thank(input: Input): Outcome {
  return { move: { act: "inform", ...keptPending(input) } };
}

export function help(input: Input): Outcome {
  return { move: { act: "help", ...keptPending(input) } };
}

/** They take their own proposal back; what was offered stands. */
export function withdraw(): Outcome {
  return { move: { act: "inform", reasons: ["withdrawn"] } };
}

export function leave(): Outcome {
  return { move: { act: "farewell" }, closes: true };
}
