import { openStandings } from "../binding.ts";
import { sendable } from "../earlier.ts";
import type { Input, Outcome } from "../input.ts";

/** A person is asked for: noted, with the offers that still stand. */
export function handoff(input: Input): Outcome {
  const open = openStandings(input);
  const offers = open.filter((one) => one.seq === open.at(-1)?.seq).map((one) => one.offer);
  return { move: { act: "handoff", offers: sendable(input, offers).slice(0, 3) } };
}

/** How they can be reached: taken down. */
export function leaveContact(): Outcome {
  return { move: { act: "handoff", reasons: ["contact_left"] } };
}
