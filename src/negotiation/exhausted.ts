import type { Offer } from "../domain/offer.ts";
import type { MoveReason } from "../domain/reply.ts";
import { cheapestEarlier, repeatable, sendable } from "./earlier.ts";
import { type Input, type Outcome, offerId, renewed } from "./input.ts";
import { sameGoods } from "./order.ts";
import { publishedOffer } from "./published.ts";
import type { Situation } from "./situation.ts";

/**
 * The answer to any proposal after the last round: the last word, said again. Goods that were never spoken of are
 * offered as published, and not bargained over.
 */
export function exhausted(situation: Situation): Outcome {
  const { input, proposal } = situation;
  const { state } = input;
  const last = cheapestEarlier(situation) ?? lapsed(situation);
  const published = last ? null : publishedOffer(situation, true);
  const offer = last ? lastWord(input, last) : (published?.offer ?? null);
  const reasons: MoveReason[] = ["rounds_over", ...(published?.reasons ?? ["best_already" as const])];
  return {
    move: {
      act: offer ? "final_offer" : "decline",
      reasons: [...situation.reasons, ...reasons],
      ...{ proposal, offers: offer ? [offer] : [], choices: situation.about.slice(0, 8) },
      round: { n: state.rounds, of: state.rounds },
    },
    why: { notes: ["rounds over"] },
  };
}

/** The same terms as a final offer: the very same offer while it is good, else one in its place. */
export function lastWord(input: Input, offer: Offer, index = 0): Offer {
  if (offer.final && offer.expires_at > input.now) return offer;
  return renewed(input, offer, offerId(input, index), true);
}

/** The last offer for these goods when all of them have expired. */
function lapsed({ input, order }: Situation): Offer | null {
  const last = input.state.standings.findLast(
    ({ status, offer }) => status !== "accepted" && sameGoods(order, offer),
  );
  return (last && sendable(input, [last.offer]).find((one) => repeatable(input, one))) ?? null;
}
