import { detailsOf, movedFrom, openStandings } from "../binding.ts";
import type { Input, Outcome } from "../input.ts";
import { pendingOffer, proceed, repriced } from "../readback.ts";

/** Details for an order: on with the read-back that waits for them; a new place reprices what is on the table. */
export function inform(input: Input): Outcome {
  const pending = pendingOffer(input);
  if (pending) return proceed(input, pending, false);
  const details = detailsOf(input);
  const standing = openStandings(input).at(-1);
  if (standing && movedFrom(input, standing.offer, details)) return repriced(input, standing.offer, null);
  return { move: { act: "inform" } };
}
