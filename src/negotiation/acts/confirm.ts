import { type ActOf, SURE } from "../../domain/act.ts";
import { Fault } from "../../domain/fault.ts";
import { NO_SUCH_OFFER } from "../../domain/problems.ts";
import {
  bound,
  detailsObstacle,
  detailsOf,
  namingObstacle,
  sellingObstacle,
  standingOf,
} from "../binding.ts";
import type { Input, Outcome } from "../input.ts";
import { heard, pendingOffer, proceed } from "../readback.ts";
import { acceptWords, refuse } from "./accept.ts";

/** Yes to a read-back: binds just what was read back, while it is still live and unchanged. */
export function confirm(input: Input, act: ActOf<"confirm">): Outcome {
  const { readback } = input.state;
  if (input.typed) {
    if (!readback || (act.offer !== undefined && act.offer !== readback.offer)) {
      throw new Fault("nothing_to_confirm", "no read-back of that offer waits for an answer");
    }
    refuse(namingObstacle(input, readback.offer, act.hash ?? readback.hash));
    const offer = standingOf(input.state, readback.offer)?.offer;
    if (!offer) throw new Fault("unknown_offer", NO_SUCH_OFFER);
    refuse(sellingObstacle(input, offer));
    refuse(detailsObstacle(input, offer, detailsOf(input)));
    return bound(input, offer);
  }
  const offer = pendingOffer(input);
  if (!offer) return acceptWords(input, null);
  // A yes that answers another question, was half heard or is doubtful is no yes to the order: it is read back again.
  const sure = input.reading.confidence >= SURE.binding;
  return proceed(input, offer, sure && input.state.ask === "confirm" && heard(input, offer));
}
