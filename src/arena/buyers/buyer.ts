import type { Act, ActOf } from "../../domain/act.ts";
import type { Offer } from "../../domain/offer.ts";
import type { Move } from "../../domain/reply.ts";
import type { TermsWanted } from "../../domain/terms.ts";
import type { Random } from "../agent.ts";
import { linesOf, surplusOf, type Want } from "./want.ts";

/** What a buyer knows when it is its turn: public replies, and its own want. */
export interface Heard {
  /** The vendor's latest reply; null before the first. */
  readonly reply: Move | null;
  /** Proposals it has made. */
  readonly step: number;
  /** Rounds of bargaining, as announced. */
  readonly rounds: number;
}

export type Step =
  | { readonly does: "send"; readonly act: Act }
  | { readonly does: "take"; readonly offer: Offer }
  | { readonly does: "leave" };

export type Shopper = (heard: Heard) => Step;

/** A way of buying. It acts by typed acts and on public replies alone, and never takes what costs more than it is worth. */
export interface Buyer {
  readonly name: string;
  /** What it stands for, for the merchant, in one line. */
  readonly says: string;
  /** Makes the want its own: who lives for fast delivery values it more. */
  shaped?(want: Want, random: Random): Want;
  start(want: Want, random: Random): Shopper;
}

export const LEAVE: Step = { does: "leave" };

/** Of the offers of a reply the one that gains the buyer most, or seems to when it judges wrong. `gain` is the true one. */
export function bestOf(
  want: Want,
  reply: Move | null,
  wrong: () => number = () => 0,
): { offer: Offer; gain: number } | null {
  let best: { offer: Offer; gain: number; seems: number } | null = null;
  for (const offer of reply?.offers ?? []) {
    const gain = surplusOf(want, offer);
    const seems = gain + wrong();
    if (best === null || seems > best.seems) best = { offer, gain, seems };
  }
  return best;
}

/** Whether nothing more can be had by talking: own patience, the rounds, or the vendor's last word. */
export function isOver({ reply, step, rounds }: Heard, patience: number, best: Offer | null): boolean {
  if (step >= Math.min(patience, rounds)) return true;
  return best?.final === true || (reply !== null && reply.round.of > 0 && reply.round.n >= reply.round.of);
}

export function takeOr(best: { offer: Offer; gain: number } | null, other: Step): Step {
  return best && best.gain >= 0 ? { does: "take", offer: best.offer } : other;
}

/** Asks for its goods; `more` says at what price and on what terms. */
export function proposing(want: Want, more: Omit<Partial<ActOf<"propose">>, "act" | "lines">): Step {
  const plan = want.subscription === null ? {} : { subscription: { id: want.subscription } };
  const terms: TermsWanted = { ...plan, ...more.terms };
  const { terms: _, ...rest } = more;
  const asked = Object.keys(terms).length > 0 ? { terms } : {};
  return { does: "send", act: { act: "propose", lines: linesOf(want), ...rest, ...asked } };
}
