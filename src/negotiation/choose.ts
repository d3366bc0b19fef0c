import { BOUNDS } from "../domain/bounds.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Input } from "./input.ts";
import { ISSUES } from "./modes.ts";
import { likingOf, type Partner, partnerOf } from "./partner.ts";
import type { Situation } from "./situation.ts";
import type { Candidate } from "./space.ts";
import { type Range, totalOf, WHOLE } from "./utility.ts";
import { namedIssues } from "./wishes.ts";

/** Packages count as equal when they are worth at most so much more to the vendor than the first. */
const BAND = (WHOLE * 6) / 100;

/** Of candidates worth the same to the vendor, the one the counterpart should like best, with the terms it wants. */
export function best(situation: Situation, candidates: readonly Candidate[]): Candidate | null {
  const liking = likingIn(situation);
  let chosen: Candidate | null = null;
  let most = 0;
  for (const candidate of candidates) {
    if (!candidate.fits || pointless(situation, candidate)) continue;
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
 * more, since which package it turns to says what it cares for; and at any time when another package might meet its
 * total. A listener cannot hold three packages in mind, so voice gets one.
 */
export function looksWide({ input, proposal }: Situation): boolean {
  if (input.state.channel === "voice") return false;
  return proposal.total !== undefined || (isEarly(input) && namesTwo(input, proposal));
}

function isEarly({ state: { round, rounds } }: Input): boolean {
  return round * 10 < rounds * EARLY;
}

function namesTwo({ state }: Input, proposal: Proposal): boolean {
  return Math.max(namedIssues(proposal), ...state.proposals.map(namedIssues)) >= 2;
}

/** Up to two more packages worth as much to the vendor, with other terms than the lead's. */
export function packages(
  situation: Situation,
  candidates: readonly Candidate[],
  lead: Candidate,
  range: Range,
): Candidate[] {
  const { input, proposal } = situation;
  const wide = isEarly(input) && namesTwo(input, proposal);
  const liking = likingIn(situation);
  const span = Math.max(0, range.list - range.floor);
  const most = lead.value + Math.floor((span / WHOLE) * BAND);
  const others = candidates
    .filter(
      (one) => one.value <= most && one.total < lead.total && (wide || one.total <= (proposal.total ?? 0)),
    )
    .filter((one) => !alike(one, lead) && !pointless(situation, one))
    .map((one) => ({ one, score: liking(one) }))
    .sort((a, b) => b.score - a.score || a.one.total - b.one.total);
  const chosen: Candidate[] = [];
  for (const { one } of others) {
    if (chosen.every((before) => !alike(before, one))) chosen.push(one);
    if (chosen.length === BOUNDS.offers - 1) break;
  }
  return chosen;
}

function likingIn({ input, order, wishes, proposal }: Situation): (candidate: Candidate) => number {
  const heard = [...input.state.proposals, proposal];
  const partner: Partner = partnerOf(order.modes, heard, wishes.wanted, input.state.rounds);
  const top = totalOf(order, order.list - order.off, wishes.usual);
  return ({ choice, total, gift }) =>
    likingOf(partner, choice, total, top, Math.floor(top / 2)) + (gift ? 250_000 : 0);
}

function alike(a: Candidate, b: Candidate): boolean {
  return a.gift === b.gift && ISSUES.every((issue) => a.choice[issue].id === b.choice[issue].id);
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
