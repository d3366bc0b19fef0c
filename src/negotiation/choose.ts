import { BOUNDS } from "../domain/bounds.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Input } from "./input.ts";
import { ISSUES } from "./modes.ts";
import type { Situation } from "./situation.ts";
import type { Candidate } from "./space.ts";
import type { Strategy } from "./strategies/strategy.ts";
import { likingIn } from "./taste.ts";
import { namedIssues } from "./wishes.ts";

/** Which of several packages worth the same to the vendor are sent. */
export interface Chosen {
  readonly lead: Candidate | null;
  /** Shown beside it: which one the counterpart turns to says what it cares for. */
  readonly others: readonly Candidate[];
}

/**
 * Of candidates worth about the same to the vendor, with the terms the counterpart wants: the one it should like best,
 * or the one nearest the target, as the strategy has it.
 */
export function choose(
  situation: Situation,
  candidates: readonly Candidate[],
  choice: Strategy["choice"],
  wide: boolean,
): Chosen {
  const open = candidates.filter((one) => !pointless(situation, one));
  const fitting = open.filter((one) => one.fits);
  const liking = choice === "liked" ? likingIn(situation) : (one: Candidate) => -one.value;
  const lead = mostLiked(fitting, liking);
  return { lead, others: lead && wide ? packages(situation, open, lead, liking) : [] };
}

function mostLiked(
  candidates: readonly Candidate[],
  liking: (candidate: Candidate) => number,
): Candidate | null {
  let chosen: Candidate | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const score = liking(candidate);
    if (chosen === null || score > most || (score === most && candidate.total < chosen.total)) {
      chosen = candidate;
      most = score;
    }
  }
  return chosen;
}

/** Packages are shown side by side for so many tenths of the rounds. */
const EARLY = 4;

/**
 * Whether other terms are looked at beside those wished for: early on, when the counterpart has named two issues or
 * more; and at any time when another package might meet its total. A listener cannot hold three packages in mind, so
 * voice gets one.
 */
export function looksWide({ input, proposal }: Situation): boolean {
  if (input.state.channel === "voice") return false;
  return proposal.total !== undefined || explores(input, proposal);
}

function explores({ state }: Input, proposal: Proposal): boolean {
  const early = state.round * 10 < state.rounds * EARLY;
  return early && Math.max(namedIssues(proposal), ...state.proposals.map(namedIssues)) >= 2;
}

/**
 * Up to two packages beside the lead that are worth as much to the vendor and differ in one issue each, so that a pick
 * tells about that issue alone: if there is one, less of something for less money; and more of it for more. Later only
 * such as meet the total that was named; and with the last word whatever comes cheaper, for it may save the deal.
 */
function packages(
  situation: Situation,
  candidates: readonly Candidate[],
  lead: Candidate,
  liking: (candidate: Candidate) => number,
): Candidate[] {
  const { input, proposal } = situation;
  const exploring = explores(input, proposal);
  const final = input.state.round + 1 >= input.state.rounds;
  const named = proposal.total ?? 0;
  const ranked = candidates
    .filter((one) =>
      exploring ? differing(one, lead) === 1 : differing(one, lead) > 0 && (final || one.total <= named),
    )
    .map((one) => ({ one, score: liking(one) }))
    .sort((a, b) => b.score - a.score || a.one.total - b.one.total)
    .map(({ one }) => one);
  const cheaper = ranked.filter((one) => one.total < lead.total);
  const more = exploring ? ranked.filter((one) => one.total >= lead.total && isMore(one, lead)) : [];
  const chosen: Candidate[] = [];
  for (const one of [...cheaper.slice(0, 1), ...more, ...cheaper]) {
    if (chosen.every((before) => differing(before, one) > 0)) chosen.push(one);
    if (chosen.length === BOUNDS.offers - 1) break;
  }
  return chosen;
}

/** In how many issues two packages differ, the gift counted as one. */
function differing(a: Candidate, b: Candidate): number {
  return (
    (a.gift === b.gift ? 0 : 1) + ISSUES.filter((issue) => a.choice[issue].id !== b.choice[issue].id).length
  );
}

function isMore(one: Candidate, lead: Candidate): boolean {
  return (one.gift && !lead.gift) || ISSUES.some((issue) => one.choice[issue].good > lead.choice[issue].good);
}

/** Whether an offer still good already gives the counterpart at least as much for less. */
function pointless({ earlier, order }: Situation, { choice, total, gift }: Candidate): boolean {
  return earlier.some(
    ({ totals, terms, lines }: Offer) =>
      totals.total < total &&
      terms.delivery.id === choice.delivery.id &&
      terms.warranty.months >= choice.warranty.span &&
      terms.payment.days >= choice.payment.span &&
      terms.returns.days >= choice.returns.span &&
      (!gift || lines.some((line) => line.gift && line.sku === order.gift?.known.product.id)),
  );
}
