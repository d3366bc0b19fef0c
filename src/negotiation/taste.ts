import type { TermKind } from "../domain/limits.ts";
import type { Offer } from "../domain/offer.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Issue } from "../domain/terms.ts";
import { type Choice, choiceOf, ISSUES, type Mode } from "./modes.ts";
import type { Order } from "./order.ts";
import { Partner, type Taste } from "./partner.ts";
import type { Situation } from "./situation.ts";
import type { Candidate } from "./space.ts";
import { totalOf } from "./utility.ts";
import { satisfies } from "./wishes.ts";

/** Thousandths: before anything is heard price counts as much as all terms together. */
const PRICE = 1_000;
const TERM = 250;
/** Of what stands or was asked for, and of the rest, while nothing was said about it. */
const STANDING = 1_000;
const OTHER = 500;
const GIFT = 250_000;

/**
 * What the counterpart should think of a package, in liking units: what it gives up in price against what it gets in
 * terms. That a lower price is liked better needs no learning; the terms are learned from what was proposed, picked and
 * said in this session (partner.ts).
 */
export function likingIn(situation: Situation): (candidate: Candidate) => number {
  const { order, wishes } = situation;
  const price = pricing(situation);
  const partner = learned(situation, price);
  const scores = new Map<Mode, number>();
  for (const [i, issue] of ISSUES.entries()) {
    for (const [m, mode] of order.modes[issue].entries()) scores.set(mode, partner.scores()[i]?.[m] ?? 0);
  }
  const standing = wishes.usual;
  return ({ choice, total, gift }) => {
    let liking = price(total) + (gift ? GIFT : 0);
    for (const issue of ISSUES) liking += scores.get(choice[issue]) ?? scores.get(standing[issue]) ?? 0;
    return liking;
  };
}

/** Liking units of a total: half the list price is a whole PRICE better than all of it. */
function pricing({ input, proposal, order, wishes }: Situation): (total: number) => number {
  const top = totalOf(order, order.list - order.off, wishes.usual);
  const rank = (prioritiesIn([...input.state.proposals, proposal]) ?? []).indexOf("price");
  const weight = PRICE + (rank < 0 ? 0 : PRICE >> (rank + 1));
  const room = Math.max(1, top - Math.floor(top / 2));
  return (total) => weight * Math.floor(((top - total) * 1_000) / room);
}

function learned({ input, order, wishes, proposal }: Situation, price: (total: number) => number): Partner {
  const { state } = input;
  const partner = new Partner(
    ISSUES.map((issue) => ({
      weight: TERM,
      likes: order.modes[issue].map(({ id }) => (id === wishes.wanted[issue].id ? STANDING : OTHER)),
    })),
  );
  const proposals = [...state.proposals, proposal];
  const stated = prioritiesIn(proposals)?.flatMap((issue) => TERMS_OF[issue] ?? []) ?? [];
  partner.told(stated.map((issue) => ISSUES.indexOf(issue)));
  for (const [i, one] of proposals.entries()) {
    const left = 1_000 - Math.min(1_000, Math.floor((i * 1_000) / state.rounds));
    const named = ISSUES.map((issue) => strengths(order, issue, one));
    partner.hear(named, left);
    for (const { chosen, passed } of picksOf(situationOffers(state.standings, one), order, price)) {
      partner.pick(chosen, passed);
    }
  }
  return partner;
}

/** Issues the vendor knows as terms; a fee is a matter of its term. */
const TERMS_OF: Readonly<Partial<Record<Issue, TermKind>>> = {
  ...{ delivery: "delivery", delivery_fee: "delivery", warranty: "warranty", warranty_fee: "warranty" },
  ...{ payment: "payment", returns: "returns" },
};

function prioritiesIn(proposals: readonly Proposal[]): readonly Issue[] | undefined {
  return proposals.findLast((one) => one.priorities !== undefined)?.priorities;
}

/** How far each option is what a proposal asks for; a fee asked to be dropped and charged is a quarter of it. */
function strengths({ modes }: Order, issue: TermKind, { terms }: Proposal): readonly number[] | null {
  const wish = terms[issue];
  if (!wish) return null;
  return modes[issue].map((mode) => {
    if (!satisfies(issue, mode, wish)) return 0;
    const free = !("free" in wish && wish.free) || mode.waived || mode.fee + mode.fee_bp === 0;
    return free ? 1_000 : 250;
  });
}

/** The offer a proposal turns to by its id, and those that were shown beside it. */
function situationOffers(
  standings: Situation["input"]["state"]["standings"],
  { counters }: Proposal,
): { readonly chosen: Offer; readonly passed: readonly Offer[] } | null {
  const turned = counters === undefined ? undefined : standings.findLast((one) => one.offer.id === counters);
  if (!turned) return null;
  const beside = standings.filter((one) => one.seq === turned.seq && one.offer.id !== turned.offer.id);
  return { chosen: turned.offer, passed: beside.map((one) => one.offer) };
}

function picksOf(
  shown: ReturnType<typeof situationOffers>,
  order: Order,
  price: (total: number) => number,
): { readonly chosen: Taste; readonly passed: Taste }[] {
  const tasteOf = (offer: Offer): Taste | null => {
    const choice: Choice | null = choiceOf(order.modes, offer.terms);
    if (!choice) return null;
    const values = ISSUES.map((issue) => order.modes[issue].indexOf(choice[issue]));
    return { values, price: price(offer.totals.total) };
  };
  const chosen = shown && tasteOf(shown.chosen);
  if (!shown || !chosen) return [];
  return shown.passed.flatMap((offer) => {
    const passed = tasteOf(offer);
    return passed ? [{ chosen, passed }] : [];
  });
}
