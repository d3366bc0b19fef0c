import { BOUNDS } from "../domain/bounds.ts";
import type { Offer } from "../domain/offer.ts";
import type { MoveReason } from "../domain/reply.ts";
import { openStandings } from "./binding.ts";
import { betterEarlier, cheapestEarlier, lastWord, repeatable, sendable, unsurpassed } from "./earlier.ts";
import type { Outcome } from "./input.ts";
import { sameGoods } from "./order.ts";
import { publishedOffer } from "./published.ts";
import type { Situation } from "./situation.ts";

/**
 * The answer to any proposal after the last round: the last word, said again with everything that came with it. Goods that
 * were never spoken of are offered as published, and not bargained over.
 */
export function exhausted(situation: Situation): Outcome {
  const { input, proposal } = situation;
  const { state } = input;
  const last = lastWords(situation);
  const published = last.length > 0 ? null : publishedOffer(situation, true);
  const offers = last.length > 0 ? last : published?.offer ? [published.offer] : [];
  const reasons: MoveReason[] = ["rounds_over", ...(published?.reasons ?? ["best_already" as const])];
  return {
    move: {
      act: offers.length > 0 ? "final_offer" : "decline",
      reasons: [...situation.reasons, ...reasons],
      ...{ proposal, offers, choices: situation.about.slice(0, 8) },
      round: { n: state.rounds, of: state.rounds },
    },
    why: { notes: ["rounds over"] },
  };
}

/** What was offered last for these goods: first the one asked for, then what else stands and is no worse. */
function lastWords(situation: Situation): Offer[] {
  const { input } = situation;
  const live = standing(situation);
  const asked = cheapestEarlier(situation);
  const said = asked ? [asked, ...live] : live.length > 0 ? live : lapsed(situation);
  return unsurpassed(said)
    .slice(0, BOUNDS.offers)
    .map((one, i) => lastWord(input, one, i));
}

/** The live offers for these goods, as they were laid side by side, none of which anything earlier betters. */
function standing(situation: Situation): Offer[] {
  const { input, earlier } = situation;
  const live = openStandings(input).filter(({ offer }) => earlier.some(({ id }) => id === offer.id));
  return sendable(
    input,
    live.map(({ offer }) => betterEarlier(situation, offer) ?? offer),
  );
}

/** The last offers for these goods when all of them have expired, as far as they may be made again. */
function lapsed({ input, order }: Situation): Offer[] {
  const past = input.state.standings.filter(
    ({ status, offer }) => status !== "accepted" && sameGoods(order, offer),
  );
  const together = past.filter(({ seq }) => seq === past.at(-1)?.seq).map(({ offer }) => offer);
  return sendable(input, together).filter((one) => repeatable(input, one));
}
