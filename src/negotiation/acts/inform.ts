import { detailsOf, movedFrom, openStandings } from "../binding.ts";
import type { Input, Outcome } from "../input.ts";
import { pendingOffer, proceed, repriced } from "../readback.ts";
import { which } from "./accept.ts";

/** Details for an order: on with the read-back that waits for them; a new place reprices what is on the table. */
export function inform(input: Input): Outcome {
  const pending = pendingOffer(input);
  if (pending) return proceed(input, pending, false);
  const details = detailsOf(input);
  const open = openStandings(input);
  const standing = open.at(-1);
  const together = open.filter((one) => one.seq === standing?.seq).map((one) => one.offer);
  // Where it goes is known, but not which of the packages.
  if (together.length > 1) return which(input, together);
  if (standing && movedFrom(input, standing.offer, details)) return repriced(input, standing.offer, null);
  return { move: { act: "inform" } };
}
